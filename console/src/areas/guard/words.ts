import type { HeldReason, Intent, IntentState } from '../../contract/guard.ts'
import type { Voice } from '../../i18n/index.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import type { ToneName } from '../../kit/State.tsx'
import { kindWord } from '../commands/words.ts'

/** How each state of an intent looks. */
export const intentStates: Record<IntentState, { tone: ToneName; icon: IconName }> = {
  held: { tone: 'attention', icon: 'held' },
  cooling: { tone: 'pending', icon: 'paused' },
  released: { tone: 'pending', icon: 'send' },
  done: { tone: 'ok', icon: 'ok' },
  denied: { tone: 'none', icon: 'canceled' },
  canceled: { tone: 'none', icon: 'undo' },
  expired: { tone: 'none', icon: 'pending' },
}

/** The act that is held, in words. */
export function actionWord(voice: Voice, action: string): string {
  const own = `held.action.${action}`
  if (voice.has(own)) return voice.t(own)
  return action.startsWith('charter') ? voice.t('held.action.charter') : kindWord(voice, action)
}

/** Why it is held, in words that go into a sentence. */
export const whyWord = ({ t }: Voice, why: HeldReason): string => t(`held.why.${why}`)

/** What it waits for, in few words. */
export function waitsFor({ t, f }: Voice, intent: Intent): string {
  if (intent.gathering) return t('held.for.gathering')
  if (intent.state === 'cooling') return t('held.for.cooling', { when: f.time(intent.effectiveAt ?? 0) })
  if (intent.state === 'released') return t('held.for.room', { sent: intent.sent, devices: intent.devices })
  const left = Math.max(0, intent.needs - intent.approvals)
  if (left > 0) return t('held.for.approval', { left })
  return t('held.for.delay', { when: f.dateTime(intent.effectiveAt ?? intent.expiresAt) })
}

/** Whether it may still happen. */
export const isOpen = (state: IntentState): boolean => ['held', 'cooling', 'released'].includes(state)
