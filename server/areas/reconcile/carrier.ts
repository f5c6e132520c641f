import type { EffectiveItem, Target } from '../blueprints/index.ts'
import type { ItemError } from './item.ts'

/** To whom items are delivered: what a carrier may look at. */
export interface Recipient {
  readonly target: Target
  /** How it is enrolled, in the platform's words. */
  readonly enrollmentKind: string
}

/**
 * What a platform says about delivering items, all of it pure. Answers should be quick: every device that is computed asks for each of its items,
 * and devices that should have the same share the item objects.
 */
export interface Carrier {
  /** Of enrollments. */
  readonly platform: string
  /** Whether the item goes to the device, or to each account on it; or why it cannot go at all. */
  place(item: EffectiveItem, to: Recipient): 'device' | 'account' | { readonly unsupported: ItemError }
  /** What it takes on a device that no two items can hold at once; by default its own name. */
  claims?(item: EffectiveItem, to: Recipient): readonly string[]
  /** Which of the other items must be there before it. */
  needs?(item: EffectiveItem, all: readonly EffectiveItem[]): readonly string[]
}

const carriers = new Map<string, Carrier>()

/** Makes a platform's carrier known; called by main before the server starts. Without one, everything goes to the device. */
export function carryBy(carrier: Carrier): void {
  carriers.set(carrier.platform, carrier)
}

/** The carrier of a platform. */
export function carrierOf(platform: string): Carrier {
  return carriers.get(platform) ?? { platform, place: () => 'device' }
}
