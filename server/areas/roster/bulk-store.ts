import type { Expression, SqlBool } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { within } from '../../base/filter.ts'
import { entryOf, type EntryTables } from './entry-store.ts'
import type { Entry } from './entry.ts'

/** A row of roster_bulks. */
export interface BulkRow {
  org: string
  id: string
  filter: string
  wish: string
  state: 'running' | 'done' | 'failed'
  problem: string | null
  devices: number
  changed: number
  cursor: string
  by_actor: string
  created_at: number
  ended_at: number | null
}

interface Tables extends EntryTables {
  roster_bulks: BulkRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Stores a new one. */
export async function addBulk(ctx: Ctx, row: BulkRow): Promise<void> {
  await db(ctx).insertInto('roster_bulks').values(row).execute()
}

/** The bulk change with this id, if it is there. */
export async function findBulk(ctx: Ctx, id: string): Promise<BulkRow | undefined> {
  return db(ctx)
    .selectFrom('roster_bulks')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Changes it. */
export async function putBulk(ctx: Ctx, id: string, change: Partial<BulkRow>): Promise<void> {
  await db(ctx).updateTable('roster_bulks').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Forgets what ended before. */
export async function forgetBulks(ctx: Ctx, before: number): Promise<void> {
  await db(ctx).deleteFrom('roster_bulks').where('org', '=', ctx.org).where('ended_at', '<', before).execute()
}

/** What matches, below these paths; what is promised no longer is left out. */
export interface Matching {
  where: Expression<SqlBool>
  paths: readonly string[]
}

const matching = (ctx: Ctx, { where, paths }: Matching) =>
  db(ctx)
    .selectFrom('roster_entries')
    .where('org', '=', ctx.org)
    .where('state', '<>', 'gone')
    .where(within('unit_path', paths))
    .where(where)

/** How many entries match, by whether their device has come. */
export async function countMatching(ctx: Ctx, of: Matching): Promise<{ devices: number; enrolled: number }> {
  const rows = await matching(ctx, of)
    .select(['state', e => e.fn.countAll<number>().as('n')])
    .groupBy('state')
    .execute()
  const enrolled = rows.filter(r => r.state === 'enrolled').reduce((sum, r) => sum + Number(r.n), 0)
  return { devices: rows.reduce((sum, r) => sum + Number(r.n), 0), enrolled }
}

/** The next entries that match, in the order of their ids; of those that were there at an instant. */
export async function matchingAfter(
  ctx: Ctx,
  of: Matching,
  { after, until, limit }: { after: string; until: number; limit: number },
): Promise<Entry[]> {
  const rows = await matching(ctx, of)
    .selectAll()
    .where('id', '>', after)
    .where('added_at', '<=', until)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(entryOf)
}
