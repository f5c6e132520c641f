import { z } from 'zod'
import { eventType } from '../../../base/events.ts'

/** What is decided about enrolling by signing in. */
export const doorEvents = {
  changed: eventType('account-door.changed', {
    byod: z.boolean(),
    adde: z.boolean(),
    way: z.string(),
    issuer: z.string().nullable(),
    led: z.boolean(),
  }),
  /** The vendor leads devices here whose own domain answers nothing, or does so no longer. */
  led: eventType('account-door.led', { name: z.string(), led: z.boolean() }),
  /** The vendor would not, in its words. */
  ledRefused: eventType('account-door.led-refused', { name: z.string(), problem: z.string() }),
}
