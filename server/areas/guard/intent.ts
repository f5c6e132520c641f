import { createHash } from 'node:crypto'
import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { asId, type Id, newId } from '../../base/id.ts'
import { may } from '../../base/authority.ts'
import { Problem } from '../../base/problem.ts'
import { approversFor, type Limits } from './limits.ts'
import { handBehind, limitsOf } from './bucket.ts'
import { canonical } from '../../base/canonical.ts'
import { hashOf } from './canonical.ts'
import { guardEvents } from './events.ts'
import { fleetOf } from './fleet.ts'
import type { HeldReason, Impact } from './impact.ts'
import * as store from './intent-store.ts'
import { keepLooking } from './standing.ts'
import { getState } from './store.ts'

const hourMs = 3_600_000
/** What nobody has agreed to after a day is over. */
export const heldForMs = 24 * hourMs
/** So much of one hand waits at most, so that nobody can bury the others in questions. */
const mostOpen: Record<Impact, number> = { read: 50, reversible: 50, disruptive: 500, irreversible: 20 }

/** What an intent is about, as whoever holds it knows. */
export interface Opening {
  door: string
  action: string
  impact: Impact
  why: HeldReason
  unitPath: string
  detail: string
  batch: string | null
  expected: number
  reason: string | null
  /** How many of the approvers that its devices know must agree; 0: they check nothing. */
  proved?: number
}

/** What events of an intent are about. */
export function aboutIntent(row: Pick<store.IntentRow, 'id' | 'unit_path'>): About {
  return { kind: 'intent', id: row.id, path: row.unit_path }
}

/** The intent, for those who may see what it touches. */
export async function intentFor(ctx: Ctx, id: string): Promise<store.IntentRow> {
  const row = await store.findIntent(ctx, asId('intent', id))
  if (!row || !(await maySee(ctx, row))) throw new Problem('id.unknown')
  return row
}

async function maySee(ctx: Ctx, row: store.IntentRow): Promise<boolean> {
  const named = row.signers === null ? [] : (JSON.parse(row.signers) as string[])
  const own = row.by_id !== null && row.by_id === ctx.actor.id
  return own || named.includes(ctx.actor.id ?? '') || may(ctx.authority, 'guard:read', row.unit_path)
}

/** Opens an intent that devices are added to. */
export async function openIntent(ctx: Ctx, o: Opening): Promise<store.IntentRow> {
  const hand = await handBehind(ctx)
  if (o.batch === null && (await store.countOpen(ctx, hand, o.impact)) >= mostOpen[o.impact])
    throw new Problem('guard.too-many-held', { limit: mostOpen[o.impact] })
  const [limits, fleet, state] = [await limitsOf(ctx), await fleetOf(ctx), await getState(ctx)]
  const needs = Math.max(needsOf(limits, fleet, o), o.proved ?? 0)
  const row: Omit<store.IntentRow, 'org'> = {
    ...blankOf(ctx, hand),
    id: newId('intent'),
    door: o.door,
    action: o.action,
    impact: o.impact,
    // What only waits for room needs nobody: it leaves as fast as it may, and anyone can stop it.
    state: needs === 0 ? 'released' : 'held',
    released_at: needs === 0 ? ctx.now : null,
    why: o.why,
    needs,
    proved: (o.proved ?? 0) > 0 ? 1 : 0,
    unit_path: o.unitPath,
    detail: o.detail,
    batch: o.batch,
    gathering: o.batch === null ? 0 : 1,
    expected: o.expected,
    reason: o.reason,
    epoch: state.epoch,
    expires_at: ctx.now + heldForMs,
  }
  await store.putIntent(ctx, row)
  const { id, action, impact, why, reason } = row
  await record(ctx, guardEvents.held, aboutIntent(row), {
    intent: id,
    action,
    impact,
    devices: o.expected,
    why,
    reason,
  })
  await keepLooking(ctx)
  return { ...row, org: ctx.org }
}

/** What only runs too fast leaves by itself; what cannot be undone, and what asks for two persons, needs others. */
function needsOf(limits: Limits, fleet: number, o: Pick<Opening, 'impact' | 'why' | 'expected'>): number {
  if (o.impact !== 'irreversible') return o.why === 'two-persons' ? 1 : 0
  return approversFor(limits, fleet, o.expected)
}

/** Everything of a row that begins the same. */
export function blankOf(ctx: Ctx, hand: string) {
  return {
    proved: 0,
    signers: null,
    about_kind: null,
    about_id: null,
    payload: null,
    summary: null,
    batch: null,
    gathering: 0,
    count: 0,
    sent: 0,
    skipped: 0,
    devices_hash: null,
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id,
    hand,
    created_at: ctx.now,
    effective_at: null,
    released_at: null,
    ended_at: null,
    ended_by: null,
    ended_why: null,
  }
}

/** Adds a device to an intent that is still being gathered, or is its only one. */
export async function addTo(
  ctx: Ctx,
  row: store.IntentRow,
  device: { id: string; name: string; unit: string; unitPath: string },
): Promise<void> {
  await store.addDevice(ctx, {
    intent: row.id,
    device: device.id,
    name: device.name,
    unit: device.unit,
    unit_path: device.unitPath,
  })
  const above = commonPath(row.count === 0 ? device.unitPath : row.unit_path, device.unitPath)
  if (above !== row.unit_path) await store.changeIntent(ctx, row.id, [row.state], { unit_path: above })
}

/** The path of the unit above both. */
export function commonPath(one: string, other: string): string {
  const [a, b] = [one.split('/'), other.split('/')]
  let at = 0
  while (at < a.length - 1 && a[at] === b[at]) at += 1
  return `${a.slice(0, at).join('/')}/`
}

/** The batch has been listed to its end: from now on its hash stands, and it can be agreed to. */
export async function gathered(ctx: Ctx, batch: string): Promise<void> {
  const row = await store.findOfBatch(ctx, batch)
  if (row?.gathering !== 1) return
  const { hash, count } = await listHash(ctx, row.id)
  const [limits, fleet] = [await limitsOf(ctx), await fleetOf(ctx)]
  const needs = row.needs === 0 ? 0 : Math.max(row.needs, needsOf(limits, fleet, { ...row, expected: count }))
  await store.changeIntent(ctx, row.id, ['held', 'cooling', 'released'], { gathering: 0, devices_hash: hash, needs })
  if (count === 0) await finish(ctx, row.id, 'done')
}

/** The hash of the sorted list of devices, read in pages. */
export async function listHash(ctx: Ctx, intent: string): Promise<{ hash: string; count: number }> {
  const hash = createHash('sha256')
  let [after, count] = ['', 0]
  for (;;) {
    const page = await store.pageOfDevices(ctx, intent, after, 1000)
    for (const { device } of page) hash.update(`${device}\n`)
    count += page.length
    if (page.length < 1000) return { hash: hash.digest('base64url'), count }
    after = page.at(-1)?.device ?? ''
  }
}

/** What an approver signs: what exactly will happen, to which devices, until when, where. */
export function batchHash(row: store.IntentRow): string {
  return hashOf(canonical(batchOf(row)))
}

/** The same in the clear, as it is told to devices. */
export function batchOf(row: store.IntentRow) {
  return {
    org: row.org,
    intent: row.id,
    door: row.door,
    action: row.action,
    impact: row.impact,
    arguments: row.detail,
    devices: row.devices_hash,
    count: row.count,
    payload: row.payload === null ? null : hashOf(row.payload),
    expiresAt: row.expires_at,
  }
}

/** Ends an intent, once; false when it had ended. */
export async function finish(
  ctx: Ctx,
  id: string,
  state: 'done' | 'denied' | 'canceled' | 'expired',
  why: string | null = null,
): Promise<boolean> {
  const open = state === 'denied' ? (['held', 'cooling'] as const) : (['held', 'cooling', 'released'] as const)
  const by = ctx.actor.kind === 'system' ? null : ctx.actor.id
  const change = { state, ended_at: ctx.now, ended_by: by, ended_why: why, gathering: 0 }
  if (!(await store.changeIntent(ctx, id, open, change))) return false
  const row = await store.findIntent(ctx, id)
  if (!row) return true
  const { action, sent, skipped } = row
  const about = aboutIntent(row)
  const told = { intent: id, action }
  if (state === 'done') await record(ctx, guardEvents.done, about, { ...told, sent, skipped })
  else if (state === 'expired') await record(ctx, guardEvents.expired, about, told)
  else await record(ctx, guardEvents[state], about, { ...told, reason: why })
  return true
}

/** Withdraws an intent, which anyone may who asked for it, may cancel commands there or may agree; what has left stays. */
export async function cancelIntent(ctx: Ctx, id: string, why: string | null): Promise<void> {
  const row = await intentFor(ctx, id)
  const own = row.by_id !== null && row.by_id === ctx.actor.id
  if (!own && !['commands:cancel', 'guard:approve'].some(p => may(ctx.authority, p, row.unit_path)))
    throw new Problem('permission.missing', { permission: 'commands:cancel' })
  if (!(await finish(ctx, row.id, 'canceled', why))) throw new Problem('intent.ended', { state: row.state })
}

/** Refuses an intent in the name of those who may agree to it. */
export async function denyIntent(ctx: Ctx, id: string, why: string): Promise<void> {
  const row = await intentFor(ctx, id)
  if (!may(ctx.authority, 'guard:approve', row.unit_path))
    throw new Problem('permission.missing', { permission: 'guard:approve' })
  if (!(await finish(ctx, row.id, 'denied', why))) throw new Problem('intent.ended', { state: row.state })
}

/** Withdraws what is held of a batch that was stopped, if anything is. */
export async function cancelBatch(ctx: Ctx, batch: string): Promise<void> {
  const row = await store.findOfBatch(ctx, batch)
  if (row) await finish(ctx, row.id, 'canceled', 'batch.ended')
}

/** Whether the batch has an intent, and which. */
export async function intentOfBatch(ctx: Ctx, batch: string): Promise<Id<'intent'> | null> {
  return ((await store.findOfBatch(ctx, batch))?.id ?? null) as Id<'intent'> | null
}

/** What became of one device of an intent. */
export interface Fate {
  readonly intent: store.IntentRow
  readonly state: store.IntentDeviceRow['state']
  readonly why: string | null
}

/** What became of a device in an intent; undefined when it is not in it. */
export async function fateOf(ctx: Ctx, intent: string, device: string): Promise<Fate | undefined> {
  const [row, one] = [await store.findIntent(ctx, intent), await store.findDevice(ctx, intent, device)]
  return row && one ? { intent: row, state: one.state, why: one.why } : undefined
}
