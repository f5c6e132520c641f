import type { Ctx } from '../../base/ctx.ts'
import * as store from './passkey-store.ts'

/** The public half of a passkey, for those who check its signatures without asking us: ES256 on P-256 (RFC 7517, RFC 7518 §6.2). */
export interface SigningKey {
  /** Base64url of the credential's id. */
  readonly id: string
  readonly admin: string
  readonly jwk: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }
}

/** The passkeys of these admins that are believed, were added before this instant, and sign in the way that everyone can check. */
export async function signingKeys(ctx: Ctx, admins: readonly string[], addedBefore: number): Promise<SigningKey[]> {
  const found: SigningKey[] = []
  for (const admin of admins)
    for (const row of await store.listPasskeys(ctx, admin)) {
      const jwk = row.suspect_at === null && row.created_at <= addedBefore ? jwkIn(row.public_key) : null
      if (jwk) found.push({ id: row.credential.replace(/=+$/, ''), admin, jwk })
    }
  return found
}

// CTAP2 §8 knows one way to write such a key: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. (RFC 9053 §7.1.1)
const [head, between] = [Buffer.from('a5010203262001215820', 'hex'), Buffer.from('225820', 'hex')]

/** The key in COSE as JWK; null where it is of another kind. */
function jwkIn(cose: Uint8Array): SigningKey['jwk'] | null {
  const bytes = Buffer.from(cose)
  if (bytes.length !== 77 || !bytes.subarray(0, 10).equals(head) || !bytes.subarray(42, 45).equals(between)) return null
  const text = (from: number, to: number): string => bytes.subarray(from, to).toString('base64url')
  return { kty: 'EC', crv: 'P-256', x: text(10, 42), y: text(45, 77) }
}
