import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { within } from '../../base/filter.ts'
import type { JsonValue } from './fact.ts'
import type { DeviceRow } from './store.ts'
import type { DeviceRecord } from './tag-match.ts'

interface Tables {
  devices: DeviceRow
  identifiers: { org: string; device: string; kind: string; match_key: string }
  facts: { org: string; device: string; fact: string; value: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Which devices to read as rules see them, and which of their facts. */
export interface RecordsWish {
  facts: readonly string[]
  identifiers: boolean
}

/** These devices as rules see them. */
export async function recordsOf(ctx: Ctx, ids: readonly string[], wish: RecordsWish): Promise<DeviceRecord[]> {
  if (ids.length === 0) return []
  const rows = await db(ctx)
    .selectFrom('devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute()
  return toRecords(ctx, rows, wish)
}

/** Ids of the devices below a path in order, after one of them. */
export async function idsBelow(
  ctx: Ctx,
  { path, after, limit }: { path: string; after: string; limit: number },
): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('devices')
    .select('id')
    .where('org', '=', ctx.org)
    .where(within('unit_path', [path]))
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(r => r.id)
}

async function toRecords(ctx: Ctx, rows: readonly DeviceRow[], wish: RecordsWish): Promise<DeviceRecord[]> {
  const ids = rows.map(r => r.id)
  const identifiers = wish.identifiers && ids.length > 0 ? await identifiersOf(ctx, ids) : new Map()
  const facts = wish.facts.length > 0 && ids.length > 0 ? await factsOf(ctx, ids, wish.facts) : new Map()
  return rows.map(r => ({
    id: r.id,
    unitPath: r.unit_path,
    name: r.name_key,
    platform: r.platform,
    osKey: r.os_key,
    ownership: r.ownership,
    supervised: r.supervised === null ? null : r.supervised === 1,
    shared: r.shared === 1,
    state: r.state,
    modelKey: r.model_key,
    serial: r.serial,
    udid: r.udid,
    imei: r.imei,
    assetTag: r.asset_tag,
    user: r.user_id,
    userKey: r.user_key,
    identifiers: identifiers.get(r.id) ?? [],
    facts: facts.get(r.id) ?? new Map(),
  }))
}

async function identifiersOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, DeviceRecord['identifiers']>> {
  const rows = await db(ctx)
    .selectFrom('identifiers')
    .select(['device', 'kind', 'match_key'])
    .where('org', '=', ctx.org)
    .where('device', 'in', [...ids])
    .where('kind', 'in', ['serial', 'udid', 'imei'])
    .execute()
  const by = new Map<string, { kind: string; matchKey: string }[]>()
  for (const r of rows) by.set(r.device, [...(by.get(r.device) ?? []), { kind: r.kind, matchKey: r.match_key }])
  return by
}

async function factsOf(
  ctx: Ctx,
  ids: readonly string[],
  keys: readonly string[],
): Promise<Map<string, DeviceRecord['facts']>> {
  const rows = await db(ctx)
    .selectFrom('facts')
    .select(['device', 'fact', 'value'])
    .where('org', '=', ctx.org)
    .where('device', 'in', [...ids])
    .where(sql<string>`lower(fact)`, 'in', [...keys])
    .execute()
  const by = new Map<string, Map<string, JsonValue>>()
  for (const r of rows) {
    const of = by.get(r.device) ?? new Map<string, JsonValue>()
    by.set(r.device, of.set(r.fact.toLowerCase(), JSON.parse(r.value) as JsonValue))
  }
  return by
}
