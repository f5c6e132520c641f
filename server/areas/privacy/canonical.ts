import { canonical } from '../../base/canonical.ts'
import { digest } from '../../base/id.ts'

/** SHA-256 of a value in canonical form, in hex. */
export function hashOf(value: unknown): string {
  return digest(canonical(value))
}
