import { createPublicKey } from 'node:crypto'
import { issueCertificate } from '@muster/wire/x509/certificate.ts'
import type { Csr } from '@muster/wire/x509/request.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { digest, type Id } from '../../../base/id.ts'
import { keepIssued } from '../certificate.ts'
import type { Issuer } from '../issuer.ts'
import * as certificateStore from '../store.ts'
import { keepAttested } from './attested-store.ts'
import { type AttestedKey, attestedKey, type Proof } from './challenge.ts'
import { AcmeFault } from './fault.ts'
import type * as store from './store.ts'

/** An order with its proofs. */
export interface Found {
  order: store.OrderRow
  proofs: Proof[]
}

const day = 86_400_000
const backdateMs = 10 * 60_000
const serverDays = 90
const deviceDays = 365

/** Certifies the names of an order for the key of the request; answers the id of the certificate. */
export async function issueServer(ctx: Ctx, { order, proofs }: Found, csr: Csr, issuer: Issuer): Promise<string> {
  const wanted = proofs.map(proof => proof.value).sort()
  const named = new Set(csr.dnsNames.map(name => name.toLowerCase()))
  for (const [type, value] of csr.subject) if (type === 'CN') named.add(value.toLowerCase())
  if (JSON.stringify([...named].sort()) !== JSON.stringify(wanted) || csr.ipAddresses.length > 0)
    throw new AcmeFault('badCSR', 'The request names others than the order.')
  strong(csr)
  const der = issueCertificate({
    subject: [['CN', (wanted[0] ?? '').slice(0, 64)]],
    spki: csr.spki,
    notBefore: ctx.now - backdateMs,
    notAfter: Math.min(ctx.now + serverDays * day, issuer.certificate.notAfter),
    issuer: { certificate: issuer.certificate, key: issuer.key },
    keyUsage: isRsa(csr) ? ['digitalSignature', 'keyEncipherment'] : ['digitalSignature'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
    dnsNames: wanted,
  })
  return keep(ctx, der, issuer, {
    purpose: 'acme-tls',
    owner: { kind: 'acme-account', id: order.account },
    path: '/',
    state: 'active',
  })
}

/** Certifies the attested key of a device as the identity that was expected. Asking again answers what was issued. */
export async function issueDevice(ctx: Ctx, { proofs: [proof] }: Found, csr: Csr, issuer: Issuer): Promise<string> {
  const attested: AttestedKey | null = proof ? attestedKey(proof) : null
  if (!proof || !attested) throw new AcmeFault('orderNotReady', 'Nothing was attested.')
  // The one check that makes the attestation worth anything: the key in the chip is the one that is certified.
  if (attested.keyHash !== digest(csr.spki)) throw new AcmeFault('badCSR', 'The key is not the attested one.')
  strong(csr)
  const challenge = await certificateStore.findChallenge(ctx, proof.value)
  if (!challenge) throw new AcmeFault('rejectedIdentifier', 'Nobody expects this device any more.')
  if (challenge.used_at !== null && challenge.used_key_hash !== attested.keyHash)
    throw new AcmeFault('rejectedIdentifier', 'Another key came with this proof before.')
  if (challenge.certificate !== null) return challenge.certificate
  const owner = { kind: challenge.for_kind, id: challenge.for_id }
  const der = issueCertificate({
    subject: [
      ['CN', owner.id.slice(0, 64)],
      ['O', 'Muster'],
    ],
    spki: csr.spki,
    notBefore: ctx.now - backdateMs,
    notAfter: Math.min(ctx.now - backdateMs + deviceDays * day, issuer.certificate.notAfter),
    issuer: { certificate: issuer.certificate, key: issuer.key },
    keyUsage: isRsa(csr) ? ['digitalSignature', 'keyEncipherment'] : ['digitalSignature'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'],
  })
  const id = await keep(ctx, der, issuer, { purpose: 'device', owner, path: challenge.unit_path, state: 'pending' })
  await certificateStore.useChallenge(ctx, challenge.id, {
    used_at: ctx.now,
    used_key_hash: attested.keyHash,
    certificate: id,
  })
  const { serial, udid, osVersion, sepVersion, root } = attested
  await keepAttested(ctx, {
    org: ctx.org,
    certificate: id,
    serial,
    udid,
    os_version: osVersion,
    sep_version: sepVersion,
    root,
    at: ctx.now,
  })
  return id
}

async function keep(
  ctx: Ctx,
  der: Uint8Array,
  issuer: Issuer,
  as: { purpose: 'acme-tls' | 'device'; owner: certificateStore.Owner; path: string; state: 'pending' | 'active' },
): Promise<Id<'certificate'>> {
  const { path: unitPath, ...of } = as
  return (await keepIssued(ctx, der, { ...of, unitPath, issuer: issuer.certificateId })).id
}

const isRsa = ({ spki }: Csr): boolean =>
  createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).asymmetricKeyType === 'rsa'

function strong({ spki }: Csr): void {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  const fits =
    key.asymmetricKeyType === 'rsa'
      ? modulusLength >= 2048 && modulusLength <= 8192
      : key.asymmetricKeyType === 'ec' && ['prime256v1', 'secp384r1', 'secp521r1'].includes(namedCurve)
  if (!fits) throw new AcmeFault('badCSR', 'The key is too weak, or of a kind we do not certify.')
}
