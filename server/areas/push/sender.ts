import type { Ctx, Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Base } from '../../base/transact.ts'
import type { Outcome, Push } from './apns.ts'
import type { Breaker } from './breaker.ts'
import { pushEvents } from './events.ts'
import { lineFor } from './line.ts'
import { noteTrouble } from './trouble.ts'
import { rejectedAfterMs, repeatAfterMs, transientAfterMs } from './pace.ts'
import * as store from './store.ts'
import { magicPlace } from './wake.ts'

const day = 86_400_000
/** How long APNs keeps a push for a device that is offline. */
const keptMs = 7 * day
/** Within this a process that took a wake must have stored what became of it, or another one sends it again. */
const claimedMs = 60_000
const batch = 200
const perTransaction = 50
/** The provider refuses our certificate: an upload ends the pause at once. */
const refusedMs = 10 * 60_000

interface Claimed {
  row: store.WakeRow
  magic: string
  sentAt: number
}

/** What a round of sending did. `heldForMs` is set when nobody may ask the provider for that long. */
export interface Round {
  sent: number
  heldForMs: number | null
}

/** Pushes to the due addresses of a topic, at most 200, or to the one given; does nothing while the provider is held to be down. */
export async function sendDue(base: Base, scope: Scope, topic: string, only?: store.Address): Promise<Round> {
  const { breaker, apns: opening } = await lineFor(base, scope, topic)
  const monotonic = base.clock.monotonic()
  const probing = breaker.openUntil !== null
  if (!opening || !breaker.admits(monotonic))
    return { sent: 0, heldForMs: Math.max(250, Math.ceil((breaker.openUntil ?? monotonic) - monotonic)) }
  let outcomes = 0
  try {
    const apns = await opening
    const claimed = await base.transact(scope, ctx => claim(ctx, topic, only ?? (probing ? 1 : batch)))
    const results = await Promise.all(
      claimed.map(async one => ({ ...one, outcome: await apns.push(pushOf(one, base.clock.now())) })),
    )
    outcomes = results.length
    for (const { outcome } of results) judge(breaker, outcome, base.clock.monotonic())
    await settle(base, scope, results, breaker.openUntil !== null)
    await noteRefusal(base, scope, topic, results)
    await noteTrouble(
      base,
      scope,
      results.map(r => r.outcome),
    )
    return { sent: results.length, heldForMs: null }
  } finally {
    // A probe that found nothing to send must let the next one through.
    if (probing && outcomes === 0) breaker.hold(base.clock.monotonic(), breaker.reason ?? '')
  }
}

async function claim(ctx: Ctx, topic: string, what: number | store.Address): Promise<Claimed[]> {
  const rows = typeof what === 'number' ? await store.due(ctx, topic, what) : await dueOne(ctx, what)
  const claimed: Claimed[] = []
  for (const row of rows) {
    await store.update(ctx, row, { sending_at: ctx.now, next_at: ctx.now + claimedMs })
    const magic = Buffer.from(await ctx.secrets.open(ctx, magicPlace(row), row.magic)).toString('utf8')
    claimed.push({ row, magic, sentAt: ctx.now })
  }
  return claimed
}

async function dueOne(ctx: Ctx, address: store.Address): Promise<store.WakeRow[]> {
  const row = await store.find(ctx, address)
  return row && row.next_at !== null && row.next_at <= ctx.now ? [row] : []
}

function pushOf({ row, magic }: Claimed, now: number): Push {
  const expiration = Math.floor((now + keptMs) / 1000)
  return { token: row.token, topic: row.topic, magic, expiration, priority: 10 }
}

function judge(breaker: Breaker, outcome: Outcome, now: number): void {
  if (outcome.kind === 'rejected' && outcome.provider) breaker.hold(now + refusedMs, outcome.reason)
  else if (outcome.kind === 'later' && outcome.provider) breaker.failed(now, outcome.reason)
  else breaker.succeeded()
}

type Result = Claimed & { outcome: Outcome }

async function settle(base: Base, scope: Scope, results: readonly Result[], providerDown: boolean): Promise<void> {
  for (let at = 0; at < results.length; at += perTransaction) {
    const some = results.slice(at, at + perTransaction)
    await base.transact(scope, async ctx => {
      for (const result of some) await settleOne(ctx, result, providerDown)
    })
  }
}

async function settleOne(ctx: Ctx, { row, sentAt, outcome }: Result, providerDown: boolean): Promise<void> {
  const now = await store.find(ctx, row)
  // The device gave another address meanwhile, or is gone.
  if (!now || Buffer.compare(now.token, row.token) !== 0) return
  const change = changeOf(ctx, now, outcome, { sentAt, providerDown })
  const answered = now.wanted_at === null || now.wanted_at > sentAt
  await store.update(ctx, row, { ...change, next_at: answered ? now.next_at : (change.next_at ?? null) })
  const about = now.device
    ? { kind: 'device', id: now.device, path: now.unit_path }
    : { kind: 'enrollment', id: now.enrollment, path: now.unit_path }
  const { state = now.state, reason = '' } = change
  // A refusal of our certificate is told once, of the certificate, and not of every device.
  if (outcome.status === 403 || now.push_status === 403) return
  if (state !== now.state && state !== 'ready')
    await record(ctx, pushEvents.failed, about, {
      state,
      status: outcome.status,
      reason: reason ?? '',
      account: now.account,
    })
  if (state !== now.state && state === 'ready')
    await record(ctx, pushEvents.sent, about, { apnsId: change.apns_id ?? null, account: now.account })
}

function changeOf(
  ctx: Ctx,
  row: store.WakeRow,
  outcome: Outcome,
  at: { sentAt: number; providerDown: boolean },
): Partial<store.WakeRow> {
  const push_status = outcome.status
  const failures = row.failures + 1
  switch (outcome.kind) {
    case 'accepted': {
      const pushes = row.pushes + 1
      const next_at = ctx.now + repeatAfterMs(pushes)
      const sent = { pushed_at: at.sentAt, apns_id: outcome.apnsId, pushes, failures: 0 }
      return { state: 'ready', reason: null, push_status, next_at, ...sent }
    }
    case 'dead':
      // A verdict on an address from before the device gave this one says nothing of it.
      if (outcome.since !== null && outcome.since < row.updated_at)
        return { push_status, failures, reason: outcome.reason, next_at: ctx.now + transientAfterMs(failures, null) }
      return { state: 'dead', reason: outcome.reason, push_status, next_at: null, failures }
    case 'rejected':
      return {
        state: 'rejected',
        reason: outcome.reason,
        push_status,
        failures,
        next_at: ctx.now + rejectedAfterMs(failures),
      }
    case 'later':
      // While the provider is down its breaker sets the pace; the wake stays due, so that all go out when it is back.
      if (outcome.provider && at.providerDown) return { push_status, reason: outcome.reason, next_at: ctx.now }
      return {
        push_status,
        failures,
        reason: outcome.reason,
        next_at: ctx.now + transientAfterMs(failures, outcome.retryAfterMs),
      }
  }
}

type Rejected = Extract<Outcome, { kind: 'rejected' }>

function refusesUs(outcome: Outcome): outcome is Rejected {
  return outcome.kind === 'rejected' && outcome.provider
}

/** Tells once that the provider refuses our certificate. */
async function noteRefusal(base: Base, scope: Scope, topic: string, results: readonly Result[]): Promise<void> {
  const refusal = results.map(r => r.outcome).find(refusesUs)
  const accepted = results.some(r => r.outcome.kind === 'accepted')
  if (!refusal && !accepted) return
  const before = await base.read(scope, ctx => store.credential(ctx, topic))
  if (!before || (before.refused === null) === !refusal) return
  await base.transact(scope, async ctx => {
    const row = await store.credential(ctx, topic)
    if (!row || row.refused === (refusal?.reason ?? null)) return
    await store.refuseCredential(ctx, topic, refusal?.reason ?? null)
    if (!refusal) return
    const { status, reason } = refusal
    const about = { kind: 'certificate', id: row.certificate, path: '/' }
    await record(ctx, pushEvents.refused, about, { topic, status, reason })
  })
}
