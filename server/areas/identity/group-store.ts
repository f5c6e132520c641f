import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own, padded } from '../../base/db.ts'
import { within } from '../../base/filter.ts'
import type { Page } from '../../base/page.ts'
import type { UserRow } from './user-store.ts'

/** A row of groups. */
export interface GroupRow {
  org: string
  id: string
  name: string
  name_key: string
  unit: string
  unit_path: string
  source: 'hand' | 'file'
  created_at: number
}

interface Tables {
  groups: GroupRow
  group_members: { org: string; group_id: string; user_id: string }
  users: UserRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** The group with this id, if there is one. */
export async function findGroup(ctx: Ctx, id: string): Promise<GroupRow | undefined> {
  return db(ctx).selectFrom('groups').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** Stores a group. */
export async function putGroup(ctx: Ctx, row: GroupRow): Promise<void> {
  await db(ctx)
    .insertInto('groups')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(row))
    .execute()
}

/** Removes a group; its memberships go with it. */
export async function removeGroup(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('groups').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** The groups that bear one of these folded names, on any unit. */
export async function groupsNamed(ctx: Ctx, nameKeys: readonly string[]): Promise<GroupRow[]> {
  if (nameKeys.length === 0) return []
  return db(ctx)
    .selectFrom('groups')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('name_key', 'in', [...nameKeys])
    .orderBy('id')
    .execute()
}

/** One page of the groups of these subtrees that match, each with its number of members. */
export async function listGroups(
  ctx: Ctx,
  paths: readonly string[],
  page: Page,
  filter: Expression<SqlBool>,
): Promise<{ items: (GroupRow & { members: number })[]; next: string | null }> {
  const members = sql<number>`(SELECT count(*) FROM group_members m WHERE m.org = groups.org AND m.group_id = groups.id)`
  const rows = await page
    .apply(
      db(ctx)
        .selectFrom('groups')
        .selectAll()
        .select(members.as('members'))
        .where('org', '=', ctx.org)
        .where(within('unit_path', paths))
        .where(filter),
    )
    .execute()
  const { items, next } = page.finish(rows)
  return { items: items.map(r => ({ ...r, members: Number(r.members) })), next }
}

/** How many groups of these subtrees match. */
export async function countGroups(ctx: Ctx, paths: readonly string[], filter: Expression<SqlBool>): Promise<number> {
  const row = await db(ctx)
    .selectFrom('groups')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where(within('unit_path', paths))
    .where(filter)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** How many members a group has. */
export async function countMembers(ctx: Ctx, group: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('group_members')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('group_id', '=', group)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Which of these users are in the group. */
export async function membersAmong(ctx: Ctx, group: string, users: readonly string[]): Promise<Set<string>> {
  if (users.length === 0) return new Set()
  const rows = await db(ctx)
    .selectFrom('group_members')
    .select('user_id')
    .where('org', '=', ctx.org)
    .where('group_id', '=', group)
    .where('user_id', 'in', [...users])
    .execute()
  return new Set(rows.map(r => r.user_id))
}

/** Puts users into a group. */
export async function addMembers(ctx: Ctx, group: string, users: readonly string[]): Promise<void> {
  if (users.length === 0) return
  await db(ctx)
    .insertInto('group_members')
    .values(users.map(user_id => ({ org: ctx.org, group_id: group, user_id })))
    .onConflict(c => c.doNothing())
    .execute()
}

/** Takes users out of a group. */
export async function removeMembers(ctx: Ctx, group: string, users: readonly string[]): Promise<void> {
  if (users.length === 0) return
  await db(ctx)
    .deleteFrom('group_members')
    .where('org', '=', ctx.org)
    .where('group_id', '=', group)
    .where('user_id', 'in', [...users])
    .execute()
}

/** Ids of the members of a group in order, after one of them. */
export async function listMembers(ctx: Ctx, group: string, after: string, most: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('group_members')
    .select('user_id')
    .where('org', '=', ctx.org)
    .where('group_id', '=', group)
    .where('user_id', '>', after)
    .orderBy('user_id')
    .limit(most)
    .execute()
  return rows.map(r => r.user_id)
}

/** Every membership of these users, with the name of its group, in order of names. */
export async function membershipsOf(
  ctx: Ctx,
  users: readonly string[],
): Promise<{ user_id: string; group_id: string; name: string; unit_path: string }[]> {
  if (users.length === 0) return []
  return db(ctx)
    .selectFrom('group_members')
    .innerJoin('groups', j =>
      j.onRef('groups.org', '=', 'group_members.org').onRef('groups.id', '=', 'group_members.group_id'),
    )
    .select(['group_members.user_id', 'group_members.group_id', 'groups.name', 'groups.unit_path'])
    .where('group_members.org', '=', ctx.org)
    .where('group_members.user_id', 'in', [...users])
    .orderBy('groups.name_key')
    .orderBy('groups.id')
    .execute()
}

/** The same without names, in order of ids. */
export async function groupIdsOf(ctx: Ctx, users: readonly string[]): Promise<{ user_id: string; group_id: string }[]> {
  if (users.length === 0) return []
  return db(ctx)
    .selectFrom('group_members')
    .select(['user_id', 'group_id'])
    .where('org', '=', ctx.org)
    .where('user_id', 'in', padded(users))
    .orderBy('user_id')
    .orderBy('group_id')
    .execute()
}

/** Whether a group hangs directly on this unit. */
export async function unitHasGroups(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('groups')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
