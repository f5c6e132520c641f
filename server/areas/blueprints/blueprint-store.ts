import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath } from '../../base/filter.ts'

/** A row of blueprints as it is written. */
export interface BlueprintRow {
  org: string
  id: string
  name: string
  name_key: string
  description: string
  unit: string
  unit_path: string
  place: number
  created_at: number
  updated_at: number
}

interface ItemRow {
  org: string
  blueprint: string
  policy: string
  place: number
}

interface Tables {
  blueprints: BlueprintRow
  blueprint_items: ItemRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** The blueprint with this id, if it is there. */
export async function findBlueprint(ctx: Ctx, id: string): Promise<BlueprintRow | undefined> {
  return db(ctx).selectFrom('blueprints').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** Every blueprint of the org by place; an org has hundreds. */
export async function allBlueprints(ctx: Pick<Ctx, 'tx' | 'org'>): Promise<BlueprintRow[]> {
  return db(ctx)
    .selectFrom('blueprints')
    .selectAll()
    .where('org', '=', ctx.org)
    .orderBy('place')
    .orderBy('id')
    .execute()
}

/** Who bears this folded name. */
export async function blueprintNamed(ctx: Ctx, nameKey: string): Promise<string | undefined> {
  const row = await db(ctx)
    .selectFrom('blueprints')
    .select('id')
    .where('org', '=', ctx.org)
    .where('name_key', '=', nameKey)
    .executeTakeFirst()
  return row?.id
}

/** Stores a blueprint without its items. */
export async function putBlueprint(ctx: Ctx, row: BlueprintRow): Promise<void> {
  const { org: _, id: __, created_at: ___, ...change } = row
  await db(ctx)
    .insertInto('blueprints')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(change))
    .execute()
}

/** Forgets a blueprint with its items and assignments. */
export async function removeBlueprint(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('blueprints').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** The place after the last. */
export async function nextPlace(ctx: Ctx): Promise<number> {
  const row = await db(ctx)
    .selectFrom('blueprints')
    .select(e => e.fn.max('place').as('last'))
    .where('org', '=', ctx.org)
    .executeTakeFirst()
  return Number(row?.last ?? 0) + 1
}

/** Shifts those between two places by one, so that one of them can move there; the order of all others stays. */
export async function shiftPlaces(ctx: Ctx, from: number, to: number): Promise<void> {
  const up = to < from
  await db(ctx)
    .updateTable('blueprints')
    .set({ place: up ? sql<number>`place + 1` : sql<number>`place - 1` })
    .where('org', '=', ctx.org)
    .where('place', '>=', up ? to : from + 1)
    .where('place', '<=', up ? from - 1 : to)
    .execute()
}

/** The policies of each blueprint, in order. */
export async function allItems(ctx: Pick<Ctx, 'tx' | 'org'>): Promise<Map<string, string[]>> {
  return gathered(
    await db(ctx).selectFrom('blueprint_items').selectAll().where('org', '=', ctx.org).orderBy('place').execute(),
  )
}

/** The policies of these blueprints, in order. */
export async function itemsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  return gathered(
    await db(ctx)
      .selectFrom('blueprint_items')
      .selectAll()
      .where('org', '=', ctx.org)
      .where('blueprint', 'in', [...ids])
      .orderBy('place')
      .execute(),
  )
}

function gathered(rows: readonly ItemRow[]): Map<string, string[]> {
  const by = new Map<string, string[]>()
  for (const row of rows) {
    const items = by.get(row.blueprint)
    if (items) items.push(row.policy)
    else by.set(row.blueprint, [row.policy])
  }
  return by
}

/** Gives a blueprint exactly these policies in this order. */
export async function putItems(ctx: Ctx, blueprint: string, policies: readonly string[]): Promise<void> {
  await db(ctx).deleteFrom('blueprint_items').where('org', '=', ctx.org).where('blueprint', '=', blueprint).execute()
  if (policies.length === 0) return
  const rows = policies.map((policy, at) => ({ org: ctx.org, blueprint, policy, place: at + 1 }))
  await db(ctx).insertInto('blueprint_items').values(rows).execute()
}

/** The blueprints that hold each of these policies. */
export async function holding(
  ctx: Ctx,
  policies: readonly string[],
): Promise<{ policy: string; id: string; name: string; unit_path: string }[]> {
  if (policies.length === 0) return []
  return db(ctx)
    .selectFrom('blueprint_items')
    .innerJoin('blueprints', j =>
      j.onRef('blueprints.org', '=', 'blueprint_items.org').onRef('blueprints.id', '=', 'blueprint_items.blueprint'),
    )
    .select(['blueprint_items.policy', 'blueprints.id', 'blueprints.name', 'blueprints.unit_path'])
    .where('blueprint_items.org', '=', ctx.org)
    .where('blueprint_items.policy', 'in', [...policies])
    .orderBy('blueprints.place')
    .execute()
}

/** Rewrites the paths of blueprints below a unit that moved. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('blueprints')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Whether a blueprint hangs on this unit. */
export async function anyOnUnit(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('blueprints')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Names of the blueprints among these ids. */
export async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('blueprints')
    .select(['id', 'name'])
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(r => [r.id, r.name]))
}
