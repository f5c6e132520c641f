import { createHash, createPublicKey, verify } from 'node:crypto'

/** One entry of the log in the columns that its hash is over, in that order. */
export interface ChainedEntry {
  org: string
  id: string
  at: number
  type: string
  actor_kind: string
  actor_id: string | null
  about_kind: string | null
  about_id: string | null
  unit_path: string
  data: string
  request: string
}

/** What the first entry is chained to. */
export const genesis = '0'.repeat(64)

/** What the hash of an entry is made of, in this order, as JSON. */
export function chained(prev: string, row: ChainedEntry, seq: number): readonly (string | number | null)[] {
  const { org, id, at, type, actor_kind, actor_id, about_kind, about_id, unit_path, data, request } = row
  return [prev, org, seq, id, at, type, actor_kind, actor_id, about_kind, about_id, unit_path, data, request]
}

/** The hash of an entry and everything before it. */
export function entryHash(prev: string, row: ChainedEntry, seq: number): string {
  return createHash('sha256')
    .update(JSON.stringify(chained(prev, row, seq)))
    .digest('hex')
}

/** What the signature of a head is over. */
export function headBytes(org: string, seq: number, hash: string): Buffer {
  return Buffer.from(`muster log head\n${org}\n${seq}\n${hash}`)
}

/** Whether a signature (base64url) by this key (SPKI in base64) is over these bytes; false for what is no key or no signature. */
export function signatureHolds(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}
