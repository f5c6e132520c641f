import { createHash } from 'node:crypto'
import * as devices from '../devices/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import { fixEvents } from './events.ts'
import * as store from './store.ts'

const hourMs = 3_600_000

/** How long a fix that nobody asked for is kept. */
export const outsideMs = 72 * hourMs
/** How long the fixes of a search are kept after it has ended. */
export const usualKeptMs = 30 * 24 * hourMs

/** Deletes, every hour, the fixes whose time is over. */
export const trimName = jobName<Record<string, never>>('fixes.trim')

/** Has fixes deleted when their time comes; called whenever one is kept. */
export async function beginTrimming(ctx: Ctx): Promise<void> {
  await enqueue(ctx, trimName, {}, { dedupe: 'org', inMs: hourMs })
}

/** Deletes these fixes and leaves the proof of which they were. */
export async function deleteFixes(
  ctx: Ctx,
  about: About | null,
  { rows, search, why }: { rows: readonly store.FixRow[]; search: string | null; why: string },
): Promise<void> {
  if (rows.length === 0) return
  const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))
  const hash = createHash('sha256')
  for (const row of sorted) hash.update(`${row.id}\n`).update(createHash('sha256').update(row.sealed).digest())
  await store.removeFixes(
    ctx,
    sorted.map(r => r.id),
  )
  await record(ctx, fixEvents.deleted, about, { search, count: sorted.length, hash: hash.digest('hex'), why })
}

const page = 200

/** Deletes one page of what is over; answers whether there may be more. */
export async function trimPage(ctx: Ctx): Promise<boolean> {
  const old = await store.listOld(ctx, ctx.now - outsideMs, page)
  await deleteFixes(ctx, null, { rows: old, search: null, why: 'age' })
  const [over] = await store.listOver(ctx, 1)
  if (over) {
    const rows = await store.listFixes(ctx, { search: over.id }, page)
    const device = await devices.find(ctx, over.device)
    await deleteFixes(ctx, device ? devices.about(device) : null, { rows, search: over.id, why: 'retention' })
    if (rows.length < page) await store.changeSearch(ctx, over.id, { delete_at: null })
  }
  return old.length === page || over !== undefined
}
