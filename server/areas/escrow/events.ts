import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const which = { escrow: z.string(), kind: z.string() }

/** What happens to secrets of devices; never what they are. They are about the device. */
export const escrowEvents = {
  /** A new one is on its way to the device. */
  kept: eventType('escrow.kept', { ...which, command: z.string().nullable() }),
  /** The device has it; `by` tells whether we put it there or the device brought it. */
  confirmed: eventType('escrow.confirmed', { ...which, by: z.enum(['server', 'device']), first: z.boolean() }),
  /** The device did not take it. */
  refused: eventType('escrow.refused', which),
  /** It is no longer on the device. */
  retired: eventType('escrow.retired', { kind: z.string(), why: z.string() }),
  /** None of those that are kept is the one on the device, as far as it can be asked. */
  doubted: eventType('escrow.doubted', { kind: z.string() }),
  revealed: eventType('secret.revealed', { name: z.string(), purpose: z.string(), past: z.boolean() }),
  due: eventType('escrow.due', { kind: z.string(), why: z.string() }),
  stuck: eventType('escrow.stuck', { kind: z.string(), why: z.string(), problem: z.string(), tries: z.number() }),
  ruled: eventType('escrow.ruled', { rule: z.record(z.string(), z.json()).nullable() }),
  unlocked: eventType('activation-lock.lifted', {
    state: z.string(),
    answer: z.string().nullable(),
    reason: z.string().nullable(),
  }),
}
