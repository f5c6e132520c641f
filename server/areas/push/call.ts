import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newSecret } from '../../base/id.ts'
import { enqueue, withdraw } from '../../base/jobs.ts'
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
  const call = await addCall(ctx, enrollment, { urgent: urgent ? 1 : 0, only_channel: null }, reaches)
  if (call) await goOut(ctx, call)
}

/** Calls an agent by one channel alone, to see whether that works; answers the nonce, null when it is called already. */
export async function callBy(ctx: Ctx, enrollment: string, channel: Channel): Promise<string | null> {
  const call = await addCall(ctx, enrollment, { urgent: 1, only_channel: channel })
  if (!call) return null
  await goOut(ctx, call)
  return call.nonce
}

type Begun = Pick<store.CallRow, 'enrollment' | 'nonce' | 'round' | 'urgent' | 'only_channel'>
type Standing = Pick<store.CallRow, 'channel' | 'next_at' | 'changed_at'>

async function addCall(
  ctx: Ctx,
  enrollment: string,
  how: Pick<store.CallRow, 'urgent' | 'only_channel'>,
  known?: readonly store.ReachRow[],
): Promise<(Begun & Standing) | null> {
  const call = { enrollment, nonce: newSecret(16), round: 0, ...how }
  const row = { ...call, ...(await footOf(ctx, call, known)) }
  return (await store.addCall(ctx, { ...row, wanted_at: ctx.now })) ? row : null
}

/** Something real is wanted while one channel is tried: the whole ladder is climbed, and the trial says nothing. */
async function overtake(ctx: Ctx, pending: store.CallRow): Promise<void> {
  await store.changeCall(ctx, pending, { only_channel: null })
  pending.only_channel = null
  await trials.end(ctx, pending.nonce, { outcome: 'elsewhere', reason: null, latency_ms: null })
}

/** The call begins at the foot of its ladder again. */
async function begin(ctx: Ctx, call: Begun): Promise<void> {
  const at = await footOf(ctx, call)
  await store.changeCall(ctx, call, { ...at, round: call.round, urgent: call.urgent })
  await goOut(ctx, { ...call, ...at })
}

/** Where a call stands that begins now: on the first rung where that is told in the process, else before it. */
async function footOf(ctx: Ctx, call: Begun, known?: readonly store.ReachRow[]): Promise<Standing> {
  const { enrollment, only_channel: only, urgent, round } = call
  const first = rungAfter(only ? [only] : ladderOf(await readyChannels(ctx, enrollment, known)), null)
  if (first === null || !told.includes(first)) return { channel: null, next_at: ctx.now, changed_at: ctx.now }
  const waitMs = waitOn(first, { round, urgent: urgent === 1, rhythmMs: 0 })
  return { channel: first, next_at: ctx.now + waitMs, changed_at: ctx.now }
}

async function goOut(ctx: Ctx, { enrollment, nonce, channel, next_at }: Begun & Standing): Promise<void> {
  if (channel !== null) await tried(ctx, { enrollment, nonce }, channel)
  ringAfter(ctx, enrollment, nonce)
  await enqueue(ctx, climbCall, { enrollment }, { dedupe: enrollment, inMs: next_at - ctx.now })
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
}

/**
 * An agent called home: what it was asked is satisfied, and the time it took is noted for the channel whose wake it brings. An agent that
 * brings none called by itself. That another channel than the last time worked is recorded. Answers its ways where they were looked at.
 */
export async function answered(
  ctx: Ctx,
  enrollment: string,
  by: { readonly channel: string; readonly nonce: string } | null,
): Promise<readonly store.ReachRow[] | null> {
  const call = await store.takeCall(ctx, enrollment)
  if (!call) return null
  // Its climb would find nothing to do.
  await withdraw(ctx, climbCall, enrollment)
  const brought = by !== null && by.nonce === call.nonce && isChannel(by.channel) ? by.channel : 'poll'
  const since = await sinceWhen(ctx, call, brought)
  const latency_ms = Math.max(0, ctx.now - since)
  let reaches: readonly store.ReachRow[] | null = null
  // An agent that was just talking anyway says nothing about which way works.
  if (brought !== 'poll' || leftAlone(call)) {
    const before = await store.listReaches(ctx, enrollment)
    await noteSwitch(ctx, before, brought)
    await store.noteAnswer(ctx, { enrollment, channel: brought }, latency_ms)
    reaches = before.map(r => (r.channel === brought ? { ...r, answered_at: ctx.now, latency_ms } : r))
  }
  const { nonce } = call
  const row = { enrollment, channel: brought, nonce, at: since, outcome: 'answered', reason: null, latency_ms } as const
  await store.putTry(ctx, row)
  if (call.only_channel !== null) {
    const outcome = brought === call.only_channel ? 'answered' : 'elsewhere'
    await trials.end(ctx, nonce, { outcome, reason: null, latency_ms })
  }
  return reaches
}

/** When the wake went out that was answered; one that was not brought counts from when it was wanted. */
async function sinceWhen(ctx: Ctx, call: store.CallRow, brought: Channel): Promise<number> {
  if (brought === 'poll') return call.wanted_at
  // It stands where it was tried last.
  if (brought === call.channel) return call.changed_at
  const attempt = await store.findTry(ctx, call.enrollment, brought)
  return attempt?.nonce === call.nonce ? attempt.at : call.wanted_at
}

/** Whether the faster channels brought no answer, so that it was left to the agent's own rhythm. */
function leftAlone(call: store.CallRow): boolean {
  return call.round > 0 || call.channel === 'poll' || call.channel === 'sms'
}

async function noteSwitch(ctx: Ctx, reaches: readonly store.ReachRow[], to: Channel): Promise<void> {
  const last = reaches
    .filter(r => r.answered_at !== null)
    .reduce<store.ReachRow | null>((a, b) => (a && (a.answered_at ?? 0) >= (b.answered_at ?? 0) ? a : b), null)
  if (!last || last.channel === to) return
  const about = { kind: 'device', id: last.device, path: last.unit_path }
  await record(ctx, channelEvents.switched, about, { from: last.channel, to })
}
