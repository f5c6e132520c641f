import { placed, type Way } from './contribution.ts'
import { conditionMiss, holds, isEmpty, timeMiss, unitReach } from './scope.ts'
import {
  type Conditions,
  levels,
  type OrgState,
  type Reach,
  type RolloutState,
  type Selection,
  type Target,
} from './state.ts'

/** A way as many devices share it: made once per assignment and include. */
export interface Lane extends Way {
  readonly source: Source
  /** Sorts lanes as `nearer` does. */
  readonly order: number
  /** Its part of a signature. */
  readonly token: string
}

/** An assignment that can reach somebody at the instant, made ready to be asked often. */
export interface Source extends Omit<Way, 'reach'> {
  /** Its place in the order of all: of two that are equally near the smaller comes first. */
  readonly index: number
  readonly excluded: Picked | null
  readonly tags: readonly string[]
  /** Of policies of its blueprint: each device has one version or the other. */
  readonly rollouts: readonly RolloutState[]
  /** Which of the state's different conditions it has, and which of its policies are in its blueprint, by number. */
  readonly condition: number
  readonly policies: readonly number[]
}

/** Sets of what a selection names, units apart. */
interface Picked {
  readonly groups: ReadonlySet<string>
  readonly tags: ReadonlySet<string>
  readonly users: ReadonlySet<string>
  readonly devices: ReadonlySet<string>
}

/** All assignments of a state at one instant, by what their includes name. */
export interface Compiled {
  readonly sources: readonly Source[]
  /** All that are different. */
  readonly conditions: readonly Conditions[]
  readonly devices: ReadonlyMap<string, readonly Lane[]>
  readonly users: ReadonlyMap<string, readonly Lane[]>
  readonly groups: ReadonlyMap<string, readonly Lane[]>
  readonly tags: ReadonlyMap<string, readonly Lane[]>
  laneOf(source: Source, reach: Reach): Lane
}

/** Compiles the assignments of a state; those that reach nobody at the instant are left out. */
export function compile(state: OrgState, now: number, rollouts: ReadonlyMap<string, RolloutState>): Compiled {
  const numbers = openNumbers(state)
  const sources = sourcesOf(state, now, rollouts, numbers)
  const laneOf = openLanes()
  const index = { devices: new Map(), users: new Map(), groups: new Map(), tags: new Map() } as const satisfies Record<
    string,
    Map<string, Lane[]>
  >
  const put = (into: Map<string, Lane[]>, source: Source, level: Reach['level'], ids: readonly string[]): void => {
    for (const by of new Set(ids)) {
      const lanes = into.get(by)
      const lane = laneOf(source, { level, depth: 0, by })
      if (lanes) lanes.push(lane)
      else into.set(by, [lane])
    }
  }
  for (const source of sources) {
    const { include } = source.assignment.scope
    put(index.devices, source, 'device', include.devices)
    put(index.users, source, 'user', include.users)
    put(index.groups, source, 'group', include.groups)
    put(index.tags, source, 'group', include.tags)
  }
  return { sources, conditions: numbers.conditions, ...index, laneOf }
}

interface Numbers {
  readonly policies: ReadonlyMap<string, number>
  readonly conditions: readonly Conditions[]
  conditionOf(asked: Conditions): number
}

function openNumbers(state: OrgState): Numbers {
  const conditions: Conditions[] = []
  const known = new Map<string, number>()
  return {
    policies: new Map([...state.policies.keys()].map((id, i) => [id, i])),
    conditions,
    conditionOf: ({ tags: _, ...asked }) => {
      const name = JSON.stringify(asked)
      const number = known.get(name) ?? conditions.push(asked) - 1
      known.set(name, number)
      return number
    },
  }
}

function sourcesOf(
  state: OrgState,
  now: number,
  rollouts: ReadonlyMap<string, RolloutState>,
  numbers: Numbers,
): Source[] {
  return state.assignments
    .flatMap(assignment => {
      const blueprint = state.blueprints.get(assignment.blueprint)
      return blueprint === undefined || timeMiss(assignment, now) !== undefined ? [] : [{ assignment, blueprint }]
    })
    .sort(placed)
    .map(({ assignment, blueprint }, index) => ({
      assignment,
      blueprint,
      index,
      excluded: pickedBy(assignment.scope.exclude),
      tags: assignment.scope.conditions.tags ?? [],
      rollouts: blueprint.items.map(id => rollouts.get(id)).filter(r => r !== undefined),
      condition: numbers.conditionOf(assignment.scope.conditions),
      policies: blueprint.items.map(id => numbers.policies.get(id)).filter(p => p !== undefined),
    }))
}

function pickedBy({ groups, tags, users, devices }: Selection): Picked | null {
  if (groups.length + tags.length + users.length + devices.length === 0) return null
  return { groups: new Set(groups), tags: new Set(tags), users: new Set(users), devices: new Set(devices) }
}

function openLanes(): Compiled['laneOf'] {
  const lanes = new Map<string, Lane>()
  return (source, reach) => {
    const name = `${source.index} ${reach.level} ${reach.by}`
    const known = lanes.get(name)
    if (known !== undefined) return known
    const { assignment, blueprint, index } = source
    const order = (levels.indexOf(reach.level) * 0x1_0000 + (0xffff - reach.depth)) * 0x1_00_0000 + index
    const lane: Lane = { source, assignment, blueprint, reach, order, token: tokenOf(lanes.size) }
    lanes.set(name, lane)
    return lane
  }
}

/** A short text for a number, none of which begins another; letters below U+0100 are left for other marks. */
function tokenOf(number: number): string {
  const low = String.fromCharCode(0x100 + (number & 0x3fff))
  return number < 0x4000 ? low : String.fromCharCode(0x5000 + (number >> 14)) + low
}

/** Whether nothing of one device alone (its id, user, groups, tags) keeps a source from it. */
export function admits({ excluded, tags }: Source, target: Target): boolean {
  for (const tag of tags) if (!target.tags.includes(tag)) return false
  if (excluded === null) return true
  if (excluded.devices.has(target.id) || (target.user !== null && excluded.users.has(target.user))) return false
  return !holdsAny(excluded.groups, target.groups) && !holdsAny(excluded.tags, target.tags)
}

function holdsAny(set: ReadonlySet<string>, list: readonly string[]): boolean {
  if (set.size > 0) for (const one of list) if (set.has(one)) return true
  return false
}

/** What holds for all devices of one unit, whatever else they are. */
export interface Place {
  /** By index of the source: whether anchor and excluded units let it reach them. */
  readonly open: Uint8Array
  /** Lanes by unit, nearest first. */
  readonly lanes: readonly Lane[]
}

/** Answers which sources can reach the devices of a unit, and which do by the unit itself. */
export function placeAt({ sources, laneOf }: Compiled, path: string): Place {
  const open = new Uint8Array(sources.length)
  const lanes: Lane[] = []
  for (const source of sources) {
    const { anchor, scope } = source.assignment
    if (!path.startsWith(anchor) || scope.exclude.units.some(unit => holds(unit, path))) continue
    open[source.index] = 1
    const everything = isEmpty(scope.include) ? [{ path: anchor, below: true }] : scope.include.units
    const reach = unitReach(everything, anchor, path)
    if (reach !== undefined) lanes.push(laneOf(source, reach))
  }
  return { open, lanes: lanes.sort((a, b) => a.order - b.order) }
}

/** Answers by index of the conditions whether devices of this ownership, platform, version and supervision meet them, tags apart. */
export function conditionsMet({ conditions }: Compiled, like: Target): Uint8Array {
  return Uint8Array.from(conditions, asked => (conditionMiss(asked, like) === undefined ? 1 : 0))
}
