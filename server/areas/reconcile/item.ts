/** One channel of an enrollment: the device itself, or one of its accounts. */
export interface Channel {
  readonly enrollment: string
  /** `''` for the device itself. */
  readonly account: string
}

/**
 * Where an item is on its way: wanted → sent → installed or failed; removing until the row is gone. Not under way are those that the device
 * cannot take (`unsupported`), that lack a value (`blocked`), and that wait for someone to sign in (`waiting`).
 */
export const itemStates = [
  'wanted',
  'sent',
  'installed',
  'failed',
  'removing',
  'unsupported',
  'blocked',
  'waiting',
] as const
export type ItemState = (typeof itemStates)[number]

/** Why an item is where it is: a code with a text, and facts for its sentence. Never a secret. */
export interface ItemError {
  readonly code: string
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>
}

/** What is known of one item on one channel. */
export interface ItemStatus extends Channel {
  readonly device: string
  readonly item: string
  readonly kind: string
  /** The nearest policy it comes from. */
  readonly policy: string
  readonly policyVersion: number
  /** What it takes on a device that no two items can hold at once. */
  readonly claims: readonly string[]
  /** Items that must be there before. */
  readonly needs: readonly string[]
  /** The version that should be there; null: it is to be removed. */
  readonly wanted: string | null
  /** The version handed over last; `''`: the order to remove it; null: never. */
  readonly sent: string | null
  /** The version the device said it has. */
  readonly has: string | null
  readonly state: ItemState
  readonly attempts: number
  /** When it may be handed over again. Null: at once, or of failed and installed ones never. */
  readonly notBefore: number | null
  readonly error: ItemError | null
  readonly sentAt: number | null
  readonly reportedAt: number | null
  readonly changedAt: number
  readonly driftedAt: number | null
  readonly repairs: number
  readonly repairsSince: number | null
  /** In which of the platform's ways it goes. */
  readonly via: string | null
  /** What the platform needs to find it again on the device. */
  readonly handle: string | null
}

/** States in which nothing more is expected of the device. */
export function settled(state: ItemState): boolean {
  return state === 'installed' || state === 'unsupported' || state === 'waiting'
}

/** States in which an item is on its way to or from the device; the others wait for something else. */
export function underWay(state: ItemState): boolean {
  return state === 'wanted' || state === 'sent' || state === 'removing'
}
