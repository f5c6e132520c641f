import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const name = z.string()

/** What happens to calendars. */
export const calendarEvents = {
  added: eventType('calendar.added', { name, days: z.number() }),
  changed: eventType('calendar.changed', { name, days: z.number(), fields: z.array(z.string()) }),
  removed: eventType('calendar.removed', { name }),
}

const span = { exception: z.string(), from: z.number(), until: z.number() }

/** What happens to working time. Exceptions are about the device, person or unit they are for; what people write when they ask is not told. */
export const hourEvents = {
  zoneChanged: eventType('hours.zone-changed', { zone: z.string().nullable() }),
  asked: eventType('hours.exception-asked', { ...span, user: z.string() }),
  granted: eventType('hours.exception-granted', { ...span, user: z.string().nullable() }),
  denied: eventType('hours.exception-denied', { exception: z.string(), user: z.string().nullable() }),
  withdrawn: eventType('hours.exception-withdrawn', { exception: z.string(), user: z.string() }),
  /** `early`: somebody took it back; else its time was over. `granted`: false where nobody had answered. */
  ended: eventType('hours.exception-ended', {
    exception: z.string(),
    user: z.string().nullable(),
    early: z.boolean(),
    granted: z.boolean(),
  }),
}
