import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { call } from '../../api.ts'
import type { Change } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { initials, langOf } from '../../kit/names.ts'
import { usePreviewGate } from '../../kit/PreviewGate.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { localOf } from './zones.ts'

/** What a person decides about a change, who did, and how it runs. */
export function ChangeSide({ change }: { change: Change }) {
  const { t } = useVoice()
  return (
    <aside aria-label={t('plan.decision')}>
      <Gate change={change} />
      <Approval change={change} />
      <Waves change={change} />
    </aside>
  )
}

function Part(props: { id: string; title: ReactNode; className?: string; children: ReactNode }) {
  return (
    <section aria-labelledby={props.id} className={props.className}>
      <h2 id={props.id}>{props.title}</h2>
      {props.children}
    </section>
  )
}

function useAct(change: Change, verb: 'approve' | 'cancel') {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { confirm?: string; override?: string }) =>
      call('POST', `/changes/${change.id}/${verb}`, verb === 'approve' ? { body } : {}),
    onSuccess: () => client.invalidateQueries({ queryKey: ['changes'] }),
  })
}

/** Approves the moves: tests that fail ask for a reason, much that is removed for its phrase. One that stopped may go on. */
function Gate({ change }: { change: Change }) {
  const { t } = useVoice()
  const can = useCan()
  const gate = usePreviewGate(change.preview)
  const approve = useAct(change, 'approve')
  const cancel = useAct(change, 'cancel')
  const going = change.state === 'running' || change.state === 'watching'
  const stopped = change.state === 'stopped'
  const asks = change.state === 'draft' || stopped
  if (!can('changes:write') || !(asks || going || change.state === 'planned')) return null
  const what = stopped ? 'resume' : asks ? 'approve' : going ? 'stop' : 'cancel'
  return (
    <Part id="gate" className="gate-part" title={t(`plan.title.${what}`)}>
      <p>{t(`plan.text.${what}`)}</p>
      {asks && gate.fields}
      <div className="acts">
        {asks && (
          <Button
            variant={change.preview?.needsConfirmation ? 'danger' : 'primary'}
            disabled={!gate.ready || change.computing}
            busy={approve.isPending}
            onClick={() => approve.mutate(gate.body)}
          >
            {t(stopped ? 'plan.resume' : change.at === null ? 'plan.moveNow' : 'plan.approve', { n: change.moves })}
          </Button>
        )}
        {!stopped && (
          <Button busy={cancel.isPending} onClick={() => cancel.mutate({})}>
            {t(asks ? 'plan.drop' : going ? 'plan.stop' : 'plan.cancel')}
          </Button>
        )}
      </div>
      <ProblemNote error={approve.error ?? cancel.error} />
    </Part>
  )
}

function Approval({ change }: { change: Change }) {
  const { t, f } = useVoice()
  if (change.state === 'draft') return null
  if (!change.approvedBy || change.approvedAt === null) return null
  const name = change.approvedBy.name ?? ''
  return (
    <Part id="approval" title={t('plan.approvals')}>
      <ul className="apr">
        <li>
          <span className="face sm" aria-hidden="true">
            {initials(name)}
          </span>
          <b lang={langOf(name)}>{name}</b>
          <State tone="ok" icon="ok">
            {f.dateTime(change.approvedAt)}
          </State>
        </li>
      </ul>
    </Part>
  )
}

/** The parts in which it is carried out, with their times. */
function Waves({ change }: { change: Change }) {
  const { t } = useVoice()
  const { shares, watchMinutes, stopAbovePercentFailed: percent, minHeardPercent: heard } = change.waves
  const begun = !['draft', 'planned', 'canceled'].includes(change.state)
  const start = change.startedAt ?? change.at
  if (shares.length < 2) return null
  return (
    <Part id="waves" title={t('plan.runs')}>
      <ol className="waves">
        {shares.map((share, at) => {
          const now = begun && at === change.wave && change.state !== 'done'
          const past = begun && (at < change.wave || change.state === 'done')
          const state = past ? 'done' : change.state === 'watching' ? 'watching' : 'running'
          const shown = change.state === 'stopped' && now ? 'stopped' : state
          return (
            <li key={share} aria-current={now ? 'step' : undefined}>
              <b>{start === null ? at + 1 : clockOf(start + at * watchMinutes * 60_000, change.zone)}</b>
              <span>
                {t('plan.wave', {
                  n: change.byWave[at]?.moves ?? 0,
                  percent: share - (shares[at - 1] ?? 0),
                  watched: at < shares.length - 1 ? watchMinutes : 0,
                })}
              </span>
              {(now || past) && (
                <State tone={shown === 'done' ? 'ok' : shown === 'stopped' ? 'danger' : 'pending'} quiet>
                  {t(`plan.wave.${shown}`)}
                </State>
              )}
            </li>
          )
        })}
      </ol>
      <p className="small soft">{t('plan.stops', { percent, heard })}</p>
    </Part>
  )
}

/** The clock of a zone, so that all times of a change are on the one it was planned for. */
const clockOf = (at: number, zone: string): string => localOf(at, zone).slice(-5)
