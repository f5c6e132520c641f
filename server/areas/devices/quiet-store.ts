import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Device } from './device.ts'
import { type DeviceRow, toDevice } from './store.ts'

/** That a device is known to be away, until when and why. */
export interface HoldRow {
  org: string
  device: string
  until: number
  reason: string
  by_kind: string
  by_id: string | null
  at: number
}

interface Tables {
  devices: DeviceRow
  device_quiets: { org: string; device: string; since: number }
  device_holds: HoldRow
  device_rules: { org: string; silent_after_days: number; caution_after_days: number; stuck_after_minutes: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Devices in use that have not been heard of since this instant, were not cautioned of, and are not known to be away. */
export async function quietSince(ctx: Ctx, at: number, most: number): Promise<Device[]> {
  const rows = await db(ctx)
    .selectFrom('devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('state', '=', 'active')
    .where('last_seen_at', '<', at)
    .where('enrolled_at', '<', at)
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM device_quiets q WHERE q.org = devices.org AND q.device = devices.id)`)
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM device_holds h WHERE h.org = devices.org AND h.device = devices.id)`)
    .orderBy('last_seen_at')
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map(toDevice)
}

/** Notes that a device was cautioned of. */
export async function putQuiet(ctx: Ctx, device: string): Promise<void> {
  await db(ctx)
    .insertInto('device_quiets')
    .values({ org: ctx.org, device, since: ctx.now })
    .onConflict(c => c.doNothing())
    .execute()
}

/** Forgets of these devices that they were cautioned of; answers those that were. */
export async function endQuiets(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  const rows = await db(ctx)
    .deleteFrom('device_quiets')
    .where('org', '=', ctx.org)
    .where('device', 'in', [...ids])
    .returning('device')
    .execute()
  return rows.map(r => r.device)
}

/** That a device is known to be away, if it is. */
export function findHold(ctx: Ctx, device: string): Promise<HoldRow | undefined> {
  return db(ctx)
    .selectFrom('device_holds')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .executeTakeFirst()
}

/** Notes that a device is known to be away. */
export async function putHold(ctx: Ctx, row: Omit<HoldRow, 'org'>): Promise<void> {
  const { device: _, ...set } = row
  await db(ctx)
    .insertInto('device_holds')
    .values({ ...row, org: ctx.org })
    .onConflict(c => c.columns(['org', 'device']).doUpdateSet(set))
    .execute()
}

/** Forgets it. */
export async function removeHold(ctx: Ctx, device: string): Promise<boolean> {
  const gone = await db(ctx)
    .deleteFrom('device_holds')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .returning('device')
    .execute()
  return gone.length > 0
}

/** Devices that were to be back by now. */
export async function holdsOver(ctx: Ctx, most: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('device_holds')
    .select('device')
    .where('org', '=', ctx.org)
    .where('until', '<=', ctx.now)
    .limit(most)
    .execute()
  return rows.map(r => r.device)
}

/** After how many days people are cautioned, and after how many minutes an enrollment is stuck, if the org has rules. */
export async function waits(ctx: Ctx): Promise<{ cautionAfterDays: number; stuckAfterMinutes: number } | undefined> {
  const row = await db(ctx)
    .selectFrom('device_rules')
    .select(['caution_after_days', 'stuck_after_minutes'])
    .where('org', '=', ctx.org)
    .executeTakeFirst()
  return row && { cautionAfterDays: row.caution_after_days, stuckAfterMinutes: row.stuck_after_minutes }
}

/** Stores them; the org has rules. */
export async function putWaits(
  ctx: Ctx,
  waits: { cautionAfterDays: number; stuckAfterMinutes: number },
): Promise<void> {
  await db(ctx)
    .updateTable('device_rules')
    .set({ caution_after_days: waits.cautionAfterDays, stuck_after_minutes: waits.stuckAfterMinutes })
    .where('org', '=', ctx.org)
    .execute()
}
