import type { Ctx } from '../../base/ctx.ts'
import type { JobKind } from '../../base/jobs.ts'
import { tried } from './call.ts'
import { readyChannels } from './channel.ts'
import { handOver, isOutside } from './hand.ts'
import { ring } from './hub.ts'
import { type Channel, ladderOf, rungAfter, waitOn } from './ladder.ts'
import { climbCall } from './later.ts'
import * as store from './reach-store.ts'
import * as trials from './channel-trial-store.ts'
import { latestMs, rhythmOf } from './rhythm.ts'

/** A step up the ladder: by which channel the wake goes now. */
interface Rung {
  readonly nonce: string
  readonly channel: Channel
}

/** One unanswered wake, from channel to channel until the agent calls. It outlives every outage and every restart. */
export const climbJob: JobKind<{ enrollment: string }> = {
  name: climbCall,
  attempts: Number.MAX_SAFE_INTEGER,
  maxWaitMs: 60_000,
  run: async (base, { scope, payload: { enrollment } }) => {
    for (;;) {
      const step = await base.transact(scope, ctx => climb(ctx, enrollment))
      if (!step) break
      ring(base.secrets, { org: scope.org, enrollment }, step.nonce)
      if (await handOver(base, scope, { enrollment, ...step })) break
      // It did not go out this way, so nobody waits for an answer to it.
      await base.transact(scope, ctx => hurry(ctx, enrollment, step))
    }
    const call = await base.read(scope, ctx => store.findCall(ctx, enrollment))
    return call ? { againInMs: Math.max(0, call.next_at - base.clock.now()) } : undefined
  },
}

/** Makes the next rung due, unless the agent has called or the wake has gone on. */
async function hurry(ctx: Ctx, enrollment: string, step: Rung): Promise<void> {
  const call = await store.findCall(ctx, enrollment)
  if (call?.nonce === step.nonce && call.channel === step.channel)
    await store.changeCall(ctx, call, { next_at: ctx.now })
}

/** Takes the next rung when its time has come; null while the present one still has time, and when the agent has called. */
async function climb(ctx: Ctx, enrollment: string): Promise<Rung | null> {
  const call = await store.findCall(ctx, enrollment)
  if (!call || call.next_at > ctx.now) return null
  if (call.only_channel !== null && call.channel === call.only_channel) {
    await giveUp(ctx, call)
    return null
  }
  const ladder = call.only_channel ? [call.only_channel] : ladderOf(await readyChannels(ctx, enrollment))
  const above = rungAfter(ladder, call.channel)
  const channel = above ?? ladder[0] ?? 'poll'
  const round = above === null ? call.round + 1 : call.round
  const leave = { round, urgent: call.urgent === 1, rhythmMs: await rhythmFor(ctx, enrollment, channel) }
  const next_at = ctx.now + waitOn(channel, leave)
  await store.changeCall(ctx, call, { channel, next_at, changed_at: ctx.now, round })
  await tried(ctx, call, channel, isOutside(channel) ? 'sending' : 'sent')
  return { nonce: call.nonce, channel }
}

async function rhythmFor(ctx: Ctx, enrollment: string, channel: Channel): Promise<number> {
  if (channel !== 'poll') return 0
  const reach = await store.findReach(ctx, enrollment, 'poll')
  return latestMs(await rhythmOf(ctx, reach?.unit_path ?? '/'))
}

/** The one channel that was tried brought no answer: nothing else is called by, for nothing is wanted. */
async function giveUp(ctx: Ctx, call: store.CallRow): Promise<void> {
  const attempt = call.channel && (await store.findTry(ctx, call.enrollment, call.channel))
  const left = attempt && attempt.nonce === call.nonce && attempt.outcome !== 'sent' && attempt.outcome !== 'sending'
  await store.takeCall(ctx, call.enrollment)
  const how = left
    ? { outcome: 'refused' as const, reason: attempt.reason }
    : { outcome: 'silent' as const, reason: null }
  await trials.end(ctx, call.nonce, { ...how, latency_ms: null })
}
