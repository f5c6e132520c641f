import {
  type Expression,
  type ExpressionBuilder,
  type OnConflictDatabase,
  type OnConflictTables,
  type SqlBool,
  sql,
} from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { contains, type Field, within } from '../../base/filter.ts'
import type { Page } from '../../base/page.ts'
import { fold } from '../../base/text.ts'

/** A row of users as it is written. */
export interface UserRow {
  org: string
  id: string
  unit: string
  unit_path: string
  display_name: string
  name_key: string
  family_name: string | null
  given_name: string | null
  email: string | null
  email_key: string | null
  language: string | null
  employee_number: string | null
  yomi: string | null
  yomi_key: string
  /** JSON, name to text. */
  attributes: string
  search: string
  created_at: number
}

interface Tables {
  users: UserRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

const rowsAtOnce = 100
const written = [
  'unit',
  'unit_path',
  'display_name',
  'name_key',
  'family_name',
  'given_name',
  'email',
  'email_key',
  'language',
  'employee_number',
  'yomi',
  'yomi_key',
  'attributes',
  'search',
  'created_at',
] as const

function excluded(e: ExpressionBuilder<OnConflictDatabase<Tables, 'users'>, OnConflictTables<'users'>>) {
  return Object.fromEntries(written.map(column => [column, e.ref(`excluded.${column}`)]))
}

/** Whether a user hangs directly on this unit. */
export async function unitHasUsers(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('users')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** How many users hang on each unit that has any. */
export async function usersByUnit(ctx: Ctx): Promise<Map<string, number>> {
  const rows = await db(ctx)
    .selectFrom('users')
    .select(['unit', e => e.fn.countAll<number>().as('n')])
    .where('org', '=', ctx.org)
    .groupBy('unit')
    .execute()
  return new Map(rows.map(r => [r.unit, Number(r.n)]))
}

/** Stores a user. */
export async function putUser(ctx: Ctx, row: UserRow): Promise<void> {
  await db(ctx)
    .insertInto('users')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(row))
    .execute()
}

/** Stores many users in few statements. */
export async function putUsers(ctx: Ctx, rows: readonly UserRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await db(ctx)
      .insertInto('users')
      .values(rows.slice(at, at + rowsAtOnce))
      .onConflict(c => c.columns(['org', 'id']).doUpdateSet(e => excluded(e)))
      .execute()
}

/** Removes many users; memberships go with them. */
export async function removeUsers(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db(ctx)
    .deleteFrom('users')
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
}

/** The user with this id or this folded address, if there is one. */
export async function findUser(ctx: Ctx, by: { id: string } | { emailKey: string }): Promise<UserRow | undefined> {
  const rows = db(ctx).selectFrom('users').selectAll().where('org', '=', ctx.org)
  return 'id' in by
    ? rows.where('id', '=', by.id).executeTakeFirst()
    : rows.where('email_key', '=', by.emailKey).executeTakeFirst()
}

/** Removes a user; memberships go with them. */
export async function removeUser(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('users').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** One page of the users in these subtrees that match. */
export async function listUsers(
  ctx: Ctx,
  paths: readonly string[],
  page: Page,
  filter: Expression<SqlBool>,
): Promise<{ items: UserRow[]; next: string | null }> {
  const rows = await page
    .apply(
      db(ctx)
        .selectFrom('users')
        .selectAll()
        .where('org', '=', ctx.org)
        .where(within('unit_path', paths))
        .where(filter),
    )
    .execute()
  return page.finish(rows)
}

/** How many users of these subtrees match. */
export async function countUsers(ctx: Ctx, paths: readonly string[], filter: Expression<SqlBool>): Promise<number> {
  const row = await db(ctx)
    .selectFrom('users')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where(within('unit_path', paths))
    .where(filter)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Users among these ids, in no order. */
export async function usersWith(ctx: Ctx, ids: readonly string[]): Promise<UserRow[]> {
  if (ids.length === 0) return []
  return db(ctx)
    .selectFrom('users')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
}

/** Users by employee number or folded address, in no order; several may share a number. */
export async function usersKnownAs(
  ctx: Ctx,
  by: { numbers: readonly string[]; emailKeys: readonly string[] },
): Promise<UserRow[]> {
  const numbers = by.numbers.length === 0 ? [''] : [...by.numbers]
  const keys = by.emailKeys.length === 0 ? [''] : [...by.emailKeys]
  return db(ctx)
    .selectFrom('users')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(e => e.or([e('employee_number', 'in', numbers), e('email_key', 'in', keys)]))
    .execute()
}

/** Users by folded display name, in no order. */
export async function usersNamed(ctx: Ctx, nameKeys: readonly string[]): Promise<UserRow[]> {
  if (nameKeys.length === 0) return []
  return db(ctx)
    .selectFrom('users')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('name_key', 'in', [...nameKeys])
    .execute()
}

/** Users of these subtrees in order of their ids, after one of them. */
export async function usersWithin(ctx: Ctx, paths: readonly string[], after: string, most: number): Promise<UserRow[]> {
  return db(ctx)
    .selectFrom('users')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(within('unit_path', paths))
    .where('id', '>', after)
    .orderBy('id')
    .limit(most)
    .execute()
}

/** Fields of user filters that look beside plain columns: groups by id or name, attributes as `floor` or `floor=7`. */
export function userFieldsBeside(ctx: Pick<Ctx, 'org'>): Record<'group' | 'attribute', Field> {
  return {
    group: {
      kind: 'custom',
      match: value =>
        fold(value) === 'none'
          ? sql<SqlBool>`NOT EXISTS (SELECT 1 FROM group_members m WHERE m.org = users.org AND m.user_id = users.id)`
          : sql<SqlBool>`id IN (SELECT m.user_id FROM group_members m JOIN groups g ON g.org = m.org AND g.id = m.group_id
              WHERE g.org = ${ctx.org} AND (g.id = ${value} OR g.name_key = ${fold(value)}))`,
    },
    attribute: {
      kind: 'custom',
      match: value => {
        const [name, ...rest] = value.split('=')
        const pair = rest.length === 0 ? '' : JSON.stringify(rest.join('='))
        return contains('attributes', `${JSON.stringify(name)}:${pair}`, false)
      },
    },
  }
}
