import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath, within } from '../../base/filter.ts'
import type { Page } from '../../base/page.ts'

/** How a device of a campaign fares, as it is stored. */
export interface FaringRow {
  org: string
  campaign: string
  device: string
  unit_path: string
  share: number
  standing: 'eligible' | 'blocked' | 'done' | 'unknown' | 'excepted'
  why: string | null
  step: string | null
  failed: number
  version: string
  tries_before: number
  reached_at: number | null
  heard_at: number
  silent: number
  ordered_at: number | null
  done_at: number | null
  looked_at: number
  noticed: string
}

interface Tables {
  campaign_devices: FaringRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** How these devices fared when they were last looked at. */
export async function faringsOf(ctx: Ctx, campaign: string, ids: readonly string[]): Promise<Map<string, FaringRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('campaign_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('device', 'in', [...ids])
    .execute()
  return new Map(rows.map(r => [r.device, r]))
}

/** Stores how a device fares. */
export async function putFaring(ctx: Ctx, row: FaringRow): Promise<void> {
  await db(ctx)
    .insertInto('campaign_devices')
    .values(row)
    .onConflict(c => c.columns(['org', 'campaign', 'device']).doUpdateSet(row))
    .execute()
}

/** Changes how a device fares. */
export async function changeFaring(
  ctx: Ctx,
  campaign: string,
  device: string,
  change: Partial<FaringRow>,
): Promise<void> {
  await db(ctx)
    .updateTable('campaign_devices')
    .set(change)
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('device', '=', device)
    .execute()
}

/** Devices that the last look did not meet: they left the scope. */
export async function strayed(ctx: Ctx, campaign: string, before: number, most: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('campaign_devices')
    .select('device')
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('looked_at', '<', before)
    .orderBy('device')
    .limit(most)
    .execute()
  return rows.map(r => r.device)
}

/** Forgets devices of a campaign. */
export async function removeFarings(ctx: Ctx, campaign: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db(ctx)
    .deleteFrom('campaign_devices')
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('device', 'in', [...ids])
    .execute()
}

/** A new round: nobody has been reached yet. */
export async function forgetReached(ctx: Ctx, campaign: string): Promise<void> {
  await db(ctx)
    .updateTable('campaign_devices')
    .set({ reached_at: null, failed: 0, silent: 0, ordered_at: null, done_at: null, tries_before: 0 })
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .execute()
}

/** Failures so far and silence are not counted any more: their count is where new ones begin. */
export async function forgive(ctx: Ctx, campaign: string): Promise<void> {
  await db(ctx)
    .updateTable('campaign_devices')
    .set({ failed: 0, silent: 0, reached_at: ctx.now, tries_before: 1_000_000, heard_at: 0 })
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('reached_at', 'is not', null)
    .where(e => e.or([e('failed', '=', 1), e('silent', '=', 1)]))
    .execute()
}

/** Devices of a campaign by standing and whether they were reached, failed, fell silent. Read in jobs. */
export async function tally(
  ctx: Ctx,
  campaign: string,
): Promise<{ standing: FaringRow['standing']; reached: number; failed: number; silent: number; devices: number }[]> {
  const reached = sql<number>`CASE WHEN reached_at IS NULL THEN 0 ELSE 1 END`
  const rows = await db(ctx)
    .selectFrom('campaign_devices')
    .select(['standing', reached.as('reached'), 'failed', 'silent', e => e.fn.countAll<number>().as('n')])
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .groupBy(['standing', reached, 'failed', 'silent'])
    .execute()
  return rows.map(({ n, reached: was, ...r }) => ({ ...r, reached: Number(was), devices: Number(n) }))
}

/** Devices of a campaign by standing and reason. Read in jobs. */
export async function tallyWhy(
  ctx: Ctx,
  campaign: string,
): Promise<{ standing: FaringRow['standing']; why: string | null; devices: number }[]> {
  const rows = await db(ctx)
    .selectFrom('campaign_devices')
    .select(['standing', 'why', e => e.fn.countAll<number>().as('n')])
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .groupBy(['standing', 'why'])
    .orderBy('standing')
    .orderBy('why')
    .execute()
  return rows.map(({ n, ...r }) => ({ ...r, devices: Number(n) }))
}

/** How many devices of a campaign that lack the version were last heard before an instant. Read in jobs. */
export async function countUnheard(ctx: Ctx, campaign: string, before: number): Promise<number> {
  const row = await db(ctx)
    .selectFrom('campaign_devices')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('standing', 'in', ['eligible', 'unknown'])
    .where('heard_at', '<', before)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Where the devices are that waves may come to: how many in each unit. Read in jobs. */
export async function tallyPlaces(ctx: Ctx, campaign: string): Promise<{ path: string; devices: number }[]> {
  const rows = await db(ctx)
    .selectFrom('campaign_devices')
    .select(['unit_path as path', e => e.fn.countAll<number>().as('n')])
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where(e => e.or([e('standing', '=', 'eligible'), e.and([e('standing', '=', 'unknown'), e('why', '=', 'silent')])]))
    .groupBy('unit_path')
    .orderBy('unit_path')
    .execute()
  return rows.map(({ path, n }) => ({ path, devices: Number(n) }))
}

/** Devices that were reached and have still to do it, whose person had another notice last than this one. */
export async function toNotice(
  ctx: Ctx,
  { campaign, latest, after }: { campaign: string; latest: string; after: string },
  most: number,
): Promise<FaringRow[]> {
  return db(ctx)
    .selectFrom('campaign_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('standing', '=', 'eligible')
    .where('reached_at', 'is not', null)
    .where('noticed', '<>', latest)
    .where('device', '>', after)
    .orderBy('device')
    .limit(most)
    .execute()
}

/** Devices the waves have not come to, those first that come first. `unknown` as well: for the last wave. */
export async function nextOf(
  ctx: Ctx,
  campaign: string,
  { most, unknownToo }: { most: number; unknownToo: boolean },
): Promise<FaringRow[]> {
  return db(ctx)
    .selectFrom('campaign_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('reached_at', 'is', null)
    .where(e =>
      unknownToo
        ? e.or([e('standing', '=', 'eligible'), e.and([e('standing', '=', 'unknown'), e('why', '=', 'silent')])])
        : e('standing', '=', 'eligible'),
    )
    .orderBy('share')
    .orderBy('device')
    .limit(most)
    .execute()
}

/** How many devices the waves have come to in this round. Read in jobs. */
export async function countReached(ctx: Ctx, campaign: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('campaign_devices')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('reached_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Devices that were ordered before then and have not done it. */
export async function orderedBefore(ctx: Ctx, campaign: string, before: number, most: number): Promise<FaringRow[]> {
  return db(ctx)
    .selectFrom('campaign_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('standing', '=', 'eligible')
    .where('ordered_at', '<', before)
    .orderBy('device')
    .limit(most)
    .execute()
}

/** Any devices of a campaign after one of them, in order. */
export async function faringsAfter(ctx: Ctx, campaign: string, after: string, most: number): Promise<FaringRow[]> {
  return db(ctx)
    .selectFrom('campaign_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('device', '>', after)
    .orderBy('device')
    .limit(most)
    .execute()
}

/** One page of the devices of a campaign below these paths. */
export async function listFarings(
  ctx: Ctx,
  { campaign, paths, condition }: { campaign: string; paths: readonly string[]; condition: Expression<SqlBool> },
  page: Page,
): Promise<{ items: FaringRow[]; next: string | null }> {
  const all = db(ctx)
    .selectFrom('campaign_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where(within('unit_path', paths))
    .where(condition)
  return page.finish(await page.apply(all).execute())
}

/** How a device fares in the campaigns it belongs to. */
export async function faringsOfDevice(ctx: Ctx, device: string): Promise<FaringRow[]> {
  return db(ctx)
    .selectFrom('campaign_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .orderBy('campaign', 'desc')
    .limit(50)
    .execute()
}

/** Follows a subtree that moved. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('campaign_devices')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}
