import { z } from 'zod'
import type { Wish } from './write.ts'

/** `?dryRun=true`: only to be shown what the write would do. */
export const dryRun = z.object({ dryRun: z.enum(['true', 'false']).default('false') })

/** What every write takes beside what it writes. */
export const wish = {
  /** Why it is to be saved although policy tests fail; takes `policies:override`. */
  override: z.string().trim().min(1).max(1000).optional(),
  /** The phrase that the preview asks for when many devices lose something. */
  confirm: z.string().max(100).optional(),
}

/** The same in one: from the query of a DELETE, which has no body, as well. */
export function asWish(query: { dryRun: 'true' | 'false' }, said: Omit<Wish, 'dryRun'> = {}): Wish {
  return { dryRun: query.dryRun === 'true', ...said }
}
