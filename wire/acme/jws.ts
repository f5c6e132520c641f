import { createHash, createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto'
import { Malformed } from '../malformed.ts'

/** A public key as JSON (RFC 7517), as far as ACME clients use them. */
export interface Jwk {
  readonly kty: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  readonly n?: string
  readonly e?: string
}

/** A signed request as it came (RFC 7515 §7.2.2, flattened); nothing has been verified. */
export interface Jws {
  /** Name of the algorithm: `ES256`, `RS256`, `HS256`, … */
  readonly algorithm: string
  /** The URL the client says it asks (RFC 8555 §6.4). */
  readonly url: string
  readonly nonce: string | null
  /** The client's key, or the name of a key it registered: one of them, never both (RFC 8555 §6.2). */
  readonly jwk: Jwk | null
  readonly kid: string | null
  readonly payload: Uint8Array
  readonly signed: string
  readonly signature: Uint8Array
}

const longest = 64 * 1024
const base64url = /^[A-Za-z0-9_-]*$/

/** Bytes of base64url without padding (RFC 7515 §2); throws `Malformed` for anything else. */
export function fromBase64url(text: unknown, what: string): Uint8Array {
  if (typeof text !== 'string' || !base64url.test(text) || text.length % 4 === 1)
    throw new Malformed('jws.base64', what)
  return new Uint8Array(Buffer.from(text, 'base64url'))
}

/** Reads a flattened JWS; throws only `Malformed`. */
export function readJws(bytes: Uint8Array | string): Jws {
  const outer = object(bytes, 'request')
  // RFC 8555 §6.2: no unprotected header, one signature.
  if ('header' in outer || 'signatures' in outer) throw new Malformed('jws.form', 'not flattened')
  const head = object(fromBase64url(outer.protected, 'protected'), 'protected header')
  const text = (name: string): string | null => (typeof head[name] === 'string' ? head[name] : null)
  const algorithm = text('alg')
  const url = text('url')
  const kid = text('kid')
  const jwk = head.jwk === undefined ? null : jwkOf(head.jwk)
  if (algorithm === null || url === null) throw new Malformed('jws.header', 'alg and url are needed')
  if ((jwk === null) === (kid === null)) throw new Malformed('jws.header', 'jwk or kid, not both')
  // RFC 7515 §4.1.11: what must be understood and is not, refuses the whole.
  if (head.crit !== undefined || head.b64 !== undefined) throw new Malformed('jws.header', 'crit')
  return {
    algorithm,
    url,
    nonce: text('nonce'),
    jwk,
    kid,
    payload: fromBase64url(outer.payload, 'payload'),
    signed: `${String(outer.protected)}.${String(outer.payload)}`,
    signature: fromBase64url(outer.signature, 'signature'),
  }
}

function object(bytes: Uint8Array | string, what: string): Record<string, unknown> {
  if (bytes.length > longest) throw new Malformed('jws.size')
  try {
    const value: unknown = JSON.parse(
      typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    )
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch (cause) {
    throw new Malformed('jws.json', what, cause)
  }
  throw new Malformed('jws.json', what)
}

/** The key in a JWK; only its public members are kept. Throws `Malformed`. */
export function jwkOf(value: unknown): Jwk {
  if (typeof value !== 'object' || value === null) throw new Malformed('jws.jwk')
  const from = new Map<string, unknown>(Object.entries(value))
  const member = (name: string): string => {
    const text = from.get(name)
    if (typeof text !== 'string' || text.length > 2000 || !base64url.test(text)) throw new Malformed('jws.jwk', name)
    return text
  }
  switch (from.get('kty')) {
    case 'EC':
      if (from.get('crv') !== 'P-256' && from.get('crv') !== 'P-384') throw new Malformed('jws.jwk', 'curve')
      return { kty: 'EC', crv: String(from.get('crv')), x: member('x'), y: member('y') }
    case 'RSA':
      return { kty: 'RSA', n: member('n'), e: member('e') }
    case 'OKP':
      if (from.get('crv') !== 'Ed25519') throw new Malformed('jws.jwk', 'curve')
      return { kty: 'OKP', crv: 'Ed25519', x: member('x') }
    default:
      throw new Malformed('jws.jwk', 'kty')
  }
}

/** The SHA-256 thumbprint of a key (RFC 7638 §3) in base64url: the same for the same key, however it was written. */
export function thumbprint(jwk: Jwk): string {
  const needed = Object.entries({ crv: jwk.crv, e: jwk.e, kty: jwk.kty, n: jwk.n, x: jwk.x, y: jwk.y })
  const members = needed.filter(([, value]) => value !== undefined)
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(members)))
    .digest('base64url')
}

/** What is answered to a challenge, beside its token (RFC 8555 §8.1). */
export function keyAuthorization(token: string, jwk: Jwk): string {
  return `${token}.${thumbprint(jwk)}`
}

/** Whether the key made the signature. Weak keys, and algorithms that do not fit the key, never hold. */
export function jwsHolds(jws: Jws, jwk: Jwk): boolean {
  const key = keyOf(jwk)
  const data = Buffer.from(jws.signed)
  switch (jws.algorithm) {
    case 'ES256':
      return jwk.crv === 'P-256' && verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, jws.signature)
    case 'ES384':
      return jwk.crv === 'P-384' && verify('sha384', data, { key, dsaEncoding: 'ieee-p1363' }, jws.signature)
    case 'EdDSA':
      return jwk.kty === 'OKP' && verify(null, data, key, jws.signature)
    case 'RS256':
      return (
        jwk.kty === 'RSA' &&
        (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 &&
        verify('sha256', data, key, jws.signature)
      )
    default:
      return false
  }
}

function keyOf(jwk: Jwk): KeyObject {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' })
  } catch (cause) {
    throw new Malformed('jws.jwk', 'no key', cause)
  }
}

/** Whether an external account binding was made with this secret (RFC 8555 §7.3.4: HS256 over the account's key). */
export function bindingHolds(binding: Jws, secret: Uint8Array, account: Jwk): boolean {
  if (binding.algorithm !== 'HS256') return false
  const wanted = createHmac('sha256', secret).update(binding.signed).digest()
  if (wanted.length !== binding.signature.length || !timingSafeEqual(wanted, binding.signature)) return false
  return thumbprint(jwkOf(object(binding.payload, 'binding'))) === thumbprint(account)
}
