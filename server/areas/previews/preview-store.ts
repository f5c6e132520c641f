import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A row of previews as it is written. */
export interface PreviewRow {
  org: string
  id: string
  by_kind: string
  by_id: string | null
  asked: string
  revision: number
  state: 'computing' | 'done' | 'failed'
  looked: number
  of_all: number
  result: Uint8Array | null
  alive_at: number
  created_at: number
}

interface Tables {
  previews: PreviewRow
  preview_groups: { org: string; preview: string; group_key: string; part: number; ids: Uint8Array }
  preview_rules: { org: string; confirm_above: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)
const deflated = promisify(deflate)
const inflated = promisify(inflate)

/** A result as it is stored. */
export async function packed(result: unknown): Promise<Uint8Array> {
  return deflated(Buffer.from(JSON.stringify(result)))
}

/** A stored result again; what it is, is known to whoever packed it. */
export async function unpacked<T>(bytes: Uint8Array): Promise<T> {
  return JSON.parse((await inflated(bytes)).toString('utf8')) as T
}

/** Notes that a preview is under way; one that was finished meanwhile stays so. */
export async function begin(ctx: Ctx, row: PreviewRow): Promise<void> {
  await db(ctx)
    .insertInto('previews')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doNothing())
    .execute()
}

/** Stores a preview. */
export async function putPreview(ctx: Ctx, row: PreviewRow): Promise<void> {
  const { org: _, id: __, created_at: ___, ...change } = row
  await db(ctx)
    .insertInto('previews')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(change))
    .execute()
}

/** Remembers how far a preview is, and that its process lives. */
export async function putProgress(ctx: Ctx, id: string, { looked, of }: { looked: number; of: number }): Promise<void> {
  await db(ctx)
    .updateTable('previews')
    .set({ looked, of_all: of, alive_at: ctx.now })
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .where('state', '=', 'computing')
    .execute()
}

/** A preview that could not be finished. */
export async function fail(ctx: Ctx, id: string): Promise<void> {
  await db(ctx)
    .updateTable('previews')
    .set({ state: 'failed', alive_at: ctx.now })
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .where('state', '=', 'computing')
    .execute()
}

/** The preview with this id, if it is there. */
export async function findPreview(ctx: Ctx, id: string): Promise<PreviewRow | undefined> {
  return db(ctx).selectFrom('previews').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** The newest finished preview of the same question about the same revision since an instant. */
export async function findSame(
  ctx: Ctx,
  { asked, revision, since }: { asked: string; revision: number; since: number },
): Promise<PreviewRow | undefined> {
  return db(ctx)
    .selectFrom('previews')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('asked', '=', asked)
    .where('revision', '=', revision)
    .where('state', '=', 'done')
    .where('created_at', '>=', since)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Devices per row. */
const partSize = 1000

/** Stores which devices are in each group. */
export async function putMembers(
  ctx: Ctx,
  preview: string,
  members: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  for (const [group_key, ids] of members)
    for (let part = 0; part * partSize < ids.length; part += 1) {
      const some = ids.slice(part * partSize, (part + 1) * partSize)
      const row = { org: ctx.org, preview, group_key, part, ids: bytesOf(some) }
      await db(ctx).insertInto('preview_groups').values(row).execute()
    }
}

/** Ids of the devices of a group from a place in it on, at most `limit`. */
export async function membersOf(
  ctx: Ctx,
  { preview, key, from, limit }: { preview: string; key: string; from: number; limit: number },
): Promise<string[]> {
  const first = Math.floor(from / partSize)
  const rows = await db(ctx)
    .selectFrom('preview_groups')
    .select(['part', 'ids'])
    .where('org', '=', ctx.org)
    .where('preview', '=', preview)
    .where('group_key', '=', key)
    .where('part', '>=', first)
    .where('part', '<=', Math.floor((from + limit) / partSize))
    .orderBy('part')
    .execute()
  return rows.flatMap(r => idsOf(r.ids)).slice(from - first * partSize, from - first * partSize + limit)
}

function bytesOf(ids: readonly string[]): Uint8Array {
  return Buffer.from(ids.map(id => id.slice(4)).join(''), 'hex')
}

function idsOf(bytes: Uint8Array): string[] {
  const hex = Buffer.from(bytes).toString('hex')
  return Array.from({ length: hex.length / 32 }, (_, i) => `dev_${hex.slice(i * 32, (i + 1) * 32)}`)
}

/** Forgets previews that were asked for before an instant. */
export async function forget(ctx: Ctx, before: number): Promise<void> {
  await db(ctx).deleteFrom('previews').where('org', '=', ctx.org).where('created_at', '<', before).execute()
}

/** Above how many devices that lose something a confirmation is typed, if the org has said so. */
export async function confirmAbove(ctx: Pick<Ctx, 'tx' | 'org'>): Promise<number | undefined> {
  const row = await db(ctx)
    .selectFrom('preview_rules')
    .select('confirm_above')
    .where('org', '=', ctx.org)
    .executeTakeFirst()
  return row?.confirm_above
}

/** Stores it. */
export async function putConfirmAbove(ctx: Ctx, confirm_above: number): Promise<void> {
  await db(ctx)
    .insertInto('preview_rules')
    .values({ org: ctx.org, confirm_above })
    .onConflict(c => c.column('org').doUpdateSet({ confirm_above }))
    .execute()
}
