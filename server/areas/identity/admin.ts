import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import * as access from './access-store.ts'
import * as store from './admin-store.ts'
import { adminEvents } from './events.ts'
import { covers, demandCovering, type Grant, putGrant } from './grant.ts'
import { putLink } from './link.ts'
import * as keys from './passkey-store.ts'
import { restrained } from './power.ts'
import { type Locale, ownOrg } from './org.ts'
import type { Role } from './permissions.ts'
import { revokeSessions } from './session.ts'
import * as units from './unit.ts'

/** Someone who signs in to the console, with what they hold and where. */
export interface Admin {
  id: Id<'admin'>
  name: string
  email: string
  state: 'invited' | 'active' | 'disabled'
  totp: boolean
  /** How many passkeys they have that are believed. */
  passkeys: number
  hasPassword: boolean
  locale: Locale
  /** IANA; null where they have chosen none. */
  zone: string | null
  theme: 'light' | 'dark' | 'system'
  contrast: 'normal' | 'more' | null
  lastSignInAt: number | null
  grants: readonly Grant[]
  /** Path of the org's top unit, where an admin without grants belongs. */
  top: string
}

/** How long an invitation may wait to be accepted. */
export const inviteMs = 7 * 86_400_000

/** The admin with this id; whether the actor may see them is the caller's question. */
export async function adminOf(ctx: Ctx, id: string): Promise<Admin> {
  const row = await store.findAdmin(ctx, id)
  if (!row) throw new Problem('id.unknown')
  const top = await units.rootUnit(ctx)
  const passkeys = (await keys.listPasskeys(ctx, id)).filter(p => p.suspect_at === null).length
  return toAdmin(row, await store.listGrants(ctx, id), { top: top.path, passkeys })
}

/** The admins who hold something where the actor may look, with only those grants. */
export async function visibleAdmins(ctx: Ctx): Promise<Admin[]> {
  const [rows, grants, top] = [await store.listAdmins(ctx), await store.listGrants(ctx), await units.rootUnit(ctx)]
  const passkeys = await keys.countPasskeys(ctx)
  const all = rows.map(row =>
    toAdmin(
      row,
      grants.filter(g => g.admin === row.id),
      { top: top.path, passkeys: passkeys.get(row.id) ?? 0 },
    ),
  )
  return all.filter(a => sees(ctx, a)).map(a => onlySeen(ctx, a))
}

/** The admin as the actor may see them; as if there were none where they may not. */
export async function adminFor(ctx: Ctx, id: string): Promise<Admin> {
  const admin = await adminOf(ctx, id)
  if (!sees(ctx, admin)) throw new Problem('id.unknown')
  return admin
}

/** The admin, whom the actor may change: only those who hold everything the other holds, wherever the other holds it. */
export async function adminToChange(ctx: Ctx, id: string): Promise<Admin> {
  const admin = await adminFor(ctx, id)
  const places = admin.grants.length > 0 ? admin.grants.map(g => g.unit.path) : [admin.top]
  if (!places.every(p => may(ctx.authority, 'admins:write', p)))
    throw new Problem('permission.missing', { permission: 'admins:write' })
  const beyond = admin.grants.find(g => !covers(ctx.authority, g.role, g.unit.path))
  if (beyond) throw new Problem('role.exceeds-own', { role: beyond.role })
  return admin
}

/** Where events about an admin belong: the unit of their first grant. */
export function aboutAdmin(admin: Pick<Admin, 'id' | 'grants' | 'top'>): About {
  return { kind: 'admin', id: admin.id, path: admin.grants[0]?.unit.path ?? admin.top }
}

/** What an invitation says. */
export interface Invite {
  name: string
  email: string
  role: Role
  unit: string
  locale?: Locale | undefined
}

/** Invites an admin: they exist, hold the role, and set a password by the link, which is answered once. */
export async function inviteAdmin(
  ctx: Ctx,
  invite: Invite,
): Promise<{ id: Id<'admin'>; url: string; held: Id<'intent'> | null }> {
  const unit = await units.unitFor(ctx, invite.unit, 'admins:write')
  demandCovering(ctx, invite.role, unit.path)
  const id = await putAdmin(ctx, { ...invite, state: 'invited', password: null })
  const maker = await makerIn(ctx)
  if (maker !== null) await keys.putMaker(ctx, { admin: id, maker, how: 'invited', at: ctx.now })
  const held = await restrained(ctx, { kind: 'grant', admin: id, name: invite.name, role: invite.role, unit })
  if (held === null) await putGrant(ctx, id, invite.role, unit.id)
  const about = { kind: 'admin', id, path: unit.path }
  await record(ctx, adminEvents.invited, about, { name: invite.name, email: invite.email, role: invite.role })
  return { id, url: await putLink(ctx, 'accept', id, inviteMs), held }
}

/** Stores a new admin who holds nothing yet. */
export async function putAdmin(
  ctx: Ctx,
  who: Pick<Invite, 'name' | 'email' | 'locale'> & { state: 'invited' | 'active'; password: string | null },
): Promise<Id<'admin'>> {
  const email_key = fold(who.email)
  if (await store.findByEmail(ctx, email_key)) throw new Problem('admin.email-taken')
  const id = newId('admin')
  const { name, email, state, password } = who
  const locale = who.locale ?? (await ownOrg(ctx)).language
  const blank = { totp: null, totp_pending: null, totp_step: null, last_sign_in_at: null, zone: null }
  const looks = { locale, theme: 'system', contrast: null }
  const created_at = ctx.now
  await store.putAdmin(ctx, {
    org: ctx.org,
    id,
    name,
    email,
    email_key,
    state,
    password,
    created_at,
    ...blank,
    ...looks,
  })
  return id
}

/** Renames an admin, or lets them in and out. A disabled admin's sessions end and their keys rest. */
export async function changeAdmin(
  ctx: Ctx,
  id: string,
  change: { name?: string | undefined; state?: 'active' | 'disabled' | undefined },
): Promise<void> {
  const admin = await adminToChange(ctx, id)
  if (change.name !== undefined && change.name !== admin.name) {
    await store.changeAdmin(ctx, id, { name: change.name })
    await record(ctx, adminEvents.changed, aboutAdmin(admin), { name: change.name, fields: ['name'] })
  }
  const { name } = admin
  if (change.state === 'disabled' && admin.state !== 'disabled') {
    await demandOther(ctx, admin)
    await store.changeAdmin(ctx, id, { state: 'disabled' })
    await demandOwner(ctx, admin)
    await revokeSessions(ctx, admin)
    await access.removeLinksOf(ctx, id)
    await record(ctx, adminEvents.disabled, aboutAdmin(admin), { name })
  }
  if (change.state === 'active' && admin.state === 'disabled') {
    await store.changeAdmin(ctx, id, { state: admin.hasPassword ? 'active' : 'invited' })
    await record(ctx, adminEvents.enabled, aboutAdmin(admin), { name })
  }
}

/** Removes an admin with their sessions, grants and keys. */
export async function removeAdmin(ctx: Ctx, id: string): Promise<void> {
  const admin = await adminToChange(ctx, id)
  await demandOther(ctx, admin)
  await access.removeLinksOf(ctx, id)
  await store.removeAdmin(ctx, id)
  await demandOwner(ctx, admin)
  await record(ctx, adminEvents.removed, aboutAdmin(admin), { name: admin.name, email: admin.email })
}

/** The admin whose hand an invitation comes from: also through a key one lends to a program; null for the server itself. */
async function makerIn(ctx: Ctx): Promise<string | null> {
  if (ctx.actor.kind === 'admin') return ctx.actor.id
  return ctx.actor.kind === 'key' ? ((await access.findKey(ctx, ctx.actor.id))?.admin ?? null) : null
}

/** The admin with only the grants the actor may see. */
export function onlySeen(ctx: Ctx, admin: Admin): Admin {
  return { ...admin, grants: admin.grants.filter(g => may(ctx.authority, 'admins:read', g.unit.path)) }
}

function sees(ctx: Ctx, admin: Admin): boolean {
  const places = admin.grants.length > 0 ? admin.grants.map(g => g.unit.path) : [admin.top]
  return places.some(p => may(ctx.authority, 'admins:read', p))
}

/** Also through a key one lends to a program. */
async function demandOther(ctx: Ctx, admin: Admin): Promise<void> {
  const self = ctx.actor.kind === 'key' ? (await access.findKey(ctx, ctx.actor.id))?.admin : ctx.actor.id
  if (self === admin.id) throw new Problem('admin.yourself')
}

/** Asked after an owner was changed; the change is rolled back when nobody who can sign in owns the org any more. */
export async function demandOwner(ctx: Ctx, changed: Admin): Promise<void> {
  if (!changed.grants.some(g => g.role === 'owner' && g.unit.path === changed.top)) return
  const active = new Set((await store.listAdmins(ctx)).filter(a => a.state === 'active').map(a => a.id))
  const owners = (await store.listGrants(ctx)).filter(g => g.role === 'owner' && g.unit.path === changed.top)
  if (!owners.some(g => active.has(g.admin))) throw new Problem('admin.last-owner')
}

function toAdmin(
  row: store.AdminRow,
  grants: readonly Grant[],
  { top, passkeys }: { top: string; passkeys: number },
): Admin {
  return {
    id: row.id as Id<'admin'>,
    name: row.name,
    email: row.email,
    state: row.state,
    totp: row.totp !== null,
    passkeys,
    hasPassword: row.password !== null,
    locale: row.locale as Admin['locale'],
    zone: row.zone,
    theme: row.theme as Admin['theme'],
    contrast: row.contrast as Admin['contrast'],
    lastSignInAt: row.last_sign_in_at,
    grants,
    top,
  }
}
