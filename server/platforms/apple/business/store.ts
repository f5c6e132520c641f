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

export type ActState = 'held' | 'wanted' | 'asked' | 'done' | 'failed'

export interface ActRow {
  org: string
  id: string
  program: string
  what: string
  server: string | null
  deadline: number | null
  state: ActState
  activity: string | null
  answer: string | null
  tries: number
  next_at: number | null
  by_kind: string
  by_id: string | null
  created_at: number
  ended_at: number | null
}

interface ActDeviceRow {
  org: string
  act: string
  serial: string
  guarded: string
  state: ActState
}

interface Tables {
  portal_servers: ServerRow
  portal_devices: DeviceRow
  portal_acts: ActRow
  portal_act_devices: ActDeviceRow
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

export function listDevices(
  ctx: Ctx,
  program: string,
  { after, limit }: { after: string; limit: number },
): Promise<DeviceRow[]> {
  return db(ctx)
    .selectFrom('portal_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('serial', '>', after)
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

export async function addAct(
  ctx: Ctx,
  row: Omit<ActRow, 'org'>,
  items: readonly Omit<ActDeviceRow, 'org' | 'act'>[],
): Promise<void> {
  await db(ctx)
    .insertInto('portal_acts')
    .values({ ...row, org: ctx.org })
    .execute()
  for (let at = 0; at < items.length; at += 100)
    await db(ctx)
      .insertInto('portal_act_devices')
      .values(items.slice(at, at + 100).map(item => ({ ...item, org: ctx.org, act: row.id })))
      .execute()
}

export function findAct(ctx: Ctx, id: string): Promise<ActRow | undefined> {
  return db(ctx)
    .selectFrom('portal_acts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function changeAct(ctx: Ctx, id: string, change: Partial<Omit<ActRow, 'org' | 'id'>>): Promise<void> {
  await db(ctx).updateTable('portal_acts').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Moves the devices of an act that are in one of these states. */
export async function moveItems(ctx: Ctx, act: string, from: readonly ActState[], to: ActState): Promise<void> {
  await db(ctx)
    .updateTable('portal_act_devices')
    .set({ state: to })
    .where('org', '=', ctx.org)
    .where('act', '=', act)
    .where('state', 'in', [...from])
    .execute()
}

export async function itemsOf(ctx: Ctx, act: string): Promise<ActDeviceRow[]> {
  return db(ctx)
    .selectFrom('portal_act_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('act', '=', act)
    .orderBy('serial')
    .execute()
}

/** What of a device is held by the guard. */
export function heldItems(ctx: Ctx, guarded: string): Promise<ActDeviceRow[]> {
  return db(ctx)
    .selectFrom('portal_act_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('guarded', '=', guarded)
    .where('state', '=', 'held')
    .orderBy('act')
    .execute()
}

export async function setItem(ctx: Ctx, act: string, serial: string, state: ActState): Promise<void> {
  await db(ctx)
    .updateTable('portal_act_devices')
    .set({ state })
    .where('org', '=', ctx.org)
    .where('act', '=', act)
    .where('serial', '=', serial)
    .execute()
}

export function dueActs(ctx: Ctx, program: string): Promise<ActRow[]> {
  return db(ctx)
    .selectFrom('portal_acts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('state', 'in', ['wanted', 'asked'])
    .where('next_at', '<=', ctx.now)
    .orderBy('created_at')
    .orderBy('id')
    .limit(50)
    .execute()
}

export async function nextAct(ctx: Ctx, program: string): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('portal_acts')
    .select('next_at')
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('state', 'in', ['wanted', 'asked'])
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst()
  return row?.next_at ?? null
}

export function listActs(ctx: Ctx, program: string, limit: number): Promise<ActRow[]> {
  return db(ctx)
    .selectFrom('portal_acts')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
