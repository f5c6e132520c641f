import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const name = z.string()

/** What happens to policy tests. */
export const testEvents = {
  added: eventType('policyTest.added', { name }),
  changed: eventType('policyTest.changed', { name, fields: z.array(z.string()) }),
  removed: eventType('policyTest.removed', { name }),
  ran: eventType('policyTest.ran', { passed: z.number(), failed: z.number(), failing: z.array(z.string()) }),
  /** A write was done although tests failed; it is about what was written. */
  overridden: eventType('policyTest.overridden', { reason: z.string(), tests: z.array(z.string()) }),
}

/** A rule of the org about previews changed. */
export const ruleEvents = {
  changed: eventType('preview-rules.changed', { field: z.string(), before: z.number(), now: z.number() }),
}
