import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { compileFilter, type Fields } from '../../base/filter.ts'
import { type Id, newId } from '../../base/id.ts'
import { type ListQuery, readPage, type Sorts } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { fold, searchable } from '../../base/text.ts'
import { userEvents } from './events.ts'
import { occupants } from './occupant.ts'
import { unitPaths } from './tree.ts'
import { type Unit, unitFor } from './unit.ts'
import * as store from './user-store.ts'

/** A person who uses devices. */
export interface User {
  id: Id<'user'>
  displayName: string
  familyName: string | null
  givenName: string | null
  email: string | null
  language: string | null
  employeeNumber: string | null
  /** How the name is read, for sorting and looking up Japanese names. */
  yomi: string | null
  /** What else the org keeps about them, name to text, at most twenty. */
  attributes: Readonly<Record<string, string>>
  unit: Id<'unit'>
  unitPath: string
}

/** What is known of a user beside where they hang. */
export type Person = Pick<User, 'displayName'> & Partial<Omit<User, 'id' | 'displayName' | 'unit' | 'unitPath'>>

/** The user with this id in the org of the transaction; whether the actor may see them is the caller's question. */
export async function userOf(ctx: Ctx, id: string): Promise<User> {
  const row = await store.findUser(ctx, { id })
  if (!row) throw new Problem('id.unknown')
  return toUser(row)
}

/** A user with a fresh id on this unit, not stored yet. */
export function userOn(unit: Unit, person: Person): User {
  const absent = { familyName: null, givenName: null, email: null, language: null, employeeNumber: null }
  const more = { yomi: null, attributes: {} }
  return { ...absent, ...more, ...person, id: newId('user'), unit: unit.id, unitPath: unit.path }
}

/** Stores the user; no two of an org share an address. */
export async function putUser(ctx: Ctx, user: User): Promise<void> {
  const emailKey = user.email === null ? null : fold(user.email)
  const other = emailKey === null ? undefined : await store.findUser(ctx, { emailKey })
  if (other && other.id !== user.id) throw new Problem('user.email-taken')
  const known = await store.findUser(ctx, { id: user.id })
  await store.putUser(ctx, toRow(user, ctx.org, known?.created_at ?? ctx.now))
}

/** A user as it is stored. */
export function toRow(user: User, org: string, createdAt: number): store.UserRow {
  return {
    org,
    id: user.id,
    unit: user.unit,
    unit_path: user.unitPath,
    display_name: user.displayName,
    name_key: fold(user.displayName),
    family_name: user.familyName,
    given_name: user.givenName,
    email: user.email,
    email_key: user.email === null ? null : fold(user.email),
    language: user.language,
    employee_number: user.employeeNumber,
    yomi: user.yomi,
    yomi_key: searchable(user.yomi ?? user.displayName),
    attributes: attributesText(user.attributes),
    search: searchText(user),
    created_at: createdAt,
  }
}

/** The user, where the actor holds the permission; as if there were none where they may not see them. */
export async function userFor(ctx: Ctx, id: string, permission: string): Promise<User> {
  const user = await userOf(ctx, id)
  demand(ctx.authority, permission, user.unitPath, 'users:read')
  return user
}

/** The users among these ids, by id. */
export async function usersWith(ctx: Ctx, ids: readonly string[]): Promise<Map<string, User>> {
  return new Map((await store.usersWith(ctx, [...new Set(ids)])).map(row => [row.id, toUser(row)]))
}

/** The users known by one of these employee numbers or addresses; several may share a number. */
export async function usersKnownAs(
  ctx: Ctx,
  by: { numbers: readonly string[]; emails: readonly string[] },
): Promise<User[]> {
  return (await store.usersKnownAs(ctx, { numbers: by.numbers, emailKeys: by.emails.map(fold) })).map(toUser)
}

/** The users who bear one of these names. */
export async function usersNamed(ctx: Ctx, names: readonly string[]): Promise<User[]> {
  return (await store.usersNamed(ctx, [...new Set(names.map(fold))])).map(toUser)
}

/** Users of these subtrees in order of their ids, after one of them. */
export async function usersWithin(
  ctx: Ctx,
  paths: readonly string[],
  { after, limit }: { after: string; limit: number },
): Promise<User[]> {
  return (await store.usersWithin(ctx, paths, after, limit)).map(toUser)
}

/** Adds a user on a unit. */
export async function addUser(ctx: Ctx, person: Person, unitId: string): Promise<User> {
  const user = userOn(await unitFor(ctx, unitId, 'users:write'), person)
  await putUser(ctx, user)
  await record(ctx, userEvents.added, about(user), { name: user.displayName })
  return user
}

/** Changes what is known of a user, or moves them to another unit. Their devices stay where they are, unless those on the same unit are to follow. */
export async function changeUser(
  ctx: Ctx,
  id: string,
  wanted: Partial<Person> & { unit?: string; devicesFollow?: boolean },
): Promise<User> {
  const before = await userFor(ctx, id, 'users:write')
  const { devicesFollow = false, ...change } = wanted
  const { unit: to, ...person } = change
  const unit = to === undefined || to === before.unit ? null : await unitFor(ctx, to, 'users:write')
  const after: User = { ...before, ...person, ...(unit ? { unit: unit.id, unitPath: unit.path } : {}) }
  const fields = Object.keys(change).filter(k => !same(before[k as keyof User], after[k as keyof User]))
  if (fields.length === 0) return before
  await putUser(ctx, after)
  if (fields.includes('displayName'))
    for (const occupant of occupants) await occupant.userRenamed?.(ctx, id, after.displayName)
  await record(ctx, userEvents.changed, about(after), { name: after.displayName, fields })
  if (unit && devicesFollow)
    for (const occupant of occupants) await occupant.userMoves?.(ctx, id, { from: before.unit, to: unit.id })
  return after
}

/** Removes a user; their devices stay and belong to nobody. */
export async function removeUser(ctx: Ctx, id: string): Promise<void> {
  const user = await userFor(ctx, id, 'users:write')
  for (const occupant of occupants) await occupant.userLeaves?.(ctx, id)
  await store.removeUser(ctx, id)
  await record(ctx, userEvents.removed, about(user), { name: user.displayName })
}

/** What the list of users can be filtered by. */
const userFields = (ctx: Ctx): Fields => ({
  fields: {
    name: { kind: 'text', column: 'search', folded: true },
    email: { kind: 'text', column: 'email_key' },
    number: { kind: 'text', column: 'employee_number' },
    language: { kind: 'set', column: 'language' },
    unit: { kind: 'unit', column: 'unit_path' },
    added: { kind: 'instant', column: 'created_at' },
    ...store.userFieldsBeside(ctx),
  },
  words: ['search'],
})

const sorts: Sorts = {
  list: 'users',
  id: 'id',
  default: 'displayName',
  columns: {
    displayName: { column: 'name_key', type: 'text' },
    yomi: { column: 'yomi_key', type: 'text' },
    email: { column: 'email_key', type: 'text', nullable: true },
    employeeNumber: { column: 'employee_number', type: 'text', nullable: true },
    createdAt: { column: 'created_at', type: 'number' },
  },
}

/** One page of the users the actor may see, with their number. */
export async function listUsers(
  ctx: Ctx,
  query: ListQuery,
): Promise<{ items: User[]; next: string | null; total: number }> {
  const filter = await filterOf(ctx, query.filter)
  const total = await store.countUsers(ctx, ctx.authority.where('users:read'), filter)
  return { ...(await pageOfUsers(ctx, query)), total }
}

/** The same page without counting. */
export async function pageOfUsers(ctx: Ctx, query: ListQuery): Promise<{ items: User[]; next: string | null }> {
  const page = readPage(ctx.org, query, sorts)
  const filter = await filterOf(ctx, query.filter)
  const { items, next } = await store.listUsers(ctx, ctx.authority.where('users:read'), page, filter)
  return { items: items.map(toUser), next }
}

function filterOf(ctx: Ctx, filter: string): ReturnType<typeof compileFilter> {
  return compileFilter(filter, userFields(ctx), { now: ctx.now, unitPaths: text => unitPaths(ctx, text) })
}

/** A stored row as a user. */
export function toUser(row: store.UserRow): User {
  return {
    id: row.id as Id<'user'>,
    displayName: row.display_name,
    familyName: row.family_name,
    givenName: row.given_name,
    email: row.email,
    language: row.language,
    employeeNumber: row.employee_number,
    yomi: row.yomi,
    attributes: JSON.parse(row.attributes) as User['attributes'],
    unit: row.unit as Id<'unit'>,
    unitPath: row.unit_path,
  }
}

// Both orders of the name, because people type either.
function searchText(u: User): string {
  const names = [u.displayName, u.familyName, u.givenName, u.familyName].filter(n => n !== null).join(' ')
  const rest = [u.yomi, u.email, u.employeeNumber, ...Object.values(u.attributes)]
  return searchable([names, ...rest].filter(n => n !== null).join('\n'))
}

// In order of names, so that the same attributes are the same text.
function attributesText(attributes: User['attributes']): string {
  return JSON.stringify(Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))))
}

function same(before: User[keyof User], after: User[keyof User]): boolean {
  if (before === null || typeof before === 'string' || after === null || typeof after === 'string')
    return before === after
  return attributesText(before) === attributesText(after)
}

function about(user: User): { kind: 'user'; id: string; path: string } {
  return { kind: 'user', id: user.id, path: user.unitPath }
}
