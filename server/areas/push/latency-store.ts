import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Channel } from './ladder.ts'
import type { ReachRow } from './reach-store.ts'

interface Tables {
  wake_reaches: ReachRow
  wake_channel_latencies: { org: string; channel: Channel; hour: number; up_to_ms: number; count: number }
  wake_channels: {
    org: string
    channel: Channel
    counted_at: number
    settings: string
    updated_at: number
    told: number
  }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Up to when answers were counted: the row of the agent's own rhythm says it for all channels. */
export async function countedUpTo(ctx: Ctx): Promise<number> {
  const row = await db(ctx)
    .selectFrom('wake_channels')
    .select('counted_at')
    .where('org', '=', ctx.org)
    .where('channel', '=', 'poll')
    .executeTakeFirst()
  return row?.counted_at ?? 0
}

export function answeredBetween(
  ctx: Ctx,
  after: number,
  upTo: number,
): Promise<Pick<ReachRow, 'channel' | 'latency_ms'>[]> {
  return db(ctx)
    .selectFrom('wake_reaches')
    .select(['channel', 'latency_ms'])
    .where('org', '=', ctx.org)
    .where('answered_at', 'is not', null)
    .where('answered_at', '>', after)
    .where('answered_at', '<=', upTo)
    .execute()
}

export async function add(
  ctx: Ctx,
  of: {
    hour: number
    counts: readonly { channel: Channel; upToMs: number; count: number }[]
    upTo: number
    forgetBefore: number
  },
): Promise<void> {
  for (const { channel, upToMs: up_to_ms, count } of of.counts)
    await db(ctx)
      .insertInto('wake_channel_latencies')
      .values({ org: ctx.org, channel, hour: of.hour, up_to_ms, count })
      .onConflict(c =>
        c
          .columns(['org', 'channel', 'hour', 'up_to_ms'])
          .doUpdateSet({ count: sql<number>`wake_channel_latencies.count + ${count}` }),
      )
      .execute()
  const row = { org: ctx.org, channel: 'poll', settings: '{}', updated_at: ctx.now, told: 0 } as const
  await db(ctx)
    .insertInto('wake_channels')
    .values({ ...row, counted_at: of.upTo })
    .onConflict(c => c.columns(['org', 'channel']).doUpdateSet({ counted_at: of.upTo }))
    .execute()
  await db(ctx)
    .deleteFrom('wake_channel_latencies')
    .where('org', '=', ctx.org)
    .where('hour', '<', of.forgetBefore)
    .execute()
}

export async function latencies(
  ctx: Ctx,
  channel: Channel,
  since: number,
): Promise<{ up_to_ms: number; count: number }[]> {
  const rows = await db(ctx)
    .selectFrom('wake_channel_latencies')
    .select(['up_to_ms', e => e.fn.sum<number>('count').as('count')])
    .where('org', '=', ctx.org)
    .where('channel', '=', channel)
    .where('hour', '>=', since)
    .groupBy('up_to_ms')
    .execute()
  return rows.map(r => ({ up_to_ms: r.up_to_ms, count: Number(r.count) }))
}

/** When the last hour began in which an agent answered on a channel; null when none did lately. */
export async function lastHour(ctx: Ctx, channel: Channel): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('wake_channel_latencies')
    .select('hour')
    .where('org', '=', ctx.org)
    .where('channel', '=', channel)
    .orderBy('hour', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.hour ?? null
}
