import type { Ctx } from '../../base/ctx.ts'
import { newSecret } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { readyChannels } from './channel.ts'
import { ringAfter } from './hub.ts'
import { type Channel, isChannel, ladderOf, rungAfter, waitOn } from './ladder.ts'
import { climbCall } from './later.ts'
import { coalesceMs } from './pace.ts'
import * as store from './reach-store.ts'

/** The wake an agent has not answered yet. */
export interface PendingCall {
  nonce: string
  wantedAt: number
  channel: Channel | null
  nextAt: number
}

/** These cost nothing to try, and are told in the process: no job is needed for the first of them. */
const told: readonly (Channel | null)[] = ['mqtt', 'wait']

/**
 * Asks an agent to call home: on the first channel of its ladder now, on the next ones while it does not. Asked again it stays the same
 * wake; urgent, it begins at the foot of the ladder again. An agent that never told a way is not asked: it calls by itself.
 */
export async function callAgent(ctx: Ctx, enrollment: string, urgent = false): Promise<void> {
  const pending = await store.findCall(ctx, enrollment)
  if (pending) {
    ringAfter(ctx, enrollment, pending.nonce)
    if (urgent && ctx.now - pending.changed_at >= coalesceMs) await begin(ctx, pending, pending.round)
    return
  }
  const reaches = await store.listReaches(ctx, enrollment)
  if (reaches.length === 0) return
  const call = { enrollment, nonce: newSecret(16), wanted_at: ctx.now, channel: null, next_at: ctx.now }
  const added = await store.addCall(ctx, { ...call, changed_at: ctx.now, round: 0 })
  if (added) await begin(ctx, call, 0, reaches)
}

async function begin(
  ctx: Ctx,
  call: { enrollment: string; nonce: string },
  round: number,
  known?: readonly store.ReachRow[],
): Promise<void> {
  const { enrollment, nonce } = call
  const first = rungAfter(ladderOf(await readyChannels(ctx, enrollment, known)), null)
  const here = first !== null && told.includes(first)
  const waitMs = here ? waitOn(first, round) : 0
  const next_at = ctx.now + waitMs
  await store.changeCall(ctx, call, { channel: here ? first : null, next_at, changed_at: ctx.now, round })
  if (here) await tried(ctx, { enrollment, nonce }, first)
  ringAfter(ctx, enrollment, nonce)
  await enqueue(ctx, climbCall, { enrollment }, { dedupe: enrollment, inMs: waitMs })
}

/** Notes that a wake goes out by a channel now. */
export async function tried(
  ctx: Ctx,
  of: { enrollment: string; nonce: string },
  channel: Channel,
  outcome: 'sending' | 'sent' = 'sent',
): Promise<void> {
  const { enrollment, nonce } = of
  await store.putTry(ctx, { enrollment, nonce, channel, at: ctx.now, outcome, reason: null, latency_ms: null })
  await store.changeReach(ctx, { enrollment, channel }, { tried_at: ctx.now })
}

/**
 * An agent called home: what it was asked is satisfied, and the time it took is noted for the channel whose wake it brings. An agent that
 * brings none called by itself.
 */
export async function answered(
  ctx: Ctx,
  enrollment: string,
  by: { readonly channel: string; readonly nonce: string } | null,
): Promise<void> {
  const call = await store.takeCall(ctx, enrollment)
  if (!call) return
  const brought = by !== null && by.nonce === call.nonce && isChannel(by.channel) ? by.channel : 'poll'
  const attempt = brought === 'poll' ? undefined : await store.findTry(ctx, enrollment, brought)
  const since = attempt?.nonce === call.nonce ? attempt.at : call.wanted_at
  const latency_ms = Math.max(0, ctx.now - since)
  await store.changeReach(ctx, { enrollment, channel: brought }, { answered_at: ctx.now, latency_ms })
  const { nonce } = call
  const row = { enrollment, channel: brought, nonce, at: since, outcome: 'answered', reason: null, latency_ms } as const
  await store.putTry(ctx, row)
}
