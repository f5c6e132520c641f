import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const which = { intent: z.string(), action: z.string() }
const text = z.string().nullable()

/** What is written down about the guard and about what it holds. */
export const guardEvents = {
  held: eventType('intent.held', { ...which, impact: z.string(), devices: z.number(), why: z.string(), reason: text }),
  proposed: eventType('intent.proposed', { ...which, effectiveAt: z.number() }),
  /** `passkey` is null where the server's own command line agreed. */
  approved: eventType('intent.approved', { ...which, approvals: z.number(), needs: z.number(), passkey: text }),
  cooling: eventType('intent.cooling', { ...which, devices: z.number(), until: z.number() }),
  released: eventType('intent.released', { ...which, devices: z.number() }),
  done: eventType('intent.done', { ...which, sent: z.number(), skipped: z.number() }),
  denied: eventType('intent.denied', { ...which, reason: text }),
  canceled: eventType('intent.canceled', { ...which, reason: text }),
  expired: eventType('intent.expired', which),
  breakerOpened: eventType('guard.breaker-opened', { acknowledged: z.number(), minutes: z.number() }),
  breakerClosed: eventType('guard.breaker-closed', {}),
  frozen: eventType('guard.frozen', { reason: text }),
  unfrozen: eventType('guard.unfrozen', {}),
  limitsChanged: eventType('guard.limits-changed', { version: z.number(), fields: z.array(z.string()) }),
  approversChanged: eventType('guard.approvers-changed', { version: z.number(), need: z.number(), people: z.number() }),
  restored: eventType('guard.restored', { epoch: z.number() }),
  epochReleased: eventType('guard.epoch-released', { epoch: z.number() }),
  timeDoubted: eventType('guard.time-doubted', { byMs: z.number() }),
  timeConfirmed: eventType('guard.time-confirmed', {}),
}
