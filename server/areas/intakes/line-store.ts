import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath } from '../../base/filter.ts'

/** Where the device of a line is on its way. */
export type LineState = 'blocked' | 'expected' | 'unboxed' | 'enrolled' | 'configuring' | 'ready' | 'stuck'

/** A line as it is stored. */
export interface LineRow {
  org: string
  intake: string
  n: number
  line: number | null
  raw: string
  serial: string
  serial_key: string
  asset_tag: string
  person: string
  user_id: string | null
  place: string
  unit: string
  unit_path: string
  faults: string
  blocked: number
  live: number
  readied: number
  state: LineState
  cause: string | null
  facts: string
  apps_wanted: number
  apps_there: number
  device: string | null
  enrollment: string | null
  unboxed_at: number | null
  enrolled_at: number | null
  heard_at: number | null
  ready_at: number | null
  since: number
  look_at: number | null
  refused: string | null
}

interface Tables {
  intake_lines: LineRow
  intake_counts: { org: string; intake: string; state: LineState; lines: number }
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)

/** Adds lines and counts them. */
export async function add(ctx: Ctx, intake: string, rows: readonly LineRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 50)
    await db(ctx)
      .insertInto('intake_lines')
      .values(rows.slice(at, at + 50))
      .execute()
  for (const [state, of] of Map.groupBy(rows, r => r.state)) await count(ctx, intake, state, of.length)
}

/** Changes a line; its place among the counts follows. */
export async function change(ctx: Ctx, before: LineRow, to: Partial<LineRow>): Promise<void> {
  await db(ctx)
    .updateTable('intake_lines')
    .set(to)
    .where('org', '=', ctx.org)
    .where('intake', '=', before.intake)
    .where('n', '=', before.n)
    .execute()
  if (to.state === undefined || to.state === before.state) return
  await count(ctx, before.intake, before.state, -1)
  await count(ctx, before.intake, to.state, 1)
}

/** Takes a line out. */
export async function remove(ctx: Ctx, row: LineRow): Promise<void> {
  await db(ctx)
    .deleteFrom('intake_lines')
    .where('org', '=', ctx.org)
    .where('intake', '=', row.intake)
    .where('n', '=', row.n)
    .execute()
  await count(ctx, row.intake, row.state, -1)
}

async function count(ctx: Ctx, intake: string, state: LineState, by: number): Promise<void> {
  await db(ctx)
    .insertInto('intake_counts')
    .values({ org: ctx.org, intake, state, lines: by })
    .onConflict(c =>
      c.columns(['org', 'intake', 'state']).doUpdateSet({ lines: sql<number>`intake_counts.lines + ${by}` }),
    )
    .execute()
}

/** How many lines of each of these intakes are in each state. */
export async function countsOf(
  ctx: Ctx,
  intakes: readonly string[],
): Promise<Map<string, Partial<Record<LineState, number>>>> {
  if (intakes.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('intake_counts')
    .select(['intake', 'state', 'lines'])
    .where('org', '=', ctx.org)
    .where('intake', 'in', [...intakes])
    .execute()
  return new Map(
    [...Map.groupBy(rows, r => r.intake)].map(([intake, of]) => [
      intake,
      Object.fromEntries(of.map(r => [r.state, Number(r.lines)])),
    ]),
  )
}

/** The line with this number. */
export function find(ctx: Ctx, intake: string, n: number): Promise<LineRow | undefined> {
  return db(ctx)
    .selectFrom('intake_lines')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('intake', '=', intake)
    .where('n', '=', n)
    .executeTakeFirst()
}

/** The last number given to a line of an intake. */
export async function lastNumber(ctx: Ctx, intake: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('intake_lines')
    .select(sql<number | null>`MAX(n)`.as('n'))
    .where('org', '=', ctx.org)
    .where('intake', '=', intake)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** Lines of intakes that are not closed, with these serial numbers as they are compared. */
export async function liveWith(ctx: Ctx, keys: readonly string[]): Promise<LineRow[]> {
  const rows: LineRow[] = []
  for (let at = 0; at < keys.length; at += 500)
    rows.push(
      ...(await db(ctx)
        .selectFrom('intake_lines')
        .selectAll()
        .where('org', '=', ctx.org)
        .where('live', '=', 1)
        .where('serial_key', 'in', keys.slice(at, at + 500))
        .execute()),
    )
  return rows
}

/** Lines of intakes that are not closed, of these devices. */
export async function liveOf(ctx: Ctx, devices: readonly string[]): Promise<LineRow[]> {
  if (devices.length === 0) return []
  return db(ctx)
    .selectFrom('intake_lines')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('live', '=', 1)
    .where('device', 'in', [...devices])
    .execute()
}

/** Has these lines looked at now. */
export async function due(ctx: Ctx, rows: readonly Pick<LineRow, 'intake' | 'n'>[]): Promise<void> {
  for (const { intake, n } of rows)
    await db(ctx)
      .updateTable('intake_lines')
      .set({ look_at: ctx.now })
      .where('org', '=', ctx.org)
      .where('intake', '=', intake)
      .where('n', '=', n)
      .execute()
}

/** Lines that are due to be looked at. */
export function listDue(ctx: Ctx, limit: number): Promise<LineRow[]> {
  return db(ctx)
    .selectFrom('intake_lines')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('look_at', '<=', ctx.now)
    .orderBy('look_at')
    .orderBy('intake')
    .orderBy('n')
    .limit(limit)
    .execute()
}

/** When the next line is due; null: none. */
export async function nextDue(ctx: Ctx): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('intake_lines')
    .select(sql<number | null>`MIN(look_at)`.as('at'))
    .where('org', '=', ctx.org)
    .where('look_at', 'is not', null)
    .executeTakeFirst()
  return row?.at === null || row?.at === undefined ? null : Number(row.at)
}

/** Lines of an intake that can be expected, in their order, after a number. */
export function listAfter(ctx: Ctx, intake: string, after: number, limit: number): Promise<LineRow[]> {
  return db(ctx)
    .selectFrom('intake_lines')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('intake', '=', intake)
    .where('n', '>', after)
    .where('blocked', '=', 0)
    .orderBy('n')
    .limit(limit)
    .execute()
}

/** Lines of which the roster was not told yet. */
export function listUnreadied(ctx: Ctx, intake: string, limit: number): Promise<LineRow[]> {
  return db(ctx)
    .selectFrom('intake_lines')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('intake', '=', intake)
    .where('readied', '=', 0)
    .orderBy('n')
    .limit(limit)
    .execute()
}

/** Changes every line of an intake. */
export async function changeAll(ctx: Ctx, intake: string, to: Partial<LineRow>): Promise<void> {
  await db(ctx).updateTable('intake_lines').set(to).where('org', '=', ctx.org).where('intake', '=', intake).execute()
}

/** Changes these lines of an intake. */
export async function changeMany(ctx: Ctx, intake: string, ns: readonly number[], to: Partial<LineRow>): Promise<void> {
  if (ns.length === 0) return
  await db(ctx)
    .updateTable('intake_lines')
    .set(to)
    .where('org', '=', ctx.org)
    .where('intake', '=', intake)
    .where('n', 'in', [...ns])
    .execute()
}

/** A user is gone: lines that were for them are for nobody. */
export async function userLeaves(ctx: Ctx, user: string): Promise<void> {
  await db(ctx)
    .updateTable('intake_lines')
    .set({ user_id: null })
    .where('org', '=', ctx.org)
    .where('user_id', '=', user)
    .execute()
}

/** Follows a subtree that moved. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('intake_lines')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Whether a line of an intake that is not closed is for this unit. */
export async function hangsOn(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('intake_lines')
    .select('n')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .where('live', '=', 1)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
