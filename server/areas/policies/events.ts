import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const name = z.string()

/** What happens to policies. What they say is not in the log, only which version says it. */
export const policyEvents = {
  added: eventType('policy.added', { name, kind: z.string() }),
  versioned: eventType('policy.versioned', {
    name,
    policy: z.string(),
    version: z.number(),
    note: z.string(),
    /** The version whose value it has again, where it was rolled back. */
    back: z.number().nullable(),
  }),
  changed: eventType('policy.changed', { name, fields: z.array(z.string()) }),
  archived: eventType('policy.archived', { name }),
}

/** What happens to the secrets that policies name. */
export const secretEvents = {
  added: eventType('secret.added', { name }),
  removed: eventType('secret.removed', { name }),
  rotated: eventType('secret.rotated', { name, version: z.number() }),
}
