import { z } from 'zod'
import { locales } from './org.ts'
import { roleIds } from './permissions.ts'

/** Shapes that several routes take or answer. */
export const name = z.string().trim().min(1).max(200)
export const email = z.email().max(254)
export const locale = z.enum(locales)
export const role = z.enum(roleIds)
/** A secret as people type it; long ones are hashed, not refused, up to this. */
export const password = z.string().min(1).max(1000)
export const code = z.string().trim().min(6).max(40)
/** A time zone of the IANA database. */
export const zone = z
  .string()
  .max(60)
  .refine(name => /^[A-Z]/.test(name) && isZone(name), 'is no time zone')
export const id = z.string().max(40)
export const byId = z.object({ id })
export const token = z.object({ token: z.string().max(100) })
export const unitRef = z.object({ id: z.string(), name: z.string(), path: z.string() })
export const session = z.object({
  admin: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    locale,
    theme: z.enum(['light', 'dark', 'system']),
    contrast: z.enum(['normal', 'more']).nullable(),
    totp: z.boolean(),
    passkeys: z.number(),
    zone: z.string().nullable(),
  }),
  org: z.object({ id: z.string(), name: z.string() }),
  units: z.array(unitRef),
  permissions: z.array(z.string()),
  version: z.string(),
})
export const sessionRow = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: z.number(),
  lastSeenAt: z.number(),
  address: z.string(),
  agent: z.string(),
})

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
