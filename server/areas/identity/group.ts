import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { compileFilter, type Fields } from '../../base/filter.ts'
import { type Id, newId } from '../../base/id.ts'
import { type ListQuery, readPage, type Sorts } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import { groupEvents } from './events.ts'
import * as store from './group-store.ts'
import { occupants } from './occupant.ts'
import { unitPaths } from './tree.ts'
import { unitFor } from './unit.ts'
import { usersWith } from './user-store.ts'

/** A set of users, by hand or from a file. It hangs on a unit, whose admins own it; its members may be anywhere. */
export interface Group {
  id: Id<'group'>
  name: string
  unit: Id<'unit'>
  unitPath: string
  source: 'hand' | 'file'
  createdAt: number
}

/** The group with this id in the org of the transaction; whether the actor may see it is the caller's question. */
export async function groupOf(ctx: Ctx, id: string): Promise<Group> {
  const row = await store.findGroup(ctx, id)
  if (!row) throw new Problem('id.unknown')
  return toGroup(row)
}

/** The group, where the actor holds the permission on its unit; as if there were none where they may not see it. */
export async function groupFor(ctx: Ctx, id: string, permission: string): Promise<Group> {
  const group = await groupOf(ctx, id)
  demand(ctx.authority, permission, group.unitPath, 'users:read')
  return group
}

/** Adds a group without members on a unit. */
export async function addGroup(
  ctx: Ctx,
  { name, unit: on, source = 'hand' }: { name: string; unit: string; source?: Group['source'] },
): Promise<Group> {
  const unit = await unitFor(ctx, on, 'users:write')
  const group: Group = { id: newId('group'), name, unit: unit.id, unitPath: unit.path, source, createdAt: ctx.now }
  await putGroup(ctx, group)
  await record(ctx, groupEvents.added, about(group), { name })
  return group
}

/** Stores a group as it is, id and all; two of one unit never bear one name. Leaves no event. */
export async function putGroup(ctx: Ctx, group: Group): Promise<void> {
  const named = await store.groupsNamed(ctx, [fold(group.name)])
  if (named.some(g => g.unit === group.unit && g.id !== group.id)) throw new Problem('group.name-taken')
  await store.putGroup(ctx, {
    org: ctx.org,
    id: group.id,
    name: group.name,
    name_key: fold(group.name),
    unit: group.unit,
    unit_path: group.unitPath,
    source: group.source,
    created_at: group.createdAt,
  })
}

/** Renames a group, or hangs it on another unit. */
export async function changeGroup(
  ctx: Ctx,
  id: string,
  change: { name?: string | undefined; unit?: string | undefined },
): Promise<Group> {
  const before = await groupFor(ctx, id, 'users:write')
  const unit =
    change.unit === undefined || change.unit === before.unit ? null : await unitFor(ctx, change.unit, 'users:write')
  const after: Group = {
    ...before,
    name: change.name ?? before.name,
    ...(unit ? { unit: unit.id, unitPath: unit.path } : {}),
  }
  const fields = [after.name === before.name ? [] : ['name'], unit ? ['unit'] : []].flat()
  if (fields.length === 0) return before
  await putGroup(ctx, after)
  await record(ctx, groupEvents.changed, about(after), { name: after.name, fields })
  return after
}

/** Removes a group; its members stay who they are. Refused while something is meant for it. */
export async function removeGroup(ctx: Ctx, id: string): Promise<void> {
  const group = await groupFor(ctx, id, 'users:write')
  for (const occupant of occupants)
    if (await occupant.usesGroup?.(ctx, id)) throw new Problem('group.in-use', { by: occupant.noun })
  let after = ''
  for (;;) {
    const members = await store.listMembers(ctx, id, after, atOnce)
    if (members.length === 0) break
    await leave(ctx, group, members)
    after = members.at(-1) ?? ''
  }
  await store.removeGroup(ctx, id)
  await record(ctx, groupEvents.removed, about(group), { name: group.name })
}

// One event names no more users than this; more make several events.
const atOnce = 50

/** Adds users to a group and takes others out. Needs `users:write` on the group and on each user. Safe to repeat. */
export async function changeMembers(
  ctx: Ctx,
  id: string,
  { add = [], remove = [] }: { add?: readonly string[] | undefined; remove?: readonly string[] | undefined },
): Promise<{ added: number; removed: number }> {
  const group = await groupFor(ctx, id, 'users:write')
  const named = [...new Set([...add, ...remove])]
  const users = new Map((await usersWith(ctx, named)).map(u => [u.id, u.unit_path]))
  for (const user of named) {
    const path = users.get(user)
    if (path === undefined) throw new Problem('id.unknown', { user })
    demand(ctx.authority, 'users:write', path, 'users:read')
  }
  const held = await store.membersAmong(ctx, id, named)
  const leaving = [...new Set(remove)].filter(u => held.has(u) && !add.includes(u))
  const joining = [...new Set(add)].filter(u => !held.has(u))
  for (let at = 0; at < joining.length; at += atOnce) await join(ctx, group, joining.slice(at, at + atOnce))
  for (let at = 0; at < leaving.length; at += atOnce) await leave(ctx, group, leaving.slice(at, at + atOnce))
  return { added: joining.length, removed: leaving.length }
}

async function join(ctx: Ctx, group: Group, users: readonly string[]): Promise<void> {
  await store.addMembers(ctx, group.id, users)
  const data = { name: group.name, added: users.length, removed: 0, users: [...users] }
  await record(ctx, groupEvents.membersChanged, about(group), data)
}

async function leave(ctx: Ctx, group: Group, users: readonly string[]): Promise<void> {
  await store.removeMembers(ctx, group.id, users)
  const data = { name: group.name, added: 0, removed: users.length, users: [...users] }
  await record(ctx, groupEvents.membersChanged, about(group), data)
}

/** Ids of the groups each of these users is in, in order of names. Users without a group are absent. */
export async function groupsOf(ctx: Ctx, users: readonly string[]): Promise<Map<string, string[]>> {
  const by = new Map<string, string[]>()
  for (const { user_id, group_id } of await store.groupIdsOf(ctx, users)) {
    const groups = by.get(user_id)
    if (groups) groups.push(group_id)
    else by.set(user_id, [group_id])
  }
  return by
}

/** The same with names, as far as the actor may see the groups. */
export async function groupRefsOf(
  ctx: Ctx,
  users: readonly string[],
): Promise<Map<string, { id: string; name: string }[]>> {
  const by = new Map<string, { id: string; name: string }[]>()
  for (const m of await store.membershipsOf(ctx, users)) {
    if (!may(ctx.authority, 'users:read', m.unit_path)) continue
    by.set(m.user_id, [...(by.get(m.user_id) ?? []), { id: m.group_id, name: m.name }])
  }
  return by
}

/** Ids of the members of a group in order of ids, a page at a time; `next` continues. */
export async function usersOfGroup(
  ctx: Ctx,
  group: string,
  { after = '', limit }: { after?: string; limit: number },
): Promise<{ ids: string[]; next: string | null }> {
  const ids = await store.listMembers(ctx, group, after, limit)
  return { ids, next: ids.length < limit ? null : (ids.at(-1) ?? null) }
}

/** The groups that bear one of these names, anywhere in the org. */
export async function groupsNamed(ctx: Ctx, names: readonly string[]): Promise<Group[]> {
  return (await store.groupsNamed(ctx, [...new Set(names.map(fold))])).map(toGroup)
}

const fields: Fields = {
  fields: {
    name: { kind: 'text', column: 'name_key', folded: true },
    unit: { kind: 'unit', column: 'unit_path' },
    source: { kind: 'set', column: 'source', values: ['hand', 'file'] },
  },
  words: ['name_key'],
}

const sorts: Sorts = {
  list: 'groups',
  id: 'id',
  default: 'name',
  columns: { name: { column: 'name_key', type: 'text' }, createdAt: { column: 'created_at', type: 'number' } },
}

/** One page of the groups the actor may see, with their numbers of members. */
export async function listGroups(
  ctx: Ctx,
  query: ListQuery,
): Promise<{ items: (Group & { members: number })[]; next: string | null; total: number }> {
  const page = readPage(ctx.org, query, sorts)
  const paths = ctx.authority.where('users:read')
  const scope = { now: ctx.now, unitPaths: (text: string) => unitPaths(ctx, text) }
  const filter = await compileFilter(query.filter, fields, scope)
  const { items, next } = await store.listGroups(ctx, paths, page, filter)
  const total = await store.countGroups(ctx, paths, filter)
  return { items: items.map(r => ({ ...toGroup(r), members: r.members })), next, total }
}

/** How many members a group has. */
export function countMembers(ctx: Ctx, group: string): Promise<number> {
  return store.countMembers(ctx, group)
}

function toGroup(row: store.GroupRow): Group {
  return {
    id: row.id as Id<'group'>,
    name: row.name,
    unit: row.unit as Id<'unit'>,
    unitPath: row.unit_path,
    source: row.source,
    createdAt: row.created_at,
  }
}

function about(group: Group): { kind: 'group'; id: string; path: string } {
  return { kind: 'group', id: group.id, path: group.unitPath }
}
