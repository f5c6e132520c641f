import { createHash } from 'node:crypto'

type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain | undefined }

/** JSON in which the order of keys makes no difference. */
export function canonical(value: unknown): string {
  return write(value as Plain)
}

function write(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value as { [key: string]: Plain | undefined })
    .filter((e): e is [string, Plain] => e[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${write(inner)}`).join(',')}}`
}

/** SHA-256 of a value in canonical form, in hex. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex')
}
