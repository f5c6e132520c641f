import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const name = z.string()
const lines = z.number()

/** What happens to intakes. They are about the intake; who a device is for is not among it. */
export const intakeEvents = {
  planned: eventType('intake.planned', { name, day: z.string(), lines, blocked: lines }),
  changed: eventType('intake.changed', { name, fields: z.array(z.string()) }),
  removed: eventType('intake.removed', { name }),
  /** Lines were added, mended or taken out. */
  edited: eventType('intake.edited', { name, lines, blocked: lines }),
  /** The roster was read to its end, and told what is wanted of these devices. */
  prepared: eventType('intake.prepared', { name, lines }),
  /** A look before the day turned out otherwise than the one before. */
  checked: eventType('intake.checked', { name, reds: lines, ambers: lines }),
  /** Its day comes, or is there, and something is red. */
  troubled: eventType('intake.troubled', { name, day: z.string(), days: z.number(), reds: lines, first: z.string() }),
  cleared: eventType('intake.cleared', { name }),
  opened: eventType('intake.opened', { name, lines }),
  /** One of its devices came further, or is held up. */
  stepped: eventType('intake.stepped', {
    name,
    serial: z.string(),
    device: z.string().nullable(),
    before: z.string(),
    now: z.string(),
    cause: z.string().nullable(),
  }),
  /** The first of its devices is held up; and the last one goes on. */
  stuck: eventType('intake.stuck', { name, lines, serial: z.string(), cause: z.string() }),
  freed: eventType('intake.freed', { name }),
  closed: eventType('intake.closed', { name, lines, ready: lines, left: lines }),
}
