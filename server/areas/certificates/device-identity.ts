import { issueCertificate } from '@muster/wire/x509/certificate.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import { keepIssued } from './certificate.ts'
import { type Issuer, issuerOf } from './issuer.ts'

const dayMs = 86_400_000
const backdateMs = 10 * 60_000
const validDays = 365
const clientAuth = '1.3.6.1.5.5.7.3.2'

/** The authority that certifies devices of an org, made on first need: in its own transaction, so before one that uses it. */
export function deviceIssuer(base: Base, org: Id<'org'>): Promise<Issuer> {
  return issuerOf(base, org, 'ca-device')
}

/** A certificate that was just issued to a device. */
export interface IssuedIdentity {
  id: Id<'certificate'>
  der: Uint8Array
  /** Of the whole certificate, in hex. */
  fingerprint: string
  notAfter: number
}

/** Certifies the key of a device as the identity of its enrollment, for a year; whoever asks has proved that the device holds the key. */
export async function certifyDevice(
  ctx: Ctx,
  issuer: Issuer,
  of: { spki: Uint8Array; enrollment: string; unitPath: string },
): Promise<IssuedIdentity> {
  const der = issueCertificate({
    subject: [
      ['CN', of.enrollment],
      ['O', 'Muster'],
    ],
    spki: of.spki,
    notBefore: ctx.now - backdateMs,
    notAfter: Math.min(ctx.now + validDays * dayMs, issuer.certificate.notAfter),
    issuer: { certificate: issuer.certificate, key: issuer.key },
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: [clientAuth],
  })
  const { id, fingerprint, not_after } = await keepIssued(ctx, der, {
    purpose: 'device',
    issuer: issuer.certificateId,
    owner: { kind: 'enrollment', id: of.enrollment },
    unitPath: of.unitPath,
    state: 'pending',
  })
  return { id, der, fingerprint, notAfter: not_after }
}
