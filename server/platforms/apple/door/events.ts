import { z } from 'zod'
import { eventType } from '../../../base/events.ts'

/** What is decided about enrolling by signing in. */
export const doorEvents = {
  changed: eventType('account-door.changed', {
    byod: z.boolean(),
    adde: z.boolean(),
    way: z.string(),
    issuer: z.string().nullable(),
  }),
}
