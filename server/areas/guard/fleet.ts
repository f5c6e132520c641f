import type { Ctx } from '../../base/ctx.ts'
import { findMark, putMark } from './store.ts'

/** How many devices are managed: in the whole org, or on one unit. */
export type Counter = (ctx: Ctx, unit: string | null) => Promise<number>

let counter: Counter = async () => 0

/** Tells how devices are counted: they belong to a later room, so main brings it here before the server starts. */
export function countBy(by: Counter): void {
  counter = by
}

const staleMs = 5 * 60_000

/** How many devices the org manages, at most five minutes ago. */
export async function fleetOf(ctx: Ctx): Promise<number> {
  const known = await findMark(ctx, 'fleet')
  if (known && Math.abs(ctx.now - known.at) < staleMs) return known.value
  return counter(ctx, null)
}

/** Counts the devices anew and remembers their number. */
export async function countFleet(ctx: Ctx): Promise<number> {
  const known = await findMark(ctx, 'fleet')
  if (known && Math.abs(ctx.now - known.at) < staleMs) return known.value
  const n = await counter(ctx, null)
  await putMark(ctx, 'fleet', n, ctx.now)
  return n
}

/** How many devices hang on this unit itself. */
export function onUnit(ctx: Ctx, unit: string): Promise<number> {
  return counter(ctx, unit)
}
