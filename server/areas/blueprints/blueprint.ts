import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import { unitFor, unitOf } from '../identity/index.ts'
import { bumpRevision, policiesAmong } from '../policies/index.ts'
import { assignmentsOf } from './assignment-store.ts'
import * as store from './blueprint-store.ts'
import { assignmentEvents, blueprintEvents } from './events.ts'

/** A named, ordered set of policies; the only thing that is assigned. */
export interface Blueprint {
  id: Id<'blueprint'>
  name: string
  description: string
  unit: string
  unitPath: string
  /** Among the org's blueprints: of two that are equally near a device, the smaller place wins. */
  place: number
  /** Ids of policies, in order. */
  items: readonly string[]
  createdAt: number
  updatedAt: number
}

const mostItems = 200

/** The blueprint with this id; whether the actor may see it is the caller's question. */
export async function getBlueprint(ctx: Ctx, id: string): Promise<Blueprint> {
  const row = await store.findBlueprint(ctx, id)
  if (!row) throw new Problem('id.unknown')
  return toBlueprint(row, (await store.itemsOf(ctx, [id])).get(id) ?? [])
}

/** The blueprint, where the actor holds the permission; as if it did not exist where they may not see it. */
export async function blueprintFor(ctx: Ctx, id: string, permission: string): Promise<Blueprint> {
  const blueprint = await getBlueprint(ctx, id)
  demand(ctx.authority, permission, blueprint.unitPath, 'policies:read')
  return blueprint
}

/** Makes a blueprint on a unit, last in the org's order. */
export async function createBlueprint(
  ctx: Ctx,
  wish: { name: string; description?: string; unit: string; items?: readonly string[] },
): Promise<Blueprint> {
  const unit = await unitFor(ctx, wish.unit, 'policies:write')
  const blueprint: Blueprint = {
    id: newId('blueprint'),
    name: wish.name,
    description: wish.description ?? '',
    unit: unit.id,
    unitPath: unit.path,
    place: await store.nextPlace(ctx),
    items: [...new Set(wish.items ?? [])],
    createdAt: ctx.now,
    updatedAt: ctx.now,
  }
  await demandItems(ctx, blueprint, [])
  await put(ctx, blueprint)
  await store.putItems(ctx, blueprint.id, blueprint.items)
  await record(ctx, blueprintEvents.added, about(blueprint), { name: blueprint.name })
  return blueprint
}

/** What may be changed of a blueprint. `place` is counted from 1 over the whole org. */
export interface BlueprintChange {
  name?: string | undefined
  description?: string | undefined
  unit?: string | undefined
  items?: readonly string[] | undefined
  place?: number | undefined
}

/** Changes a blueprint: its name, its policies and their order, its place, or the unit whose admins own it. */
export async function changeBlueprint(ctx: Ctx, id: string, change: BlueprintChange): Promise<Blueprint> {
  const before = await blueprintFor(ctx, id, 'policies:write')
  const moves = change.unit !== undefined && change.unit !== before.unit
  const unit = moves ? await unitFor(ctx, change.unit ?? '', 'policies:write') : null
  const last = (await store.nextPlace(ctx)) - 1
  const after: Blueprint = {
    ...before,
    name: change.name ?? before.name,
    description: change.description ?? before.description,
    items: change.items === undefined ? before.items : [...new Set(change.items)],
    place: change.place === undefined ? before.place : Math.min(change.place, last),
    ...(unit ? { unit: unit.id, unitPath: unit.path } : {}),
  }
  const same = (f: keyof Blueprint): boolean => JSON.stringify(before[f]) === JSON.stringify(after[f])
  const fields = (['name', 'description', 'unit', 'items', 'place'] as const).filter(f => !same(f))
  if (fields.length === 0) return before
  if (fields.includes('items') || unit) await demandItems(ctx, after, unit ? [] : before.items)
  if (unit) await demandAnchors(ctx, after)
  if (fields.includes('place')) await store.shiftPlaces(ctx, before.place, after.place)
  await put(ctx, { ...after, updatedAt: ctx.now })
  if (fields.includes('items')) await store.putItems(ctx, id, after.items)
  await record(ctx, blueprintEvents.changed, about(after), { name: after.name, fields })
  // Those who see only the unit it left must learn that it left.
  if (!after.unitPath.startsWith(before.unitPath))
    await record(ctx, blueprintEvents.changed, about(before), { name: after.name, fields })
  return getBlueprint(ctx, id)
}

/** Forgets a blueprint with its assignments; its policies stay. Needs `policies:write` on the unit of every assignment, all of which are below its own. */
export async function removeBlueprint(ctx: Ctx, id: string): Promise<void> {
  const blueprint = await blueprintFor(ctx, id, 'policies:write')
  for (const row of await assignmentsOf(ctx, [id])) {
    const { path } = await unitOf(ctx, row.unit)
    const data = { name: blueprint.name, assignment: row.id, blueprint: id }
    await record(ctx, assignmentEvents.removed, { kind: 'assignment', id: row.id, path }, data)
  }
  await store.removeBlueprint(ctx, id)
  await bumpRevision(ctx)
  await record(ctx, blueprintEvents.removed, about(blueprint), { name: blueprint.name })
}

/**
 * Refuses policies that are not there, that the actor may not see, or that belong to a unit beside or below: whoever may change a policy
 * decides about every device it reaches, so it must not reach beyond where they may decide.
 */
async function demandItems(ctx: Ctx, blueprint: Blueprint, before: readonly string[]): Promise<void> {
  if (blueprint.items.length > mostItems) throw new Problem('blueprint.too-many-policies')
  const known = new Map((await policiesAmong(ctx, blueprint.items)).map(p => [p.id, p]))
  for (const id of blueprint.items) {
    const policy = known.get(id)
    const seen =
      policy?.archived_at === null && (before.includes(id) || may(ctx.authority, 'policies:read', policy.unit_path))
    if (!policy || !seen)
      throw new Problem('blueprint.policy-unknown', {}, { fields: [{ path: 'items', message: id }] })
    if (!before.includes(id) && !blueprint.unitPath.startsWith(policy.unit_path))
      throw new Problem('blueprint.policy-elsewhere', { policy: policy.name })
  }
}

async function demandAnchors(ctx: Ctx, blueprint: Blueprint): Promise<void> {
  for (const row of await assignmentsOf(ctx, [blueprint.id])) {
    const anchor = await unitOf(ctx, row.unit)
    if (!anchor.path.startsWith(blueprint.unitPath))
      throw new Problem('blueprint.assigned-elsewhere', { unit: anchor.name })
  }
}

async function put(ctx: Ctx, blueprint: Blueprint): Promise<void> {
  const nameKey = fold(blueprint.name)
  const other = await store.blueprintNamed(ctx, nameKey)
  if (other !== undefined && other !== blueprint.id) throw new Problem('blueprint.name-taken')
  await store.putBlueprint(ctx, {
    org: ctx.org,
    id: blueprint.id,
    name: blueprint.name,
    name_key: nameKey,
    description: blueprint.description,
    unit: blueprint.unit,
    unit_path: blueprint.unitPath,
    place: blueprint.place,
    created_at: blueprint.createdAt,
    updated_at: blueprint.updatedAt,
  })
  await bumpRevision(ctx)
}

function about(blueprint: Blueprint): About {
  return { kind: 'blueprint', id: blueprint.id, path: blueprint.unitPath }
}

/** A stored row and its items as a blueprint. */
export function toBlueprint(row: store.BlueprintRow, items: readonly string[]): Blueprint {
  return {
    id: row.id as Id<'blueprint'>,
    name: row.name,
    description: row.description,
    unit: row.unit,
    unitPath: row.unit_path,
    place: row.place,
    items,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
