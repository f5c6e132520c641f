import type { Ctx } from '../../base/ctx.ts'
import type { PolicyCounts, PolicyUse } from '../policies/index.ts'
import * as counts from './count-store.ts'
import * as desired from './desired-store.ts'
import { type Dirty, dirtyAmong } from './dirty-store.ts'
import type { ItemState } from './item.ts'

/** Paths of the units whose devices the reader may count; null: the whole org, which needs no look at the devices. */
export function countable(ctx: Ctx): readonly string[] | null {
  const paths = ctx.authority.where('devices:read')
  return paths.some(p => p.split('/').length <= 3) ? null : paths
}

/** How many devices have each version of a policy in each state, of those the reader may see. */
export async function tallyOf(
  ctx: Ctx,
  policy: string,
): Promise<{ version: number; state: ItemState; devices: number }[]> {
  const all = await counts.tally(ctx, [policy], countable(ctx))
  const summed = new Map<string, { version: number; state: ItemState; devices: number }>()
  for (const { version, state, n } of all) {
    const key = `${version} ${state}`
    summed.set(key, { version, state, devices: (summed.get(key)?.devices ?? 0) + n })
  }
  return [...summed.values()].sort((a, b) => b.version - a.version || (a.state < b.state ? -1 : 1))
}

/** How far each of these policies is on the devices the reader may see; policies that no device should have are absent. */
export async function countsOf(ctx: Ctx, policies: readonly string[]): Promise<ReadonlyMap<string, PolicyCounts>> {
  const found = new Map<string, PolicyCounts>()
  for (const { policy, state, n } of await counts.tally(ctx, policies, countable(ctx))) {
    if (state === 'removing') continue
    const one = found.get(policy) ?? { desired: 0, installed: 0, failed: 0, pending: 0 }
    one.desired += n
    if (state === 'installed' || state === 'failed') one[state] += n
    else if (state !== 'unsupported') one.pending += n
    found.set(policy, one)
  }
  return found
}

/** What lists of policies are told. */
export const policyUse: PolicyUse = { counts: countsOf }

/** How far some devices are. */
export interface Progress {
  /** How many were asked about, and how many of those are managed. */
  readonly devices: number
  readonly managed: number
  /** Those that have everything they should have. */
  readonly reached: number
  /** Those on which something failed or lacks a value. */
  readonly failed: number
}

const atOnce = 500

/**
 * How many of these devices have everything they should have. A device that waits to be computed has not; whoever changes devices and watches
 * them has them computed anew (`recompute`) in the same transaction, so that no look comes too early.
 */
export async function progressOf(ctx: Ctx, devices: readonly string[]): Promise<Progress> {
  let [managed, reached, failed] = [0, 0, 0]
  for (let i = 0; i < devices.length; i += atOnce) {
    const ids = devices.slice(i, i + atOnce)
    const rows = [...(await desired.desiredOfAll(ctx, ids)).values()].filter(r => r.enrollment !== null)
    const waiting = new Set((await dirtyAmong(ctx, ids)).map((d: Dirty) => d.device))
    const behind = rows.filter(r => r.reached < r.generation)
    managed += rows.length
    reached += rows.filter(r => r.reached >= r.generation && !waiting.has(r.device)).length
    failed += await counts.countStuck(
      ctx,
      behind.flatMap(r => r.enrollment ?? []),
    )
  }
  return { devices: devices.length, managed, reached, failed }
}
