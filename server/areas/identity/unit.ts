import type { Ctx } from '../../base/ctx.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import * as store from './store.ts'

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
