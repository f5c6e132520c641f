import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** What was last computed of a device's working time. */
export interface LookRow {
  org: string
  device: string
  phase: 'working' | 'off'
  said: string
  since: number
  look_at: number | null
  slot: number
}

interface Tables {
  device_hours: LookRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** The row of a device; none where it has no working time. */
export async function findLook(ctx: Ctx, device: string): Promise<LookRow | undefined> {
  return db(ctx)
    .selectFrom('device_hours')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .executeTakeFirst()
}

/** The rows of these devices, by device. */
export async function looksOf(ctx: Ctx, devices: readonly string[]): Promise<Map<string, LookRow>> {
  if (devices.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('device_hours')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', 'in', devices)
    .execute()
  return new Map(rows.map(r => [r.device, r]))
}

/** Stores rows. */
export async function putLooks(ctx: Ctx, rows: readonly Omit<LookRow, 'org'>[]): Promise<void> {
  for (let i = 0; i < rows.length; i += 100)
    await db(ctx)
      .insertInto('device_hours')
      .values(rows.slice(i, i + 100).map(row => ({ org: ctx.org, ...row })))
      .onConflict(c =>
        c.columns(['org', 'device']).doUpdateSet(e => ({
          phase: e.ref('excluded.phase'),
          said: e.ref('excluded.said'),
          since: e.ref('excluded.since'),
          look_at: e.ref('excluded.look_at'),
          slot: e.ref('excluded.slot'),
        })),
      )
      .execute()
}

/** Forgets these devices. */
export async function removeLooks(ctx: Ctx, devices: readonly string[]): Promise<void> {
  if (devices.length === 0) return
  await db(ctx).deleteFrom('device_hours').where('org', '=', ctx.org).where('device', 'in', devices).execute()
}

/** How many are due, since when the first of them is, and how many there are at all. */
export async function dueNow(ctx: Ctx): Promise<{ count: number; since: number | null; all: number }> {
  const row = await db(ctx)
    .selectFrom('device_hours')
    .select(e => [e.fn.countAll<number>().as('n'), e.fn.min('look_at').as('since')])
    .where('org', '=', ctx.org)
    .where('look_at', '<=', ctx.now)
    .executeTakeFirstOrThrow()
  if (row.since === null) return { count: 0, since: null, all: 0 }
  const { all } = await db(ctx)
    .selectFrom('device_hours')
    .select(e => e.fn.countAll<number>().as('all'))
    .where('org', '=', ctx.org)
    .executeTakeFirstOrThrow()
  return { count: Number(row.n), since: Number(row.since), all: Number(all) }
}

/** Devices that are due and whose turn it is, longest due first. */
export async function dueBelow(ctx: Ctx, slot: number, limit: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('device_hours')
    .select('device')
    .where('org', '=', ctx.org)
    .where('look_at', '<=', ctx.now)
    .where('slot', '<', slot)
    .orderBy('look_at')
    .orderBy('slot')
    .limit(limit)
    .execute()
  return rows.map(r => r.device)
}

/** Has these devices looked at again only at this instant. */
export async function putOff(ctx: Ctx, devices: readonly string[], until: number): Promise<void> {
  if (devices.length === 0) return
  await db(ctx)
    .updateTable('device_hours')
    .set({ look_at: until })
    .where('org', '=', ctx.org)
    .where('device', 'in', devices)
    .execute()
}

/** The first instant at which any device is to be looked at. */
export async function firstLook(ctx: Ctx): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('device_hours')
    .select(e => e.fn.min('look_at').as('at'))
    .where('org', '=', ctx.org)
    .where('look_at', 'is not', null)
    .executeTakeFirst()
  return row === undefined || row.at === null ? null : Number(row.at)
}
