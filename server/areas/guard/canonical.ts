import { createHash } from 'node:crypto'

/** SHA-256 in base64url. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** JSON with sorted keys and nothing undefined: the same value has the same text, so the same hash. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const entries = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`
}

/** Hash of the arguments of an act, for approvals. Short secrets (PINs) count only as being there, because a hash of them could be guessed. */
export function detailOf(args: Readonly<Record<string, unknown>>, secret: readonly string[]): string {
  const kept = Object.entries(args).map(([name, value]) => {
    const short = typeof value !== 'object' && String(value).length < 20
    return [name, secret.includes(name) && short ? true : value]
  })
  return hashOf(canonical(Object.fromEntries(kept)))
}
