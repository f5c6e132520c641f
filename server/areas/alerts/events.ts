import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const alert = { type: z.string(), severity: z.string(), device: z.string().nullable() }

/** What becomes of alerts. That one is said again is counted on it, not recorded. */
export const alertEvents = {
  opened: eventType('alert.opened', alert),
  /** It has become graver than it was. */
  raised: eventType('alert.raised', alert),
  reopened: eventType('alert.reopened', alert),
  acknowledged: eventType('alert.acknowledged', alert),
  assigned: eventType('alert.assigned', { ...alert, to: z.string().nullable() }),
  /** `until` is null when it was taken back, or has ended. */
  snoozed: eventType('alert.snoozed', { ...alert, until: z.number().nullable() }),
  resolved: eventType('alert.resolved', { ...alert, how: z.enum(['settled', 'by hand']) }),
  commented: eventType('alert.commented', alert),
  /** The person of the device was asked or told by mail. */
  told: eventType('alert.person-told', { ...alert, what: z.enum(['told', 'asked']) }),
  rulesChanged: eventType('alert.rules-changed', { type: z.string(), opens: z.boolean(), toPerson: z.boolean() }),
}
