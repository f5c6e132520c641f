import type { Ctx } from '../../base/ctx.ts'
import * as store from './store.ts'

const hour = 3_600_000
const keptMs = 7 * 24 * hour
/** Transactions that measured before this are stored by now. */
const settledMs = 5000

/** Upper ends of the classes in which latencies are counted. */
export const classes = [250, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 1_800_000, 7_200_000, 86_400_000]
const beyond = -1

/** How long devices took to call home after a push. */
export interface Latencies {
  /** Counts per class; the last one, with null, is longer than all. */
  histogram: { upToMs: number | null; count: number }[]
  p50Ms: number | null
  p95Ms: number | null
}

/** Counts what was measured since the last time; runs in the sweep, so that no two contacts ever wait for one counter. */
export async function countLatencies(ctx: Ctx): Promise<void> {
  const upTo = ctx.now - settledMs
  const after = Math.max(await store.countedUpTo(ctx), ctx.now - 24 * hour)
  if (upTo <= after) return
  const measured = await store.measuredBetween(ctx, after, upTo)
  if (measured.length === 0) return
  const counts = new Map<number, number>()
  for (const { latency_ms } of measured) {
    const of = classes.find(c => (latency_ms ?? 0) <= c) ?? beyond
    counts.set(of, (counts.get(of) ?? 0) + 1)
  }
  const started = Math.floor(ctx.now / hour) * hour
  await store.addLatencies(ctx, { hour: started, counts, countedUpTo: upTo, forgetBefore: ctx.now - keptMs })
}

/** The latencies of the last while, by default a day. Percentiles are the upper end of their class. */
export async function latencies(ctx: Ctx, sinceMs = 24 * hour): Promise<Latencies> {
  const rows = await store.latencies(ctx, ctx.now - sinceMs)
  const counted = (of: number): number => rows.find(r => r.up_to_ms === of)?.count ?? 0
  const histogram = [...classes, beyond].map(c => ({ upToMs: c === beyond ? null : c, count: counted(c) }))
  const total = histogram.reduce((sum, c) => sum + c.count, 0)
  const percentile = (share: number): number | null => {
    let seen = 0
    for (const { upToMs, count } of histogram) {
      seen += count
      if (total > 0 && seen >= total * share) return upToMs
    }
    return null
  }
  return { histogram, p50Ms: percentile(0.5), p95Ms: percentile(0.95) }
}
