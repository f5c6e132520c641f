import { createHash } from 'node:crypto'
import { canonical } from '../../base/canonical.ts'

/** SHA-256 in base64url. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** Hash of the arguments of an act, for approvals. Short secrets (PINs) count only as being there, because a hash of them could be guessed. */
export function detailOf(args: Readonly<Record<string, unknown>>, secret: readonly string[]): string {
  const kept = Object.entries(args).map(([name, value]) => {
    const short = typeof value !== 'object' && String(value).length < 20
    return [name, secret.includes(name) && short ? true : value]
  })
  return hashOf(canonical(Object.fromEntries(kept)))
}
