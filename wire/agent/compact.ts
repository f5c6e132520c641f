import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { type Jwk, fromBase64url } from '../acme/jws.ts'
import { Malformed } from '../malformed.ts'

/** A signed text as it came (RFC 7515 §7.1, compact); nothing has been verified. */
export interface Compact {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: Uint8Array
  readonly signed: string
  readonly signature: Uint8Array
}

/** SHA-256 in base64url without padding, as every hash of the agent protocol is written. */
export function hash64(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('base64url')
}

/** What the header of a signed value says: of which type it is and whose key it was. */
export interface CompactHeader {
  readonly typ: string
  readonly kid?: string
  readonly jwk?: Jwk
}

/** Signs a JSON value with ES256 (RFC 7518 §3.4). */
export function signCompact(header: CompactHeader, payload: object, key: KeyObject): string {
  const text = toSign(header, payload)
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}

/** The same beside the main thread. */
export function signCompactBeside(header: CompactHeader, payload: object, key: KeyObject): Promise<string> {
  const text = toSign(header, payload)
  return new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, (error, signature) => {
      if (error) reject(error)
      else resolve(`${text}.${signature.toString('base64url')}`)
    })
  })
}

function toSign(header: CompactHeader, payload: object): string {
  const head = Buffer.from(JSON.stringify({ alg: 'ES256', ...header })).toString('base64url')
  return `${head}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`
}

/** Reads a compact JWS of one type whose algorithm is ES256; throws only `Malformed`. */
export function readCompact(text: string, typ: string, longest: number): Compact {
  if (text.length > longest) throw new Malformed('jws.long', typ)
  const [head, body, tail, ...more] = text.split('.')
  if (tail === undefined || more.length > 0) throw new Malformed('jws.form', 'not three parts')
  const header = objectOf(fromBase64url(head, 'header'), 'header')
  if (header.alg !== 'ES256') throw new Malformed('jws.algorithm', 'ES256 is needed')
  if (header.typ !== typ) throw new Malformed('jws.type', typ)
  // RFC 7515 §4.1.11: what must be understood and is not, refuses the whole.
  if (header.crit !== undefined || header.b64 !== undefined) throw new Malformed('jws.header', 'crit')
  return {
    header,
    payload: fromBase64url(body, 'payload'),
    signed: `${head}.${body}`,
    signature: fromBase64url(tail, 'signature'),
  }
}

/** Whether the key made the signature. Never throws. */
export function isSignedBy(compact: Compact, key: KeyObject): boolean {
  if (!canBeBy(compact, key)) return false
  return verify('sha256', Buffer.from(compact.signed), { key, dsaEncoding: 'ieee-p1363' }, compact.signature)
}

/** The same beside the main thread, which it would hold up as long as all else that a small request asks for. Never rejects. */
export function isSignedByBeside(compact: Compact, key: KeyObject): Promise<boolean> {
  if (!canBeBy(compact, key)) return Promise.resolve(false)
  const { signed, signature } = compact
  return new Promise(resolve => {
    const by = { key, dsaEncoding: 'ieee-p1363' } as const
    verify('sha256', Buffer.from(signed), by, signature, (error, holds) => resolve(error === null && holds))
  })
}

function canBeBy({ signature }: Compact, key: KeyObject): boolean {
  return signature.length === 64 && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
}

/** The P-256 key of a JWK (RFC 7518 §6.2); throws `Malformed` for every other. */
export function p256KeyOf(jwk: unknown): KeyObject {
  const { kty, crv, x, y } = typeof jwk === 'object' && jwk !== null ? (jwk as Partial<Jwk>) : {}
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined)
    throw new Malformed('jwk', 'P-256 is needed')
  if (fromBase64url(x, 'x').length !== 32 || fromBase64url(y, 'y').length !== 32) throw new Malformed('jwk', 'length')
  try {
    return createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' })
  } catch {
    throw new Malformed('jwk', 'not on the curve')
  }
}

/** A P-256 public key as JWK. */
export function jwkOf(key: KeyObject): Jwk {
  const { kty, crv, x, y } = key.export({ format: 'jwk' })
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined)
    throw new Malformed('jwk', 'P-256 is needed')
  return { kty, crv, x, y }
}

/** The object that JSON bytes say; throws `Malformed` for anything else. */
export function objectOf(bytes: Uint8Array, what: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new Malformed('json', what)
}
