import { Malformed } from '@muster/wire/malformed.ts'
import { fingerprint, parseCertificate, verifyIssued } from '@muster/wire/x509/certificate.ts'
import { fromPem } from '@muster/wire/x509/pem.ts'
import { demandWhole } from '../../../base/authority.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { record } from '../../../base/events.ts'
import type { Id } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import { nameText } from '../certificate.ts'
import { certificateEvents } from '../events.ts'
import * as store from './attested-store.ts'

/** An authority of a maker of devices whose attestations are believed. */
export interface Root {
  fingerprint: string
  subject: string
  notAfter: number
  addedAt: number
}

/** The authorities that are believed. */
export async function roots(ctx: Ctx): Promise<Root[]> {
  demandWhole(ctx.authority, 'certificates:read')
  const rows = await store.rootsOf(ctx)
  return rows.map(row => ({
    fingerprint: row.fingerprint,
    subject: row.subject,
    notAfter: row.not_after,
    addedAt: row.added_at,
  }))
}

/** Believes an authority from now on; refuses what is none. Safe to repeat. */
export async function addRoot(ctx: Ctx, pem: string): Promise<Root> {
  demandWhole(ctx.authority, 'certificates:write')
  const certificate = authorityIn(pem)
  if (certificate.notAfter <= ctx.now) throw new Problem('attestation.root-malformed')
  const row: store.RootRow = {
    org: ctx.org,
    fingerprint: fingerprint(certificate.der),
    subject: nameText(certificate.subject),
    der: certificate.der,
    not_after: certificate.notAfter,
    added_at: ctx.now,
  }
  const known = (await store.rootsOf(ctx)).some(one => one.fingerprint === row.fingerprint)
  if (!known) {
    await store.addRoot(ctx, row)
    await record(ctx, certificateEvents.rootAdded, about(), { subject: row.subject, fingerprint: row.fingerprint })
  }
  return { fingerprint: row.fingerprint, subject: row.subject, notAfter: row.not_after, addedAt: row.added_at }
}

function authorityIn(pem: string) {
  try {
    const blocks = fromPem(pem)
    const [first] = blocks
    if (blocks.length !== 1 || first?.label !== 'CERTIFICATE') throw new Problem('attestation.root-malformed')
    const certificate = parseCertificate(first.der)
    if (!certificate.isCa || !verifyIssued(certificate, certificate)) throw new Problem('attestation.root-malformed')
    return certificate
  } catch (cause) {
    if (cause instanceof Malformed) throw new Problem('attestation.root-malformed', {}, { cause })
    throw cause
  }
}

/** Believes an authority no longer. Certificates issued on its word stay. */
export async function removeRoot(ctx: Ctx, print: string): Promise<void> {
  demandWhole(ctx.authority, 'certificates:write')
  const row = (await store.rootsOf(ctx)).find(one => one.fingerprint === print)
  if (!row) throw new Problem('id.unknown')
  await store.removeRoot(ctx, print)
  await record(ctx, certificateEvents.rootRemoved, about(), { subject: row.subject, fingerprint: print })
}

/** The authorities an org believes, for platforms that judge attestations themselves. */
export async function attestationRoots(ctx: Ctx): Promise<Uint8Array[]> {
  return (await store.rootsOf(ctx)).map(row => row.der)
}

/** What was attested of the key in a certificate; null when nothing was. */
export async function attestedOf(
  ctx: Ctx,
  certificate: Id<'certificate'>,
): Promise<{ serial: string | null; udid: string | null; at: number } | null> {
  const row = await store.findAttested(ctx, certificate)
  return row ? { serial: row.serial, udid: row.udid, at: row.at } : null
}

const about = (): { kind: string; id: string; path: string } => ({ kind: 'attestation', id: 'roots', path: '/' })
