import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

interface Tables {
  privacy_passes: { org: string; why: string; after: string; again: number; at: number }
  sweeps: { org: string; device: string; why: string; at: number }
  holds: HoldRow
}

/** A hold on a device, as it is stored. */
export interface HoldRow {
  org: string
  device: string
  reason: string
  incident: string | null
  by_kind: string
  by_id: string | null
  at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

export async function findPass(
  ctx: Ctx,
): Promise<{ why: string; after: string; again: number; at: number } | undefined> {
  return db(ctx).selectFrom('privacy_passes').selectAll().where('org', '=', ctx.org).executeTakeFirst()
}

/** Begins a pass, or has the one that runs begin anew at its end. */
export async function putPass(ctx: Ctx, why: string): Promise<void> {
  await db(ctx)
    .insertInto('privacy_passes')
    .values({ org: ctx.org, why, after: '', again: 0, at: ctx.now })
    .onConflict(c => c.column('org').doUpdateSet({ again: 1, why }))
    .execute()
}

export async function changePass(ctx: Ctx, change: { after: string; again?: number }): Promise<void> {
  await db(ctx).updateTable('privacy_passes').set(change).where('org', '=', ctx.org).execute()
}

export async function endPass(ctx: Ctx): Promise<void> {
  await db(ctx).deleteFrom('privacy_passes').where('org', '=', ctx.org).execute()
}

/** Devices that must be held against the charter again. */
export async function putSweeps(ctx: Ctx, devices: readonly string[], why: string): Promise<void> {
  if (devices.length === 0) return
  await db(ctx)
    .insertInto('sweeps')
    .values(devices.map(device => ({ org: ctx.org, device, why, at: ctx.now })))
    .onConflict(c => c.doNothing())
    .execute()
}

export async function takeSweeps(ctx: Ctx, limit: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('sweeps')
    .select('device')
    .where('org', '=', ctx.org)
    .orderBy('at')
    .limit(limit)
    .execute()
  const devices = rows.map(r => r.device)
  if (devices.length > 0)
    await db(ctx).deleteFrom('sweeps').where('org', '=', ctx.org).where('device', 'in', devices).execute()
  return devices
}

export function findHold(ctx: Ctx, device: string): Promise<HoldRow | undefined> {
  return db(ctx)
    .selectFrom('holds')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .executeTakeFirst()
}

export function listHolds(ctx: Ctx, after: string, limit: number): Promise<HoldRow[]> {
  return db(ctx)
    .selectFrom('holds')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '>', after)
    .orderBy('device')
    .limit(limit)
    .execute()
}

export async function putHold(ctx: Ctx, hold: Omit<HoldRow, 'org' | 'at'>): Promise<void> {
  const row = { ...hold, org: ctx.org, at: ctx.now }
  await db(ctx)
    .insertInto('holds')
    .values(row)
    .onConflict(c => c.columns(['org', 'device']).doUpdateSet(row))
    .execute()
}

export async function removeHold(ctx: Ctx, device: string): Promise<boolean> {
  const gone = await db(ctx)
    .deleteFrom('holds')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .returning('device')
    .execute()
  return gone.length > 0
}
