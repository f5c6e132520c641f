import type { Action } from '../commands/index.ts'
import { personalModes } from '../privacy/index.ts'

/** What is done to a missing device at once, and why just that. */
export interface First {
  readonly action: 'lost-mode' | 'lock' | 'none'
  readonly why: (typeof whys)[number]
}

/** The codes of why an action is the right one for a device; the console and the record have the words. */
export const whys = [
  'lost-mode',
  'lock-screen',
  'lock-pin',
  'lock-personal',
  'none-personal',
  'none-work-only',
  'none-not-managed',
  'none-platform',
  'none-charter',
] as const

/** What the choice looks at. */
export interface Missing {
  readonly platform: string
  readonly ownership: string
  readonly enrollmentKind: string | null
  readonly actions: readonly Pick<Action, 'kind' | 'allowed' | 'reason'>[]
}

/** The right first action for this device: lost mode where it is to be had, else a lock, else nothing, and in each case why. Pure. */
export function firstFor({ platform, ownership, enrollmentKind, actions }: Missing): First {
  const can = (kind: string): boolean => actions.some(a => a.kind === kind && a.allowed)
  if (enrollmentKind === null) return { action: 'none', why: 'none-not-managed' }
  if (can('lost-mode.enable')) return { action: 'lost-mode', why: 'lost-mode' }
  if (can('lock')) {
    if (ownership === 'personal') return { action: 'lock', why: 'lock-personal' }
    return { action: 'lock', why: platform === 'macos' ? 'lock-pin' : 'lock-screen' }
  }
  if (ownership === 'personal') return { action: 'none', why: 'none-personal' }
  if (personalModes.includes(enrollmentKind)) return { action: 'none', why: 'none-work-only' }
  return { action: 'none', why: 'none-platform' }
}
