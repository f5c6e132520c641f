import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath, within } from '../../base/filter.ts'
import type { Id } from '../../base/id.ts'
import type { Page } from '../../base/page.ts'
import { type Counts, noCounts } from './judge.ts'

/** A campaign as it is stored. */
export interface CampaignRow {
  org: string
  id: string
  name: string
  name_key: string
  unit: string
  unit_path: string
  filter: string
  platforms: string
  follows: number
  behind_days: number
  major: number | null
  targets: string
  note: string
  details: string
  due: string
  due_days: number
  due_time: string
  waves: string
  watch_ms: number
  halts: number
  stop_above_percent: number
  drop_percent: number
  state: 'draft' | 'running' | 'paused' | 'halted' | 'done' | 'stopped'
  reason: string | null
  facts: string
  round: number
  tag: string
  tag_key: string
  wave: number
  wave_at: number | null
  policy: string | null
  blueprint: string | null
  assignment: string | null
  pass_at: number | null
  pass_after: string | null
  looked_at: number | null
  counts: string
  foreseen: string | null
  started_with: string | null
  notices: number
  by_kind: string
  by_id: string | null
  created_at: number
  started_at: number | null
  ended_at: number | null
}

/** A point of a burn-down. */
export interface PointRow {
  org: string
  campaign: string
  at: number
  round: number
  counts: string
}

/** A device that need not follow for a while. */
export interface ExceptionRow {
  org: string
  campaign: string
  device: string
  reason: string
  until: number
  by_kind: string
  by_id: string | null
  at: number
}

interface Tables {
  campaigns: CampaignRow
  campaign_points: PointRow
  campaign_exceptions: ExceptionRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Adds a campaign. */
export async function addCampaign(ctx: Ctx, row: CampaignRow): Promise<void> {
  await db(ctx).insertInto('campaigns').values(row).execute()
}

/** Changes a campaign. */
export async function changeCampaign(ctx: Ctx, id: string, change: Partial<CampaignRow>): Promise<void> {
  await db(ctx).updateTable('campaigns').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Forgets a campaign with all it found. */
export async function removeCampaign(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('campaigns').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** The campaign with this id, if it is there. */
export async function findCampaign(ctx: Ctx, id: string): Promise<CampaignRow | undefined> {
  return db(ctx).selectFrom('campaigns').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** Whether a campaign that is not over bears this name, another than this one. */
export async function nameTaken(ctx: Ctx, nameKey: string, but: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('campaigns')
    .select('id')
    .where('org', '=', ctx.org)
    .where('name_key', '=', nameKey)
    .where('ended_at', 'is', null)
    .where('id', '<>', but)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether a campaign that is kept gives one of these folded tags. */
export async function tagTaken(ctx: Ctx, keys: readonly string[]): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('campaigns')
    .select('id')
    .where('org', '=', ctx.org)
    .where('tag_key', 'in', [...keys])
    .executeTakeFirst()
  return row !== undefined
}

/** The campaigns that are not over; there are a few. */
export async function underWay(ctx: Ctx): Promise<CampaignRow[]> {
  return db(ctx)
    .selectFrom('campaigns')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute()
}

/** Campaigns with these ids. */
export async function campaignsAmong(ctx: Ctx, ids: readonly string[]): Promise<CampaignRow[]> {
  if (ids.length === 0) return []
  return db(ctx)
    .selectFrom('campaigns')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute()
}

/** Ids of campaigns whose name contains the text. */
export async function idsNamed(ctx: Ctx, text: string): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('campaigns')
    .select('id')
    .where('org', '=', ctx.org)
    .where('name_key', 'like', `%${text.replaceAll(/[\\%_]/g, '')}%`)
    .orderBy('id')
    .limit(200)
    .execute()
  return rows.map(r => r.id)
}

/** One page of the campaigns below these paths that meet the condition. */
export async function listCampaigns(
  ctx: Ctx,
  paths: readonly string[],
  page: Page,
  condition: Expression<SqlBool>,
): Promise<{ items: CampaignRow[]; next: string | null }> {
  const all = db(ctx)
    .selectFrom('campaigns')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(within('unit_path', paths))
    .where(condition)
  return page.finish(await page.apply(all).execute())
}

/** Keeps a point of the burn-down. */
export async function addPoint(ctx: Ctx, row: PointRow): Promise<void> {
  await db(ctx)
    .insertInto('campaign_points')
    .values(row)
    .onConflict(c => c.columns(['org', 'campaign', 'at']).doUpdateSet(row))
    .execute()
}

/** The newest points of a round, oldest first. */
export async function listPoints(ctx: Ctx, campaign: string, round: number, most: number): Promise<PointRow[]> {
  const rows = await db(ctx)
    .selectFrom('campaign_points')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('round', '=', round)
    .orderBy('at', 'desc')
    .limit(most)
    .execute()
  return rows.reverse()
}

/** Lets a device be, until then. */
export async function putException(ctx: Ctx, row: ExceptionRow): Promise<void> {
  await db(ctx)
    .insertInto('campaign_exceptions')
    .values(row)
    .onConflict(c => c.columns(['org', 'campaign', 'device']).doUpdateSet(row))
    .execute()
}

/** Ends an exception; answers whether there was one. */
export async function removeException(ctx: Ctx, campaign: string, device: string): Promise<boolean> {
  const gone = await db(ctx)
    .deleteFrom('campaign_exceptions')
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('device', '=', device)
    .returning('device')
    .execute()
  return gone.length > 0
}

/** The exceptions of these devices. */
export async function exceptionsOf(ctx: Ctx, campaign: string, devices: readonly string[]): Promise<ExceptionRow[]> {
  if (devices.length === 0) return []
  return db(ctx)
    .selectFrom('campaign_exceptions')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .where('device', 'in', [...devices])
    .execute()
}

/** Whether a campaign hangs on this unit. */
export async function unitHasCampaigns(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('campaigns')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Follows a subtree that moved. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  const moved = { unit_path: movedPath(from, to) }
  await db(ctx)
    .updateTable('campaigns')
    .set(moved)
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** A condition that always holds. */
export const anything: Expression<SqlBool> = sql<SqlBool>`1 = 1`

/** What a row keeps as text, read. */
export function parsed(row: CampaignRow): {
  id: Id<'campaign'>
  platforms: string[]
  targets: Record<string, { version: string; build: string }>
  waves: number[]
  facts: Record<string, number>
  counts: Counts
} {
  return {
    id: row.id as Id<'campaign'>,
    platforms: JSON.parse(row.platforms) as string[],
    targets: JSON.parse(row.targets) as Record<string, { version: string; build: string }>,
    waves: JSON.parse(row.waves) as number[],
    facts: JSON.parse(row.facts) as Record<string, number>,
    counts: countsIn(row.counts),
  }
}

/** Stored counts, read. */
export function countsIn(text: string): Counts {
  return { ...noCounts, ...(JSON.parse(text) as Counts) }
}
