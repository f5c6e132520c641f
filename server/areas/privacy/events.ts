import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const id = z.string()

/** What happens to charters. What they say is in the charter itself. */
export const charterEvents = {
  changed: eventType('charter.changed', {
    version: z.number(),
    hash: z.string(),
    loosened: z.number(),
    tightened: z.number(),
  }),
  proposed: eventType('charter.change-proposed', {
    change: id,
    hash: z.string(),
    loosened: z.number(),
    signers: z.number(),
  }),
  signed: eventType('charter.change-signed', {
    change: id,
    hash: z.string(),
    signatures: z.number(),
    signers: z.number(),
  }),
  refused: eventType('charter.change-refused', {
    change: id,
    how: z.enum(['refused', 'withdrawn', 'outdated']),
    reason: z.string().nullable(),
  }),
}

/** What is read, deleted and not stored. Never what it says. */
export const privacyEvents = {
  looked: eventType('privacy.looked', { what: z.string(), purpose: z.string(), incident: z.string().nullable() }),
  deleted: eventType('privacy.deleted', {
    type: z.string(),
    count: z.number(),
    hash: z.string(),
    why: z.enum(['charter', 'age']),
  }),
  dropped: eventType('privacy.dropped', { type: z.string(), devices: z.number(), day: z.string() }),
  consentAsked: eventType('privacy.consent-asked', { action: z.string(), reason: z.string() }),
  consentAnswered: eventType('privacy.consent-answered', { action: z.string(), agrees: z.boolean() }),
  held: eventType('privacy.held', { reason: z.string(), incident: z.string().nullable() }),
  freed: eventType('privacy.freed', {}),
  checked: eventType('privacy.check-failed', { failed: z.array(z.string()) }),
}
