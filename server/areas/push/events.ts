import { z } from 'zod'
import { eventType } from '../../base/events.ts'

/** What may be read in the log about pushes: only changes, never every push. */
export const pushEvents = {
  failed: eventType('wake.failed', {
    state: z.enum(['rejected', 'dead']),
    status: z.number().nullable(),
    reason: z.string(),
    account: z.string(),
  }),
  /** No push has gone out for so many minutes, though some were due; and they go out again. */
  failing: eventType('push.failing', { minutes: z.number(), reason: z.string() }),
  recovered: eventType('push.recovered', { afterMs: z.number() }),
  sent: eventType('wake.sent', { apnsId: z.string().nullable(), account: z.string() }),
  uploaded: eventType('push-credential.uploaded', {
    topic: z.string(),
    formerTopic: z.string().nullable(),
    serial: z.string(),
    notAfter: z.number(),
    account: z.string(),
  }),
  refused: eventType('push-credential.refused', { topic: z.string(), status: z.number(), reason: z.string() }),
}
