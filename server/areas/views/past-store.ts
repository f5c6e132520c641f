import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own, padded } from '../../base/db.ts'
import { contains, type Field, type Fields } from '../../base/filter.ts'
import type { Page, Sorts } from '../../base/page.ts'
import { fold } from '../../base/text.ts'
import { type JsonValue, monthOf } from '../devices/index.ts'
import { type ListedDevice, ownFields } from './device-store.ts'
import { groupField } from './policy-store.ts'

/** A device as it was, in the columns that lists show. */
export type PastDevice = Omit<ListedDevice, 'waiting'>

interface Tables {
  devices: PastDevice & { org: string }
  tag_past: { org: string; device: string; tag: string; tag_key: string; since: number; until: number | null }
  item_past: {
    org: string
    device: string
    item: string
    account: string
    kind: string
    policy: string
    policy_version: number
    state: string
    since: number
    until: number | null
  }
  past_begins: { org: string; at: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** What a list of the past may be sorted by. */
export const pastSorts: Sorts = {
  list: 'devices.past',
  id: 'id',
  default: 'name',
  columns: { name: { column: 'name_key', type: 'text' } },
}

/** That a row of a table of the past held at an instant. */
export function held(at: number, table: string): Expression<SqlBool> {
  const [since, until] = [sql.ref(`${table}.since`), sql.ref(`${table}.until`)]
  return sql<SqlBool>`(${since} <= ${at} AND (${until} IS NULL OR ${until} > ${at}))`
}

/** Since when the past is kept; null before the first device. */
export async function pastBegins(ctx: Ctx): Promise<number | null> {
  const row = await db(ctx).selectFrom('past_begins').select('at').where('org', '=', ctx.org).executeTakeFirst()
  return row ? Number(row.at) : null
}

const monthsKept = 15

/** Last contact as it was known at an instant: exactly where it has not called since, else the day (UTC) of it. */
function lastSeen(at: number): Expression<number> {
  const { month, bit } = monthOf(at)
  const starts = sql.join(
    Array.from({ length: monthsKept }, (_, i) => {
      const m = month - i
      return sql`WHEN ${sql.lit(m)} THEN ${sql.lit(Date.UTC(Math.floor(m / 12), m % 12, 1))}`
    }),
    sql` `,
  )
  const known = sql`(m.days & CASE WHEN m.month = ${sql.lit(month)} THEN ${sql.lit(2 * bit - 1)} ELSE 2147483647 END)`
  const days = sql.join(
    Array.from(
      { length: 31 },
      (_, i) => sql`WHEN ${known} >= ${sql.lit(2 ** (30 - i))} THEN ${sql.lit((30 - i) * 86_400_000)}`,
    ),
    sql` `,
  )
  return sql<number>`COALESCE(
    (SELECT c.last_seen_at FROM devices AS c WHERE c.org = p.org AND c.id = p.id AND c.last_seen_at <= ${at}),
    (SELECT CAST(CASE m.month ${starts} END AS BIGINT) + CASE ${days} ELSE 0 END FROM contact_months AS m
      WHERE m.org = p.org AND m.device = p.id AND m.month <= ${sql.lit(month)} AND m.month > ${sql.lit(month - monthsKept)}
        AND ${known} <> 0 ORDER BY m.month DESC LIMIT 1), 0)`
}

/** The devices as they were at an instant, under the name that conditions on lists use. */
const then = (ctx: Ctx, at: number) =>
  sql<PastDevice & { org: string }>`(SELECT p.*, ${lastSeen(at)} AS last_seen_at FROM device_past AS p
    WHERE p.org = ${ctx.org} AND ${held(at, 'p')})`.as<'devices'>('devices')

/** What lists of the past can be filtered by. Who was in a group is asked of today. */
export function pastFields(ctx: Ctx, at: number): Fields {
  const isNone = (value: string): boolean => fold(value) === 'none'
  const part = (column: string): Field => ({
    kind: 'custom',
    match: value =>
      isNone(value) ? sql<SqlBool>`${sql.ref(column)} = ''` : contains(column, value.replaceAll(' ', ''), false),
  })
  return {
    words: [],
    fields: {
      ...ownFields,
      model: { kind: 'text', column: 'model_key', folded: true },
      serial: part('serial'),
      udid: part('udid'),
      imei: part('imei'),
      asset: part('asset_tag'),
      user: {
        kind: 'custom',
        match: value => {
          if (isNone(value)) return sql<SqlBool>`user_id IS NULL`
          return value.startsWith('usr_') ? sql<SqlBool>`user_id = ${value}` : contains('user_key', value, true)
        },
      },
      tag: { kind: 'custom', match: value => tagged(ctx, at, isNone(value) ? null : fold(value)) },
      policy: { kind: 'custom', match: value => standing(ctx, at, value) },
      group: groupField(ctx),
    },
  }
}

function tagged(ctx: Ctx, at: number, key: string | null): Expression<SqlBool> {
  const of = sql`SELECT device FROM tag_past WHERE tag_past.org = ${ctx.org} AND ${held(at, 'tag_past')}`
  return key === null ? sql<SqlBool>`id NOT IN (${of})` : sql<SqlBool>`id IN (${of} AND tag_key = ${key})`
}

async function standing(ctx: Ctx, at: number, value: string): Promise<Expression<SqlBool>> {
  const having = (what: Expression<unknown>) =>
    sql<SqlBool>`EXISTS (SELECT 1 FROM item_past WHERE item_past.org = ${ctx.org} AND item_past.device = devices.id
      AND ${held(at, 'item_past')} AND ${what})`
  switch (fold(value)) {
    case 'none':
      return sql<SqlBool>`NOT ${having(sql`1 = 1`)}`
    case 'ok':
      return sql<SqlBool>`(${having(sql`1 = 1`)} AND NOT ${having(sql`item_past.state NOT IN ('installed', 'unsupported')`)})`
    case 'failed':
      return having(sql`item_past.state IN ('failed', 'blocked')`)
    case 'pending':
      return having(sql`item_past.state = 'pending'`)
    case 'unsupported':
      return having(sql`item_past.state = 'unsupported'`)
    default: {
      const named = sql`SELECT policies.id FROM policies WHERE policies.org = ${ctx.org} AND policies.name_key = ${fold(value)}`
      return having(value.startsWith('pol_') ? sql`item_past.policy = ${value}` : sql`item_past.policy IN (${named})`)
    }
  }
}

/** That a word occurs in what a device was looked up by. */
export function wordHolds(word: string): Expression<SqlBool> {
  const plain = word.replaceAll(' ', '')
  return sql<SqlBool>`(${contains('name_key', word, true)} OR COALESCE(${contains('user_key', word, true)}, 1 = 0)
    OR ${contains('serial', plain, false)} OR ${contains('udid', plain, false)} OR ${contains('imei', plain, false)}
    OR ${contains('asset_tag', word, false)})`
}

/** One page of the devices as they were at an instant that meet the conditions. */
export async function listPast(
  ctx: Ctx,
  at: number,
  conditions: Expression<SqlBool>,
  page: Page,
): Promise<PastDevice[]> {
  const rows = await page.apply(db(ctx).selectFrom(then(ctx, at)).selectAll().where(conditions)).execute()
  return rows.map(r => ({ ...r, last_seen_at: Number(r.last_seen_at) }))
}

/** How many there were. */
export async function countPast(ctx: Ctx, at: number, conditions: Expression<SqlBool>): Promise<number> {
  const row = await db(ctx)
    .selectFrom(then(ctx, at))
    .select(e => e.fn.countAll<number>().as('n'))
    .where(conditions)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** One device as it was. */
export async function findPast(ctx: Ctx, at: number, id: string): Promise<PastDevice | undefined> {
  const row = await db(ctx).selectFrom(then(ctx, at)).selectAll().where('id', '=', id).executeTakeFirst()
  return row && { ...row, last_seen_at: Number(row.last_seen_at) }
}

/** Tags these devices had, in order. */
export async function pastTags(ctx: Ctx, at: number, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('tag_past')
    .select(['device', 'tag'])
    .where('org', '=', ctx.org)
    .where('device', 'in', padded(ids))
    .where(held(at, 'tag_past'))
    .orderBy('tag_key')
    .execute()
  const by = new Map<string, string[]>()
  for (const { device, tag } of rows) by.set(device, [...(by.get(device) ?? []), tag])
  return by
}

/** An item as it stood. */
export interface PastItem {
  device: string
  item: string
  account: string
  kind: string
  policy: string
  policyVersion: number
  state: string
  since: number
}

/** How these devices stood with what they should have. */
export async function pastItems(ctx: Ctx, at: number, ids: readonly string[]): Promise<PastItem[]> {
  if (ids.length === 0) return []
  const rows = await db(ctx)
    .selectFrom('item_past')
    .select(['device', 'item', 'account', 'kind', 'policy', 'policy_version', 'state', 'since'])
    .where('org', '=', ctx.org)
    .where('device', 'in', padded(ids))
    .where(held(at, 'item_past'))
    .orderBy('item')
    .orderBy('account')
    .execute()
  return rows.map(({ policy_version: policyVersion, since, ...r }) => ({ ...r, policyVersion, since: Number(since) }))
}

/** What these devices had last said at an instant: all of it, or these facts. */
export async function pastFacts(
  ctx: Ctx,
  at: number,
  ids: readonly string[],
  keys?: readonly string[],
): Promise<{ device: string; key: string; value: JsonValue; at: number }[]> {
  if (ids.length === 0 || keys?.length === 0) return []
  const meant = sql.join(padded(ids))
  const only = keys === undefined ? sql`` : sql`AND h.fact IN (${sql.join(padded(keys))})`
  const { rows } = await sql<{ device: string; fact: string; value: string; at: number }>`
    SELECT h.device, h.fact, h.value, h.at FROM fact_history AS h
    WHERE h.org = ${ctx.org} AND h.device IN (${meant}) AND h.at <= ${at} ${only}
      AND NOT EXISTS (SELECT 1 FROM fact_history AS l WHERE l.org = h.org AND l.device = h.device AND l.fact = h.fact
        AND l.at > h.at AND l.at <= ${at})
    ORDER BY h.device, h.fact`.execute(ctx.tx)
  return rows.map(r => ({ device: r.device, key: r.fact, value: JSON.parse(r.value) as JsonValue, at: Number(r.at) }))
}

/** How these devices were last managed; absent where they never were. */
export async function modesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ device: string; kind: string }>`SELECT device, kind FROM enrollments
    WHERE org = ${ctx.org} AND device IN (${sql.join(padded(ids))}) ORDER BY started_at`.execute(ctx.tx)
  return new Map(rows.map(r => [r.device, r.kind]))
}

/** Names of these policies, archived ones too. */
export async function policyNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`SELECT id, name FROM policies
    WHERE org = ${ctx.org} AND id IN (${sql.join(padded([...new Set(ids)]))})`.execute(ctx.tx)
  return new Map(rows.map(r => [r.id, r.name]))
}
