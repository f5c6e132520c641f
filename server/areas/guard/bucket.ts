import type { Ctx } from '../../base/ctx.ts'
import { handOf } from '../identity/index.ts'
import { fleetOf, onUnit } from './fleet.ts'
import type { HeldReason, Impact } from './impact.ts'
import { defaults, type Limits, limitsShape, shareOf } from './limits.ts'
import * as store from './store.ts'
import { steady } from './time.ts'

const minuteMs = 60_000
const hour = 60
const day = 24 * hour
const quarter = 15

/** The limits that hold now. */
export async function limitsOf(ctx: Ctx): Promise<Limits & { version: number }> {
  const row = await store.findLimits(ctx)
  if (!row) return { ...defaults, version: 0 }
  return { ...limitsShape.parse(JSON.parse(row.limits)), version: row.version }
}

/** Whose act this is, whichever key it came by: an admin, the keys that nobody made, or the server. */
export async function handBehind(ctx: Ctx): Promise<string> {
  if (ctx.actor.kind === 'system') return `system:${ctx.actor.what}`
  if (ctx.actor.kind !== 'key') return ctx.actor.id
  const { ids } = await handOf(ctx)
  return ids.find(id => id.startsWith('adm_')) ?? 'keys'
}

/** The minute of the clock that does not jump. */
export function minuteOf(ctx: Ctx, state: store.StateRow): number {
  return Math.floor(steady(ctx, state) / minuteMs)
}

interface Window {
  why: HeldReason
  kind: 'irreversible' | 'disruptive'
  scope: string
  minutes: number
  most: number
}

/** The buckets an act of this impact on this unit is counted in. */
async function windowsFor(ctx: Ctx, impact: Impact, unit: string | null): Promise<Window[]> {
  const [limits, fleet] = [await limitsOf(ctx), await fleetOf(ctx)]
  if (impact === 'disruptive') {
    const most = shareOf(limits.disruptivePerQuarter, fleet)
    return [{ why: 'org-quarter', kind: 'disruptive', scope: 'org', minutes: quarter, most }]
  }
  const kind = 'irreversible'
  const hand = `hand:${await handBehind(ctx)}`
  const windows: Window[] = [
    { why: 'actor-hour', kind, scope: hand, minutes: hour, most: limits.perPersonHour },
    { why: 'org-day', kind, scope: 'org', minutes: day, most: shareOf(limits.perDay, fleet) },
  ]
  if (unit === null) return windows
  const most = shareOf(limits.perUnitDay, await onUnit(ctx, unit))
  return [...windows, { why: 'unit-day', kind, scope: `unit:${unit}`, minutes: day, most }]
}

/** How many more may leave, by the fullest bucket, and which that is. */
export async function roomFor(
  ctx: Ctx,
  state: store.StateRow,
  impact: Impact,
  unit: string | null,
): Promise<{ left: number; why: HeldReason; freeInMs: number }> {
  const minute = minuteOf(ctx, state)
  let least = { left: Number.MAX_SAFE_INTEGER, why: 'org-day' as HeldReason, freeInMs: 0 }
  for (const w of await windowsFor(ctx, impact, unit)) {
    const used = await store.minutesSince(ctx, w.kind, w.scope, minute - w.minutes)
    const left = Math.max(0, w.most - used.reduce((sum, u) => sum + u.n, 0))
    const first = used[0]
    const freeInMs = left > 0 || !first ? 0 : Math.max(0, (first.minute + w.minutes + 1 - minute) * minuteMs)
    if (left < least.left) least = { left, why: w.why, freeInMs }
  }
  return least
}

/** Takes one out of every bucket the act is counted in. */
export async function spend(ctx: Ctx, state: store.StateRow, impact: Impact, unit: string): Promise<void> {
  const minute = minuteOf(ctx, state)
  if (impact === 'disruptive') return store.spend(ctx, 'disruptive', ['org'], minute)
  const scopes = ['org', `hand:${await handBehind(ctx)}`, `unit:${unit}`]
  return store.spend(ctx, 'irreversible', scopes, minute)
}

/** How many more of what was released may leave now. */
export async function paceFor(ctx: Ctx, state: store.StateRow, impact: Impact): Promise<number> {
  const [limits, fleet, minute] = [await limitsOf(ctx), await fleetOf(ctx), minuteOf(ctx, state)]
  const [kind, minutes, most] =
    impact === 'irreversible'
      ? (['approved', hour, shareOf(limits.approvedPerHour, fleet)] as const)
      : (['disruptive', quarter, shareOf(limits.disruptivePerQuarter, fleet)] as const)
  return Math.max(0, most - (await store.spentSince(ctx, kind, 'org', minute - minutes)))
}

/** Counts one that was released and left. */
export async function spendReleased(ctx: Ctx, state: store.StateRow, impact: Impact): Promise<void> {
  await store.spend(ctx, impact === 'irreversible' ? 'approved' : 'disruptive', ['org'], minuteOf(ctx, state))
}
