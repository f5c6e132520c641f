import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newSecret } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { channelEvents } from './channel-events.ts'
import * as trials from './channel-trial-store.ts'
import { readyChannels } from './channel.ts'
import { ringAfter } from './hub.ts'
import { type Channel, isChannel, ladderOf, rungAfter, waitOn } from './ladder.ts'
import { climbCall } from './later.ts'
import { coalesceMs } from './pace.ts'
import * as store from './reach-store.ts'

/** These cost nothing to try, and are told in the process: no job is needed for the first of them. */
const told: readonly (Channel | null)[] = ['mqtt', 'wait']

/**
 * Asks an agent to call home: on the first channel of its ladder now, on the next ones while it does not. Asked again it stays the same
 * wake; urgent, it begins at the foot of the ladder again. An agent that never told a way is not asked: it calls by itself.
 */
export async function callAgent(ctx: Ctx, enrollment: string, urgent = false): Promise<void> {
  const pending = await store.findCall(ctx, enrollment)
  if (pending) {
    const tried = pending.only_channel !== null
    if (tried) await overtake(ctx, pending)
    ringAfter(ctx, enrollment, pending.nonce)
    const call = { ...pending, urgent: urgent ? 1 : pending.urgent }
    if (tried || (urgent && ctx.now - pending.changed_at >= coalesceMs)) await begin(ctx, call)
    else if (call.urgent !== pending.urgent) await store.changeCall(ctx, pending, { urgent: 1 })
    return
  }
  const reaches = await store.listReaches(ctx, enrollment)
  if (reaches.length === 0) return
  const call = await addCall(ctx, enrollment, { urgent: urgent ? 1 : 0, only_channel: null })
  if (call) await begin(ctx, call, reaches)
}

/** Calls an agent by one channel alone, to see whether that works; answers the nonce, null when it is called already. */
export async function callBy(ctx: Ctx, enrollment: string, channel: Channel): Promise<string | null> {
  const call = await addCall(ctx, enrollment, { urgent: 1, only_channel: channel })
  if (!call) return null
  await begin(ctx, call)
  return call.nonce
}

type Begun = Pick<store.CallRow, 'enrollment' | 'nonce' | 'round' | 'urgent' | 'only_channel'>

async function addCall(
  ctx: Ctx,
  enrollment: string,
  how: Pick<store.CallRow, 'urgent' | 'only_channel'>,
): Promise<Begun | null> {
  const call = { enrollment, nonce: newSecret(16), round: 0, ...how }
  const times = { wanted_at: ctx.now, next_at: ctx.now, changed_at: ctx.now }
  return (await store.addCall(ctx, { ...call, ...times, channel: null })) ? call : null
}

/** Something real is wanted while one channel is tried: the whole ladder is climbed, and the trial says nothing. */
async function overtake(ctx: Ctx, pending: store.CallRow): Promise<void> {
  await store.changeCall(ctx, pending, { only_channel: null })
  pending.only_channel = null
  await trials.end(ctx, pending.nonce, { outcome: 'elsewhere', reason: null, latency_ms: null })
}

async function begin(ctx: Ctx, call: Begun, known?: readonly store.ReachRow[]): Promise<void> {
  const { enrollment, nonce, round } = call
  const ladder = call.only_channel ? [call.only_channel] : ladderOf(await readyChannels(ctx, enrollment, known))
  const first = rungAfter(ladder, null)
  const here = first !== null && told.includes(first)
  const waitMs = here ? waitOn(first, { round, urgent: call.urgent === 1, rhythmMs: 0 }) : 0
  const change = { channel: here ? first : null, next_at: ctx.now + waitMs, changed_at: ctx.now, round }
  await store.changeCall(ctx, call, { ...change, urgent: call.urgent })
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
 * brings none called by itself. That another channel than the last time worked is recorded.
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
  // An agent that was just talking anyway says nothing about which way works.
  if (brought !== 'poll' || leftAlone(call)) {
    await noteSwitch(ctx, enrollment, brought)
    await store.changeReach(ctx, { enrollment, channel: brought }, { answered_at: ctx.now, latency_ms })
  }
  const { nonce } = call
  const row = { enrollment, channel: brought, nonce, at: since, outcome: 'answered', reason: null, latency_ms } as const
  await store.putTry(ctx, row)
  if (call.only_channel === null) return
  const outcome = brought === call.only_channel ? 'answered' : 'elsewhere'
  await trials.end(ctx, nonce, { outcome, reason: null, latency_ms })
}

/** Whether the faster channels brought no answer, so that it was left to the agent's own rhythm. */
function leftAlone(call: store.CallRow): boolean {
  return call.round > 0 || call.channel === 'poll' || call.channel === 'sms'
}

async function noteSwitch(ctx: Ctx, enrollment: string, to: Channel): Promise<void> {
  const reaches = await store.listReaches(ctx, enrollment)
  const last = reaches
    .filter(r => r.answered_at !== null)
    .reduce<store.ReachRow | null>((a, b) => (a && (a.answered_at ?? 0) >= (b.answered_at ?? 0) ? a : b), null)
  if (!last || last.channel === to) return
  const about = { kind: 'device', id: last.device, path: last.unit_path }
  await record(ctx, channelEvents.switched, about, { from: last.channel, to })
}
