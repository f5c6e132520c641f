import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import * as contact from './contact-store.ts'
import { about } from './device.ts'
import { deviceEvents } from './events.ts'

const dayMs = 24 * 3_600_000

/** After how many days without contact a device counts as silent. */
export function silentAfterDays(ctx: Ctx): Promise<number> {
  return contact.silentAfterDays(ctx)
}

/** Changes after how many days without contact a device counts as silent. */
export function setSilentAfterDays(ctx: Ctx, days: number): Promise<void> {
  return contact.putSilentAfterDays(ctx, days)
}

/** Marks one page of the devices that have been quiet too long; answers how many, so that the caller comes again while there are more. */
export async function markSilent(ctx: Ctx, most: number): Promise<number> {
  const days = await contact.silentAfterDays(ctx)
  const quiet = await contact.unheardSince(ctx, ctx.now - days * dayMs, most)
  for (const device of quiet) {
    await contact.fallSilent(ctx, device.id)
    await record(ctx, deviceEvents.missed, about(device), { days, lastSeenAt: device.lastSeenAt ?? 0 })
  }
  return quiet.length
}
