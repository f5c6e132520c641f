import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { rootUnit } from '../identity/index.ts'
import { demanded } from './change.ts'
import { about, find } from './device.ts'
import { deviceEvents } from './events.ts'
import * as store from './quiet-store.ts'
import { beginWatch, silentAfterDays } from './silence.ts'

const dayMs = 24 * 3_600_000
const usual = { cautionAfterDays: 7, stuckAfterMinutes: 60 }

/** How long the org waits before people are cautioned of a device's silence, and before an unfinished enrollment counts as stuck. */
export async function waitsOf(ctx: Ctx): Promise<typeof usual> {
  return (await store.waits(ctx)) ?? usual
}

/** Changes these waits for the whole org. */
export async function setWaits(ctx: Ctx, change: Partial<typeof usual>): Promise<void> {
  demand(ctx.authority, 'org:write', (await rootUnit(ctx)).path, 'devices:read')
  const before = await waitsOf(ctx)
  const now = { ...before, ...change }
  if (now.cautionAfterDays === before.cautionAfterDays && now.stuckAfterMinutes === before.stuckAfterMinutes) return
  await beginWatch(ctx)
  await store.putWaits(ctx, now)
  for (const field of ['cautionAfterDays', 'stuckAfterMinutes'] as const)
    if (now[field] !== before[field])
      await record(ctx, deviceEvents.ruleChanged, null, { field, before: before[field], now: now[field] })
}

/** Cautions of one page of the devices that have been quiet for some days, though not long enough to count as silent; answers how many. */
export async function markQuiet(ctx: Ctx, most: number): Promise<number> {
  const { cautionAfterDays: days } = await waitsOf(ctx)
  if (days >= (await silentAfterDays(ctx))) return 0
  const quiet = await store.quietSince(ctx, ctx.now - days * dayMs, most)
  for (const device of quiet) {
    await store.putQuiet(ctx, device.id)
    await record(ctx, deviceEvents.quieted, about(device), { days, lastSeenAt: device.lastSeenAt ?? 0 })
  }
  return quiet.length
}

/** Those of these devices that people were cautioned of are heard again. */
export async function heard(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  for (const id of await store.endQuiets(ctx, ids)) {
    const device = await find(ctx, id)
    if (device) await record(ctx, deviceEvents.heard, about(device), {})
  }
}

/** That a device is known to be away, until when and why; null when nobody knows of it. */
export async function holdOf(ctx: Ctx, device: string): Promise<{ until: number; reason: string } | null> {
  const row = await store.findHold(ctx, device)
  return row === undefined ? null : { until: row.until, reason: row.reason }
}

/** Notes that a device is away with its person until an instant: nobody is told of its silence before. */
export async function hold(ctx: Ctx, id: string, { until, reason }: { until: number; reason: string }): Promise<void> {
  const device = await demanded(ctx, id, 'devices:write')
  if (until <= ctx.now || until > ctx.now + 400 * dayMs) throw new Problem('device.hold-out-of-range')
  await store.putHold(ctx, {
    device: device.id,
    until,
    reason,
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.id,
    at: ctx.now,
  })
  await record(ctx, deviceEvents.held, about(device), { until })
}

/** The device is back, or should be: its silence matters again. */
export async function endHold(ctx: Ctx, id: string): Promise<void> {
  const device = await demanded(ctx, id, 'devices:write')
  if (!(await store.removeHold(ctx, device.id))) return
  await store.endQuiets(ctx, [device.id])
  await record(ctx, deviceEvents.holdEnded, about(device), {})
  // It fell silent while nobody was to be told.
  if (device.state === 'silent')
    await record(ctx, deviceEvents.missed, about(device), {
      days: await silentAfterDays(ctx),
      lastSeenAt: device.lastSeenAt ?? 0,
    })
}

/** Ends what has come to its end; answers how many. */
export async function endHolds(ctx: Ctx, most: number): Promise<number> {
  const over = await store.holdsOver(ctx, most)
  for (const id of over) {
    if (await find(ctx, id)) await endHold(ctx, id)
    else await store.removeHold(ctx, id)
  }
  return over.length
}
