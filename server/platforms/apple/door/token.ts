import { createPublicKey, verify } from 'node:crypto'
import type { JsonWebKey } from './account-store.ts'

/** Why a token is not believed; `key-unknown` may be because the issuer has changed its keys since they were read. */
export type TokenFault = 'malformed' | 'algorithm' | 'key-unknown' | 'signature' | 'issuer' | 'audience' | 'expired'

/** What a token must be to be believed. */
export interface TokenTerms {
  readonly issuer: string
  readonly audience: string
  readonly keys: readonly JsonWebKey[]
  readonly now: number
}

/** A token that is believed, or why it is not. */
export type TokenRead =
  | { readonly believed: true; readonly claims: Readonly<Record<string, unknown>> }
  | { readonly believed: false; readonly fault: TokenFault }

/** Clocks of issuers are a little off. */
const skewMs = 60_000

/** Digest and form of signature by algorithm (RFC 7518 §3.1). None that needs a shared secret, and never none at all. */
const algorithms: Readonly<Record<string, { kty: string; digest: string | null; dsa?: true }>> = {
  RS256: { kty: 'RSA', digest: 'sha256' },
  RS384: { kty: 'RSA', digest: 'sha384' },
  RS512: { kty: 'RSA', digest: 'sha512' },
  ES256: { kty: 'EC', digest: 'sha256', dsa: true },
  ES384: { kty: 'EC', digest: 'sha384', dsa: true },
  EdDSA: { kty: 'OKP', digest: null },
}

/** Reads a signed token of an issuer (RFC 7519, RFC 9068). */
export function readToken(text: string, terms: TokenTerms): TokenRead {
  const fault = (why: TokenFault): TokenRead => ({ believed: false, fault: why })
  const [head, body, signature, more] = text.split('.')
  if (!head || !body || !signature || more !== undefined || text.length > 16_384) return fault('malformed')
  const header = parsed(head)
  const claims = parsed(body)
  if (!header || !claims) return fault('malformed')
  const by = algorithms[String(header['alg'])]
  if (!by) return fault('algorithm')
  const keys = terms.keys.filter(
    k => k['kty'] === by.kty && (header['kid'] === undefined || k['kid'] === header['kid']) && k['use'] !== 'enc',
  )
  if (keys.length === 0) return fault('key-unknown')
  const signed = Buffer.from(`${head}.${body}`)
  const bytes = Buffer.from(signature, 'base64url')
  if (!keys.some(k => holds(k, by, { signed, bytes }))) return fault('signature')
  if (claims['iss'] !== terms.issuer) return fault('issuer')
  if (![claims['aud']].flat().includes(terms.audience)) return fault('audience')
  const until = Number(claims['exp'])
  const from = claims['nbf'] === undefined ? 0 : Number(claims['nbf'])
  if (!(until * 1000 + skewMs > terms.now) || !(from * 1000 - skewMs <= terms.now)) return fault('expired')
  return { believed: true, claims }
}

function parsed(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function holds(
  jwk: JsonWebKey,
  by: { digest: string | null; dsa?: true },
  { signed, bytes }: { signed: Buffer; bytes: Buffer },
): boolean {
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    return verify(by.digest, signed, by.dsa ? { key, dsaEncoding: 'ieee-p1363' } : key, bytes)
  } catch {
    // A key that cannot be read holds nothing.
    return false
  }
}
