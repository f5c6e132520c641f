import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Event } from '../../base/events.ts'
import type { Page } from '../../base/page.ts'
import { type EventTables, toEvent } from '../../base/seal.ts'

/** A part of a `where`. */
export type Condition = Expression<SqlBool>

const db = (ctx: Pick<Ctx, 'tx'>) => own<EventTables>(ctx.tx)

const sealed = (ctx: Ctx, seen: Condition) =>
  db(ctx).selectFrom('events').selectAll().where('org', '=', ctx.org).where('seq', 'is not', null).where(seen)

/** One page of the sealed log. */
export async function listEvents(
  ctx: Ctx,
  seen: Condition,
  page: Page,
  filter: Condition,
): Promise<{ items: Event[]; next: string | null }> {
  const { items, next } = page.finish(await page.apply(sealed(ctx, seen).where(filter)).execute())
  return { items: items.map(toEvent), next }
}

/** What was sealed after this place in the order, and how far was looked. */
export async function sealedAfter(
  ctx: Ctx,
  seen: Condition,
  seq: number,
  limit: number,
): Promise<{ items: Event[]; upTo: number }> {
  const range = await db(ctx)
    .selectFrom('events')
    .select('seq')
    .where('org', '=', ctx.org)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
  const upTo = range.at(-1)?.seq ?? seq
  if (upTo === seq) return { items: [], upTo }
  const rows = await sealed(ctx, seen).where('seq', '>', seq).where('seq', '<=', upTo).orderBy('seq').execute()
  return { items: rows.map(toEvent), upTo }
}

/** How many events wait to be sealed. */
export async function countUnsealed(ctx: Ctx): Promise<number> {
  const row = await db(ctx)
    .selectFrom('events')
    .select(sql<number>`COUNT(*)`.as('n'))
    .where('org', '=', ctx.org)
    .where('seq', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** A condition that a column holds one of these values; nothing matches an empty list. */
export function oneOf(column: string, values: readonly string[]): Condition {
  return values.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`${sql.ref(column)} IN (${sql.join([...values])})`
}

/** A condition that both columns hold what they should, or that either does. */
export function both(parts: readonly Condition[], by: 'AND' | 'OR'): Condition {
  return sql<SqlBool>`(${sql.join([...parts], sql.raw(` ${by} `))})`
}

/** A condition that a type is this one, or one of this noun. */
export function typed(column: string, type: string): Condition {
  if (type.includes('.')) return sql<SqlBool>`${sql.ref(column)} = ${type}`
  return sql<SqlBool>`substr(${sql.ref(column)}, 1, ${type.length + 1}) = ${`${type}.`}`
}

/** Everything: for readers who hold the permission on the whole org, who also see what belongs to no unit. */
export const everywhere: Condition = sql<SqlBool>`1 = 1`

/** The public key that signs the heads of the org's log (SPKI in base64), once there is one. */
export async function publicKeyOf(ctx: Pick<Ctx, 'tx' | 'org'>): Promise<string | null> {
  const row = await db(ctx).selectFrom('event_keys').select('public_key').where('org', '=', ctx.org).executeTakeFirst()
  return row?.public_key ?? null
}
