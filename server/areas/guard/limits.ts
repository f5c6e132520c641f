import { z } from 'zod'

const share = z.strictObject({
  /** Never fewer devices than this, however small the fleet. */
  least: z.int().min(0).max(1000),
  /** Of the devices that are managed. */
  percent: z.number().min(0).max(25),
})

/** How many devices a hand may reach, in what time, before others are asked. None of it can be switched off. */
export const limitsShape = z.strictObject({
  /** What cannot be undone, by one person with all their keys, in an hour. */
  perPersonHour: z.int().min(0).max(50),
  /** The same in the whole org in 24 hours. */
  perDay: share,
  /** The same on one unit in 24 hours. */
  perUnitDay: share,
  /** What leaves in an hour of what was approved. */
  approvedPerHour: share,
  /** What interrupts people, in the whole org in 15 minutes. */
  disruptivePerQuarter: share,
  /** More devices than this need a second approver. */
  twoApprovers: share.extend({ most: z.int().min(1).max(1000) }),
  /** More devices than this wait after the approval, so that anyone can still stop it. */
  coolingFrom: z.int().min(0).max(1000),
  coolingMinutes: z.int().min(1).max(1440),
  /** How long an approver must have held the right. */
  heldHours: z.int().min(1).max(720),
  /** Devices that confirm in a minute, or in ten, before everything final stops. */
  breakerMinute: z.int().min(1).max(1000),
  breakerTenMinutes: share,
})

/** See `limitsShape`. */
export type Limits = z.infer<typeof limitsShape>

/** What holds until someone decides otherwise. */
export const defaults: Limits = {
  perPersonHour: 5,
  perDay: { least: 10, percent: 1 },
  perUnitDay: { least: 10, percent: 10 },
  approvedPerHour: { least: 5, percent: 5 },
  disruptivePerQuarter: { least: 25, percent: 10 },
  twoApprovers: { least: 10, percent: 1, most: 100 },
  coolingFrom: 25,
  coolingMinutes: 15,
  heldHours: 72,
  breakerMinute: 5,
  breakerTenMinutes: { least: 5, percent: 0.5 },
}

/** The number of devices a share comes to in a fleet of this size. */
export function shareOf({ least, percent }: { least: number; percent: number }, fleet: number): number {
  return Math.max(least, Math.floor((fleet * percent) / 100))
}

const higherIsStricter: ReadonlySet<string> = new Set(['coolingMinutes', 'heldHours'])

/** Whether any number of the wish lets more through than now. */
export function loosens(now: Limits, wish: Limits): boolean {
  return JSON.stringify(stricterOf(now, wish)) !== JSON.stringify(limitsShape.parse(wish))
}

/** Of every number the stricter one: what a change can take effect of at once. */
export function stricterOf(now: Limits, wish: Limits): Limits {
  return limitsShape.parse(merge(limitsShape.parse(now), limitsShape.parse(wish), ''))
}

function merge(now: unknown, wish: unknown, key: string): unknown {
  if (typeof now === 'number' && typeof wish === 'number')
    return higherIsStricter.has(key) ? Math.max(now, wish) : Math.min(now, wish)
  if (typeof now !== 'object' || now === null || typeof wish !== 'object' || wish === null) return now
  const other = new Map(Object.entries(wish))
  return Object.fromEntries(Object.entries(now).map(([name, value]) => [name, merge(value, other.get(name), name)]))
}

/** How many must sign for this many devices. */
export function approversFor(limits: Limits, fleet: number, count: number): number {
  const { most } = limits.twoApprovers
  return count > Math.min(most, shareOf(limits.twoApprovers, fleet)) ? 2 : 1
}
