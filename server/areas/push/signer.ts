import { createPrivateKey, type KeyObject } from 'node:crypto'
import { type SignedPushRequest, signPushRequest } from '@muster/wire/apple/push-request.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { attribute, type Certificate, parseCertificate, spkiOf, verifyIssued } from '@muster/wire/x509/certificate.ts'
import { fromPem, toPem } from '@muster/wire/x509/pem.ts'
import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { openParts, type Upload } from './credential-file.ts'
import { pushEvents } from './events.ts'
import * as store from './renewal-store.ts'

/** A way in which requests are signed here, without its secret. */
export interface Signer {
  way: 'vendor' | 'service'
  url: string | null
  email: string | null
  secret: boolean
  subject: string | null
  notAfter: number | null
  changedAt: number
}

/** The ways that are set up. */
export async function signers(ctx: Ctx): Promise<Signer[]> {
  demandWhole(ctx.authority, 'certificates:read')
  return (await store.signers(ctx)).map(row => ({
    way: row.way,
    url: row.url,
    email: row.email,
    secret: row.secret !== null,
    subject: row.pem === null ? null : (attribute(chainOf(row)[0]?.subject ?? [], 'CN') ?? null),
    notAfter: row.not_after,
    changedAt: row.changed_at,
  }))
}

/** A vendor certificate of our own, found fit to sign requests. */
export interface VendorCertificate {
  chain: Certificate[]
  key: KeyObject
}

/**
 * Reads a vendor certificate with its key and the certificates above it, and checks what can be checked here: the key is its own and RSA, it has
 * not expired, and its chain is whole up to a root, because the portal refuses a request without it.
 */
export function readVendor(upload: Upload, now: number): VendorCertificate {
  const { certificates, key } = openParts(upload)
  const { leaf, rest } = leafOf(certificates, key)
  if (key.asymmetricKeyType !== 'rsa') throw new Problem('push.vendor-not-rsa')
  if (leaf.notAfter <= now) throw new Problem('push.vendor-expired', { notAfter: leaf.notAfter })
  const chain = [leaf]
  for (let last = leaf; Buffer.compare(last.subjectDer, last.issuerDer) !== 0; ) {
    const above = rest.find(c => Buffer.compare(c.subjectDer, last.issuerDer) === 0 && verifyIssued(last, c))
    if (!above || chain.includes(above))
      throw new Problem('push.vendor-chain', { issuer: attribute(last.issuer, 'CN') ?? '' })
    chain.push(above)
    last = above
  }
  return { chain, key }
}

function leafOf(certificates: readonly Certificate[], key: KeyObject): { leaf: Certificate; rest: Certificate[] } {
  const leaf = certificates.find(c => Buffer.compare(c.spki, spkiOf(key)) === 0)
  if (!leaf) throw new Problem('push.key-mismatch')
  return { leaf, rest: certificates.filter(c => c !== leaf) }
}

/** Takes a vendor certificate into use for signing. */
export async function putVendor(ctx: Ctx, { chain, key }: VendorCertificate): Promise<Signer[]> {
  demandWhole(ctx.authority, 'certificates:write')
  const [leaf] = chain
  await store.putSigner(ctx, {
    org: ctx.org,
    way: 'vendor',
    url: null,
    email: null,
    secret: await ctx.secrets.seal(ctx, signerPlace('vendor'), key.export({ format: 'der', type: 'pkcs8' })),
    pem: chain.map(c => toPem('CERTIFICATE', c.der)).join(''),
    not_after: leaf?.notAfter ?? null,
    changed_at: ctx.now,
  })
  await record(ctx, pushEvents.signerChanged, about, { way: 'vendor', set: true })
  return signers(ctx)
}

const about = { kind: 'push', id: 'apple', path: '/' }

/** Sets the service that is asked to sign. Without a new secret the one it has stays, as long as the address does. */
export async function putService(
  ctx: Ctx,
  to: { url: string; email: string; secret?: string | null | undefined },
): Promise<Signer[]> {
  demandWhole(ctx.authority, 'certificates:write')
  const { url, email, secret } = to
  const former = await store.signer(ctx, 'service')
  const stays = secret === undefined && former?.url === url ? former.secret : null
  await store.putSigner(ctx, {
    org: ctx.org,
    way: 'service',
    url,
    email,
    secret: typeof secret === 'string' ? await ctx.secrets.seal(ctx, signerPlace('service'), secret) : stays,
    pem: null,
    not_after: null,
    changed_at: ctx.now,
  })
  await record(ctx, pushEvents.signerChanged, about, { way: 'service', set: true })
  return signers(ctx)
}

/** Forgets a way. */
export async function removeSigner(ctx: Ctx, way: Signer['way']): Promise<void> {
  demandWhole(ctx.authority, 'certificates:write')
  if (!(await store.signer(ctx, way))) throw new Problem('push.no-signer', { way })
  await store.removeSigner(ctx, way)
  await record(ctx, pushEvents.signerChanged, about, { way, set: false })
}

/** Signs a request with our own vendor certificate. */
export async function signWithVendor(ctx: Ctx, row: store.SignerRow, request: Uint8Array): Promise<SignedPushRequest> {
  if (row.secret === null || row.not_after === null) throw new Problem('push.no-signer', { way: 'vendor' })
  if (row.not_after <= ctx.now) throw new Problem('push.vendor-expired', { notAfter: row.not_after })
  const pkcs8 = await ctx.secrets.open(ctx, signerPlace('vendor'), row.secret)
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  return signPushRequest(request, chainOf(row), key)
}

function chainOf(row: store.SignerRow): Certificate[] {
  try {
    return fromPem(row.pem ?? '').map(block => parseCertificate(block.der))
  } catch (error) {
    if (error instanceof Malformed) return []
    throw error
  }
}

/** Where what a signer needs is sealed. */
export function signerPlace(way: string): { table: string; column: string; row: string } {
  return { table: 'push_signers', column: 'secret', row: way }
}
