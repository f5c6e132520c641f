import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { digest, type Id, newId, newSecret } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as store from './access-store.ts'
import { accessEvents } from './events.ts'
import { covers, demandCovering } from './grant.ts'
import type { Role } from './permissions.ts'
import { restrained } from './power.ts'
import { demandStepUp } from './step-up.ts'
import { type Unit, unitFor } from './unit.ts'

/** How a new key is asked for. */
export interface KeyOrder {
  name: string
  role: Role
  unit: Pick<Unit, 'id' | 'path'>
  /** Whose authority it descends from: it dies with that admin. null for keys made on the server itself. */
  admin: Id<'admin'> | null
  expiresAt: number | null
}

/** Makes a key of at most the actor's own power, and of at most the life of the key it was made with. */
export async function createKey(
  ctx: Ctx,
  order: { name: string; role: Role; unit: string; expiresAt: number | null },
): Promise<{ id: Id<'key'>; key: string; held: Id<'intent'> | null }> {
  const unit = await unitFor(ctx, order.unit, 'keys:write')
  demandCovering(ctx, order.role, unit.path)
  const parent = ctx.actor.kind === 'key' ? await store.findKey(ctx, ctx.actor.id) : undefined
  const admin = ctx.actor.kind === 'admin' ? ctx.actor.id : ((parent?.admin ?? null) as Id<'admin'> | null)
  const ends = [order.expiresAt, parent?.expires_at ?? null].filter(e => e !== null)
  const expiresAt = ends.length === 0 ? null : Math.min(...ends)
  const made = await putKey(ctx, { name: order.name, role: order.role, unit, admin, expiresAt })
  await recordKey(ctx, made.id, { name: order.name, role: order.role, unit, expiresAt })
  const { name, role } = order
  const held = await restrained(ctx, { kind: 'key', key: made.id, name, role, unit })
  if (held !== null) await store.holdKey(ctx, made.id, { waits_for: held })
  return { ...made, held }
}

/** Stores a key and answers its text, which is kept nowhere. */
export async function putKey(ctx: Ctx, order: KeyOrder): Promise<{ id: Id<'key'>; key: string }> {
  const id = newId('key')
  const key = `mk_${newSecret(32)}`
  const { name, role, unit, admin, expiresAt } = order
  await store.putKey(ctx, {
    org: ctx.org,
    id,
    hash: digest(key),
    prefix: key.slice(0, 9),
    name,
    role,
    unit: unit.id,
    admin,
    created_by_kind: ctx.actor.kind,
    created_by_id: ctx.actor.id,
    created_at: ctx.now,
    expires_at: expiresAt,
    last_used_at: null,
    suspended_at: null,
    waits_for: null,
  })
  return { id, key }
}

/** Records that a key was created; never its text. */
export async function recordKey(
  ctx: Ctx,
  id: Id<'key'>,
  { name, role, unit, expiresAt }: Pick<KeyOrder, 'name' | 'role' | 'unit' | 'expiresAt'>,
): Promise<void> {
  await record(ctx, accessEvents.keyCreated, { kind: 'key', id, path: unit.path }, { name, role, expiresAt })
}

/** The keys on the units where the actor may look, newest first. */
export async function visibleKeys(ctx: Ctx): Promise<store.FullKeyRow[]> {
  return (await store.listKeys(ctx)).filter(k => may(ctx.authority, 'keys:read', k.unit_path))
}

/** Revokes a key: its next request is refused. */
export async function revokeKey(ctx: Ctx, id: string): Promise<void> {
  const key = await store.findKey(ctx, id)
  if (!key) throw new Problem('id.unknown')
  demand(ctx.authority, 'keys:write', key.unit_path, 'keys:read')
  await store.removeKey(ctx, id)
  await record(ctx, accessEvents.keyRevoked, { kind: 'key', id, path: key.unit_path }, { name: key.name })
}

/** Lets a key open what it should, once what it waited for has come; nothing when it is gone or does not wait. */
export async function endWait(ctx: Ctx, id: string): Promise<void> {
  const key = await store.findKey(ctx, id)
  if (!key || key.waits_for === null) return
  await store.holdKey(ctx, id, { waits_for: null })
  await record(ctx, accessEvents.keyResumed, { kind: 'key', id, path: key.unit_path }, { name: key.name })
}

/** Lets a suspended key go on, for someone who has just proved who they are and could make such a key. One that waits for an intent keeps waiting. */
export async function resumeKey(ctx: Ctx, id: string): Promise<void> {
  const key = await store.findKey(ctx, id)
  if (!key) throw new Problem('id.unknown')
  demand(ctx.authority, 'keys:write', key.unit_path, 'keys:read')
  if (!covers(ctx.authority, key.role, key.unit_path)) throw new Problem('role.exceeds-own', { role: key.role })
  await demandStepUp(ctx)
  if (key.suspended_at === null) return
  await store.holdKey(ctx, id, { suspended_at: null })
  await record(ctx, accessEvents.keyResumed, { kind: 'key', id, path: key.unit_path }, { name: key.name })
}

/**
 * Whose hand an actor is: the ids of the admin and of every key that descends from them, for limits that are meant per person.
 * `keys` are all keys there are, so that what a key did that is gone is told from what another person's key did.
 */
export async function handOf(ctx: Ctx): Promise<{ ids: string[]; keys: string[] }> {
  const all = await store.listKeys(ctx)
  const self = ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id
  const admin = ctx.actor.kind === 'key' ? (all.find(k => k.id === self)?.admin ?? null) : self
  const lent = admin === null ? [] : all.filter(k => k.admin === admin).map(k => k.id)
  return { ids: [...new Set([self, ...(admin === null ? [] : [admin]), ...lent])], keys: all.map(k => k.id) }
}
