import { createPublicKey } from 'node:crypto'
import { Malformed } from '@muster/wire/malformed.ts'
import { readRequest, type ScepRequest, writeResponse } from '@muster/wire/scep/message.ts'
import { fingerprint, issueCertificate, parseCertificate } from '@muster/wire/x509/certificate.ts'
import { everything } from '../../base/authority.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { digest, type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import { insertOf, recordIssued } from './certificate.ts'
import { type Issuer, issuerOf } from './issuer.ts'
import { failInfoOf, readRefused, Refusal, recordRefusal } from './refusal.ts'
import * as store from './store.ts'

const minute = 60_000
const day = 24 * 60 * minute
/** A device's clock may lag behind ours by this much right after issuance. */
const backdateMs = 10 * minute
const validMs = 365 * day
/** Renewals that were fetched but never used; older ones make room. */
const mostPending = 4

/**
 * What GetCACaps answers (RFC 8894 §3.5.2). strongSwan 5.9.8 tests the ordinal of a keyword as if it were its bit, and so takes
 * SHA-384, which we do speak, for the SCEPStandard without which it refuses AES and SHA-256.
 */
export function capabilities(legacy: boolean): string {
  const always = ['Renewal', 'POSTPKIOperation', 'SCEPStandard', 'AES', 'DES3', 'SHA-256', 'SHA-384', 'SHA-512']
  return `${(legacy ? [...always, 'SHA-1'] : always).join('\n')}\n`
}

/**
 * Answers one PKIOperation (RFC 8894 §3): a certificate, or a CertRep that says why not. A message of which not even the
 * signature holds is refused as a Problem. Refusals change nothing and are recorded.
 */
export async function pkiOperation(base: Base, org: Id<'org'>, message: Uint8Array): Promise<Uint8Array> {
  const issuer = await issuerOf(base, org, 'ca-scep')
  const responder = { certificate: issuer.certificate, key: issuer.key }
  const scope: Scope = { org, actor: { kind: 'system', id: null, what: 'scep' }, authority: everything }
  const legacy = base.config.scepLegacy
  let request: ScepRequest
  try {
    request = readRequest(message, responder, { legacy })
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    const failInfo = failInfoOf(error)
    const refused = readRefused(message)
    await recordRefusal(base, scope, new Refusal(error.code, failInfo), refused?.transactionId ?? null)
    if (!refused) throw new Problem('certificate.request-malformed', { reason: error.code }, { cause: error })
    return writeResponse({ request: refused, status: 'failure', failInfo, responder })
  }
  try {
    const der = await base.transact(scope, ctx => decide(ctx, request, issuer))
    return writeResponse({ request, status: 'success', certificates: [der], responder })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await recordRefusal(base, scope, error, request.transactionId)
    return writeResponse({ request, status: 'failure', failInfo: error.failInfo, responder })
  }
}

/** The certificate that answers the request: issued now, or issued before to the same key for the same reason. Throws Refusal. */
async function decide(ctx: Ctx, request: ScepRequest, issuer: Issuer): Promise<Uint8Array> {
  const { messageType, csr } = request
  if ((messageType !== 'PKCSReq' && messageType !== 'RenewalReq') || !csr)
    throw new Refusal(`message type ${messageType}`, messageType === 'CertPoll' ? 'badCertId' : 'badRequest')
  checkKey(csr.spki)
  // The answer is encrypted to the signer, which needs an RSA key (RFC 8894 §3.1).
  if (
    createPublicKey({ key: Buffer.from(request.signer.spki), format: 'der', type: 'spki' }).asymmetricKeyType !== 'rsa'
  )
    throw new Refusal('signer key is not RSA', 'badAlg')
  return messageType === 'PKCSReq' ? enroll(ctx, csr, issuer) : renew(ctx, request.signer.der, csr, issuer)
}

type Csr = NonNullable<ScepRequest['csr']>

async function enroll(ctx: Ctx, csr: Csr, issuer: Issuer): Promise<Uint8Array> {
  if (csr.challenge === undefined || csr.challenge === '') throw new Refusal('challenge missing', 'badRequest')
  const proof = await store.findChallenge(ctx, digest(csr.challenge))
  if (!proof) throw new Refusal('challenge unknown', 'badRequest')
  const bound = { kind: proof.for_kind, id: proof.for_id, path: proof.unit_path }
  const hash = digest(csr.spki)
  if (proof.used_at !== null) {
    // A client that did not get the answer asks again, with the same key; anyone else comes with another.
    if (proof.used_key_hash !== hash) throw new Refusal('challenge used', 'badRequest', bound)
    return again(await store.findCertificate(ctx, proof.certificate ?? ''), ctx, bound)
  }
  if (proof.expires_at <= ctx.now) throw new Refusal('challenge expired', 'badTime', bound)
  const row = await issue(ctx, csr, issuer, { owner: bound, renews: null })
  await store.useChallenge(ctx, proof.id, { used_at: ctx.now, used_key_hash: hash, certificate: row.id })
  return row.der
}

async function renew(ctx: Ctx, signerDer: Uint8Array, csr: Csr, issuer: Issuer): Promise<Uint8Array> {
  const signer = await store.findByFingerprint(ctx, fingerprint(signerDer))
  if (signer?.purpose !== 'device' || signer.org !== ctx.org) throw new Refusal('signer unknown', 'badCertId')
  const owner = { kind: signer.owner_kind, id: signer.owner_id, path: signer.unit_path }
  if (signer.state !== 'active') throw new Refusal(`signer ${signer.state}`, 'badCertId', owner)
  if (signer.not_after <= ctx.now) throw new Refusal('signer expired', 'badTime', owner)
  const counting = await store.ownedBy(ctx, owner)
  const before = counting.find(c => c.renews === signer.id && c.key_hash === digest(csr.spki))
  if (before?.der) return again(before, ctx, owner)
  const pending = counting.filter(c => c.state === 'pending' && c.purpose === 'device')
  for (const old of pending.slice(0, Math.max(0, pending.length - mostPending + 1)))
    await store.updateCertificate(ctx, ctx.org, old.id, { state: 'retired', ended_at: ctx.now, der: null })
  return (await issue(ctx, csr, issuer, { owner, renews: signer.id })).der
}

function again(row: store.CertificateRow | undefined, ctx: Ctx, owner: Bound): Uint8Array {
  const counts = row && (row.state === 'pending' || row.state === 'active') && row.not_after > ctx.now
  if (!counts || !row.der) throw new Refusal('already issued and no longer kept', 'badRequest', owner)
  return row.der
}

interface Bound {
  kind: string
  id: string
  path: string
}

async function issue(
  ctx: Ctx,
  csr: Csr,
  issuer: Issuer,
  to: { owner: Bound; renews: string | null },
): Promise<store.CertificateRow & { der: Uint8Array }> {
  const rsa = createPublicKey({ key: Buffer.from(csr.spki), format: 'der', type: 'spki' }).asymmetricKeyType === 'rsa'
  const der = issueCertificate({
    // Never from the request. macOS cuts a common name after 64 bytes; an id has 36.
    subject: [
      ['CN', to.owner.id.slice(0, 64)],
      ['O', 'Muster'],
    ],
    spki: csr.spki,
    notBefore: ctx.now - backdateMs,
    notAfter: Math.min(ctx.now - backdateMs + validMs, issuer.certificate.notAfter),
    issuer: { certificate: issuer.certificate, key: issuer.key },
    keyUsage: rsa ? ['digitalSignature', 'keyEncipherment'] : ['digitalSignature'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'],
  })
  const row = insertOf(ctx, {
    id: newId('certificate'),
    certificate: parseCertificate(der),
    purpose: 'device',
    issuer: issuer.certificateId,
    owner: to.owner,
    unitPath: to.owner.path,
    state: 'pending',
    renews: to.renews,
  })
  await store.insertCertificate(ctx, row)
  await recordIssued(ctx, row)
  return { ...row, der }
}

/** RSA of at least 2048 bits or one of the NIST curves. */
function checkKey(spki: Uint8Array): void {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {}
  const strong =
    key.asymmetricKeyType === 'rsa'
      ? modulusLength >= 2048 && modulusLength <= 8192
      : key.asymmetricKeyType === 'ec' && ['prime256v1', 'secp384r1', 'secp521r1'].includes(namedCurve ?? '')
  if (!strong) throw new Refusal(`key ${key.asymmetricKeyType} ${modulusLength || (namedCurve ?? '')}`, 'badAlg')
}
