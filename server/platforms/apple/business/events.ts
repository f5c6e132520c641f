import { z } from 'zod'
import { eventType } from '../../../base/events.ts'

const which = { act: z.string(), what: z.string(), devices: z.number() }

/** What is done in the vendor's portal. Events are about the program. */
export const portalEvents = {
  ordered: eventType('portal.ordered', { ...which, held: z.number(), server: z.string().nullable() }),
  done: eventType('portal.done', which),
  failed: eventType('portal.failed', { ...which, answer: z.string().nullable() }),
}
