import { z } from 'zod'
import { eventType } from '../../base/events.ts'

/** What may be read in the log about pushes: only changes, never every push. */
export const pushEvents = {
  failed: eventType('wake.failed', {
    state: z.enum(['rejected', 'dead']),
    status: z.number().nullable(),
    reason: z.string(),
    account: z.string(),
  }),
  /** No push has gone out for so many minutes, though some were due; and they go out again. */
  failing: eventType('push.failing', { minutes: z.number(), reason: z.string() }),
  recovered: eventType('push.recovered', { afterMs: z.number() }),
  sent: eventType('wake.sent', { apnsId: z.string().nullable(), account: z.string() }),
  uploaded: eventType('push-credential.uploaded', {
    topic: z.string(),
    formerTopic: z.string().nullable(),
    serial: z.string(),
    notAfter: z.number(),
    account: z.string(),
  }),
  /** One went back to a certificate that had been replaced. */
  restored: eventType('push-credential.restored', { topic: z.string(), serial: z.string() }),
  /** The way to a new certificate: our request, a vendor's signature under it, what the portal made of it, one device that was called by it. */
  renewalBegan: eventType('push-renewal.began', { name: z.string(), email: z.string() }),
  renewalSigned: eventType('push-renewal.signed', { way: z.enum(['vendor', 'service', 'upload']) }),
  renewalOffered: eventType('push-renewal.offered', { topic: z.string(), serial: z.string(), notAfter: z.number() }),
  renewalTried: eventType('push-renewal.tried', {
    outcome: z.enum(['accepted', 'answered', 'refused', 'silent']),
    device: z.string().nullable(),
    reason: z.string(),
  }),
  renewalDiscarded: eventType('push-renewal.discarded', {}),
  signerChanged: eventType('push-signer.changed', { way: z.enum(['vendor', 'service']), set: z.boolean() }),
  refused: eventType('push-credential.refused', { topic: z.string(), status: z.number(), reason: z.string() }),
}
