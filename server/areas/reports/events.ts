import { z } from 'zod'
import { eventType } from '../../base/events.ts'

/** What happens with reports. What they say is not in the log. */
export const reportEvents = {
  saved: eventType('report.saved', {
    name: z.string(),
    kind: z.string(),
    scheduled: z.boolean(),
    recipients: z.number(),
  }),
  changed: eventType('report.changed', { name: z.string(), fields: z.array(z.string()), recipients: z.number() }),
  removed: eventType('report.removed', { name: z.string() }),
  /** A file was made; `recipients` is to how many addresses it was mailed. */
  made: eventType('report.made', {
    export: z.string(),
    kind: z.string(),
    name: z.string(),
    filter: z.string(),
    asOf: z.number(),
    format: z.string(),
    rows: z.number(),
    recipients: z.number(),
    sha256: z.string(),
  }),
  failed: eventType('report.failed', { export: z.string(), kind: z.string(), name: z.string(), code: z.string() }),
  /** A signed pack of what happened in a period was made. */
  evidence: eventType('evidence.made', { export: z.string(), from: z.number(), to: z.number(), sha256: z.string() }),
}
