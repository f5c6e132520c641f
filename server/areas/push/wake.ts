import type { Ctx } from '../../base/ctx.ts'
import { enqueue } from '../../base/jobs.ts'
import { callAgent } from './call.ts'
import { sendWake } from './later.ts'
import { coalesceMs } from './pace.ts'
import * as reaches from './reach-store.ts'
import { tellSpeakers } from './speaker.ts'
import * as store from './store.ts'

/** How an enrollment is reached, as a device gave it. */
export interface WakeAddress {
  enrollment: string
  /** An account on the device, or empty for the device itself. */
  account: string
  channel: 'apns'
  topic: string
  token: Uint8Array
  magic: string
  /** The device, and the unit whose admins see what becomes of pushes. */
  device?: { id: string; path: string }
}

/** How well an address works, and how the last push went. */
export interface WakeState {
  channel: 'apns' | null
  state: 'ready' | 'rejected' | 'dead' | 'none'
  reason: string | null
  topic: string | null
  /** Since when a contact is waited for. */
  wantedAt: number | null
  /** When the next push goes out if nobody calls. */
  nextAt: number | null
  lastPushedAt: number | null
  lastStatus: number | null
  apnsId: string | null
  lastContactAt: number | null
  latencyMs: number | null
}

const none: WakeState = {
  channel: null,
  state: 'none',
  reason: null,
  topic: null,
  wantedAt: null,
  nextAt: null,
  lastPushedAt: null,
  lastStatus: null,
  apnsId: null,
  lastContactAt: null,
  latencyMs: null,
}

/** Stores or refreshes where an enrollment is reached. An address that was dead or rejected is good again; what waits is pushed at once. */
export async function setAddress(ctx: Ctx, address: WakeAddress): Promise<void> {
  const { enrollment, account, channel, topic, token, magic } = address
  const before = await store.find(ctx, address)
  const wanted_at = before?.wanted_at ?? null
  await store.put(ctx, {
    org: ctx.org,
    enrollment,
    account,
    device: address.device?.id ?? before?.device ?? null,
    unit_path: address.device?.path ?? before?.unit_path ?? '/',
    channel,
    topic,
    token,
    magic: await ctx.secrets.seal(ctx, magicPlace(address), magic),
    state: 'ready',
    reason: null,
    updated_at: ctx.now,
    wanted_at,
    next_at: wanted_at === null ? null : ctx.now,
    pushes: 0,
    failures: 0,
    sending_at: before?.sending_at ?? null,
    pushed_at: before?.pushed_at ?? null,
    push_status: before?.push_status ?? null,
    apns_id: before?.apns_id ?? null,
    contact_at: before?.contact_at ?? null,
    latency_ms: before?.latency_ms ?? null,
    measured_at: before?.measured_at ?? null,
  })
  if (wanted_at !== null) await soon(ctx, address)
}

/** Forgets the address of an account, or without one every address of the enrollment. */
export async function removeAddress(ctx: Ctx, enrollment: string, account?: string): Promise<void> {
  await store.remove(ctx, enrollment, account ?? null)
  if (account === undefined) await reaches.removeAll(ctx, enrollment)
}

/**
 * Asks an enrollment to call home. Asking again before it called adds no push within a minute (unless urgent), and unanswered pushes are
 * repeated until it calls, so nothing asked here is lost. Without an address nothing happens.
 */
export async function wake(
  ctx: Ctx,
  of: { enrollment: string; account?: string | undefined; urgent?: boolean | undefined },
): Promise<void> {
  const address = { enrollment: of.enrollment, account: of.account ?? '' }
  const row = await store.find(ctx, address)
  // An agent's ways are kept apart: it is no address of a vendor's.
  if (!row && address.account === '') {
    await tellSpeakers(ctx, address.enrollment)
    return callAgent(ctx, address.enrollment, of.urgent)
  }
  if (!row) return
  if (row.state === 'dead') {
    // The device gives a new address when it next calls by itself; then it is pushed.
    if (row.wanted_at === null) await store.update(ctx, address, { wanted_at: ctx.now })
    return
  }
  if (row.wanted_at === null) {
    const next_at = row.state === 'ready' || of.urgent ? ctx.now : Math.max(ctx.now, row.next_at ?? 0)
    await store.update(ctx, address, { wanted_at: ctx.now, next_at, pushes: 0, failures: row.failures })
    await soon(ctx, address)
    return
  }
  const asked = Math.max(row.sending_at ?? 0, row.pushed_at ?? 0)
  const waits = row.next_at !== null && row.next_at <= ctx.now
  const justAsked = row.failures > 0 || ctx.now - asked < coalesceMs
  if (waits || (justAsked && !of.urgent)) return
  await store.update(ctx, address, { next_at: ctx.now })
  await soon(ctx, address)
}

const contactMs = 15 * 60_000

/** An enrollment called home: what was asked is satisfied, and the time it took is measured. Cheap when nothing was asked. */
export async function contacted(ctx: Ctx, enrollment: string, account = ''): Promise<void> {
  await store.contacted(ctx, { enrollment, account }, contactMs)
}

/** How well an enrollment (or an account on it) is reached. */
export async function stateOf(ctx: Ctx, enrollment: string, account = ''): Promise<WakeState> {
  const row = await store.find(ctx, { enrollment, account })
  if (!row) return none
  return {
    channel: row.channel,
    state: row.state,
    reason: row.reason,
    topic: row.topic,
    wantedAt: row.wanted_at,
    nextAt: row.next_at,
    lastPushedAt: row.pushed_at,
    lastStatus: row.push_status,
    apnsId: row.apns_id,
    lastContactAt: row.contact_at,
    latencyMs: row.latency_ms,
  }
}

async function soon(ctx: Ctx, { enrollment, account }: store.Address): Promise<void> {
  await enqueue(ctx, sendWake, { enrollment, account }, { dedupe: `${enrollment}|${account}` })
}

/** Where a magic is sealed. */
export function magicPlace(of: store.Address): { table: string; column: string; row: string } {
  return { table: 'wakes', column: 'magic', row: `${of.enrollment}|${of.account}` }
}
