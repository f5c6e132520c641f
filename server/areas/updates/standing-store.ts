import type { Expression, SqlBool } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath, within } from '../../base/filter.ts'
import type { Page } from '../../base/page.ts'

/** How a device stands to the newest version of its platform. */
export interface StandingRow {
  org: string
  device: string
  unit_path: string
  platform: string
  standing: 'latest' | 'previous' | 'behind' | 'unsupported' | 'unknown'
  newest: string | null
  looked_at: number
}

/** How many devices of a unit stand how. */
export interface CountRow {
  org: string
  unit_path: string
  platform: string
  standing: StandingRow['standing']
  devices: number
  at: number
}

interface Tables {
  update_standings: StandingRow
  update_counts: CountRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** How these devices stood when they were last looked at. */
export async function standingsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, StandingRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('update_standings')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', 'in', [...ids])
    .execute()
  return new Map(rows.map(r => [r.device, r]))
}

/** Stores how a device stands. */
export async function putStanding(ctx: Ctx, row: StandingRow): Promise<void> {
  await db(ctx)
    .insertInto('update_standings')
    .values(row)
    .onConflict(c => c.columns(['org', 'device']).doUpdateSet(row))
    .execute()
}

/** Forgets how devices stand that were not met since. */
export async function removeStandingsBefore(ctx: Ctx, before: number): Promise<void> {
  await db(ctx).deleteFrom('update_standings').where('org', '=', ctx.org).where('looked_at', '<', before).execute()
}

/** Counts standings anew by unit. Read in jobs. */
export async function recount(ctx: Ctx): Promise<void> {
  const rows = await db(ctx)
    .selectFrom('update_standings')
    .select(['unit_path', 'platform', 'standing', e => e.fn.countAll<number>().as('n')])
    .where('org', '=', ctx.org)
    .groupBy(['unit_path', 'platform', 'standing'])
    .execute()
  await db(ctx).deleteFrom('update_counts').where('org', '=', ctx.org).execute()
  for (let at = 0; at < rows.length; at += 100)
    await db(ctx)
      .insertInto('update_counts')
      .values(rows.slice(at, at + 100).map(({ n, ...r }) => ({ ...r, org: ctx.org, devices: Number(n), at: ctx.now })))
      .execute()
}

/** How many devices were counted, and when. */
export async function countedNow(ctx: Ctx): Promise<{ devices: number; at: number | null }> {
  const row = await db(ctx)
    .selectFrom('update_counts')
    .select(e => [e.fn.sum<number>('devices').as('n'), e.fn.min<number>('at').as('counted')])
    .where('org', '=', ctx.org)
    .executeTakeFirst()
  return { devices: Number(row?.n ?? 0), at: row?.counted == null ? null : Number(row.counted) }
}

/** How many devices below these paths stand how, by platform. */
export async function countsWithin(
  ctx: Ctx,
  paths: readonly string[],
): Promise<{ platform: string; standing: StandingRow['standing']; devices: number; at: number }[]> {
  const rows = await db(ctx)
    .selectFrom('update_counts')
    .select(e => ['platform', 'standing', e.fn.sum<number>('devices').as('n'), e.fn.min<number>('at').as('counted')])
    .where('org', '=', ctx.org)
    .where(within('unit_path', paths))
    .groupBy(['platform', 'standing'])
    .execute()
  return rows.map(({ platform, standing, n, counted }) => ({
    platform,
    standing,
    devices: Number(n),
    at: Number(counted),
  }))
}

/** One page of the devices below these paths that stand so. */
export async function listStandings(
  ctx: Ctx,
  { paths, condition }: { paths: readonly string[]; condition: Expression<SqlBool> },
  page: Page,
): Promise<{ items: StandingRow[]; next: string | null }> {
  const all = db(ctx)
    .selectFrom('update_standings')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(within('unit_path', paths))
    .where(condition)
  return page.finish(await page.apply(all).execute())
}

/** Follows a subtree that moved. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  for (const table of ['update_standings', 'update_counts'] as const)
    await db(ctx)
      .updateTable(table)
      .set({ unit_path: movedPath(from, to) })
      .where('org', '=', ctx.org)
      .where('unit_path', 'like', `${from}%`)
      .execute()
}
