import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import * as store from './drop-store.ts'
import { privacyEvents } from './events.ts'
import type { DataType } from './type.ts'

const dayMs = 24 * 3_600_000
const keptDays = 31

/** Notes that a device sent something of these kinds that was not stored. What it was is not noted. */
export async function dropped(ctx: Ctx, device: string, types: Iterable<DataType>): Promise<void> {
  const all = [...new Set(types)]
  if (all.length > 0) await store.putDrops(ctx, Math.floor(ctx.now / dayMs), device, all)
}

/** Tells the log how many devices sent what was not stored, once a day is over. */
export async function tellDrops(ctx: Ctx): Promise<void> {
  const today = Math.floor(ctx.now / dayMs)
  for (const { day, type, count } of await store.untold(ctx, today))
    await record(ctx, privacyEvents.dropped, null, {
      type,
      devices: count,
      day: new Date(day * dayMs).toISOString().slice(0, 10),
    })
  await store.markTold(ctx, today, today - keptDays)
}
