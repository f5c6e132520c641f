import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { offeredChannels } from './channel.ts'
import { type Channel, channels, patienceMs } from './ladder.ts'
import { knownNumber, numberOf } from './number.ts'
import * as store from './reach-store.ts'
import { latestMs, rhythmOf } from './rhythm.ts'

const instant = z.number().nullable()

/** How an agent is woken: its ladder in order, how each channel does, and the wake it has not answered. */
export const reachShape = z.object({
  items: z.array(
    z.object({
      channel: z.enum(channels),
      state: z
        .enum(['ready', 'dead', 'expired', 'off'])
        .describe('off: the agent has it, this server does not use it.'),
      reason: z.string().nullable(),
      patienceMs: z.number(),
      updatedAt: z.number(),
      triedAt: instant,
      answeredAt: instant,
      latencyMs: instant,
      last: z
        .object({ at: z.number(), outcome: z.string(), reason: z.string().nullable() })
        .nullable()
        .describe('How it went the last time a wake was sent this way.'),
    }),
  ),
  number: knownNumber.describe('Where texts go; null: no number is known.'),
  active: z.enum(channels).nullable().describe('By which the agent last answered a wake.'),
  pending: z
    .object({ wantedAt: z.number(), channel: z.enum(channels).nullable(), nextAt: z.number(), round: z.number() })
    .nullable(),
})

/** How the agent of an enrollment is woken now. */
export async function reachOf(ctx: Ctx, enrollment: string): Promise<z.output<typeof reachShape>> {
  const offered = await offeredChannels(ctx)
  const tries = new Map((await store.listTries(ctx, enrollment)).map(t => [t.channel, t]))
  const call = await store.findCall(ctx, enrollment)
  const reaches = await store.listReaches(ctx, enrollment)
  const rhythm = await rhythmOf(ctx, reaches[0]?.unit_path ?? '/')
  reaches.sort((a, b) => channels.indexOf(a.channel) - channels.indexOf(b.channel))
  return {
    items: reaches.map(r => {
      const attempt = tries.get(r.channel)
      return {
        channel: r.channel,
        state: stateOf(ctx, r, offered.includes(r.channel)),
        reason: r.reason,
        patienceMs: r.channel === 'poll' ? latestMs(rhythm) : patienceMs[r.channel],
        updatedAt: r.updated_at,
        triedAt: attempt?.at ?? null,
        answeredAt: r.answered_at,
        latencyMs: r.latency_ms,
        last: attempt ? { at: attempt.at, outcome: attempt.outcome, reason: attempt.reason } : null,
      }
    }),
    number: await numberOf(ctx, enrollment),
    active: activeOf(reaches),
    pending: call ? { wantedAt: call.wanted_at, channel: call.channel, nextAt: call.next_at, round: call.round } : null,
  }
}

function activeOf(reaches: readonly store.ReachRow[]): Channel | null {
  const answered = reaches.filter(r => r.answered_at !== null)
  return answered.toSorted((a, b) => (b.answered_at ?? 0) - (a.answered_at ?? 0))[0]?.channel ?? null
}

function stateOf(ctx: Ctx, row: store.ReachRow, offered: boolean): 'ready' | 'dead' | 'expired' | 'off' {
  if (!offered) return 'off'
  return row.expires_at !== null && row.expires_at <= ctx.now ? 'expired' : row.state
}
