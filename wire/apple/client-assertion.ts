import { createPrivateKey, type KeyObject, randomUUID, sign } from 'node:crypto'
import { Malformed } from '../malformed.ts'

/** Whom Apple's account service answers: the audience of every assertion, wherever it is sent to. */
const audience = 'https://account.apple.com/auth/oauth2/v2/token'

/**
 * The private key as Apple's portal gives it out. Its label says EC PRIVATE KEY while its content is PKCS#8, so the label is not believed; both forms are read.
 * Throws `apple.portal-key` for anything else than a key on P-256.
 */
export function portalKey(pem: string): KeyObject {
  const body = /-----BEGIN [A-Z ]+-----([\s\S]+?)-----END/.exec(pem)?.[1]?.replaceAll(/\s/g, '')
  if (!body) throw new Malformed('apple.portal-key')
  const key = Buffer.from(body, 'base64')
  for (const type of ['pkcs8', 'sec1'] as const) {
    try {
      const read = createPrivateKey({ key, format: 'der', type })
      if (read.asymmetricKeyDetails?.namedCurve === 'prime256v1') return read
    } catch {
      // The other form is tried.
    }
  }
  throw new Malformed('apple.portal-key')
}

/** Says who we are to Apple's account service: a JWT signed by ES256, good for so long (RFC 7523 §3, Apple: Implementing OAuth for the Apple Business API). */
export function clientAssertion(
  { key, keyId, clientId }: { key: KeyObject; keyId: string; clientId: string },
  { now, forMs }: { now: number; forMs: number },
): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const at = Math.floor(now / 1000)
  const head = part({ alg: 'ES256', kid: keyId, typ: 'JWT' })
  const claims = { iss: clientId, sub: clientId, aud: audience, iat: at, exp: at + Math.floor(forMs / 1000) }
  const signed = `${head}.${part({ ...claims, jti: randomUUID() })}`
  // JWTs carry the two numbers of a signature side by side, not in DER (RFC 7518 §3.4).
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}
