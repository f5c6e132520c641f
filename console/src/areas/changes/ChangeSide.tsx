import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { call } from '../../api.ts'
import type { Change } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { fold } from '../../i18n/messages.ts'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { initials, langOf } from '../../kit/names.ts'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { isComputing } from './queries.ts'
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
    mutationFn: (body: { confirm?: string }) => call('POST', `/changes/${change.id}/${verb}`, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['changes'] }),
  })
}

/** Approves the moves; much that is removed asks for its phrase first. */
function Gate({ change }: { change: Change }) {
  const { t, rich } = useVoice()
  const can = useCan()
  const [typed, setTyped] = useState('')
  const approve = useAct(change, 'approve')
  const cancel = useAct(change, 'cancel')
  const asked = change.needsConfirmation
  const going = change.state === 'running' || change.state === 'watching'
  const draft = change.state === 'draft'
  if (!can('changes:write') || !(draft || going || change.state === 'planned')) return null
  const phrase = asked?.phrase ?? ''
  const left = phrase.length - typed.trim().length
  const confirmed = !asked || fold(typed.trim()) === fold(phrase)
  return (
    <Part
      id="gate"
      className="gate-part"
      title={
        draft && asked ? (
          <State tone="danger">{t('gate.removals', { n: asked.removals, limit: asked.limit })}</State>
        ) : (
          t(draft ? 'plan.approveTitle' : 'plan.stopTitle')
        )
      }
    >
      <p>
        {t(draft ? (asked ? 'gate.removalsText' : 'plan.approveText') : going ? 'plan.stopText' : 'plan.cancelText')}
      </p>
      {draft && asked && (
        <TextField
          label={rich('gate.type', { phrase })}
          hint={!confirmed && left > 0 && typed !== '' ? t('plan.left', { n: left }) : undefined}
          value={typed}
          onChange={event => setTyped(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          mono
        />
      )}
      <div className="acts">
        {draft && (
          <Button
            variant={asked ? 'danger' : 'primary'}
            disabled={!confirmed || isComputing(change)}
            busy={approve.isPending}
            onClick={() => approve.mutate(asked ? { confirm: typed.trim() } : {})}
          >
            {t(change.at === null ? 'plan.moveNow' : 'plan.approve', { n: change.moves })}
          </Button>
        )}
        <Button busy={cancel.isPending} onClick={() => cancel.mutate({})}>
          {t(draft ? 'plan.drop' : going ? 'plan.stop' : 'plan.cancel')}
        </Button>
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
  const { t, f } = useVoice()
  if (change.waves.length === 0) return null
  let shown = 0
  return (
    <Part id="waves" title={t('plan.runs')}>
      <ol className="waves">
        {change.waves.map((wave, at) => {
          const start = wave.at ?? (change.at === null ? null : change.at + shown * 60_000)
          shown += wave.watchMinutes
          const words = t('plan.wave', { n: wave.moves, watched: wave.watchMinutes })
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: waves have no other name than their place
            <li key={at} aria-current={wave.state === 'running' || wave.state === 'watching' ? 'step' : undefined}>
              <b>{start === null ? f.number(at + 1) : clockOf(start, change.zone)}</b>
              <span>{words}</span>
              {wave.state !== 'ahead' && (
                <State tone={wave.state === 'done' ? 'ok' : wave.state === 'stopped' ? 'danger' : 'pending'} quiet>
                  {t(`plan.wave.${wave.state}`)}
                </State>
              )}
            </li>
          )
        })}
      </ol>
      <p className="small soft">
        {t('plan.stops', { percent: change.stopAbovePercentFailed, heard: change.minHeardPercent })}
      </p>
    </Part>
  )
}

/** The clock of a zone, so that all times of a change are on the one it was planned for. */
const clockOf = (at: number, zone: string): string => localOf(at, zone).slice(-5)
