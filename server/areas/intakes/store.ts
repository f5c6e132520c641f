import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { compileFilter, type Fields, movedPath, within } from '../../base/filter.ts'
import { type ListQuery, readPage, type Sorts } from '../../base/page.ts'
import { unitPaths } from '../identity/index.ts'

/** An intake as it is stored. */
export interface IntakeRow {
  org: string
  id: string
  name: string
  day: string
  zone: string
  day_at: number
  unit: string
  unit_path: string
  blueprint: string | null
  assignment: string | null
  setup: string | null
  tag: string
  source: 'list' | 'roster'
  filter: string
  gathered: string | null
  state: 'planned' | 'open' | 'closed'
  reds: number
  ambers: number
  checked_at: number | null
  told: string
  note: string
  by_kind: string
  by_id: string | null
  created_at: number
  opened_at: number | null
  closed_at: number | null
}

/** A check as it is stored. */
export interface CheckRow {
  org: string
  intake: string
  code: string
  subject: string
  place: number
  state: 'red' | 'amber' | 'green'
  facts: string
  link: string
  since: number
}

interface Tables {
  intakes: IntakeRow
  intake_checks: CheckRow
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)

/** Adds an intake. */
export async function add(ctx: Ctx, row: IntakeRow): Promise<void> {
  await db(ctx).insertInto('intakes').values(row).execute()
}

/** Changes an intake. */
export async function change(ctx: Ctx, id: string, to: Partial<IntakeRow>): Promise<void> {
  await db(ctx).updateTable('intakes').set(to).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Removes an intake with its lines and checks. */
export async function remove(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('intakes').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** The intake with this id. */
export function find(ctx: Ctx, id: string): Promise<IntakeRow | undefined> {
  return db(ctx).selectFrom('intakes').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

const sorts: Sorts = {
  list: 'intakes',
  id: 'id',
  default: '-dayAt',
  columns: {
    dayAt: { column: 'day_at', type: 'number' },
    name: { column: 'name', type: 'text' },
    createdAt: { column: 'created_at', type: 'number' },
  },
}

const fields: Fields = {
  words: [],
  fields: {
    state: { kind: 'set', column: 'state', values: ['planned', 'open', 'closed'] },
    name: { kind: 'text', column: 'name' },
    day: { kind: 'instant', column: 'day_at', ahead: true },
    unit: { kind: 'unit', column: 'unit_path' },
  },
}

/** One page of the intakes below these paths that match, the latest day first. */
export async function list(
  ctx: Ctx,
  paths: readonly string[],
  query: ListQuery,
): Promise<{ items: IntakeRow[]; next: string | null }> {
  const page = readPage(ctx.org, query, sorts)
  const matching: Expression<SqlBool> = await compileFilter(query.filter, fields, {
    now: ctx.now,
    unitPaths: text => unitPaths(ctx, text),
  })
  const rows = db(ctx)
    .selectFrom('intakes')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(within('unit_path', paths))
    .where(matching)
  return page.finish(await page.apply(rows).execute())
}

/** Intakes that are not closed, the nearest day first, after one of them. */
export function listLive(ctx: Ctx, after: string, limit: number): Promise<IntakeRow[]> {
  return db(ctx)
    .selectFrom('intakes')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('state', '<>', 'closed')
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** The checks of an intake, in their order. */
export function checksOf(ctx: Ctx, intake: string): Promise<CheckRow[]> {
  return db(ctx)
    .selectFrom('intake_checks')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('intake', '=', intake)
    .orderBy('place')
    .orderBy('subject')
    .execute()
}

/** Puts these checks in the place of those before. */
export async function putChecks(
  ctx: Ctx,
  intake: string,
  rows: readonly Omit<CheckRow, 'org' | 'intake'>[],
): Promise<void> {
  await db(ctx).deleteFrom('intake_checks').where('org', '=', ctx.org).where('intake', '=', intake).execute()
  const all = rows.map(row => ({ ...row, org: ctx.org, intake }))
  for (let at = 0; at < all.length; at += 100)
    await db(ctx)
      .insertInto('intake_checks')
      .values(all.slice(at, at + 100))
      .execute()
}

/** Whether an intake that is not closed is for this unit. */
export async function hangsOn(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('intakes')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .where('state', '<>', 'closed')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Follows a subtree that moved. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('intakes')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Names of the intakes among these ids. */
export async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const own = ids.filter(id => id.startsWith('itk_'))
  if (own.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('intakes')
    .select(['id', 'name'])
    .where('org', '=', ctx.org)
    .where('id', 'in', own)
    .execute()
  return new Map(rows.map(r => [r.id, r.name]))
}

/** Ids of the intakes whose name contains the text. */
export async function idsNamed(ctx: Ctx, text: string): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('intakes')
    .select('id')
    .where('org', '=', ctx.org)
    .where(sql<string>`lower(name)`, 'like', `%${text.toLowerCase().replaceAll(/[\\%_]/g, '')}%`)
    .orderBy('id')
    .limit(200)
    .execute()
  return rows.map(r => r.id)
}
