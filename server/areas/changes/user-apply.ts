import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import * as devices from '../devices/index.ts'
import {
  addGroup,
  groupFor,
  groupRefsOf,
  keepUsers,
  type KeptUser,
  keptUser,
  removeGroup,
  removeUnit,
  restoreUsers,
  sameUser,
  setGroups,
  unitOf,
  type User,
  userOn,
  usersOfGroup,
  userWrite,
  type UserWrite,
  writeUsers,
} from '../identity/index.ts'
import { type Done, type Env, type Planned, type ReadRow, remark, type RowKind, type Undone } from './row.ts'
import { planUsers, readUser, usersInSet } from './user-rows.ts'

/** Where a device hung and whose it was. */
export interface KeptDevice {
  id: string
  unit: string
  user: string | null
}

/** What a line about a person left behind, in both directions. */
interface Kept {
  user: KeptUser | null
  devices: KeptDevice[]
  /** Ids of units and groups that were made for it. */
  made?: { units: string[]; groups: string[] }
}

interface Line {
  row: ReadRow
  planned: Planned
}

/** Lines about people. */
export const userRows: RowKind = {
  read: readUser,
  plan: planUsers,
  apply: applyUsers,
  undo: undoUsers,
  set: usersInSet,
}

interface Made {
  units: string[]
  groups: string[]
}

interface Wish {
  line: Line
  write: UserWrite
  made: Made
}

async function applyUsers(ctx: Ctx, env: Env, lines: readonly Line[]): Promise<Done[]> {
  const ids = lines.flatMap(l => l.planned.target ?? [])
  const before = await keepUsers(ctx, ids)
  const held = await heldBy(ctx, ids)
  const wishes: (Wish | null)[] = []
  for (const line of lines) wishes.push(await wishOf(ctx, env, line, before))
  const meant = wishes.filter(w => w !== null)
  await writeUsers(
    ctx,
    meant.map(w => w.write),
    env.devicesFollow,
  )
  await putGroups(ctx, env, meant, before)
  const after = await keepUsers(
    ctx,
    meant.flatMap(w => idOf(w) ?? []),
  )
  const moved = await devices.devicesAmong(ctx, { ids: [...held.values()].flat().map(d => d.id) })
  const now = new Map(moved.map(d => [String(d.id), d]))
  return wishes.map((wish, i) => {
    if (wish === null) return failed(lines[i])
    const id = idOf(wish)
    const were = (held.get(id ?? '') ?? []).filter(d => differs(d, now.get(d.id)))
    const are = were.flatMap(d => now.get(d.id) ?? []).map(keptDevice)
    const kept: Kept = { user: before.get(id ?? '') ?? null, devices: were, made: wish.made }
    const left: Kept = { user: after.get(id ?? '') ?? null, devices: are }
    return { state: 'applied', target: id, before: kept, after: left, errors: [], devices: are.map(d => d.id) }
  })
}

function failed(line: Line | undefined): Done {
  const { target = null, errors = [] } = line?.planned ?? {}
  return { state: 'failed', target, before: null, after: null, errors, devices: [] }
}

function idOf({ write }: Wish): string | null {
  return write.after?.id ?? write.before?.id ?? null
}

/** What a line makes of a person; null when nothing may be done. Units that are missing are made on the way. */
async function wishOf(ctx: Ctx, env: Env, line: Line, before: ReadonlyMap<string, KeptUser>): Promise<Wish | null> {
  const { outcome, target, fields, label } = line.planned
  if (outcome !== 'add' && outcome !== 'change' && outcome !== 'remove') return null
  const made: Made = { units: [], groups: [] }
  const kept = target === null ? null : (before.get(target) ?? null)
  if (outcome === 'remove') return kept && { line, write: userWrite(ctx, kept, null), made }
  const text = line.row.cells['unit']
  const place = text ? await env.tree.ensure(ctx, text, env.unit, made.units) : null
  const now = kept ? keptUser(kept) : userOn(env.unit, { displayName: label })
  const next: User = { ...now, ...(place ? { unit: place.id, unitPath: place.path } : {}) }
  return { line, write: userWrite(ctx, kept, withFields(next, fields)), made }
}

function withFields(user: User, fields: Planned['fields']): User {
  const next = { ...user }
  const attributes = new Map(Object.entries(user.attributes))
  for (const { field, after } of fields) {
    if (field === 'displayName' && after !== null) next.displayName = after
    const plain = clearable.find(f => f === field)
    if (plain) next[plain] = after
    if (!field.startsWith('attribute.')) continue
    const name = field.slice('attribute.'.length)
    if (after === null) attributes.delete(name)
    else attributes.set(name, after)
  }
  return { ...next, attributes: Object.fromEntries(attributes) }
}

const clearable = ['familyName', 'givenName', 'yomi', 'language', 'email', 'employeeNumber'] as const

/** Makes the groups that are missing, and puts each person into those their line names. Groups that the actor may not see are not theirs to leave. */
async function putGroups(
  ctx: Ctx,
  env: Env,
  wishes: readonly Wish[],
  before: ReadonlyMap<string, KeptUser>,
): Promise<void> {
  const meant = wishes.filter(w => w.line.planned.groups !== undefined && idOf(w) !== null)
  if (meant.length === 0) return
  const seen = await groupRefsOf(ctx, [...before.keys()])
  const fresh = new Map<string, string>()
  const members: { user: string; wanted: string[]; now: string[] }[] = []
  for (const wish of meant) {
    const user = idOf(wish) ?? ''
    const wanted: string[] = []
    for (const group of wish.line.planned.groups ?? []) {
      const known = group.startsWith('new:') ? fresh.get(fold(group)) : group
      if (known === undefined) {
        const added = await addGroup(ctx, { name: group.slice('new:'.length), unit: env.unit.id, source: 'file' })
        fresh.set(fold(group), added.id)
        wish.made.groups.push(added.id)
        wanted.push(added.id)
      } else wanted.push(known)
    }
    members.push({ user, wanted, now: (seen.get(user) ?? []).map(g => g.id) })
  }
  await setGroups(ctx, members)
}

/** A refusal as what is said about a line. */
export function asRemark(problem: Problem): ReturnType<typeof remark> {
  switch (problem.code) {
    case 'user.email-taken':
      return remark('email-taken', 'email')
    case 'unit.not-empty':
      return remark('unit-not-empty', null)
    case 'unit.name-taken':
      return remark('unit-name-taken', 'unit')
    case 'unit.cycle':
      return remark('unit-cycle', 'parent')
    case 'device.shared':
      return remark('device-shared', 'user')
    case 'permission.missing':
      return remark('permission', null)
    default:
      return remark('changed-since', null)
  }
}

async function heldBy(ctx: Ctx, users: readonly string[]): Promise<Map<string, KeptDevice[]>> {
  if (users.length === 0) return new Map()
  const held = (await devices.devicesAmong(ctx, { users })).map(keptDevice)
  return Map.groupBy(held, d => d.user ?? '')
}

/** What is kept of a device that may move. */
export function keptDevice(device: devices.Device): KeptDevice {
  return { id: device.id, unit: device.unit, user: device.user }
}

/** Whether a device hangs elsewhere or belongs to someone else than it was kept. */
export function differs(kept: KeptDevice, now: devices.Device | undefined): boolean {
  return now === undefined || now.unit !== kept.unit || now.user !== kept.user
}

async function undoUsers(ctx: Ctx, rows: Parameters<RowKind['undo']>[1]): Promise<Undone[]> {
  const targets = rows.map(r => r.target)
  const now = await keepUsers(ctx, targets)
  const held = await heldBy(ctx, targets)
  const lines = rows.map(r => ({ id: r.target, before: r.before as Kept, after: r.after as Kept }))
  const open = lines.filter(l => {
    const untouched = sameUser(now.get(l.id) ?? null, l.after.user)
    // Someone who was added and has been given a device since is in use.
    return untouched && (l.before.user !== null || !held.has(l.id))
  })
  const against = await restoreUsers(
    ctx,
    open.map(l => ({ id: l.id, now: now.get(l.id) ?? null, kept: l.before.user })),
  )
  const undone: Undone[] = []
  for (const line of lines) {
    const code = against.get(line.id)
    if (!open.includes(line)) undone.push({ state: 'kept', errors: [remark('changed-since')] })
    else if (code) undone.push({ state: 'kept', errors: [asRemark(new Problem(code))] })
    else undone.push(await therewith(ctx, line.before, line.after))
  }
  return undone
}

/** Puts back what went with a person: their devices, and what was made for them. Devices that went on since stay, and are counted. */
async function therewith(ctx: Ctx, before: Kept, after: Kept): Promise<Undone> {
  const left = before.devices.length === 0 ? [] : await devicesBack(ctx, before.devices, after.devices)
  for (const group of before.made?.groups ?? []) await dropGroup(ctx, group)
  for (const unit of (before.made?.units ?? []).toReversed()) await dropUnit(ctx, unit)
  return { state: 'undone', errors: left.length === 0 ? [] : [remark('devices-left', null, { devices: left.length })] }
}

/** Puts devices back to where they were, those that are still where the change left them. Answers the ids of the others. */
export async function devicesBack(
  ctx: Ctx,
  before: readonly KeptDevice[],
  after: readonly KeptDevice[],
): Promise<string[]> {
  const now = new Map((await devices.devicesAmong(ctx, { ids: before.map(d => d.id) })).map(d => [String(d.id), d]))
  const left: string[] = []
  for (const kept of before) {
    const was = after.find(d => d.id === kept.id)
    if (!was || differs(was, now.get(kept.id))) left.push(kept.id)
    else await devices.change(ctx, kept.id, { unit: kept.unit, user: kept.user })
  }
  return left
}

// What was made for a file goes with it, unless someone has begun to use it.
async function dropGroup(ctx: Ctx, id: string): Promise<void> {
  await allowing(['id.unknown', 'group.in-use'], async () => {
    await groupFor(ctx, id, 'users:write')
    const { ids } = await usersOfGroup(ctx, id, { limit: 1 })
    if (ids.length === 0) await removeGroup(ctx, id)
  })
}

/** Removes a unit that was made by the way, if nothing hangs on it. */
export async function dropUnit(ctx: Ctx, id: string): Promise<void> {
  await allowing(['id.unknown', 'unit.not-empty'], async () => {
    await unitOf(ctx, id)
    await removeUnit(ctx, id)
  })
}

async function allowing(codes: readonly string[], work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (problem) {
    if (!(problem instanceof Problem) || !codes.includes(problem.code)) throw problem
  }
}
