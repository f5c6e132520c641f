import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const which = { command: z.string(), kind: z.string() }
const plain = z.record(z.string(), z.json())

/** What is written down about commands. Arguments appear only where their kind says that they may. */
export const commandEvents = {
  queued: eventType('command.queued', {
    ...which,
    args: plain,
    reason: z.string().nullable(),
    priority: z.string(),
    batch: z.string().nullable(),
  }),
  sent: eventType('command.sent', { ...which, times: z.number() }),
  deferred: eventType('command.deferred', { ...which, times: z.number() }),
  done: eventType('command.done', { ...which, undecodable: z.boolean() }),
  failed: eventType('command.failed', {
    ...which,
    explained: z.string(),
    domain: z.string().nullable(),
    code: z.number().nullable(),
  }),
  expired: eventType('command.expired', which),
  canceled: eventType('command.canceled', { ...which, why: z.string() }),
  superseded: eventType('command.superseded', { ...which, why: z.string() }),
  /** A device answered something that no longer, or never, awaited an answer from it. */
  ignored: eventType('answer.ignored', { command: z.string(), why: z.string(), status: z.string() }),
  batchCreated: eventType('batch.created', {
    batch: z.string(),
    kind: z.string(),
    eligible: z.number(),
    refused: z.number(),
  }),
  batchEnded: eventType('batch.ended', {
    batch: z.string(),
    state: z.string(),
    sent: z.number(),
    held: z.number(),
    skipped: z.number(),
  }),
  wiped: eventType('device.wiped', {}),
}
