import type { WakeChannel, WakeTrial } from '../../contract/wake.ts'
import type { Voice } from '../../i18n/index.tsx'
import type { ToneName } from '../../kit/State.tsx'

/** How the state of a channel is drawn. */
export const channelTones: Readonly<Record<WakeChannel['state'], ToneName>> = {
  ready: 'ok',
  failing: 'danger',
  off: 'none',
}

/** How the end of a trial is drawn. */
export const trialTones: Readonly<Record<NonNullable<WakeTrial['outcome']>, ToneName>> = {
  answered: 'ok',
  elsewhere: 'info',
  refused: 'danger',
  silent: 'attention',
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** A length of time in the largest unit that says it whole. */
export function span({ t }: Voice, ms: number): string {
  if (ms < second) return t('waking.ms', { n: Math.round(ms) })
  if (ms < minute) return t('waking.seconds', { n: Math.round(ms / second) })
  if (ms < hour || ms % hour !== 0) return t('waking.minutes', { n: Math.round(ms / minute) })
  return t('waking.hours', { n: ms / hour })
}
