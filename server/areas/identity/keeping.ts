import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type Entry, record, recordAll } from '../../base/events.ts'
import { Problem, type ProblemCode } from '../../base/problem.ts'
import { unitEvents, userEvents } from './events.ts'
import * as groups from './group-store.ts'
import { changeMembers } from './group.ts'
import { type Occupant, occupants } from './occupant.ts'
import * as store from './store.ts'
import { putUnit, type Unit, unitFor } from './unit.ts'
import { toRow, toUser, type User } from './user.ts'
import * as users from './user-store.ts'

/** A user as stored, with the groups they are in: what a change keeps, so that it can be undone to the bit. */
export interface KeptUser {
  row: users.UserRow
  /** In order of ids. */
  groups: string[]
}

/** The users among these ids as they are stored now. */
export async function keepUsers(ctx: Ctx, ids: readonly string[]): Promise<Map<string, KeptUser>> {
  const members = Map.groupBy(await groups.membershipsOf(ctx, ids), m => m.user_id)
  const rows = await users.usersWith(ctx, ids)
  return new Map(rows.map(row => [row.id, { row, groups: (members.get(row.id) ?? []).map(m => m.group_id).sort() }]))
}

/** A kept user as it is known elsewhere. */
export function keptUser(kept: KeptUser): User {
  return toUser(kept.row)
}

/** Whether a user is as it was kept. Where the unit itself has moved to in the tree since is no difference. */
export function sameUser(one: KeptUser | null, other: KeptUser | null): boolean {
  if (one === null || other === null) return one === other
  const columns = Object.keys(one.row) as (keyof users.UserRow)[]
  return (
    columns.every(c => c === 'unit_path' || one.row[c] === other.row[c]) &&
    one.groups.length === other.groups.length &&
    one.groups.every((g, i) => g === other.groups[i])
  )
}

/** One user as they were and as they shall be; null where there is none. */
export interface UserWrite {
  before: users.UserRow | null
  after: users.UserRow | null
}

/** A user that is written as they shall be, in the form they are stored in. */
export function userWrite(ctx: Ctx, before: KeptUser | null, after: User | null): UserWrite {
  const row = after === null ? null : toRow(after, ctx.org, before?.row.created_at ?? ctx.now)
  return { before: before?.row ?? null, after: row }
}

/**
 * Adds, changes and removes many users in few statements, with one event each. What hangs on them is told of what concerns it.
 * Whether addresses are free is the caller's question, answered in the same transaction.
 */
export async function writeUsers(ctx: Ctx, writes: readonly UserWrite[], devicesFollow = false): Promise<void> {
  for (const { before, after } of writes)
    for (const row of [before, after]) if (row) demand(ctx.authority, 'users:write', row.unit_path, 'users:read')
  const gone = writes.flatMap(w => (w.before && !w.after ? w.before : []))
  await tell(ctx, gone, (occupant, user) => occupant.userLeaves?.(ctx, user.id))
  await users.removeUsers(
    ctx,
    gone.map(u => u.id),
  )
  await users.putUsers(
    ctx,
    writes.flatMap(w => w.after ?? []),
  )
  await recordAll(ctx, writes.flatMap(entriesOf))
  const kept = writes.flatMap(({ before, after }) => (before && after ? [{ id: after.id, before, after }] : []))
  await tell(
    ctx,
    kept.filter(k => k.before.display_name !== k.after.display_name),
    (occupant, { id, after }) => occupant.userRenamed?.(ctx, id, after.display_name),
  )
  if (!devicesFollow) return
  await tell(
    ctx,
    kept.filter(k => k.before.unit !== k.after.unit),
    (occupant, { id, before, after }) => occupant.userMoves?.(ctx, id, { from: before.unit, to: after.unit }),
  )
}

/** Tells each occupant of those of these users that something of its nouns is of. */
async function tell<T extends { id: string }>(
  ctx: Ctx,
  about: readonly T[],
  what: (occupant: Occupant, one: T) => Promise<void> | undefined,
): Promise<void> {
  if (about.length === 0) return
  for (const occupant of occupants) {
    const holders = await occupant.holders?.(
      ctx,
      about.map(a => a.id),
    )
    for (const one of about) if (!holders || holders.has(one.id)) await what(occupant, one)
  }
}

function entriesOf({ before, after }: UserWrite): Entry[] {
  const row = after ?? before
  if (!row) return []
  const about = { kind: 'user', id: row.id, path: row.unit_path }
  const name = row.display_name
  if (!before) return [{ of: userEvents.added, about, data: { name } }]
  if (!after) return [{ of: userEvents.removed, about, data: { name } }]
  const fields = differing(before, after)
  return fields.length === 0 ? [] : [{ of: userEvents.changed, about, data: { name, fields } }]
}

function differing(before: users.UserRow, after: users.UserRow): string[] {
  const [a, b] = [toUser(before), toUser(after)]
  const keys = Object.keys(b) as (keyof User)[]
  return keys.filter(k => k !== 'unitPath' && JSON.stringify(a[k]) !== JSON.stringify(b[k]))
}

/**
 * Makes users what they were when they were kept: with their ids, the groups that are still there, and the present place of their units.
 * Answers what stood against it, by id: those stay as they are.
 */
export async function restoreUsers(
  ctx: Ctx,
  wanted: readonly { id: string; now: KeptUser | null; kept: KeptUser | null }[],
): Promise<Map<string, ProblemCode>> {
  const against = new Map<string, ProblemCode>()
  const paths = new Map((await store.listUnits(ctx)).map(u => [String(u.id), u.path]))
  const takers = await users.usersKnownAs(ctx, {
    numbers: [],
    emailKeys: wanted.flatMap(w => w.kept?.row.email_key ?? []),
  })
  const writes = wanted.flatMap(({ id, now, kept }) => {
    const path = kept ? paths.get(kept.row.unit) : now?.row.unit_path
    const taken = takers.some(t => kept && t.email_key === kept.row.email_key && t.id !== id)
    const allowed = [path, now?.row.unit_path].every(p => p === undefined || may(ctx.authority, 'users:write', p))
    if (kept && path === undefined) against.set(id, 'id.unknown')
    else if (taken) against.set(id, 'user.email-taken')
    else if (!allowed) against.set(id, 'permission.missing')
    else return [{ id, now, kept, after: kept && path !== undefined ? { ...kept.row, unit_path: path } : null }]
    return []
  })
  await writeUsers(
    ctx,
    writes.map(w => ({ before: w.now?.row ?? null, after: w.after })),
  )
  const back = writes.filter(w => w.kept !== null)
  await setGroups(
    ctx,
    back.map(w => ({ user: w.id, wanted: w.kept?.groups ?? [], now: w.now?.groups ?? [] })),
  )
  return against
}

/** Puts users into exactly these groups, as far as those are still there; one change of each group for all of them. */
export async function setGroups(
  ctx: Ctx,
  wishes: readonly { user: string; wanted: readonly string[]; now: readonly string[] }[],
): Promise<void> {
  const all = new Set(wishes.flatMap(w => [...w.wanted, ...w.now]))
  for (const id of [...all].sort()) {
    const add = wishes.filter(w => w.wanted.includes(id) && !w.now.includes(id)).map(w => w.user)
    const remove = wishes.filter(w => w.now.includes(id) && !w.wanted.includes(id)).map(w => w.user)
    if (add.length + remove.length > 0 && (await groups.findGroup(ctx, id)))
      await changeMembers(ctx, id, { add, remove })
  }
}

/** A unit as stored. */
export type KeptUnit = Pick<Unit, 'id' | 'parent' | 'name'> & { createdAt: number }

/** A unit as it is stored now, or null. */
export async function keepUnit(ctx: Ctx, id: string): Promise<KeptUnit | null> {
  const row = await store.storedUnit(ctx, id)
  return row ? { id: row.id, parent: row.parent, name: row.name, createdAt: row.createdAt } : null
}

/** Brings back a unit that was removed, with its id, below its parent. */
export async function bringBackUnit(ctx: Ctx, kept: KeptUnit): Promise<void> {
  if (kept.parent === null) throw new Problem('unit.top')
  const parent = await unitFor(ctx, kept.parent, 'units:write')
  const unit: Unit = { id: kept.id, parent: parent.id, name: kept.name, path: `${parent.path}${kept.id}/` }
  await putUnit({ ...ctx, now: kept.createdAt }, unit)
  const about = { kind: 'unit', id: unit.id, path: unit.path }
  await record(ctx, unitEvents.added, about, { name: unit.name, parent: unit.parent })
}
