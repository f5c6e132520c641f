import { type Authority, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { fold } from '../../base/text.ts'
import * as admins from './admin-store.ts'
import { authorityFrom } from './grant.ts'
import type { Locale } from './org.ts'
import * as passkeys from './passkey-store.ts'
import { permissionsOf } from './permissions.ts'

/** How long who made a link that set someone's password counts as able to be them. */
const linkedMs = 30 * 86_400_000

/** Since when an admin has held a permission on a unit, by the oldest grant that still gives it; null when they do not, or may not sign in. */
export async function heldSince(ctx: Ctx, admin: string, permission: string, unitPath: string): Promise<number | null> {
  const row = await admins.findAdmin(ctx, admin)
  if (row?.state !== 'active') return null
  const giving = (await admins.listGrants(ctx, admin)).filter(
    g => unitPath.startsWith(g.unit.path) && permissionsOf(g.role).some(p => p === permission),
  )
  return giving.length === 0 ? null : Math.min(...giving.map(g => g.since))
}

/** Everyone who could have let themselves in as this admin: who invited them, who made a link for them lately, who did so for those, and so on. */
export async function makersOf(ctx: Ctx, admin: string): Promise<Id<'admin'>[]> {
  const found = new Set<string>()
  let next: string[] = [admin]
  while (next.length > 0) {
    const makers = await passkeys.listMakers(ctx, next, ctx.now - linkedMs)
    next = makers.filter(m => m !== admin && !found.has(m))
    for (const maker of next) found.add(maker)
  }
  return [...found] as Id<'admin'>[]
}

/** The roles by which a permission is held on a unit now, and by how many people who can sign in. */
export async function rolesHolding(
  ctx: Ctx,
  permission: string,
  unitPath: string,
): Promise<{ role: string; people: number }[]> {
  const active = new Set((await admins.listAdmins(ctx)).filter(a => a.state === 'active').map(a => a.id))
  const giving = (await admins.listGrants(ctx)).filter(
    g => active.has(g.admin) && unitPath.startsWith(g.unit.path) && permissionsOf(g.role).some(p => p === permission),
  )
  const byRole = Map.groupBy(giving, g => g.role)
  return [...byRole].map(([role, grants]) => ({ role, people: new Set(grants.map(g => g.admin)).size }))
}

/** An admin as letters to them need to know them. */
export interface Holder {
  id: Id<'admin'>
  name: string
  email: string
  locale: Locale
  /** IANA; null where they have chosen none. */
  zone: string | null
}

/** The admin whose address this is, and whether they can sign in; null when it is no admin's. */
export async function adminKnownAs(ctx: Ctx, address: string): Promise<{ id: string; active: boolean } | null> {
  const row = (await admins.listAdmins(ctx)).find(a => a.email_key === fold(address))
  return row ? { id: row.id, active: row.state !== 'disabled' } : null
}

/** The admins who can sign in and hold a permission on a unit. */
export async function adminsHolding(ctx: Ctx, permission: string, unitPath: string): Promise<Holder[]> {
  const all = await activeAdmins(ctx)
  return all.filter(a => may(a.authority, permission, unitPath)).map(({ authority: _, ...holder }) => holder)
}

/** Everyone who can sign in, with what they may do: to whom mail about the org's matters may go. */
export async function activeAdmins(ctx: Ctx): Promise<(Holder & { authority: Authority })[]> {
  const grants = Map.groupBy(await admins.listGrants(ctx), g => String(g.admin))
  return (await admins.listAdmins(ctx))
    .filter(a => a.state === 'active')
    .map(({ id, name, email, locale, zone }) => ({
      id: id as Id<'admin'>,
      name,
      email,
      locale: locale as Locale,
      zone,
      authority: authorityFrom(grants.get(id) ?? []),
    }))
}
