import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const sent = z.enum(['mail', 'show'])

/** What people do on their own page, and who let them. Network addresses only; never what they read. */
export const portalEvents = {
  linked: eventType('portal.linked', { user: z.string(), sent, until: z.number() }),
  entered: eventType('portal.entered', { user: z.string(), sent, address: z.string() }),
  left: eventType('portal.left', { user: z.string() }),
  ended: eventType('portal.ended', { user: z.string(), visits: z.number() }),
  coded: eventType('portal.coded', { user: z.string() }),
  proven: eventType('portal.proven', { user: z.string() }),
  refused: eventType('portal.refused', { user: z.string() }),
  exported: eventType('portal.exported', { user: z.string(), devices: z.number() }),
}
