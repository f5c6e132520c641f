import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Change, Import } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { fold } from '../../i18n/messages.ts'
import { Button } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { TextField, Tick } from '../../kit/Field.tsx'
import { Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { undoLeft } from './outlook.ts'
import { UndoDialog } from './UndoDialog.tsx'
import { instantIn, When, type WhenDraft } from './When.tsx'
import { ownZone } from './zones.ts'

/** The next step of an import: apply it now or at a date, or take it back. */
export function ImportActions({ one }: { one: Import }) {
  const { t } = useVoice()
  const can = useCan()
  const now = useNow(60_000)
  const [undoing, setUndoing] = useState(false)
  if (one.change)
    return (
      <div className="pad">
        <Note tone="pending">
          <p>
            {t('imports.inChange')}{' '}
            <Link to="/people/changes/$change" params={{ change: one.change }}>
              {t('imports.openChange')}
            </Link>
          </p>
        </Note>
      </div>
    )
  if (!can('changes:write')) return null
  if (one.state === 'ready') return <Apply one={one} />
  if (one.state === 'applied' && undoLeft(one.undoUntil, now) !== null)
    return (
      <div className="pad">
        <Button icon="undo" onClick={() => setUndoing(true)}>
          {t('undo.open')}
        </Button>
        {undoing && (
          <UndoDialog
            of="imports"
            id={one.id}
            name={one.name}
            n={one.counts.applied}
            onClose={() => setUndoing(false)}
          />
        )}
      </div>
    )
  return null
}

function Apply({ one }: { one: Import }) {
  const { t, rich } = useVoice()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { counts, needsConfirmation: asked } = one
  const n = counts.add + counts.change + counts.remove
  const [skip, setSkip] = useState(false)
  const [typed, setTyped] = useState('')
  const [when, setWhen] = useState<WhenDraft>({ how: 'now', local: '', zone: ownZone() })
  const apply = useMutation({
    mutationFn: () => {
      const at = instantIn(when)
      return call<Import & Partial<Pick<Change, 'id'>>>('POST', `/imports/${one.id}/apply`, {
        body: {
          ...(asked ? { confirm: typed.trim() } : {}),
          ...(counts.error > 0 ? { skipErrors: skip } : {}),
          ...(at === null ? {} : { at, zone: when.zone }),
        },
      })
    },
    onSuccess: async answer => {
      await client.invalidateQueries({ queryKey: ['imports'] })
      if (answer.change) await navigate({ to: '/people/changes/$change', params: { change: answer.change } })
    },
  })
  const drop = useMutation({
    mutationFn: () => call('DELETE', `/imports/${one.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['imports', 'list'] })
      await navigate({ to: '/people/import' })
    },
  })
  const replacing = one.mode === 'replace' && counts.error > 0
  const confirmed = !asked || fold(typed.trim()) === fold(asked.phrase)
  const ready =
    n > 0 && !replacing && confirmed && (counts.error === 0 || skip) && (when.how === 'now' || when.local !== '')
  return (
    <Section id="apply" title={t('imports.apply')}>
      <div className="import-new">
        {n === 0 && <Note tone="info">{t('imports.nothing')}</Note>}
        {replacing && <Note tone="danger">{t('imports.replaceErrors')}</Note>}
        {counts.error > 0 && !replacing && n > 0 && (
          <Tick
            label={t('imports.skip', { n: counts.error })}
            hint={t('imports.skipHint')}
            checked={skip}
            onChange={event => setSkip(event.target.checked)}
          />
        )}
        {asked && (
          <>
            <Note tone="danger">
              <p>
                <b>{t('gate.removals', { n: asked.removals, limit: asked.limit })}</b> {t('gate.removalsText')}
              </p>
            </Note>
            <TextField
              label={rich('gate.type', { phrase: asked.phrase })}
              value={typed}
              onChange={event => setTyped(event.target.value)}
              autoComplete="off"
              spellCheck={false}
              mono
            />
          </>
        )}
        {n > 0 && !replacing && <When draft={when} onChange={setWhen} />}
        <ProblemNote error={apply.error ?? drop.error} />
        <div className="acts">
          {n > 0 && !replacing && (
            <Button
              variant={asked ? 'danger' : 'primary'}
              disabled={!ready}
              busy={apply.isPending}
              onClick={() => apply.mutate()}
            >
              {t(when.how === 'now' ? 'imports.applyGo' : 'imports.planGo', { n })}
            </Button>
          )}
          <Button busy={drop.isPending} onClick={() => drop.mutate()}>
            {t('imports.drop2')}
          </Button>
        </div>
      </div>
    </Section>
  )
}
