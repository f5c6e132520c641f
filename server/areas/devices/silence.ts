import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import { rootUnit } from '../identity/index.ts'
import * as contact from './contact-store.ts'
import { about } from './device.ts'
import { deviceEvents } from './events.ts'
import { retag } from './tagging.ts'

const usualDays = 14
const dayMs = 24 * 3_600_000

/** Looks, every hour, for devices that have been quiet too long. */
export const watchContacts = jobName<Record<string, never>>('devices.watch')

/** Begins the watch over an org's devices with its first device; later calls only read. */
export async function beginWatch(ctx: Ctx): Promise<void> {
  if (await contact.hasRules(ctx)) return
  await contact.putSilentAfterDays(ctx, usualDays)
  await enqueue(ctx, watchContacts, {}, { dedupe: 'org', inMs: dayMs / 24 })
}

/** After how many days without contact a device counts as silent. */
export async function silentAfterDays(ctx: Ctx): Promise<number> {
  return (await contact.silentAfterDays(ctx)) ?? usualDays
}

/** Changes after how many days without contact a device counts as silent, for the whole org. */
export async function setSilentAfterDays(ctx: Ctx, days: number): Promise<number> {
  demand(ctx.authority, 'org:write', (await rootUnit(ctx)).path, 'devices:read')
  const before = await silentAfterDays(ctx)
  if (before === days) return days
  await beginWatch(ctx)
  await contact.putSilentAfterDays(ctx, days)
  await record(ctx, deviceEvents.ruleChanged, null, { field: 'silentAfterDays', before, now: days })
  return days
}

/** Marks one page of the devices that have been quiet too long; answers how many, so that the caller comes again while there are more. */
export async function markSilent(ctx: Ctx, most: number): Promise<number> {
  const days = await silentAfterDays(ctx)
  const quiet = await contact.unheardSince(ctx, ctx.now - days * dayMs, most)
  for (const device of quiet) {
    await contact.fallSilent(ctx, device.id)
    await retag(ctx, device.id, ['state'])
    await record(ctx, deviceEvents.missed, about(device), { days, lastSeenAt: device.lastSeenAt ?? 0 })
  }
  return quiet.length
}
