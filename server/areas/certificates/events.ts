import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const about = { purpose: z.string(), subject: z.string(), serial: z.string(), notAfter: z.number() }

/** What may be read in the log about certificates. */
export const certificateEvents = {
  issued: eventType('certificate.issued', {
    ...about,
    forKind: z.string(),
    forId: z.string(),
    renews: z.string().nullable(),
  }),
  refused: eventType('certificate.refused', {
    reason: z.string(),
    failInfo: z.string().nullable(),
    transaction: z.string().nullable(),
    forKind: z.string().nullable(),
    forId: z.string().nullable(),
  }),
  kept: eventType('certificate.kept', { ...about, account: z.string().nullable() }),
  activated: eventType('certificate.activated', { serial: z.string(), forKind: z.string(), forId: z.string() }),
  retired: eventType('certificate.retired', { serial: z.string(), forKind: z.string(), forId: z.string() }),
  revoked: eventType('certificate.revoked', { serial: z.string(), reason: z.string() }),
  /** No longer recorded: custody announces what ends. Logs of former releases hold it. */
  expiring: eventType('certificate.expiring', { ...about, days: z.number() }),
  bound: eventType('acme.bound', { name: z.string(), names: z.array(z.string()) }),
  unbound: eventType('acme.unbound', { name: z.string() }),
  rootAdded: eventType('attestation.root-added', { subject: z.string(), fingerprint: z.string() }),
  rootRemoved: eventType('attestation.root-removed', { subject: z.string(), fingerprint: z.string() }),
  changed: eventType('certificate.changed', {
    owner: z.string().nullable(),
    account: z.string().nullable(),
    contact: z.string().nullable(),
  }),
}
