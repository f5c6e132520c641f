import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath, within } from '../../base/filter.ts'
import type { Page, Sorts } from '../../base/page.ts'

/** A row of saved_reports as it is written. */
export interface ReportRow {
  org: string
  id: string
  name: string
  name_key: string
  unit: string
  unit_path: string
  wish: string
  schedule: string | null
  next_at: number | null
  owner_kind: string
  owner_id: string
  last_export: string | null
  created_at: number
  changed_at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ saved_reports: ReportRow }>(ctx.tx)

/** What lists of saved reports may be sorted by. */
export const reportSorts: Sorts = {
  list: 'reports',
  id: 'id',
  default: 'name',
  columns: { name: { column: 'name_key', type: 'text' } },
}

/** One page of the saved reports below these paths. */
export async function listReports(
  ctx: Ctx,
  paths: readonly string[],
  page: Page,
): Promise<{ items: ReportRow[]; next: string | null }> {
  const asked = db(ctx)
    .selectFrom('saved_reports')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(within('unit_path', paths))
  return page.finish(await page.apply(asked).execute())
}

/** The saved report with this id, if it is there. */
export async function findReport(ctx: Ctx, id: string): Promise<ReportRow | undefined> {
  return db(ctx)
    .selectFrom('saved_reports')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** How many there are. */
export async function countReports(ctx: Ctx): Promise<number> {
  const row = await db(ctx)
    .selectFrom('saved_reports')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Stores a saved report. */
export async function putReport(ctx: Ctx, row: ReportRow): Promise<void> {
  await db(ctx)
    .insertInto('saved_reports')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(row))
    .execute()
}

/** Forgets one. */
export async function removeReport(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('saved_reports').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Saved reports that are due, longest due first. */
export async function dueReports(ctx: Ctx, most: number): Promise<ReportRow[]> {
  return db(ctx)
    .selectFrom('saved_reports')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('next_at', '<=', ctx.now)
    .orderBy('next_at')
    .limit(most)
    .execute()
}

/** When the next one is due. */
export async function nextDue(ctx: Ctx): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('saved_reports')
    .select('next_at')
    .where('org', '=', ctx.org)
    .where('next_at', 'is not', null)
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst()
  return row?.next_at === undefined || row.next_at === null ? null : Number(row.next_at)
}

/** Notes when a report is due again and which file is its newest. */
export async function noteRun(ctx: Ctx, id: string, run: { next_at?: number; last_export: string }): Promise<void> {
  await db(ctx).updateTable('saved_reports').set(run).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Saved reports follow their unit. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('saved_reports')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Whether a saved report hangs on this unit. */
export async function hangsOn(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('saved_reports')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Names of these. */
export async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('saved_reports')
    .select(['id', 'name'])
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(r => [r.id, r.name]))
}
