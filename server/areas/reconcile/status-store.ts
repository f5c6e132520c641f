import { type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import * as past from './past-store.ts'
import type { Channel, ItemError, ItemState, ItemStatus } from './item.ts'

/** A row as it is stored. */
export interface ItemRow {
  org: string
  enrollment: string
  account: string
  item: string
  device: string
  kind: string
  policy: string
  policy_version: number
  claims: string
  needs: string
  wanted: string | null
  sent: string | null
  has: string | null
  state: ItemState
  attempts: number
  not_before: number | null
  look_at: number | null
  error: string | null
  sent_at: number | null
  reported_at: number | null
  changed_at: number
  drifted_at: number | null
  repairs: number
  repairs_since: number | null
  via: string | null
  handle: string | null
}

interface Tables {
  item_status: ItemRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

const itemsOn = fixed<Tables, { org: string; enrollment: string; account: string }>()((from, v) =>
  from
    .selectFrom('item_status')
    .selectAll()
    .where('org', '=', v.org)
    .where('enrollment', '=', v.enrollment)
    .where('account', '=', v.account)
    .orderBy('item'),
)

/** Every item of an enrollment, of all its channels or of one. */
export async function listItems(ctx: Ctx, enrollment: string, account?: string): Promise<ItemStatus[]> {
  if (account !== undefined) return (await itemsOn(ctx.tx, { org: ctx.org, enrollment, account })).map(toStatus)
  const rows = db(ctx)
    .selectFrom('item_status')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .orderBy('account')
    .orderBy('item')
  return (await rows.execute()).map(toStatus)
}

/** One item of a channel. */
export async function findItem(ctx: Ctx, channel: Channel, item: string): Promise<ItemStatus | undefined> {
  const row = await at(ctx, channel, item).executeTakeFirst()
  return row && toStatus(row)
}

const at = (ctx: Ctx, { enrollment, account }: Channel, item: string) =>
  db(ctx)
    .selectFrom('item_status')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('account', '=', account)
    .where('item', '=', item)

/** Every item of these enrollments. */
export async function itemsOfAll(ctx: Ctx, enrollments: readonly string[]): Promise<Map<string, ItemStatus[]>> {
  if (enrollments.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('item_status')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('enrollment', 'in', enrollments)
    .execute()
  return Map.groupBy(rows.map(toStatus), r => r.enrollment)
}

const rowsAtOnce = 25

/** Writes items whether they had a row or not, many at once. */
export async function putItems(ctx: Ctx, items: readonly ItemStatus[]): Promise<void> {
  for (let i = 0; i < items.length; i += rowsAtOnce)
    await db(ctx)
      .insertInto('item_status')
      .values(items.slice(i, i + rowsAtOnce).map(one => toRow(ctx, one)))
      .onConflict(c =>
        c
          .columns(['org', 'enrollment', 'account', 'item'])
          .doUpdateSet(e => Object.fromEntries(changing.map(column => [column, e.ref(`excluded.${column}`)]))),
      )
      .execute()
}

const changing = [
  'device',
  'kind',
  'policy',
  'policy_version',
  'claims',
  'needs',
  'wanted',
  'sent',
  'has',
  'state',
  'attempts',
  'not_before',
  'look_at',
  'error',
  'sent_at',
  'reported_at',
  'changed_at',
  'drifted_at',
  'repairs',
  'repairs_since',
  'via',
  'handle',
] as const

/** Writes an item whose row is there. The sweep looks at it when it may be handed over again, unless it has looked at that instant already. */
export async function changeItem(ctx: Ctx, one: ItemStatus): Promise<void> {
  const { org, enrollment, account, item, look_at, ...change } = toRow(ctx, one)
  const next = sql<number | null>`CASE WHEN not_before IS NOT DISTINCT FROM ${look_at} THEN look_at ELSE ${look_at} END`
  await db(ctx)
    .updateTable('item_status')
    .set({ ...change, look_at: next })
    .where('org', '=', org)
    .where('enrollment', '=', enrollment)
    .where('account', '=', account)
    .where('item', '=', item)
    .execute()
}

/** Removes the row of an item. */
export async function removeItem(ctx: Ctx, { enrollment, account }: Channel, item: string): Promise<void> {
  await db(ctx)
    .deleteFrom('item_status')
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('account', '=', account)
    .where('item', '=', item)
    .execute()
}

/** Removes every item of an enrollment. */
export async function removeItems(ctx: Ctx, enrollment: string): Promise<void> {
  await db(ctx).deleteFrom('item_status').where('org', '=', ctx.org).where('enrollment', '=', enrollment).execute()
  await past.keepItems(ctx, [enrollment])
}

/** Whether something may be handed over on the channel now, as far as a row alone can tell. */
export async function hasDue(ctx: Ctx, { enrollment, account }: Channel): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM item_status WHERE org = ${ctx.org} AND enrollment = ${enrollment} AND account = ${account}
      AND ((state IN ('wanted', 'removing') AND (not_before IS NULL OR not_before <= ${ctx.now}))
        OR (state IN ('sent', 'failed') AND not_before <= ${ctx.now})) LIMIT 1`.execute(db(ctx))
  return rows.length > 0
}

/** Whether something is still expected of the device on any channel of the enrollment. */
export async function hasUnsettled(ctx: Ctx, enrollment: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('item_status')
    .select('item')
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('state', 'not in', ['installed', 'unsupported', 'waiting'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Notes that the sweep has looked at an item. */
export async function lookedAt(ctx: Ctx, { enrollment, account }: Channel, item: string): Promise<void> {
  await db(ctx)
    .updateTable('item_status')
    .set({ look_at: null })
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('account', '=', account)
    .where('item', '=', item)
    .execute()
}

/** Items that may be handed over again or were never answered and that the sweep has not looked at since, longest due first. */
export async function dueItems(ctx: Ctx, most: number): Promise<ItemStatus[]> {
  const rows = await db(ctx)
    .selectFrom('item_status')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(sql<SqlBool>`look_at IS NOT NULL`)
    .where('look_at', '<=', ctx.now)
    .orderBy('look_at')
    .limit(most)
    .execute()
  return rows.map(toStatus)
}

function toStatus(row: ItemRow): ItemStatus {
  return {
    enrollment: row.enrollment,
    account: row.account,
    item: row.item,
    device: row.device,
    kind: row.kind,
    policy: row.policy,
    policyVersion: row.policy_version,
    claims: JSON.parse(row.claims) as string[],
    needs: JSON.parse(row.needs) as string[],
    wanted: row.wanted,
    sent: row.sent,
    has: row.has,
    state: row.state,
    attempts: row.attempts,
    notBefore: row.not_before,
    error: row.error === null ? null : (JSON.parse(row.error) as ItemError),
    sentAt: row.sent_at,
    reportedAt: row.reported_at,
    changedAt: row.changed_at,
    driftedAt: row.drifted_at,
    repairs: row.repairs,
    repairsSince: row.repairs_since,
    via: row.via,
    handle: row.handle,
  }
}

function toRow(ctx: Ctx, one: ItemStatus): ItemRow {
  return {
    org: ctx.org,
    enrollment: one.enrollment,
    account: one.account,
    item: one.item,
    device: one.device,
    kind: one.kind,
    policy: one.policy,
    policy_version: one.policyVersion,
    claims: JSON.stringify(one.claims),
    needs: JSON.stringify(one.needs),
    wanted: one.wanted,
    sent: one.sent,
    has: one.has,
    state: one.state,
    attempts: one.attempts,
    not_before: one.notBefore,
    look_at: one.notBefore,
    error: one.error === null ? null : JSON.stringify(one.error),
    sent_at: one.sentAt,
    reported_at: one.reportedAt,
    changed_at: one.changedAt,
    drifted_at: one.driftedAt,
    repairs: one.repairs,
    repairs_since: one.repairsSince,
    via: one.via,
    handle: one.handle,
  }
}
