import { z } from 'zod'
import { eventType } from '../../../base/events.ts'

const which = { act: z.string(), what: z.string(), devices: z.number() }

/** What is done in the vendor's portal. Events are about the program. */
export const portalEvents = {
  ordered: eventType('portal.ordered', { ...which, held: z.number(), server: z.string().nullable() }),
  done: eventType('portal.done', which),
  /** The guard did not let devices go, and the vendor was not asked for them. */
  declined: eventType('portal.declined', { ...which, intent: z.string(), why: z.string() }),
  failed: eventType('portal.failed', { ...which, answer: z.string().nullable() }),
}
