import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as devices from '../devices/index.ts'
import { groupOf, type Unit, unitFor, unitOf, userOf } from '../identity/index.ts'
import { bumpRevision } from '../policies/index.ts'
import * as store from './assignment-store.ts'
import { type Blueprint, blueprintFor, getBlueprint } from './blueprint.ts'
import { assignmentEvents } from './events.ts'
import { always, everything, type ScopeWish, type WindowWish } from './shapes.ts'

/** blueprint → scope, from its anchor downwards, for a time. */
export interface Assignment {
  id: Id<'assignment'>
  blueprint: string
  /** Its anchor: the unit it hangs on. */
  unit: string
  unitPath: string
  scope: ScopeWish
  window: WindowWish
  enabled: boolean
  createdAt: number
  updatedAt: number
}

/** What may be said of an assignment. */
export interface AssignmentWish {
  unit?: string | undefined
  scope?: ScopeWish | undefined
  window?: WindowWish | undefined
  enabled?: boolean | undefined
}

/** The assignment with this id; whether the actor may see it is the caller's question. */
export async function getAssignment(ctx: Ctx, id: string): Promise<Assignment> {
  const row = await store.findAssignment(ctx, id)
  if (!row) throw new Problem('id.unknown')
  return toAssignment(row, await unitOf(ctx, row.unit))
}

/** The assignment, where the actor holds the permission on its anchor; as if it did not exist where they may not see it. */
export async function assignmentFor(ctx: Ctx, id: string, permission: string): Promise<Assignment> {
  const assignment = await getAssignment(ctx, id)
  demand(ctx.authority, permission, assignment.unitPath, 'policies:read')
  return assignment
}

/** Assigns a blueprint: to everything below a unit, or to what the scope says of it. Needs `policies:write` on the unit and sight of the blueprint. */
export async function addAssignment(
  ctx: Ctx,
  blueprint: string,
  wish: AssignmentWish & { unit: string },
): Promise<Assignment> {
  const of = await blueprintFor(ctx, blueprint, 'policies:read')
  const anchor = await unitFor(ctx, wish.unit, 'policies:write')
  const assignment: Assignment = {
    id: newId('assignment'),
    blueprint: of.id,
    unit: anchor.id,
    unitPath: anchor.path,
    scope: wish.scope ?? everything,
    window: wish.window ?? always,
    enabled: wish.enabled ?? true,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  }
  demandBelow(of, anchor)
  await demandScope(ctx, assignment.scope, null)
  await put(ctx, assignment)
  await record(ctx, assignmentEvents.added, about(assignment), data(of, assignment))
  return assignment
}

/** Changes whom an assignment reaches, or when. Needs `policies:write` on its unit and, when it moves, on the one it moves to. */
export async function changeAssignment(ctx: Ctx, id: string, wish: AssignmentWish): Promise<Assignment> {
  const before = await assignmentFor(ctx, id, 'policies:write')
  const of = await getBlueprint(ctx, before.blueprint)
  const moves = wish.unit !== undefined && wish.unit !== before.unit
  const anchor = moves ? await unitFor(ctx, wish.unit ?? '', 'policies:write') : null
  if (anchor) demandBelow(of, anchor)
  const after: Assignment = {
    ...before,
    scope: wish.scope ?? before.scope,
    window: wish.window ?? before.window,
    enabled: wish.enabled ?? before.enabled,
    ...(anchor ? { unit: anchor.id, unitPath: anchor.path } : {}),
  }
  const same = (f: keyof Assignment): boolean => JSON.stringify(before[f]) === JSON.stringify(after[f])
  const fields = (['unit', 'scope', 'window', 'enabled'] as const).filter(f => !same(f))
  if (fields.length === 0) return before
  await demandScope(ctx, after.scope, before.scope)
  const stamped = { ...after, updatedAt: ctx.now }
  await put(ctx, stamped)
  await record(ctx, assignmentEvents.changed, about(stamped), { ...data(of, stamped), fields })
  // What it no longer reaches is to be looked at again, and those who see only the unit it left must learn of it.
  if (!before.unitPath.startsWith(stamped.unitPath))
    await record(ctx, assignmentEvents.changed, about(before), { ...data(of, stamped), fields })
  return stamped
}

/** Takes an assignment back. */
export async function removeAssignment(ctx: Ctx, id: string): Promise<void> {
  const before = await assignmentFor(ctx, id, 'policies:write')
  const of = await getBlueprint(ctx, before.blueprint)
  await store.removeAssignment(ctx, id)
  await bumpRevision(ctx)
  await record(ctx, assignmentEvents.removed, about(before), data(of, before))
}

/**
 * Refuses what a scope names and is not there, or may not be seen by the actor: a scope must not tell who exists.
 * What it named already stays, seen or not, there or not.
 */
export async function demandScope(ctx: Ctx, scope: ScopeWish, before: ScopeWish | null): Promise<void> {
  const kept = new Set(before === null ? [] : named(before))
  const unknown: { path: string; message: string }[] = []
  for (const part of ['include', 'exclude'] as const) {
    const { units, groups, users, devices: ids } = scope[part]
    const look = async (
      what: string,
      all: readonly string[],
      seen: (id: string) => Promise<boolean>,
    ): Promise<void> => {
      for (const id of all)
        if (!kept.has(id) && !(await there(() => seen(id))))
          unknown.push({ path: `scope.${part}.${what}`, message: id })
    }
    const units_ = units.map(u => u.unit)
    await look('units', units_, async id => may(ctx.authority, 'units:read', (await unitOf(ctx, id)).path))
    await look('groups', groups, async id => may(ctx.authority, 'users:read', (await groupOf(ctx, id)).unitPath))
    await look('users', users, async id => may(ctx.authority, 'users:read', (await userOf(ctx, id)).unitPath))
    await look('devices', ids, async id => may(ctx.authority, 'devices:read', (await devices.get(ctx, id)).unitPath))
  }
  if (unknown.length > 0) throw new Problem('assignment.names-unknown', {}, { fields: unknown.slice(0, 100) })
}

async function there(seen: () => Promise<boolean>): Promise<boolean> {
  try {
    return await seen()
  } catch (cause) {
    if (cause instanceof Problem && cause.code === 'id.unknown') return false
    throw cause
  }
}

/** Every id a scope names. */
export function named({ include, exclude }: ScopeWish): string[] {
  return [include, exclude].flatMap(s => [...s.units.map(u => u.unit), ...s.groups, ...s.users, ...s.devices])
}

function demandBelow(blueprint: Blueprint, anchor: Unit): void {
  if (!anchor.path.startsWith(blueprint.unitPath))
    throw new Problem('blueprint.assigned-elsewhere', { unit: anchor.name })
}

async function put(ctx: Ctx, { window, ...assignment }: Assignment): Promise<void> {
  if (window.from !== null && window.until !== null && window.until <= window.from)
    throw new Problem('assignment.window-empty')
  await store.putAssignment(ctx, {
    org: ctx.org,
    id: assignment.id,
    blueprint: assignment.blueprint,
    unit: assignment.unit,
    scope: JSON.stringify(assignment.scope),
    from_at: window.from,
    until_at: window.until,
    enabled: assignment.enabled ? 1 : 0,
    created_at: assignment.createdAt,
    updated_at: assignment.updatedAt,
  })
  await bumpRevision(ctx)
}

function about(assignment: Assignment) {
  return { kind: 'assignment', id: assignment.id, path: assignment.unitPath }
}

function data({ name }: Blueprint, { id, blueprint }: Assignment) {
  return { name, assignment: id, blueprint }
}

/** A stored row as an assignment. */
export function toAssignment(row: store.AssignmentRow, { path }: Pick<Unit, 'path'>): Assignment {
  return {
    id: row.id as Id<'assignment'>,
    blueprint: row.blueprint,
    unit: row.unit,
    unitPath: path,
    scope: JSON.parse(row.scope) as ScopeWish,
    window: { from: row.from_at, until: row.until_at },
    enabled: row.enabled === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
