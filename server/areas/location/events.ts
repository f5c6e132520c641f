import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const search = z.string().nullable()

/** What happens to fixes. They are about the device; never where it was. */
export const fixEvents = {
  kept: eventType('fix.kept', { fix: z.string(), search, accuracyM: z.number() }),
  /** `hash` is over the ids and sealed bytes of what was deleted, in order: proof of which fixes are gone. */
  deleted: eventType('fixes.deleted', { search, count: z.number(), hash: z.string(), why: z.string() }),
}
