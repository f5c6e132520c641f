import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const incident = z.string()
const number = z.number()
const which = { incident, number }

/** What happens to incidents. They are about the device; what was written to find it again is not among it. */
export const incidentEvents = {
  opened: eventType('incident.opened', {
    ...which,
    kind: z.string(),
    by: z.string(),
    action: z.string(),
    why: z.string(),
  }),
  acted: eventType('incident.acted', { ...which, what: z.string(), command: z.string().nullable() }),
  found: eventType('incident.found', which),
  writtenOff: eventType('incident.written-off', which),
  closed: eventType('incident.closed', { ...which, outcome: z.string(), fixes: z.number() }),
}

const order = { ...which, order: z.string() }
const terms = {
  ...order,
  keepLocked: z.boolean(),
  locateEveryMinutes: z.number().nullable(),
  until: z.number().nullable(),
  after: z.string(),
}

/** What happens to standing orders. They are about the device. */
export const orderEvents = {
  set: eventType('standing-order.set', terms),
  changed: eventType('standing-order.changed', terms),
  canceled: eventType('standing-order.canceled', { ...order, why: z.string() }),
  due: eventType('standing-order.due', { ...order, after: z.string() }),
  sent: eventType('standing-order.sent', { ...order, after: z.string(), command: z.string().nullable() }),
  held: eventType('standing-order.held', { ...order, why: z.string() }),
}
