import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { about, type Device } from './device.ts'
import { deviceEvents } from './events.ts'
import type { DeviceRow } from './store.ts'

/** Says in the log that a device told something new about itself, of what conditions of assignments and variables of policies look at. */
export async function describe(ctx: Ctx, before: Device, row: Partial<DeviceRow>): Promise<void> {
  const now: Partial<Record<keyof Device, unknown>> = {
    osVersion: row.os_version,
    supervised: row.supervised === undefined || row.supervised === null ? undefined : row.supervised === 1,
    platform: row.platform,
    name: row.name,
    model: row.model,
    serial: row.serial,
    imei: row.imei,
  }
  const fields = Object.entries(now)
    .filter(([field, value]) => value !== undefined && value !== (before[field as keyof Device] ?? ''))
    .map(([field]) => field)
  if (fields.length > 0) await record(ctx, deviceEvents.described, about(before), { fields })
}
