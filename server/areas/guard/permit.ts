import type { Impact } from './impact.ts'

declare const permitted: unique symbol

/** That one act on one device may leave now. Only the guard makes one, and whoever carries acts out demands it. */
export interface Permit {
  readonly [permitted]: true
  readonly action: string
  readonly device: string
  readonly impact: Impact
  /** Since which restore it is queued. */
  readonly epoch: number
  /** The intent that let it leave, where it was held before. */
  readonly intent: string | null
}

/** Those that were really made here: a value of the same form is none. */
const genuine = new WeakSet<object>()

/** Makes a permit; not offered outside this room. */
export function permit(of: Omit<Permit, typeof permitted>): Permit {
  const made = { ...of } as Permit
  genuine.add(made)
  return made
}

/** Ends with a fault unless this is a permit for exactly this act on this device. */
export function demandPermit(given: Permit, action: string, device: string): void {
  if (!genuine.has(given) || given.action !== action || given.device !== device)
    throw new Error(`no permit for ${action} on ${device}`)
}
