import { z } from 'zod'
import { eventType } from '../../../base/events.ts'

const account = z.string().nullable()

/** What happens to the declarations of a device as a whole; what becomes of each item is said by its own events. */
export const declarationEvents = {
  /** The device was told of a change, called since, and said nothing about it. */
  stalled: eventType('declarations.stalled', { account, givenAt: z.number() }),
  resumed: eventType('declarations.resumed', { account, stalledAt: z.number() }),
  /** Someone made the device read everything again. */
  forced: eventType('declarations.forced', { epoch: z.number() }),
}
