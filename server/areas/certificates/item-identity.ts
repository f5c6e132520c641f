import { issueCertificate, type Name, parseCertificate } from '@muster/wire/x509/certificate.ts'
import { alternativeNamesDer, EXTENSION } from '@muster/wire/x509/extensions.ts'
import type { Ctx } from '../../base/ctx.ts'
import { digest, type Id } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import { keepIssued, nameText, revokeIssued } from './certificate.ts'
import { type Issuer, issuerOf } from './issuer.ts'
import * as store from './store.ts'

const dayMs = 86_400_000
const backdateMs = 10 * 60_000
const validDays = 365
const clientAuth = '1.3.6.1.5.5.7.3.2'
/** Of one device under one name; older ones make room. */
const mostOfOne = 8

/** What a certificate of a device's own says of it, beside its key. */
export interface ItemNames {
  readonly subject: Name
  readonly emails?: readonly string[]
  readonly dnsNames?: readonly string[]
  readonly uris?: readonly string[]
  readonly principalNames?: readonly string[]
}

/** The authority that also answers SCEP clients, so that networks have one to trust for devices of every kind; in its own transaction. */
export function itemIssuer(base: Base, org: Id<'org'>): Promise<Issuer> {
  return issuerOf(base, org, 'ca-scep')
}

/**
 * Certifies a key of a device for networks and services that ask who it is, for a year; whoever asks has proved that the device holds the key. It does not
 * speak for the device to this server. The same key under the same names gets the same certificate again.
 */
export async function certifyItem(
  ctx: Ctx,
  issuer: Issuer,
  of: { spki: Uint8Array; device: string; unitPath: string; names: ItemNames },
): Promise<Uint8Array> {
  const owner = { kind: 'item', id: of.device }
  const ofName = (await store.ownedBy(ctx, owner)).filter(row => row.subject === nameText(of.names.subject))
  const key = digest(of.spki)
  const others = alternativeNamesDer(of.names)?.toHex() ?? ''
  const before = ofName.find(
    row => row.key_hash === key && row.not_after > ctx.now && row.der !== null && otherNamesIn(row.der) === others,
  )
  if (before?.der) return before.der
  for (const old of ofName.slice(0, Math.max(0, ofName.length - mostOfOne + 1)))
    await store.updateCertificate(ctx, ctx.org, old.id, { state: 'retired', ended_at: ctx.now, der: null })
  const der = issueCertificate({
    ...of.names,
    spki: of.spki,
    notBefore: ctx.now - backdateMs,
    notAfter: Math.min(ctx.now + validDays * dayMs, issuer.certificate.notAfter),
    issuer: { certificate: issuer.certificate, key: issuer.key },
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: [clientAuth],
  })
  await keepIssued(ctx, der, {
    purpose: 'device',
    issuer: issuer.certificateId,
    owner,
    unitPath: of.unitPath,
    state: 'pending',
  })
  return der
}

/** Revokes what was certified for a device's items: it has left. */
export async function endItems(ctx: Ctx, device: string, reason: string): Promise<void> {
  const rows = await store.ownedBy(ctx, { kind: 'item', id: device })
  for (const { id } of rows) await revokeIssued(ctx, id as Id<'certificate'>, reason)
}

/** The other names as they stand in a certificate, in hex; empty where there are none. */
function otherNamesIn(der: Uint8Array): string {
  return parseCertificate(der).extensions.get(EXTENSION.alternativeNames)?.value.toHex() ?? ''
}
