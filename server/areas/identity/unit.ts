import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import * as access from './access-store.ts'
import * as admins from './admin-store.ts'
import { unitEvents } from './events.ts'
import { occupants } from './occupant.ts'
import { permissions } from './permissions.ts'
import { unitHasGroups } from './group-store.ts'
import * as store from './store.ts'
import { unitHasUsers } from './user-store.ts'

/** A node of the org's tree. `path` is `/id/id/` from the top. */
export interface Unit {
  id: Id<'unit'>
  parent: Id<'unit'> | null
  name: string
  path: string
}

/** The unit with this id in the org of the transaction; whether the actor may see it is the caller's question. */
export async function unitOf(ctx: Ctx, id: string): Promise<Unit> {
  const unit = await store.findUnit(ctx, id)
  if (!unit) throw new Problem('id.unknown')
  return unit
}

/** The top unit of the org. */
export function rootUnit(ctx: Ctx): Promise<Unit> {
  return store.getRoot(ctx)
}

/** The unit, where the actor holds the permission; as if it did not exist where they may not see it. */
export async function unitFor(ctx: Ctx, id: string, permission: string): Promise<Unit> {
  const unit = await unitOf(ctx, id)
  demand(ctx.authority, permission, unit.path, 'units:read')
  return unit
}

/** A unit with a fresh id below this parent, not stored yet. */
export function unitBelow(parent: Unit, name: string): Unit {
  const id = newId('unit')
  return { id, parent: parent.id, name, path: `${parent.path}${id}/` }
}

/** Stores the unit; two sisters never bear one name. */
export async function putUnit(ctx: Ctx, unit: Unit): Promise<void> {
  const sister = unit.parent === null ? undefined : await store.sisterNamed(ctx, unit.parent, fold(unit.name))
  if (sister !== undefined && sister !== unit.id) throw new Problem('unit.name-taken')
  await store.putUnit(ctx, unit, fold(unit.name))
}

/** Adds a unit below a parent. */
export async function addUnit(ctx: Ctx, { name, parent }: { name: string; parent: string }): Promise<Unit> {
  const unit = unitBelow(await unitFor(ctx, parent, 'units:write'), name)
  await putUnit(ctx, unit)
  await record(ctx, unitEvents.added, about(unit), { name, parent: unit.parent })
  return unit
}

/** Renames a unit, or moves it with everything below. */
export async function changeUnit(
  ctx: Ctx,
  id: string,
  change: { name?: string | undefined; parent?: string | undefined },
): Promise<Unit> {
  const before = await unitFor(ctx, id, 'units:write')
  const moved = change.parent === undefined ? before : await moveUnit(ctx, before, change.parent)
  if (change.name === undefined || change.name === before.name) return moved
  const after = { ...moved, name: change.name }
  await putUnit(ctx, after)
  await record(ctx, unitEvents.renamed, about(after), { from: before.name, to: after.name })
  return after
}

async function moveUnit(ctx: Ctx, unit: Unit, to: string): Promise<Unit> {
  if (unit.parent === to) return unit
  const parent = await unitFor(ctx, to, 'units:write')
  if (unit.parent === null) throw new Problem('unit.top')
  if (parent.path.startsWith(unit.path)) throw new Problem('unit.cycle')
  // What is moved below units where one may do more would come under more power than one has over it now.
  const gained = permissions.find(p => may(ctx.authority, p, parent.path) && !may(ctx.authority, p, unit.path))
  if (gained !== undefined) throw new Problem('permission.missing', { permission: gained })
  const after: Unit = { ...unit, parent: parent.id, path: `${parent.path}${unit.id}/` }
  await putUnit(ctx, after)
  await store.movePaths(ctx, unit.path, after.path)
  for (const occupant of occupants) await occupant.moved(ctx, unit.path, after.path)
  await record(ctx, unitEvents.moved, about(after), { name: unit.name, from: unit.parent, to: parent.id })
  return after
}

/** Removes a unit on which nothing hangs any more. */
export async function removeUnit(ctx: Ctx, id: string): Promise<void> {
  const unit = await unitFor(ctx, id, 'units:write')
  if (unit.parent === null) throw new Problem('unit.top')
  const held = await hangingOn(ctx, unit.id)
  if (held.length > 0) throw new Problem('unit.not-empty', { holds: held })
  await store.removeUnit(ctx, unit.id)
  await record(ctx, unitEvents.removed, about(unit), { name: unit.name })
}

/** The nouns of which something hangs directly on this unit, so that it may not be removed. */
export async function hangingOn(ctx: Ctx, id: string): Promise<string[]> {
  const held: string[] = []
  if (await store.hasChildUnits(ctx, id)) held.push('units')
  if (await unitHasUsers(ctx, id)) held.push('users')
  if (await unitHasGroups(ctx, id)) held.push('groups')
  if (await admins.unitHasGrants(ctx, id)) held.push('grants')
  if (await access.unitHasKeys(ctx, id)) held.push('keys')
  for (const occupant of occupants) if (await occupant.hangsOn(ctx, id)) held.push(occupant.noun)
  return held
}

function about(unit: Unit): { kind: 'unit'; id: string; path: string } {
  return { kind: 'unit', id: unit.id, path: unit.path }
}
