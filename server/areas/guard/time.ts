import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { guardEvents } from './events.ts'
import { aboutOrg } from './about.ts'
import * as store from './store.ts'

/** A clock that is further from the time this process has been running is not believed. */
export const mostDriftMs = 5 * 60_000

/** How far the clock had drifted when somebody last confirmed it, in this process; keyed by its Secrets, so that two servers in one test do not meet. */
const bases = new WeakMap<object, Map<string, { believed: number; drift: number }>>()

function baseOf(ctx: Ctx, believed: number): number {
  const known = bases.get(ctx.secrets) ?? new Map<string, { believed: number; drift: number }>()
  bases.set(ctx.secrets, known)
  const base = known.get(ctx.org)
  if (base?.believed === believed) return base.drift
  // Nobody has confirmed anything in the life of this process yet: it began with the clock as it is.
  const drift = base === undefined ? 0 : ctx.driftMs
  known.set(ctx.org, { believed, drift })
  return drift
}

/** How far the clock is from where it should be, as this process can tell. */
export function driftSince(ctx: Ctx, state: store.StateRow): number {
  return ctx.driftMs - baseOf(ctx, state.believed)
}

/** The present instant of a clock that does not jump: what buckets are filled by. */
export function steady(ctx: Ctx, state: store.StateRow): number {
  return ctx.now - driftSince(ctx, state)
}

/** Whether the clock is doubted: it was seen to jump and nobody has confirmed it, or it is off right now. */
export function doubted(ctx: Ctx, state: store.StateRow): boolean {
  return state.doubted_at !== null || Math.abs(driftSince(ctx, state)) > mostDriftMs
}

/** Whether what time alone sets off may be set off: the clock has moved as steadily as the machine has been running. */
export async function timeTrusted(ctx: Ctx): Promise<boolean> {
  return !doubted(ctx, await store.getState(ctx))
}

/** Notes that the clock is off, once, so that other processes and a new start doubt it too. */
export async function doubtTime(ctx: Ctx, byMs: number): Promise<void> {
  const state = await store.getState(ctx)
  if (state.doubted_at !== null) return
  await store.changeState(ctx, { doubted_at: ctx.now, off_by: Math.round(byMs) })
  await record(ctx, guardEvents.timeDoubted, await aboutOrg(ctx), { byMs: Math.round(byMs) })
}

/** Believes the clock as it is now. */
export async function confirmTime(ctx: Ctx): Promise<void> {
  const state = await store.getState(ctx)
  baseOf(ctx, state.believed)
  await store.changeState(ctx, { doubted_at: null, off_by: null, believed: state.believed + 1 })
  await store.putMark(ctx, 'wall', ctx.now, ctx.now)
  await record(ctx, guardEvents.timeConfirmed, await aboutOrg(ctx), {})
}
