import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import type { Device } from './device.ts'
import type { KnownIdentifier } from './identifiers.ts'
import * as past from './past-store.ts'

/** A row of devices as it is written. */
export interface DeviceRow {
  org: string
  id: string
  unit: string
  unit_path: string
  user_id: string | null
  user_name: string | null
  user_key: string | null
  name: string
  name_key: string
  named_by: Device['namedBy']
  platform: Device['platform']
  form_factor: Device['formFactor']
  model: string
  model_name: string
  model_key: string
  os_version: string
  os_key: string
  serial: string
  udid: string
  imei: string
  ownership: Device['ownership']
  shared: number
  supervised: number | null
  state: Device['state']
  state_reason: string | null
  state_at: number
  asset_tag: string
  enrolled_at: number
  last_seen_at: number
  waiting: number
  created_at: number
  road: string
  mode: string
}

interface IdentifierRow {
  org: string
  device: string
  kind: string
  slot: number
  match_key: string
  value: string
  current: number
  first_at: number
  seen_at: number
}

interface AssignmentRow {
  org: string
  device: string
  since: number
  until: number | null
  unit: string
  user_id: string | null
  by_kind: string
  by_id: string | null
}

interface Tables {
  devices: DeviceRow
  device_texts: { org: string; device: string; unit_path: string; text: string }
  identifiers: IdentifierRow
  assignments: AssignmentRow
  facts: { org: string; device: string; fact: string; value: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** A stored row as a device. */
export function toDevice(row: DeviceRow): Device {
  return {
    id: row.id as Device['id'],
    unit: row.unit as Device['unit'],
    unitPath: row.unit_path,
    user: row.user_id as Device['user'],
    userName: row.user_name,
    name: row.name,
    namedBy: row.named_by,
    platform: row.platform,
    formFactor: row.form_factor,
    model: row.model || null,
    modelName: row.model_name || null,
    osVersion: row.os_version || null,
    serial: row.serial || null,
    udid: row.udid || null,
    imei: row.imei || null,
    ownership: row.ownership,
    shared: row.shared === 1,
    supervised: row.supervised === null ? null : row.supervised === 1,
    state: row.state,
    stateReason: row.state_reason,
    stateAt: row.state_at,
    assetTag: row.asset_tag || null,
    enrolledAt: row.enrolled_at || null,
    lastSeenAt: Math.max(row.last_seen_at, row.enrolled_at) || null,
    waiting: row.waiting,
    createdAt: row.created_at,
  }
}

const deviceById = fixed<Tables, { org: string; id: string }>()((from, v) =>
  from.selectFrom('devices').selectAll().where('org', '=', v.org).where('id', '=', v.id),
)

/** The device with this id, if it is there. */
export async function findDevice(ctx: Ctx, id: string): Promise<Device | undefined> {
  const [row] = await deviceById(ctx.tx, { org: ctx.org, id })
  return row && toDevice(row)
}

/** Adds a device. */
export async function addDevice(ctx: Ctx, row: DeviceRow): Promise<void> {
  await db(ctx).insertInto('devices').values(row).execute()
  await past.beginPast(ctx)
  await past.keepRow(ctx, row.id)
}

/** Writes columns of a device. */
export async function changeDevice(ctx: Ctx, id: string, change: Partial<DeviceRow>): Promise<void> {
  await db(ctx).updateTable('devices').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
  if (past.isKept(change)) await past.keepRow(ctx, id)
}

/** Removes a device with everything that hangs on it. */
export async function removeDevice(ctx: Ctx, id: string): Promise<void> {
  await past.endPast(ctx, id)
  await db(ctx).deleteFrom('devices').where('org', '=', ctx.org).where('id', '=', id).execute()
}

const addWaiting = fixed<Tables, { org: string; id: string; more: number }>()((from, v) =>
  from
    .updateTable('devices')
    .set({ waiting: sql<number>`CASE WHEN waiting + ${v.more} < 0 THEN 0 ELSE waiting + ${v.more} END` })
    .where('org', '=', v.org)
    .where('id', '=', v.id),
)

/** Adds to, or sets, how many commands are under way. */
export async function changeWaiting(ctx: Ctx, id: string, change: number | { to: number }): Promise<void> {
  if (typeof change === 'number') {
    await addWaiting(ctx.tx, { org: ctx.org, id, more: change })
    return
  }
  const waiting = Math.max(0, change.to)
  await db(ctx).updateTable('devices').set({ waiting }).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Devices that show this identifier now, those in use and lately seen first. */
export async function devicesWith(ctx: Ctx, kind: string, matchKey: string): Promise<Device[]> {
  const rows = await db(ctx)
    .selectFrom('identifiers')
    .innerJoin('devices', j => j.onRef('devices.org', '=', 'identifiers.org').onRef('devices.id', '=', 'device'))
    .selectAll('devices')
    .where('identifiers.org', '=', ctx.org)
    .where('kind', '=', kind)
    .where('match_key', '=', matchKey)
    .where('current', '=', 1)
    .orderBy(sql`CASE WHEN devices.state = 'ended' THEN 1 ELSE 0 END`)
    .orderBy('devices.last_seen_at', 'desc')
    .orderBy('devices.id', 'desc')
    .limit(20)
    .execute()
  return rows.map(toDevice)
}

/** Every identifier the device has shown, those it shows now first. */
export async function listIdentifiers(ctx: Ctx, device: string): Promise<(KnownIdentifier & { matchKey: string })[]> {
  const rows = await db(ctx)
    .selectFrom('identifiers')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .orderBy('current', 'desc')
    .orderBy('kind')
    .orderBy('slot')
    .orderBy('seen_at', 'desc')
    .execute()
  return rows.map(r => ({
    kind: r.kind,
    value: r.value,
    slot: r.slot,
    current: r.current === 1,
    firstAt: r.first_at,
    seenAt: r.seen_at,
    matchKey: r.match_key,
  }))
}

/** The device shows something else in this place now. */
export async function outdateIdentifiers(ctx: Ctx, device: string, kind: string, slot: number): Promise<void> {
  await db(ctx)
    .updateTable('identifiers')
    .set({ current: 0 })
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('kind', '=', kind)
    .where('slot', '=', slot)
    .execute()
}

/** Stores an identifier as shown now. */
export async function putIdentifier(
  ctx: Ctx,
  one: { device: string; kind: string; slot: number; matchKey: string; value: string; firstAt: number },
): Promise<void> {
  const shown = { value: one.value, current: 1, seen_at: ctx.now }
  const key = { org: ctx.org, device: one.device, kind: one.kind, slot: one.slot, match_key: one.matchKey }
  await db(ctx)
    .insertInto('identifiers')
    .values({ ...key, ...shown, first_at: one.firstAt })
    .onConflict(c => c.columns(['org', 'device', 'kind', 'slot', 'match_key']).doUpdateSet(shown))
    .execute()
}

/** The name the device itself last reported. */
export async function reportedName(ctx: Ctx, device: string): Promise<string | null> {
  const row = await db(ctx)
    .selectFrom('facts')
    .select('value')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('fact', '=', 'identity.name')
    .executeTakeFirst()
  const name: unknown = row ? JSON.parse(row.value) : null
  return typeof name === 'string' && name !== '' ? name : null
}

/** Stores the text a device is looked up by. */
export async function putText(ctx: Ctx, device: string, unit_path: string, text: string): Promise<void> {
  await db(ctx)
    .insertInto('device_texts')
    .values({ org: ctx.org, device, unit_path, text })
    .onConflict(c => c.columns(['org', 'device']).doUpdateSet({ unit_path, text }))
    .execute()
}

/** Begins who has the device and where it belongs. */
export async function openAssignment(ctx: Ctx, device: string, unit: string, user: string | null): Promise<void> {
  const by_id = ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id
  const row = { unit, user_id: user, until: null, by_kind: ctx.actor.kind, by_id }
  await db(ctx)
    .insertInto('assignments')
    .values({ org: ctx.org, device, since: ctx.now, ...row })
    .onConflict(c => c.columns(['org', 'device', 'since']).doUpdateSet(row))
    .execute()
}

/** Ends it. */
export async function closeAssignment(ctx: Ctx, device: string): Promise<void> {
  await db(ctx)
    .updateTable('assignments')
    .set({ until: ctx.now })
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('until', 'is', null)
    .execute()
}

/** Who had the device and where it belonged, newest first. */
export async function listAssignments(ctx: Ctx, device: string): Promise<AssignmentRow[]> {
  return db(ctx)
    .selectFrom('assignments')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .orderBy('since', 'desc')
    .limit(200)
    .execute()
}
