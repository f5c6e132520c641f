import type { Target } from '../blueprints/index.ts'
import type { Shift, TagShift } from './row.ts'

/** Everything that a change or an import moves, by whom or what it is about. */
export interface Moves {
  readonly users: ReadonlyMap<string, NonNullable<Shift['user']>>
  readonly devices: ReadonlyMap<string, NonNullable<Shift['device']>>
  readonly units: readonly NonNullable<Shift['unit']>[]
  /** Groups of those whom devices are given to. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  /** Whether devices on the unit of a person who moves go along. */
  readonly follow: boolean
}

/** Puts single moves together. */
export function movesOf(shifts: readonly Shift[], { groups, follow }: Pick<Moves, 'groups' | 'follow'>): Moves {
  return {
    users: new Map(shifts.flatMap(s => (s.user ? [[s.user.id, s.user] as const] : []))),
    devices: new Map(shifts.flatMap(s => (s.device ? [[s.device.id, s.device] as const] : []))),
    units: shifts.flatMap(s => s.unit ?? []),
    groups,
    follow,
  }
}

/** The same with what else is decided about people and devices; of whom is moved too, both count. */
export function joined(moves: Moves, shifts: readonly Shift[]): Moves {
  const [users, devices] = [new Map(moves.users), new Map(moves.devices)]
  for (const { user, device } of shifts) {
    if (user) users.set(user.id, { ...user, ...users.get(user.id) })
    if (device) devices.set(device.id, { ...device, ...devices.get(device.id) })
  }
  return { ...moves, users, devices }
}

/** A device as it would be after the moves: the same object where nothing touches it. Pure. */
export function retarget(moves: Moves, target: Target): Target {
  const person = target.user === null ? undefined : moves.users.get(target.user)
  const device = moves.devices.get(target.id)
  const unit = moves.units.find(u => target.path.startsWith(u.from))
  if (!person && !device && !unit) return target
  const placed = unit ? { ...target, path: `${unit.to}${target.path.slice(unit.from.length)}` } : target
  const moved = person ? withPerson(placed, person, moves.follow) : placed
  return device ? withDevice(moved, device, moves) : moved
}

function withPerson(target: Target, person: NonNullable<Shift['user']>, follow: boolean): Target {
  if (person.gone) return { ...target, user: null, groups: [] }
  const follows = follow && target.path === person.from
  return {
    ...target,
    path: follows ? person.to : target.path,
    groups: person.groups ?? target.groups,
  }
}

function withDevice(target: Target, device: NonNullable<Shift['device']>, moves: Moves): Target {
  const user = device.user === undefined ? target.user : device.user
  const same = user === target.user
  const groups = same ? target.groups : user === null ? [] : (moves.groups.get(user) ?? [])
  return {
    ...target,
    path: device.path ?? target.path,
    user,
    groups,
    tags: device.tags ? tagged(target.tags, device.tags) : target.tags,
    ownership: device.ownership ?? target.ownership,
  }
}

function tagged(now: readonly string[], { add, remove }: TagShift): string[] {
  return [...new Set([...now.filter(t => !remove.includes(t)), ...add])].sort()
}
