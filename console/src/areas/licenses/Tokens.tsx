import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { ContentProgram, ContentState } from '../../contract/licenses.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { useAskedRenewal } from '../../kit/asked.ts'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State, type ToneName } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { TokenDialog } from './TokenDialog.tsx'

const tones: Record<ContentState, ToneName> = {
  new: 'pending',
  good: 'ok',
  terms: 'danger',
  refused: 'danger',
  expired: 'danger',
  throttled: 'attention',
  silent: 'attention',
  elsewhere: 'danger',
}

/** Content tokens: how each stands, what to do next, and doing it. */
export function Tokens({ rows }: { rows: readonly ContentProgram[] }) {
  const { t, f } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const [asked, clear] = useAskedRenewal()
  const [chosen, setRenewing] = useState<ContentProgram | null>(null)
  const renewing = chosen ?? (can('roster:write') ? rows.find(row => row.id === asked) : undefined)
  const [taking, setTaking] = useState<ContentProgram | null>(null)
  const look = useMutation({
    mutationFn: (id: string) => call('POST', `/programs/${id}/sync`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['licenses'] }),
  })
  if (rows.length === 0) return null
  return (
    <>
      <ProblemNote error={look.error} />
      <ListTable
        caption={t('licenses.tokens')}
        rows={rows}
        keyOf={row => row.id}
        columns={[
          { id: 'name', head: t('licenses.token'), cell: row => <span lang="en">{row.name}</span> },
          {
            id: 'state',
            head: t('licenses.state'),
            wraps: true,
            cell: row => (
              <div aria-live="polite">
                <State tone={tones[row.state]}>{t(`licenses.program.${row.state}`)}</State>
                {row.state !== 'good' && row.state !== 'new' && (
                  <p className="small soft">
                    {t(`licenses.programNext.${row.state}`)}{' '}
                    {row.problem?.text && <span lang="en">({row.problem.text})</span>}
                  </p>
                )}
              </div>
            ),
          },
          {
            id: 'expires',
            head: t('licenses.expires'),
            width: 130,
            aside: true,
            cell: row => (row.expiresAt === null ? '–' : f.date(row.expiresAt)),
          },
          {
            id: 'synced',
            head: t('licenses.synced'),
            width: 130,
            aside: true,
            cell: row => (row.syncedAt === null ? '–' : <Age at={row.syncedAt} />),
          },
          {
            id: 'act',
            head: t('admins.actions'),
            width: 230,
            num: true,
            quiet: true,
            cell: row =>
              can('roster:write') && (
                <span className="acts">
                  {row.state === 'elsewhere' && (
                    <Button size="sm" onClick={() => setTaking(row)}>
                      {t('licenses.takeOver')}
                    </Button>
                  )}
                  <Button size="sm" onClick={() => setRenewing(row)}>
                    {t('licenses.renew')}
                  </Button>
                  <Button size="sm" onClick={() => look.mutate(row.id)}>
                    {t('licenses.look')}
                  </Button>
                </span>
              ),
          },
        ]}
      />
      {renewing && (
        <TokenDialog
          program={renewing}
          onClose={() => {
            setRenewing(null)
            clear()
          }}
        />
      )}
      {taking && <TakeOver program={taking} onClose={() => setTaking(null)} />}
    </>
  )
}

/** Taking a token from another server is never done by the way. */
function TakeOver({ program, onClose }: { program: ContentProgram; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const take = useMutation({
    mutationFn: () => call('POST', `/programs/${program.id}/take-over`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['licenses'] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('licenses.takeOverTitle')}
      onSubmit={() => take.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="danger" busy={take.isPending}>
            {t('licenses.takeOver')}
          </Button>
        </>
      }
    >
      <p>{t('licenses.takeOverText', { name: program.problem?.text ?? '' })}</p>
      <ProblemNote error={take.error} />
    </Dialog>
  )
}
