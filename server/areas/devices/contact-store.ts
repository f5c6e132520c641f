import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { contains, within, movedPath } from '../../base/filter.ts'
import type { Device } from './device.ts'
import * as past from './past-store.ts'
import { type DeviceRow, toDevice } from './store.ts'

interface Tables {
  devices: DeviceRow
  device_texts: { org: string; device: string; unit_path: string; text: string }
  identifiers: { org: string; device: string; kind: string; match_key: string; current: number }
  device_rules: { org: string; silent_after_days: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Moves the time of last contact forward, never back, in one statement. */
export async function putContacts(ctx: Ctx, rows: readonly { id: string; at: number }[]): Promise<void> {
  const heard = sql.join(rows.map(r => sql`(CAST(${r.id} AS TEXT), CAST(${r.at} AS BIGINT))`))
  await sql`UPDATE devices SET last_seen_at = heard.column2 FROM (VALUES ${heard}) AS heard
    WHERE devices.org = ${ctx.org} AND devices.id = heard.column1 AND devices.last_seen_at < heard.column2`.execute(
    ctx.tx,
  )
  await past.keepContacts(ctx, rows)
}

/** Those of these devices that are silent. */
export async function silentAmong(ctx: Ctx, ids: readonly string[]): Promise<Device[]> {
  const rows = await db(ctx)
    .selectFrom('devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .where('state', '=', 'silent')
    .execute()
  return rows.map(toDevice)
}

/** A silent device was heard of. */
export async function wakeSilent(ctx: Ctx, id: string): Promise<void> {
  await changeState(ctx, id, 'active')
}

/** Devices in use that have not been heard of since this instant, a page at a time. */
export async function unheardSince(ctx: Ctx, at: number, most: number): Promise<Device[]> {
  const rows = await db(ctx)
    .selectFrom('devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('state', '=', 'active')
    .where('last_seen_at', '<', at)
    .where('enrolled_at', '<', at)
    .orderBy('last_seen_at')
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map(toDevice)
}

/** A device has been quiet too long. */
export async function fallSilent(ctx: Ctx, id: string): Promise<void> {
  await changeState(ctx, id, 'silent')
}

async function changeState(ctx: Ctx, id: string, state: 'active' | 'silent'): Promise<void> {
  await db(ctx)
    .updateTable('devices')
    .set({ state, state_reason: null, state_at: ctx.now })
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .execute()
  await past.keepRow(ctx, id)
}

/** Whether the org has rules about its devices yet. */
export async function hasRules(ctx: Ctx): Promise<boolean> {
  return (await silentAfterDays(ctx)) !== undefined
}

/** After how many days without contact a device is silent, if the org has said so. */
export async function silentAfterDays(ctx: Ctx): Promise<number | undefined> {
  const row = await db(ctx)
    .selectFrom('device_rules')
    .select('silent_after_days')
    .where('org', '=', ctx.org)
    .executeTakeFirst()
  return row?.silent_after_days
}

/** Stores it. */
export async function putSilentAfterDays(ctx: Ctx, silent_after_days: number): Promise<void> {
  await db(ctx)
    .insertInto('device_rules')
    .values({ org: ctx.org, silent_after_days })
    .onConflict(c => c.column('org').doUpdateSet({ silent_after_days }))
    .execute()
}

/** Devices whose unit moved keep hanging on it: their path follows. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  const moved = movedPath(from, to)
  for (const table of ['devices', 'device_texts'] as const)
    await db(ctx)
      .updateTable(table)
      .set({ unit_path: moved })
      .where('org', '=', ctx.org)
      .where('unit_path', 'like', `${from}%`)
      .execute()
  await past.movePast(ctx, from, to)
}

/** Whether a device hangs on this unit. */
export async function hangsOn(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('devices')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** How many devices hang on each of these units, or belong to each of these users. */
export async function countBy(ctx: Ctx, by: 'unit' | 'user_id', ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('devices')
    .select(e => [by, e.fn.countAll<number>().as('n')])
    .where('org', '=', ctx.org)
    .where(by, 'in', [...ids])
    .groupBy(by)
    .execute()
  return new Map(rows.map(r => [String(r[by]), Number(r.n)]))
}

/** The devices of a user. */
export async function devicesOf(ctx: Ctx, user: string): Promise<Device[]> {
  const rows = await db(ctx)
    .selectFrom('devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('user_id', '=', user)
    .orderBy('id')
    .execute()
  return rows.map(toDevice)
}

/** The devices of these users, and these devices, in order of ids. */
export async function devicesAmong(
  ctx: Ctx,
  {
    users = [],
    ids = [],
    serials = [],
  }: { users?: readonly string[]; ids?: readonly string[]; serials?: readonly string[] },
): Promise<Device[]> {
  const any = (given: readonly string[]): string[] => (given.length === 0 ? [' '] : [...given])
  const shown = db(ctx)
    .selectFrom('identifiers')
    .select('device')
    .where('org', '=', ctx.org)
    .where('kind', '=', 'serial')
    .where('current', '=', 1)
    .where('match_key', 'in', any(serials))
  const rows = await db(ctx)
    .selectFrom('devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(e => e.or([e('user_id', 'in', any(users)), e('id', 'in', any(ids)), e('id', 'in', shown)]))
    .orderBy('id')
    .execute()
  return rows.map(toDevice)
}

/** The devices below these paths in order of ids, after one of them. */
export async function devicesWithin(
  ctx: Ctx,
  paths: readonly string[],
  { after, limit }: { after: string; limit: number },
): Promise<Device[]> {
  const rows = await db(ctx)
    .selectFrom('devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(within('unit_path', paths))
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toDevice)
}

/** The names of these devices. */
export async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('devices')
    .select(['id', 'name'])
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(r => [r.id, r.name]))
}

/** Ids of devices that are looked up by this text. */
export async function idsNamed(ctx: Ctx, text: string, most: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('device_texts')
    .select('device')
    .where('org', '=', ctx.org)
    .where(contains('text', text, true))
    .limit(most)
    .execute()
  return rows.map(r => r.device)
}
