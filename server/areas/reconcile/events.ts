import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const item = z.string()
const policy = z.string()

/** What happens to what devices should have, and on the way there. They are about the device. One line per generation, not per item. */
export const reconcileEvents = {
  /** The device has a new generation. `names`: of the policies behind the first few items. */
  changed: eventType('desired.changed', {
    generation: z.number(),
    added: z.number(),
    changed: z.number(),
    removed: z.number(),
    names: z.array(z.string()),
  }),
  /** The device has everything of this generation. */
  reached: eventType('desired.reached', { generation: z.number(), afterMs: z.number() }),
  retried: eventType('desired.retried', { item: item.nullable(), items: z.number() }),
  /** For the first time, or (`final`) for the last. */
  failed: eventType('item.failed', { item, policy, version: z.number(), code: z.string(), final: z.boolean() }),
  /** The device has changed or lost what it had. */
  drifted: eventType('item.drifted', { item, policy, missing: z.boolean() }),
  repaired: eventType('item.repaired', { item, policy }),
}
