import type { KeyObject } from 'node:crypto'
import type { Jwk } from '../acme/jws.ts'
import { Malformed } from '../malformed.ts'
import { type Compact, hash64, jwkOf, objectOf, p256KeyOf, readCompact, signCompact } from './compact.ts'

/** The header that proves who asks: after the manner of RFC 9449 (DPoP), with a hash of the body. */
export const proofHeader = 'muster-proof'
/** At a renewal the new key proves itself in a second one. */
export const newProofHeader = 'muster-proof-new'

const typ = 'muster-proof+jwt'
const longest = 4096

/** What a proof says, unverified: about which request, by which key, when. */
export interface Proof {
  /** Base64url of the SHA-256 of the certificate that speaks; null where a key enrolls and has none yet. */
  readonly certificate: string | null
  /** The key that enrolls; null where a certificate speaks. */
  readonly jwk: Jwk | null
  readonly method: string
  /** Path without its query. */
  readonly path: string
  /** Base64url of the SHA-256 of the body's bytes. */
  readonly bodyHash: string
  /** Seconds since 1970 by the device's clock. */
  readonly at: number
  readonly nonce: string
  /** Grows with every contact of one installation. */
  readonly count: number
  readonly compact: Compact
}

/** What a device proves about a request it is about to make. */
export interface Proving {
  readonly method: string
  readonly path: string
  readonly body: Uint8Array
  readonly at: number
  readonly nonce: string
  readonly count: number
}

/** Makes the proof of a request: by the certificate's hash once the device has one, by its bare key when it enrolls. */
export function proofOf(request: Proving, by: { key: KeyObject; certificate?: string; public?: KeyObject }): string {
  const { method, path, body, at, nonce, count } = request
  const who = by.certificate === undefined ? { jwk: jwkOf(by.public ?? by.key) } : { kid: by.certificate }
  const said = { htm: method, htu: path, bh: hash64(body), iat: at, jti: nonce, n: count }
  return signCompact({ typ, ...who }, said, by.key)
}

/** Reads a proof; throws only `Malformed`. The signature and every claim are still to be checked. */
export function readProof(text: string): Proof {
  const compact = readCompact(text, typ, longest)
  const { kid, jwk } = compact.header
  if ((kid === undefined) === (jwk === undefined)) throw new Malformed('proof', 'kid or jwk, not both')
  if (kid !== undefined && (typeof kid !== 'string' || !/^[\w-]{43}$/.test(kid))) throw new Malformed('proof', 'kid')
  const said = objectOf(compact.payload, 'proof')
  const { htm, htu, bh, iat, jti, n } = said
  if (typeof htm !== 'string' || typeof htu !== 'string' || typeof bh !== 'string')
    throw new Malformed('proof', 'request')
  if (typeof iat !== 'number' || !Number.isSafeInteger(iat)) throw new Malformed('proof', 'iat')
  if (typeof n !== 'number' || !Number.isSafeInteger(n) || n < 0) throw new Malformed('proof', 'n')
  if (typeof jti !== 'string' || jti.length < 16 || jti.length > 100) throw new Malformed('proof', 'jti')
  return {
    certificate: kid ?? null,
    jwk: jwk === undefined ? null : jwkOf(p256KeyOf(jwk)),
    method: htm,
    path: htu,
    bodyHash: bh,
    at: iat,
    nonce: jti,
    count: n,
    compact,
  }
}
