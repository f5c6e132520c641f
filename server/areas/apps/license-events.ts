import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const license = { license: z.string(), name: z.string() }

/** What happens to licenses. They are about the license. */
export const licenseEvents = {
  /** More is wanted than there is; again whenever more is missing than was said. */
  short: eventType('license.short', { ...license, short: z.number(), total: z.number(), wanted: z.number() }),
  enough: eventType('license.enough', license),
  /** Seats nobody used were asked back. */
  reclaimed: eventType('license.reclaimed', { ...license, seats: z.number() }),
}

/** What happens to seats. They are about the device that needs them, or the person. */
export const seatEvents = {
  held: eventType('seat.held', { ...license, seat: z.string() }),
  refused: eventType('seat.refused', { ...license, seat: z.string(), reason: z.string() }),
  returned: eventType('seat.returned', { ...license, seat: z.string() }),
  /** The vendor does not know of it any more, and it was not us who gave it back. */
  lost: eventType('seat.lost', { ...license, seat: z.string() }),
  /** The vendor has not said for long what became of it; it is asked for again. */
  slow: eventType('seat.slow', { license: z.string(), program: z.string(), seats: z.number() }),
}
