import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath } from '../../base/filter.ts'

/** A calendar as it is stored. */
export interface CalendarRow {
  org: string
  id: string
  name: string
  name_key: string
  unit: string
  unit_path: string
  days: string
  first_day: string | null
  last_day: string | null
  count: number
  created_at: number
  changed_at: number
}

interface Tables {
  calendars: CalendarRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Adds or changes a calendar. */
export async function putCalendar(ctx: Ctx, row: CalendarRow): Promise<void> {
  const { org: _, id: __, created_at: ___, ...rest } = row
  await db(ctx)
    .insertInto('calendars')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(rest))
    .execute()
}

/** The calendar with this id. */
export async function findCalendar(ctx: Ctx, id: string): Promise<CalendarRow | undefined> {
  return db(ctx).selectFrom('calendars').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** Those of these calendars that there are. */
export async function calendarsAmong(ctx: Ctx, ids: readonly string[]): Promise<CalendarRow[]> {
  if (ids.length === 0) return []
  return db(ctx).selectFrom('calendars').selectAll().where('org', '=', ctx.org).where('id', 'in', ids).execute()
}

/** All calendars of the org, by name, without their days. There are at most a few hundred. */
export async function listCalendars(ctx: Ctx): Promise<Omit<CalendarRow, 'days'>[]> {
  return db(ctx)
    .selectFrom('calendars')
    .select(['org', 'id', 'name', 'name_key', 'unit', 'unit_path', 'first_day', 'last_day', 'count'])
    .select(['created_at', 'changed_at'])
    .where('org', '=', ctx.org)
    .orderBy('name_key')
    .orderBy('id')
    .execute()
}

/** Forgets a calendar. */
export async function removeCalendar(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('calendars').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Rewrites the paths of calendars below a unit that moved. */
export async function moveCalendars(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('calendars')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Whether a calendar hangs on this unit. */
export async function anyOnUnit(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('calendars')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
