import type { Ctx } from '../../base/ctx.ts'
import type { JobKind } from '../../base/jobs.ts'
import { tellTrouble } from './hand.ts'
import { channels, type Channel } from './ladder.ts'
import { classes, type Latencies } from './latency.ts'
import * as store from './latency-store.ts'
import { countChannels } from './later.ts'

const hour = 3_600_000
const keptMs = 7 * 24 * hour
/** Transactions that measured before this are stored by now. */
const settledMs = 5000
const everyMs = 60_000
const beyond = -1

/** Counts how fast agents answered, once a minute, so that no two contacts wait for one counter; and tells of channels that fail. */
export const countJob: JobKind<Record<string, never>> = {
  name: countChannels,
  attempts: Number.MAX_SAFE_INTEGER,
  maxWaitMs: everyMs,
  run: async (base, { scope }) => {
    await base.transact(scope, async ctx => {
      await count(ctx)
      for (const channel of channels) await tellTrouble(ctx, channel)
    })
    return { againInMs: everyMs }
  },
}

async function count(ctx: Ctx): Promise<void> {
  const upTo = ctx.now - settledMs
  const after = Math.max(await store.countedUpTo(ctx), ctx.now - 24 * hour)
  if (upTo <= after) return
  const counts = new Map<string, { channel: Channel; upToMs: number; count: number }>()
  for (const { channel, latency_ms } of await store.answeredBetween(ctx, after, upTo)) {
    const upToMs = classes.find(c => (latency_ms ?? 0) <= c) ?? beyond
    const key = `${channel} ${upToMs}`
    counts.set(key, { channel, upToMs, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  const started = Math.floor(ctx.now / hour) * hour
  await store.add(ctx, { hour: started, counts: [...counts.values()], upTo, forgetBefore: ctx.now - keptMs })
}

/** How fast agents answered on a channel in the last day. Percentiles are the upper end of their class. */
export async function latencyOf(ctx: Ctx, channel: Channel): Promise<Latencies> {
  const rows = await store.latencies(ctx, channel, ctx.now - 24 * hour)
  const counted = (of: number): number => rows.find(r => r.up_to_ms === of)?.count ?? 0
  const histogram = [...classes, beyond].map(c => ({ upToMs: c === beyond ? null : c, count: counted(c) }))
  const total = histogram.reduce((sum, c) => sum + c.count, 0)
  const percentile = (share: number): number | null => {
    let seen = 0
    for (const { upToMs, count: some } of histogram) {
      seen += some
      if (total > 0 && seen >= total * share) return upToMs
    }
    return null
  }
  return { histogram, p50Ms: percentile(0.5), p95Ms: percentile(0.95) }
}
