import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { contains, type Field, type Fields, within } from '../../base/filter.ts'
import type { Page, Sorts } from '../../base/page.ts'
import { fold } from '../../base/text.ts'
import { deviceStates, matchKey, ownerships, platforms } from '../devices/index.ts'

/** What lists of devices are filtered by that stands in a row itself, today or on a past day. */
export const ownFields = {
  name: { kind: 'text', column: 'name_key', folded: true },
  platform: { kind: 'set', column: 'platform', values: platforms },
  os: { kind: 'version', column: 'os_key' },
  ownership: { kind: 'set', column: 'ownership', values: ownerships },
  supervised: { kind: 'flag', column: 'supervised' },
  shared: { kind: 'flag', column: 'shared' },
  unit: { kind: 'unit', column: 'unit_path' },
  state: { kind: 'set', column: 'state', values: deviceStates },
  seen: { kind: 'instant', column: 'last_seen_at' },
  enrolled: { kind: 'instant', column: 'enrolled_at' },
} as const satisfies Fields['fields']

/** The columns of a device that lists show. */
export interface ListedDevice {
  id: string
  unit: string
  unit_path: string
  user_id: string | null
  user_name: string | null
  name: string
  name_key: string
  platform: string
  form_factor: string
  model: string
  model_name: string
  os_version: string
  os_key: string
  serial: string
  udid: string
  imei: string
  ownership: string
  shared: number
  supervised: number | null
  state: string
  state_reason: string | null
  asset_tag: string
  enrolled_at: number
  last_seen_at: number
  waiting: number
}

interface Tables {
  devices: ListedDevice & { org: string }
  device_texts: { org: string; device: string; unit_path: string; text: string }
  identifiers: { org: string; device: string; kind: string; match_key: string }
  tags: { org: string; device: string; tag: string; tag_key: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

const columns = [
  'id',
  'unit',
  'unit_path',
  'user_id',
  'user_name',
  'name',
  'name_key',
  'platform',
  'form_factor',
  'model',
  'model_name',
  'os_version',
  'os_key',
  'serial',
  'udid',
  'imei',
  'ownership',
  'shared',
  'supervised',
  'state',
  'state_reason',
  'asset_tag',
  'enrolled_at',
  'last_seen_at',
  'waiting',
] as const

/** What the device list may be sorted by; each has an index that carries what filters look at. */
export const deviceSorts: Sorts = {
  list: 'devices',
  id: 'id',
  default: '-lastSeenAt',
  columns: {
    name: { column: 'name_key', type: 'text' },
    os: { column: 'os_key', type: 'text' },
    lastSeenAt: { column: 'last_seen_at', type: 'number' },
    enrolledAt: { column: 'enrolled_at', type: 'number' },
    serial: { column: 'serial', type: 'text' },
  },
}

const isNone = (value: string): boolean => fold(value) === 'none'

/** Fields of device filters that look beside the row. */
export function deviceFields(ctx: Ctx): Record<'serial' | 'udid' | 'imei' | 'user' | 'asset' | 'tag' | 'model', Field> {
  const shown = (kind: 'serial' | 'udid' | 'imei'): Field => ({
    kind: 'custom',
    match: value =>
      isNone(value)
        ? sql<SqlBool>`${sql.ref(kind)} = ''`
        : sql<SqlBool>`EXISTS (SELECT 1 FROM identifiers WHERE identifiers.org = devices.org
            AND identifiers.device = devices.id AND kind = ${kind}
            AND ${contains('match_key', matchKey(kind, value), true)})`,
  })
  const part = (column: string, absent: string): Field => ({
    kind: 'custom',
    match: value => (isNone(value) ? sql<SqlBool>`${sql.raw(absent)}` : contains(column, value, false)),
  })
  return {
    serial: shown('serial'),
    udid: shown('udid'),
    imei: shown('imei'),
    asset: part('asset_tag', "asset_tag = ''"),
    user: {
      kind: 'custom',
      match: value =>
        value.startsWith('usr_')
          ? sql<SqlBool>`user_id = ${value}`
          : isNone(value)
            ? sql<SqlBool>`user_id IS NULL`
            : contains('user_key', value, true),
    },
    model: { kind: 'text', column: 'model_key', folded: true },
    tag: {
      kind: 'custom',
      match: value =>
        isNone(value)
          ? sql<SqlBool>`NOT EXISTS (SELECT 1 FROM tags WHERE tags.org = devices.org AND tags.device = devices.id)`
          : sql<SqlBool>`id IN (SELECT device FROM tags WHERE org = ${ctx.org} AND tag_key = ${fold(value)})`,
    },
  }
}

/** Whether these subtrees are the whole org: a path of one part is its top. */
export function isTop(paths: readonly string[]): boolean {
  return paths.some(p => p.split('/').length <= 3)
}

/** Devices of these subtrees only. */
export function inScope(paths: readonly string[]): Expression<SqlBool> {
  return isTop(paths) ? sql<SqlBool>`1 = 1` : within('unit_path', paths)
}

/**
 * The text by which a term on one of these fields can be narrowed beforehand: what the field holds is part of the text a device is looked up by.
 * Null where it cannot.
 */
export function textOfTerm(field: string, value: string): string | null {
  switch (field) {
    case 'serial':
    case 'udid':
    case 'imei':
      return isNone(value) ? null : matchKey(field, value)
    case 'user':
      return isNone(value) || value.startsWith('usr_') ? null : value
    case 'name':
    case 'asset':
      return isNone(value) ? null : value
    default:
      return null
  }
}

/** That every one of these words is found somewhere in the text of the device. */
export function textHolds(words: readonly string[]): Expression<SqlBool> {
  return sql<SqlBool>`EXISTS (SELECT 1 FROM device_texts
    WHERE device_texts.org = devices.org AND device_texts.device = devices.id AND ${allWords(words)})`
}

/** That the text of the device holds this word nowhere. A scalar subquery, because PostgreSQL would join all texts for NOT EXISTS. */
export function textLacks(word: string): Expression<SqlBool> {
  const text = sql<string>`(SELECT text FROM device_texts
    WHERE device_texts.org = devices.org AND device_texts.device = devices.id)`
  return sql<SqlBool>`NOT (${contains(text, word, true)})`
}

/**
 * Ids of at most `most` devices that the reader may see and whose text holds every word. Reads the narrow table from end to end:
 * the expression around `org` keeps both engines from walking the index instead, which takes twice as long.
 */
export async function devicesHolding(ctx: Ctx, words: readonly string[], most: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('device_texts')
    .select('device')
    .where(sql<string>`coalesce(org, '')`, '=', ctx.org)
    .where(inScope(ctx.authority.where('devices:read')))
    .where(allWords(words))
    .limit(most)
    .execute()
  return rows.map(r => r.device)
}

/** How many devices hold every word. */
export async function countHolding(ctx: Ctx, words: readonly string[]): Promise<number> {
  const row = await db(ctx)
    .selectFrom('device_texts')
    .select(e => e.fn.countAll<number>().as('n'))
    .where(sql<string>`coalesce(org, '')`, '=', ctx.org)
    .where(allWords(words))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

function allWords(words: readonly string[]): Expression<SqlBool> {
  return sql<SqlBool>`(${sql.join(
    words.map(w => contains('text', w, true)),
    sql` AND `,
  )})`
}

/** That the device is one of these. The list is filled up so that few different statements are prepared. */
export function oneOf(ids: readonly string[], column = 'id'): Expression<SqlBool> {
  const [first] = ids
  if (first === undefined) return sql<SqlBool>`1 = 0`
  const size = 2 ** Math.ceil(Math.log2(ids.length))
  const filled = Array.from({ length: size }, (_, i) => ids[i] ?? first)
  return sql<SqlBool>`${sql.ref(column)} IN (${sql.join(filled)})`
}

/** One page of devices that meet all conditions. */
export async function listDevices(ctx: Ctx, conditions: Expression<SqlBool>, page: Page): Promise<ListedDevice[]> {
  const rows = db(ctx).selectFrom('devices').select(columns).where('org', '=', ctx.org).where(conditions)
  return page.apply(rows).execute()
}

/** How many devices meet the conditions. */
export async function countDevices(ctx: Ctx, conditions: Expression<SqlBool>): Promise<number> {
  const row = await db(ctx)
    .selectFrom('devices')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where(conditions)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** How many of the devices that meet the conditions are of each platform, form, state and unit. */
export async function groupDevices(
  ctx: Ctx,
  conditions: Expression<SqlBool>,
): Promise<{ unit: string; platform: string; form_factor: string; state: string; n: number }[]> {
  const rows = await db(ctx)
    .selectFrom('devices')
    .select(e => ['unit', 'platform', 'form_factor', 'state', e.fn.countAll<number>().as('n')])
    .where('org', '=', ctx.org)
    .where(conditions)
    .groupBy(['unit', 'platform', 'form_factor', 'state'])
    .execute()
  return rows.map(r => ({ ...r, n: Number(r.n) }))
}

/** The device with this id as lists show it. */
export async function listedDevice(ctx: Ctx, id: string): Promise<ListedDevice | undefined> {
  return db(ctx)
    .selectFrom('devices')
    .select(columns)
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Tags of these devices, in order. */
export async function tagsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db(ctx)
    .selectFrom('tags')
    .select(['device', 'tag'])
    .where('org', '=', ctx.org)
    .where(oneOf(ids, 'device'))
    .orderBy('tag_key')
    .execute()
  const byDevice = new Map<string, string[]>()
  for (const { device, tag } of rows) byDevice.set(device, [...(byDevice.get(device) ?? []), tag])
  return byDevice
}
