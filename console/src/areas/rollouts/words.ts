import type { Rollout } from '../../contract/rollouts.ts'
import type { Voice } from '../../i18n/index.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import type { ToneName } from '../../kit/State.tsx'

/** How each state of a rollout looks. */
export const rolloutStates: Record<Rollout['state'], { tone: ToneName; icon: IconName }> = {
  running: { tone: 'pending', icon: 'send' },
  paused: { tone: 'attention', icon: 'paused' },
  done: { tone: 'ok', icon: 'ok' },
  stopped: { tone: 'danger', icon: 'danger' },
  canceled: { tone: 'none', icon: 'canceled' },
}

/** Why a rollout ended, in words. */
export function sayReason(voice: Voice, rollout: Rollout): string {
  if (rollout.reason === null) return ''
  const key = `explained.${rollout.reason}`
  return voice.has(key) ? voice.tell(key, rollout.facts) : rollout.reason
}

/** The rule by which it stops itself, as one sentence. */
export function sayRule({ t, f }: Voice, rollout: Rollout): string {
  return t('rollout.rule', {
    watch: f.span(rollout.watchMinutes * 60_000),
    failed: f.percent(rollout.stopAbovePercentFailed / 100),
    heard: f.percent(rollout.minHeardPercent / 100),
    silence: rollout.minHeardPercent > 0 ? 'yes' : 'no',
  })
}
