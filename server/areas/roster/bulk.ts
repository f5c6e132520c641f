import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { compileFilter } from '../../base/filter.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import * as identity from '../identity/index.ts'
import * as store from './bulk-store.ts'
import { entryFields, putWishes } from './entry-store.ts'
import { commonPath, type EntryWish, readWish, wakeFor, wished } from './entry.ts'
import { programEvents } from './events.ts'
import { bulkWork } from './later.ts'

/** A change of every promised device that a filter matches, as far as it has come. */
export interface Bulk {
  id: Id<'bulk'>
  filter: string
  wish: EntryWish
  state: store.BulkRow['state']
  problem: string | null
  /** Counted when it began. */
  devices: number
  changed: number
  createdAt: number
  endedAt: number | null
}

const write = 'roster:write'
const keptMs = 90 * 86_400_000

/** How many promised devices match that the actor may change: what would be changed now. */
export async function countBulk(ctx: Ctx, filter: string): Promise<{ devices: number; enrolled: number }> {
  return store.countMatching(ctx, await matching(ctx, filter))
}

/** Begins to change every promised device that matches, in pages and in the background; refused when it are not as many as the actor was shown. */
export async function beginBulk(
  ctx: Ctx,
  { filter, devices, wish }: { filter: string; devices: number; wish: EntryWish },
): Promise<Bulk> {
  await readWish(ctx, wish)
  const now = await countBulk(ctx, filter)
  if (now.devices !== devices) throw new Problem('bulk.count-changed', { devices: now.devices })
  if (now.devices === 0) throw new Problem('bulk.nothing')
  const row: store.BulkRow = {
    org: ctx.org,
    id: newId('bulk'),
    filter,
    wish: JSON.stringify(wish),
    state: 'running',
    problem: null,
    devices,
    changed: 0,
    cursor: '',
    by_actor: JSON.stringify(ctx.actor),
    created_at: ctx.now,
    ended_at: null,
  }
  await store.forgetBulks(ctx, ctx.now - keptMs)
  await store.addBulk(ctx, row)
  await record(ctx, programEvents.bulkBegun, about(ctx), { bulk: row.id, filter, devices, ...wish })
  await enqueue(ctx, bulkWork, { bulk: row.id }, { dedupe: row.id })
  return toBulk(row)
}

/** How far one is: for whoever began it, and for those with authority over the whole org. */
export async function bulkFor(ctx: Ctx, id: string): Promise<Bulk> {
  const row = await store.findBulk(ctx, id)
  if (row?.by_actor !== JSON.stringify(ctx.actor)) demandWhole(ctx.authority, 'roster:read')
  if (!row) throw new Problem('id.unknown')
  return toBulk(row)
}

/** Devices of one transaction. */
const pageSize = 200

/** Changes one page in the name of whoever began it, with what they may do by now; the place where it stands is kept with it. */
export async function bulkPage(ctx: Ctx, row: store.BulkRow): Promise<void> {
  const change = await readWish(ctx, JSON.parse(row.wish) as EntryWish)
  const of = await matching(ctx, row.filter)
  const page = await store.matchingAfter(ctx, of, { after: row.cursor, until: row.created_at, limit: pageSize })
  const after = page.map(entry => wished(ctx, entry, change))
  await putWishes(ctx, after)
  if (change.setup !== undefined) await wakeFor(ctx, after)
  const changed = row.changed + page.length
  await store.putBulk(ctx, row.id, { changed, cursor: page.at(-1)?.id ?? row.cursor })
  if (page.length === pageSize) return
  await store.putBulk(ctx, row.id, { state: 'done', ended_at: ctx.now })
  await record(ctx, programEvents.bulkDone, about(ctx), { bulk: row.id, devices: row.devices, changed })
}

/** It ends where it stands, because what was wanted is refused by now. */
export async function failBulk(ctx: Ctx, row: store.BulkRow, code: string): Promise<void> {
  await store.putBulk(ctx, row.id, { state: 'failed', problem: code, ended_at: ctx.now })
  const { id, devices, changed } = row
  await record(ctx, programEvents.bulkFailed, about(ctx), { bulk: id, devices, changed: Number(changed), code })
}

async function matching(ctx: Ctx, filter: string): Promise<store.Matching> {
  const where = await compileFilter(filter, entryFields(ctx.org), {
    now: ctx.now,
    unitPaths: text => identity.unitPaths(ctx, text),
  })
  return { where, paths: ctx.authority.where(write) }
}

function about(ctx: Ctx): { kind: string; id: string; path: string } {
  return { kind: 'roster', id: ctx.org, path: commonPath(ctx.authority.where(write)) }
}

function toBulk(row: store.BulkRow): Bulk {
  return {
    id: row.id as Id<'bulk'>,
    filter: row.filter,
    wish: JSON.parse(row.wish) as EntryWish,
    state: row.state,
    problem: row.problem,
    devices: Number(row.devices),
    changed: Number(row.changed),
    createdAt: row.created_at,
    endedAt: row.ended_at,
  }
}
