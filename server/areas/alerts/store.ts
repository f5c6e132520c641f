import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import { movedPath, within } from '../../base/filter.ts'
import type { Page } from '../../base/page.ts'

/** An alert as it is stored. */
export interface AlertRow {
  org: string
  id: string
  type: string
  dedupe: string
  severity: number
  state: 'open' | 'acknowledged' | 'resolved'
  unit_path: string
  device: string | null
  user_id: string | null
  about_kind: string | null
  about_id: string | null
  facts: string
  search: string
  times: number
  opened_at: number
  last_at: number
  acknowledged_at: number | null
  assignee: string | null
  snoozed_until: number | null
  resolved_at: number | null
  resolved_how: string | null
  news: number
  urgent: number
  person_due: number
  person_told_at: number | null
}

/** One step of what became of an alert. */
export interface StepRow {
  org: string
  alert: string
  id: string
  at: number
  what: string
  by_kind: string
  by_id: string | null
  text: string | null
}

interface Tables {
  alerts: AlertRow
  alert_steps: StepRow
  alert_news: { org: string; news: number; told: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** The alert with this id. */
export function find(ctx: Ctx, id: string): Promise<AlertRow | undefined> {
  return db(ctx).selectFrom('alerts').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

const openBy = fixed<Tables, { org: string; type: string; key: string }>()((from, v) =>
  from
    .selectFrom('alerts')
    .selectAll()
    .where('org', '=', v.org)
    .where('type', '=', v.type)
    .where('dedupe', '=', v.key)
    // As a value it would have SQLite plan anew each time, since there is an index of these alone.
    .where(sql<boolean>`state <> 'resolved'`),
)

/** The alert of this type and key that has not ended. */
export async function findOpen(ctx: Ctx, type: string, key: string): Promise<AlertRow | undefined> {
  const [row] = await openBy(ctx.tx, { org: ctx.org, type, key })
  return row
}

/** The newest alert of this type and key that ended since an instant. */
export function findEnded(ctx: Ctx, type: string, key: string, since: number): Promise<AlertRow | undefined> {
  return db(ctx)
    .selectFrom('alerts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('type', '=', type)
    .where('dedupe', '=', key)
    .where('resolved_at', '>=', since)
    .orderBy('resolved_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** What has not ended about a device, of these types or all. */
export function openOfDevice(ctx: Ctx, device: string, types: readonly string[] | null): Promise<AlertRow[]> {
  return db(ctx)
    .selectFrom('alerts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('state', '<>', 'resolved')
    .$if(types !== null, q => q.where('type', 'in', [...(types ?? [])]))
    .orderBy('severity', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** Adds an alert. */
export async function add(ctx: Ctx, row: AlertRow): Promise<void> {
  await db(ctx).insertInto('alerts').values(row).execute()
}

/** Changes an alert. */
export async function change(ctx: Ctx, id: string, set: Partial<AlertRow>): Promise<void> {
  await db(ctx).updateTable('alerts').set(set).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** What has not ended about a device belongs to another unit now. */
export async function follow(ctx: Ctx, device: string, path: string): Promise<void> {
  await db(ctx)
    .updateTable('alerts')
    .set({ unit_path: path })
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('state', '<>', 'resolved')
    .execute()
}

/** Alerts of a unit that moved keep hanging on it. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('alerts')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Adds a step to the history of an alert. */
export async function addStep(ctx: Ctx, step: Omit<StepRow, 'org' | 'at' | 'by_kind' | 'by_id'>): Promise<void> {
  const { kind, id } = ctx.actor
  await db(ctx)
    .insertInto('alert_steps')
    .values({ ...step, org: ctx.org, at: ctx.now, by_kind: kind, by_id: id })
    .execute()
}

/** The newest steps of an alert, newest first. */
export function steps(ctx: Ctx, alert: string, most: number): Promise<StepRow[]> {
  return db(ctx)
    .selectFrom('alert_steps')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('alert', '=', alert)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
}

/** The next place in the order of news. */
export async function nextNews(ctx: Ctx): Promise<number> {
  const row = await db(ctx)
    .insertInto('alert_news')
    .values({ org: ctx.org, news: 1, told: 0 })
    .onConflict(c => c.column('org').doUpdateSet({ news: sql<number>`alert_news.news + 1` }))
    .returning('news')
    .executeTakeFirstOrThrow()
  return Number(row.news)
}

/** The newest place, and up to where everyone was told. */
export async function newsOf(ctx: Ctx): Promise<{ news: number; told: number }> {
  const row = await db(ctx)
    .selectFrom('alert_news')
    .select(['news', 'told'])
    .where('org', '=', ctx.org)
    .executeTakeFirst()
  return row ?? { news: 0, told: 0 }
}

/** Notes up to where everyone was told. */
export async function putTold(ctx: Ctx, told: number): Promise<void> {
  await db(ctx).updateTable('alert_news').set({ told }).where('org', '=', ctx.org).where('told', '<', told).execute()
}

/** News after a place, in order, at most so many. */
export function newsAfter(ctx: Ctx, place: number, most: number): Promise<AlertRow[]> {
  return db(ctx)
    .selectFrom('alerts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('news', '>', place)
    .orderBy('news')
    .limit(most)
    .execute()
}

/** Of people who are to be told of something, the first few. */
export async function peopleDue(ctx: Ctx, most: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('alerts')
    .select('user_id')
    .distinct()
    .where('org', '=', ctx.org)
    .where('person_due', '=', 1)
    .where('user_id', 'is not', null)
    .limit(most)
    .execute()
  return rows.map(r => String(r.user_id))
}

/** What a person is to be told of. */
export function dueTo(ctx: Ctx, user: string): Promise<AlertRow[]> {
  return db(ctx)
    .selectFrom('alerts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('user_id', '=', user)
    .where('person_due', '=', 1)
    .orderBy('id')
    .execute()
}

/** Alerts in the order of a page that fulfill a condition, within these paths. */
export function list(
  ctx: Ctx,
  { paths, condition, page }: { paths: readonly string[]; condition: Expression<SqlBool>; page: Page },
): Promise<AlertRow[]> {
  const rows = db(ctx)
    .selectFrom('alerts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(within('unit_path', paths))
    .where(condition)
  return page.apply(rows).execute()
}

/** Forgets alerts that ended before an instant, a page at a time; answers how many. */
export async function forget(ctx: Ctx, before: number, most: number): Promise<number> {
  const old = db(ctx)
    .selectFrom('alerts')
    .select('id')
    .where('org', '=', ctx.org)
    .where('resolved_at', '<', before)
    .limit(most)
  const gone = db(ctx).deleteFrom('alerts').where('org', '=', ctx.org).where('id', 'in', old)
  return (await gone.returning('id').execute()).length
}
