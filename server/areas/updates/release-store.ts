import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Platform } from '../devices/index.ts'

/** A release as it is stored. */
export interface ReleaseRow {
  org: string
  platform: Platform
  version: string
  build: string
  background: number
  open: number
  version_key: number
  supplement: string
  hardware: string
  posted_at: number
  expires_at: number | null
  first_at: number
  gone_at: number | null
}

/** How we are in step with a vendor's list. */
export interface FeedRow {
  org: string
  source: string
  state: 'good' | 'empty' | 'unread' | 'silent'
  problem: string | null
  asked_at: number
  good_at: number | null
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ update_releases: ReleaseRow; update_feeds: FeedRow }>(ctx.tx)

/** Every release that was ever named, or those of one platform; there are hundreds. */
export async function listReleases(ctx: Ctx, platform?: Platform): Promise<ReleaseRow[]> {
  const all = db(ctx).selectFrom('update_releases').selectAll().where('org', '=', ctx.org)
  const rows = await (platform === undefined ? all : all.where('platform', '=', platform))
    .orderBy('platform')
    .orderBy('version_key', 'desc')
    .orderBy('build')
    .execute()
  return rows.map(inOrder)
}

/** The columns in the order in which rows are written, so that two rows can be compared as text. */
function inOrder(row: ReleaseRow): ReleaseRow {
  const { org, platform, version, build, background, open, version_key, supplement, hardware } = row
  const { posted_at, expires_at, first_at, gone_at } = row
  const begin = { org, platform, version, build, background, open, version_key, supplement, hardware }
  return { ...begin, posted_at, expires_at, first_at, gone_at }
}

/** Stores a release. */
export async function putRelease(ctx: Ctx, row: ReleaseRow): Promise<void> {
  await db(ctx)
    .insertInto('update_releases')
    .values(row)
    .onConflict(c => c.columns(['org', 'platform', 'version', 'build']).doUpdateSet(row))
    .execute()
}

/** The names of hardware in a stored list. */
export function namesIn(text: string): string[] {
  return JSON.parse(text) as string[]
}

/** How we are in step with a vendor's list, if it was ever asked. */
export async function findFeed(ctx: Ctx, source: string): Promise<FeedRow | undefined> {
  return db(ctx)
    .selectFrom('update_feeds')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('source', '=', source)
    .executeTakeFirst()
}

/** The same of every vendor. */
export async function listFeeds(ctx: Ctx): Promise<FeedRow[]> {
  return db(ctx).selectFrom('update_feeds').selectAll().where('org', '=', ctx.org).orderBy('source').execute()
}

/** Keeps how the last asking went. */
export async function putFeed(ctx: Ctx, row: FeedRow): Promise<void> {
  await db(ctx)
    .insertInto('update_feeds')
    .values(row)
    .onConflict(c => c.columns(['org', 'source']).doUpdateSet(row))
    .execute()
}
