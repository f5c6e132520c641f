import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { PortalAct, PortalWhat } from '../../contract/portal.ts'
import type { Program } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { ProblemNote, problemOf } from '../../kit/Problem.tsx'
import { Note, Sentence } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { actTones, serversQuery } from './portal.ts'

const dayMs = 24 * 3_600_000
/** The portal takes so many at once. */
const most = 500

const takesServer = (what: PortalWhat): boolean => what === 'assign' || what === 'assign-by' || what === 'unassign'
const takesDeadline = (what: PortalWhat): boolean => what === 'assign-by' || what === 'change-deadline'

interface Draft {
  program: string
  what: PortalWhat
  server: string
  day: string
  typed: string
  reason: string
}

/** Orders an act in the portal for the chosen devices, and says what came of the order. */
export function PortalDialog(props: {
  programs: readonly Program[]
  serials: readonly string[]
  onClose(done: boolean): void
}) {
  const { t } = useVoice()
  const { programs, serials, onClose } = props
  const client = useQueryClient()
  const [draft, setDraft] = useState<Draft>({
    program: programs[0]?.id ?? '',
    what: 'assign',
    server: '',
    day: new Date(Date.now() + 14 * dayMs).toISOString().slice(0, 10),
    typed: '',
    reason: '',
  })
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const { what } = draft
  const give = useMutation({
    mutationFn: () =>
      call<PortalAct>('POST', `/programs/portal/${draft.program}/acts`, { body: bodyOf(draft, serials) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['portal'] }),
  })
  const tooMany = serials.length > most
  const ready =
    !tooMany &&
    (!takesServer(what) || draft.server !== '') &&
    (!takesDeadline(what) || draft.day !== '') &&
    (what !== 'release' || draft.typed.trim() === String(serials.length))
  const act = give.data
  return (
    <Dialog
      opened
      wide
      onClose={() => onClose(act !== undefined)}
      title={t('portalAct.title', { n: serials.length })}
      onSubmit={() => ready && !act && !give.isPending && give.mutate()}
      actions={
        act ? (
          <>
            <ButtonLink to={`/enrollment/portal/${draft.program}`}>{t('portalAct.history')}</ButtonLink>
            <Button variant="primary" onClick={() => onClose(true)}>
              {t('kit.close')}
            </Button>
          </>
        ) : (
          <>
            <KeepButton onClick={() => onClose(false)}>{t('kit.cancel')}</KeepButton>
            <Button
              type="submit"
              variant={what === 'release' ? 'danger' : 'primary'}
              disabled={!ready}
              busy={give.isPending}
            >
              {t(`portalAct.go.${what}`, { n: serials.length })}
            </Button>
          </>
        )
      }
    >
      {act ? (
        <Sentence tone={actTones[act.state]}>
          <b>{t(`portalAct.state.${act.state}`)}</b>{' '}
          {t(act.state === 'held' ? 'portalAct.heldText' : 'portalAct.orderedText')}
        </Sentence>
      ) : (
        <Choices {...props} draft={draft} set={set} />
      )}
      {tooMany && <Note tone="attention">{t('portalAct.tooMany', { most })}</Note>}
      <ProblemNote error={give.error} />
      <Unknown error={give.error} />
    </Dialog>
  )
}

function Choices(props: {
  programs: readonly Program[]
  serials: readonly string[]
  draft: Draft
  set(part: Partial<Draft>): void
}) {
  const { t } = useVoice()
  const can = useCan()
  const { programs, serials, draft, set } = props
  const { what } = draft
  const servers = useQuery(serversQuery(draft.program))
  const acts: PortalWhat[] = ['assign', 'assign-by', 'change-deadline', 'cancel-migration', 'unassign']
  if (can('devices:wipe')) acts.push('release')
  return (
    <>
      {programs.length > 1 && (
        <SelectField
          label={t('portalAct.program')}
          value={draft.program}
          onChange={event => set({ program: event.target.value, server: '' })}
          options={programs.map(one => ({ value: one.id, label: one.name }))}
        />
      )}
      <SelectField
        label={t('portalAct.what')}
        hint={t(`portalAct.hint.${what}`)}
        value={what}
        onChange={event => set({ what: event.target.value as PortalWhat })}
        options={acts.map(value => ({ value, label: t(`portalAct.what.${value}`) }))}
      />
      {takesServer(what) && (
        <SelectField
          label={t('portalAct.server')}
          value={draft.server}
          onChange={event => set({ server: event.target.value })}
          options={[
            { value: '', label: t('portalAct.chooseServer') },
            ...(servers.data?.items ?? []).map(one => ({ value: one.id, label: one.name })),
          ]}
        />
      )}
      {takesDeadline(what) && (
        <TextField
          type="date"
          label={t('portalAct.deadline')}
          hint={t('portalAct.deadlineHint')}
          value={draft.day}
          onChange={event => set({ day: event.target.value })}
        />
      )}
      {what === 'release' && (
        <Note tone="danger">
          <p>{t('portalAct.releaseText')}</p>
        </Note>
      )}
      <TextField
        label={t('portalAct.reason')}
        hint={t('portalAct.reasonHint')}
        value={draft.reason}
        maxLength={500}
        onChange={event => set({ reason: event.target.value })}
      />
      {what === 'release' && (
        <TextField
          label={t('portalAct.typeNumber', { n: serials.length })}
          inputMode="numeric"
          autoComplete="off"
          value={draft.typed}
          onChange={event => set({ typed: event.target.value })}
        />
      )}
    </>
  )
}

function bodyOf({ what, server, day, typed, reason }: Draft, serials: readonly string[]): object {
  return {
    what,
    serials,
    ...(takesServer(what) ? { server } : {}),
    // The end of that day where the person is.
    ...(takesDeadline(what) ? { deadline: new Date(`${day}T23:59:00`).getTime() } : {}),
    ...(what === 'release' ? { confirm: Number(typed) } : {}),
    ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
  }
}

/** Which devices a refusal is about. */
function Unknown({ error }: { error: unknown }) {
  if (!error) return null
  const { serials } = problemOf(error).facts
  if (!Array.isArray(serials)) return null
  return (
    <p className="small mono" data-name>
      {serials.join(' · ')}
    </p>
  )
}
