import type { Command, StepName } from '../../contract.ts'
import { type Key, useVoice } from '../../i18n/index.tsx'
import { useNow } from '../../kit/clock.ts'
import { Icon, type IconName } from '../../kit/Icon.tsx'
import { State, type ToneName } from '../../kit/State.tsx'
import { Steps, type StepLine } from '../../kit/Steps.tsx'
import { drawnSteps } from './steps.ts'
import { isOver } from './words.ts'

const looks: Record<StepName, { tone: ToneName; icon: IconName; label: Key }> = {
  held: { tone: 'pending', icon: 'held', label: 'command.step.held' },
  queued: { tone: 'pending', icon: 'queued', label: 'command.step.queued' },
  pushed: { tone: 'pending', icon: 'send', label: 'command.step.pushed' },
  fetched: { tone: 'pending', icon: 'refresh', label: 'command.step.fetched' },
  'not-now': { tone: 'pending', icon: 'pending', label: 'command.step.not-now' },
  acknowledged: { tone: 'ok', icon: 'check', label: 'command.step.acknowledged' },
  error: { tone: 'danger', icon: 'danger', label: 'command.step.error' },
  expired: { tone: 'none', icon: 'pending', label: 'command.step.expired' },
  canceled: { tone: 'none', icon: 'canceled', label: 'command.step.canceled' },
}

/** The command as a machine: each step with its time, the way back after "not now", and the other ends. */
export function CommandSteps({ command }: { command: Command }) {
  const { t, f } = useVoice()
  const now = useNow(1000)
  const drawn = drawnSteps(command)
  const over = isOver(command.state)
  const steps: StepLine[] = drawn.map((step, at) => {
    const before = drawn[at - 1]?.at ?? null
    const look = looks[step.step]
    return {
      id: step.step,
      label: t(look.label, { n: step.count }),
      when: step.when,
      tone: step.when === 'ahead' ? 'none' : look.tone,
      icon: look.icon,
      time: step.at === null ? null : f.exact(step.at),
      sub:
        step.at !== null && before !== null
          ? t('command.after', { span: f.span(Math.max(0, step.at - before)) })
          : null,
    }
  })
  return (
    <Steps label={t('command.steps')} steps={steps}>
      {!over && command.notNow && (
        <p className="machine-note">
          <Icon name="undo" />
          <span>
            {command.nextAt === null
              ? t('command.loopOpen')
              : t('command.loop', {
                  time: f.exact(command.nextAt).slice(0, 8),
                  left: f.span(Math.max(0, command.nextAt - now)),
                })}
          </span>
        </p>
      )}
      {!over && (
        <ul className="ends">
          <li>{t('command.orEnds')}</li>
          {(['error', 'expired', 'canceled'] as const).map(end => (
            <li key={end}>
              <State tone="none" icon={looks[end].icon} quiet>
                {t(looks[end].label)}
              </State>
              {end === 'expired' && (
                <span>{command.expiresAt === null ? t('command.neverExpires') : f.dateTime(command.expiresAt)}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Steps>
  )
}
