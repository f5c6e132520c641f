import type { Ctx } from '../../../base/ctx.ts'
import { own } from '../../../base/db.ts'

export interface ServerRow {
  org: string
  program: string
  id: string
  name: string
  kind: string
  round: number
}

export interface DeviceRow {
  org: string
  program: string
  serial: string
  id: string
  model: string | null
  family: string | null
  server: string | null
  migration: string | null
  deadline: number | null
  round: number
  seen_at: number
}

interface Tables {
  portal_servers: ServerRow
  portal_devices: DeviceRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

export async function putServers(ctx: Ctx, rows: readonly ServerRow[]): Promise<void> {
  for (const row of rows)
    await db(ctx)
      .insertInto('portal_servers')
      .values(row)
      .onConflict(c => c.columns(['org', 'program', 'id']).doUpdateSet(row))
      .execute()
}

export function listServers(ctx: Ctx, program: string): Promise<ServerRow[]> {
  return db(ctx)
    .selectFrom('portal_servers')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .orderBy('name')
    .orderBy('id')
    .execute()
}

/** Stores a page of devices as they are told; which server each has comes from elsewhere and stays. */
export async function putDevices(ctx: Ctx, rows: readonly Omit<DeviceRow, 'server'>[]): Promise<void> {
  for (const row of rows)
    await db(ctx)
      .insertInto('portal_devices')
      .values({ ...row, server: null })
      .onConflict(c => c.columns(['org', 'program', 'serial']).doUpdateSet(row))
      .execute()
}

/** Says which of these devices, by the vendor's ids, a server has. */
export async function putAssigned(ctx: Ctx, program: string, server: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db(ctx)
    .updateTable('portal_devices')
    .set({ server })
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('id', 'in', [...ids])
    .execute()
}

/** Before servers are read anew: nothing is assigned until one of them says so. */
export async function clearAssigned(ctx: Ctx, program: string): Promise<void> {
  await db(ctx)
    .updateTable('portal_devices')
    .set({ server: null })
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .execute()
}

/** Forgets what the round that has just ended did not see. */
export async function sweep(ctx: Ctx, program: string, round: number): Promise<void> {
  for (const table of ['portal_devices', 'portal_servers'] as const)
    await db(ctx)
      .deleteFrom(table)
      .where('org', '=', ctx.org)
      .where('program', '=', program)
      .where('round', '<', round)
      .execute()
}

/** How many devices the portal holds for the org. */
export async function countDevices(ctx: Ctx, program: string): Promise<number> {
  const { n } = await db(ctx)
    .selectFrom('portal_devices')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .executeTakeFirstOrThrow()
  return Number(n)
}

export function listDevices(
  ctx: Ctx,
  program: string,
  { after, begins, limit }: { after: string; begins: string; limit: number },
): Promise<DeviceRow[]> {
  return db(ctx)
    .selectFrom('portal_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('serial', '>', after)
    .where('serial', 'like', `${begins}%`)
    .orderBy('serial')
    .limit(limit)
    .execute()
}

export function devicesWith(ctx: Ctx, program: string, serials: readonly string[]): Promise<DeviceRow[]> {
  return db(ctx)
    .selectFrom('portal_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('serial', 'in', [...serials])
    .execute()
}
