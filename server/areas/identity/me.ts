import product from '../../package.json' with { type: 'json' }
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import { type Admin, aboutAdmin, adminOf } from './admin.ts'
import * as store from './admin-store.ts'
import { book, clear } from './attempt.ts'
import { adminEvents } from './events.ts'
import { authorityFrom } from './grant.ts'
import { ownOrg } from './org.ts'
import { demandStrong, hashPassword, isPassword } from './password.ts'
import { type From, openSession, revokeSessions } from './session.ts'
import { permissions } from './permissions.ts'
import { asServer } from './sign-in.ts'
import { type UnitRef, unitRefs } from './tree.ts'

/** The admin whose session this is. */
export function me(ctx: Ctx): Promise<Admin> {
  if (ctx.actor.kind !== 'admin') throw new Problem('session.missing')
  return adminOf(ctx, ctx.actor.id)
}

/** Changes the actor's own name or look of the console. */
export async function changeMe(
  ctx: Ctx,
  change: {
    name?: string | undefined
    locale?: Admin['locale'] | undefined
    theme?: Admin['theme'] | undefined
    contrast?: Admin['contrast'] | undefined
    zone?: string | undefined
  },
): Promise<void> {
  const admin = await me(ctx)
  const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  if (Object.keys(set).length > 0) await store.changeAdmin(ctx, admin.id, set)
  if (change.name !== undefined && change.name !== admin.name)
    await record(ctx, adminEvents.changed, aboutAdmin(admin), { name: change.name, fields: ['name'] })
}

/** Refuses unless this is the actor's password; wrong ones are counted and slowed as at sign-in, so that a borrowed session learns nothing. */
export async function demandPassword(
  base: Base,
  admin: Admin & { org: Id<'org'> },
  password: string,
  from: From,
): Promise<void> {
  const account = `me\n${admin.id}`
  const booking = await asServer(base, '', '', ctx => book(ctx, account, from.address))
  const row = await base.engine.read(tx => store.findAdmin({ tx, org: admin.org }, admin.id))
  if (!(await isPassword(password, row?.password ?? null))) throw new Problem('password.wrong')
  await asServer(base, '', '', ctx => clear(ctx, booking))
}

/** A new password, hashed, when it is strong enough for this person. Slow; outside of transactions. */
export async function newPassword(admin: Admin, orgName: string, password: string): Promise<string> {
  demandStrong(password, { ...admin, orgName })
  return hashPassword(password)
}

/** Stores the new password; every session ends, and the actor gets a fresh one. Answers its cookie. */
export async function changePassword(ctx: Ctx, password: string, from: From): Promise<string> {
  const admin = await me(ctx)
  await store.changeAdmin(ctx, admin.id, { password })
  await revokeSessions(ctx, admin)
  await record(ctx, adminEvents.passwordChanged, aboutAdmin(admin), { name: admin.name })
  return openSession(ctx, admin, from, 'password')
}

/** What one of the actor's screens remembers; null when nothing. */
export async function preference(ctx: Ctx, name: string): Promise<unknown> {
  const text = await store.findPreference(ctx, (await me(ctx)).id, name)
  return text === undefined ? null : (JSON.parse(text) as unknown)
}

/** Remembers something for one of the actor's screens: at most 16 KiB each, and 200 of them. */
export async function setPreference(ctx: Ctx, name: string, value: unknown): Promise<void> {
  const { id } = await me(ctx)
  const text = JSON.stringify(value ?? null)
  if (Buffer.byteLength(text) > 16_384) throw new Problem('request.too-large')
  const known = await store.findPreference(ctx, id, name)
  if (known === undefined && (await store.countPreferences(ctx, id)) >= 200) throw new Problem('request.too-large')
  await store.putPreference(ctx, id, name, text)
}

/** Everything the console must know of who is signed in. */
export async function sessionOf(ctx: Ctx, id: string): Promise<SessionAnswer> {
  const admin = await adminOf(ctx, id)
  const authority = authorityFrom(admin.grants)
  const refs = await unitRefs({ ...ctx, authority })
  const tops = admin.grants
    .map(g => g.unit)
    .filter(u => !admin.grants.some(g => g.unit.path !== u.path && u.path.startsWith(g.unit.path)))
  const { name, email, locale, theme, contrast, totp, passkeys, zone } = admin
  return {
    admin: { id: admin.id, name, email, locale, theme, contrast, totp, passkeys, zone },
    org: { id: ctx.org, name: (await ownOrg(ctx)).name },
    units: [...new Set(tops.map(u => String(u.id)))].map(refs),
    permissions: permissions.filter(p => authority.where(p).length > 0),
    version: product.version,
  }
}

/** What `GET /session` answers. */
export interface SessionAnswer {
  admin: Pick<Admin, 'name' | 'email' | 'locale' | 'theme' | 'contrast' | 'totp' | 'passkeys' | 'zone'> & { id: string }
  org: { id: string; name: string }
  /** The topmost units of the admin's grants. */
  units: UnitRef[]
  permissions: string[]
  version: string
}
