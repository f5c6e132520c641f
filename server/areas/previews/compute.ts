import { isDeepStrictEqual } from 'node:util'
import type { Id } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import {
  candidates,
  type Conflict,
  conflictsOf,
  diff,
  type Effect,
  type Effective,
  type EffectiveItem,
  type Effects,
  keyOf,
  openGrouping,
  openMemory,
  openResolver,
  type OrgState,
  type Reachable,
  type Target,
} from '../blueprints/index.ts'
import { findPolicyKind } from '../policies/index.ts'
import { classOf, shownRoad, unhonored } from './honored.ts'
import { openSeatNeeds, type SeatNeeds } from './seats.ts'
import { type NamedTarget, walk } from './target.ts'
import type { TestCase } from './test-case.ts'
import { openTrying, type Tried } from './trying.ts'

/** Two states of an org to be compared, or one of which the devices change. */
export interface Difference {
  before: OrgState
  after: OrgState
  /** What each device becomes, where devices or their users change rather than policies: another unit, other groups, other tags. Pure. */
  retarget?(target: Target): Target
  /** Which devices can change at all; everything that the states' difference can touch when absent, and the whole org with `retarget`. */
  among?: Reachable | 'nothing'
  /** The instant that is looked at; now when absent. */
  at?: number
}

/** How far a computation is. */
export interface Progress {
  looked: number
  of: number
}

/** What devices of one platform, held in one way, do not honor of a policy for one reason. `keys` is empty where it is the whole. */
export interface Lacking {
  policy: string
  kind: string
  platform: string
  road: string | null
  mode: string | null
  reason: string
  keys: readonly string[]
  devices: number
}

/** What was found, before it is cut to what people are shown. */
export interface Computed {
  effects: Effects
  /** Devices that lose something. */
  removals: number
  conflicts: readonly (Conflict & { devices: number })[]
  unhonored: readonly Lacking[]
  tests: readonly Tried[]
  seats: SeatNeeds
  /** Ids of the devices of each group, by its key. */
  members: ReadonlyMap<string, readonly string[]>
  /** What the sample devices of the groups and the failing ones of tests are called. */
  named: ReadonlyMap<string, NamedTarget>
}

/** What changes for every device with one result before and one after. */
interface Delta {
  effects: readonly Effect[]
  removes: boolean
  /** Those that are new, and those about an item that changes. */
  conflicts: readonly Conflict[]
  /** What they will have that comes or changes. */
  fresh: readonly EffectiveItem[]
  /** How many devices there are, and how many of each class with one of these items: everything else is the same for all of a class. */
  devices: number
  classes: Map<string, { devices: number; like: NamedTarget }>
}

/** Devices between two moments at which other work of the process has its turn: a few milliseconds, even where each device is the first of its class. */
const slice = 25
/** The same of classes of devices with one difference, when they are put together at the end. */
const sliceOfClasses = 100

/** Compares two states over every device the difference can touch. Reads pages, each on its own; ends early, by throwing, when the signal fires. */
export async function compute(
  base: Base,
  org: Id<'org'>,
  difference: Difference & { tests: readonly TestCase[] },
  on: { signal: AbortSignal; looked(count: number): void },
): Promise<Computed> {
  const { before, after, retarget } = difference
  const at = difference.at ?? base.clock.now()
  await turn()
  const resolved = openPair(difference, at)
  const tally = openTally(difference.tests)
  const deltas = openDeltas()
  let inSlice = 0
  for await (const page of walk(base, org, amongOf(difference))) {
    await turn()
    for (const target of page) {
      const moved = retarget ? { ...retarget(target), name: target.name, formFactor: target.formFactor } : target
      const [old, now] = resolved(target, moved)
      tally.add({ target: moved, was: target, old, now, delta: deltas(old, now) })
      inSlice += 1
      if (inSlice < slice) continue
      await turn()
      on.signal.throwIfAborted()
      inSlice = 0
    }
    on.looked(page.length)
    on.signal.throwIfAborted()
  }
  return tally.finish()
}

/** Results whose differences are remembered at least, as many as a resolver remembers. Not weakly: tables of weak keys make the collector's pauses long. */
const remembered = 16_384

/** What a device has before and what after. */
function openPair({ before, after, retarget }: Difference, at: number) {
  const [was, will] = [openResolver(before, at, findPolicyKind), openResolver(after, at, findPolicyKind)]
  if (retarget || !reachAlike(before, after))
    return (target: Target, moved: Target): [Effective, Effective] => [was.effective(target), will.effective(moved)]
  // Whoever has one result before has got it by the same ways, which bring the same policies after: they are one class after too.
  const twins = openMemory<Effective, Effective>(remembered)
  return (target: Target): [Effective, Effective] => {
    const old = was.effective(target)
    return [old, twins.get(old) ?? twins.put(old, will.effective(target))]
  }
}

/** Whether two states differ only in what policies say, not in whom they reach: as when a version is saved. */
function reachAlike(before: OrgState, after: OrgState): boolean {
  const ways = ({ assignments, blueprints, rollouts, trials }: OrgState) => [assignments, blueprints, rollouts, trials]
  return isDeepStrictEqual(ways(before), ways(after))
}

/** Lets everybody else have their turn. */
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** The part of the org that a difference can touch. */
export function amongOf({ before, after, retarget, among }: Difference): Reachable {
  const nothing: Reachable = { within: [], devices: [], users: [], groups: [], tags: [] }
  const everything: Reachable = { ...nothing, within: ['/'] }
  const found = among ?? (retarget ? everything : candidates(before, after))
  return found === 'nothing' ? nothing : found
}

function openDeltas(): (old: Effective, now: Effective) => Delta {
  const known = openMemory<Effective, Map<Effective, Delta>>(remembered)
  return (old, now) => {
    const of = known.get(old) ?? known.put(old, new Map<Effective, Delta>())
    const delta = of.get(now) ?? deltaOf(old, now)
    of.set(now, delta)
    return delta
  }
}

function deltaOf(old: Effective, now: Effective): Delta {
  const effects = diff(old, now)
  const touched = new Set(effects.map(e => e.item))
  const there = new Set(conflictsOf(old).map(nameOf))
  return {
    effects,
    removes: effects.some(e => e.sign === 'remove'),
    conflicts: conflictsOf(now).filter(c => touched.has(c.item) || !there.has(nameOf(c))),
    fresh: now.items.filter(i => touched.has(i.item)),
    devices: 0,
    classes: new Map(),
  }
}

const names = new WeakMap<Conflict, string>()

function nameOf(conflict: Conflict): string {
  const name = names.get(conflict) ?? JSON.stringify(conflict)
  names.set(conflict, name)
  return name
}

interface Seen {
  /** As it will be, and as it is. */
  target: NamedTarget
  was: NamedTarget
  old: Effective
  now: Effective
  delta: Delta
}

/** Shown by name of each group and of each test. */
const sample = 20

function openTally(cases: readonly TestCase[]): { add(seen: Seen): void; finish(): Promise<Computed> } {
  const grouping = openGrouping()
  const trying = openTrying(cases)
  const seats = openSeatNeeds()
  const members = new Map<string, string[]>()
  const named = new Map<string, NamedTarget>()
  const deltas = new Set<Delta>()
  let removals = 0
  const group = ({ target, delta }: Seen): void => {
    const key = keyOf(delta.effects)
    const ids = members.get(key)
    if (ids) ids.push(target.id)
    else members.set(key, [target.id])
    if ((ids?.length ?? 0) <= sample) named.set(target.id, target)
    if (delta.removes) removals += 1
  }
  return {
    add: seen => {
      const { delta, target } = seen
      grouping.add(seen.was, delta.effects)
      seats.add({ ...seen, group: () => keyOf(delta.effects) })
      if (delta.effects.length > 0) group(seen)
      deltas.add(delta)
      delta.devices += 1
      if (delta.fresh.length > 0) classify(delta, target)
      for (const id of trying.add(seen)) named.set(id, target)
    },
    finish: async () => {
      const effects = grouping.finish()
      await turn()
      const conflicts = conflictsAmong(deltas)
      const gaps = await gapsAmong(deltas)
      return {
        effects,
        removals,
        conflicts,
        unhonored: gaps,
        tests: trying.finish(),
        seats: seats.finish(),
        members,
        named,
      }
    },
  }
}

function classify({ classes }: Delta, target: NamedTarget): void {
  const name = classOf(target)
  const one = classes.get(name)
  if (one) one.devices += 1
  else classes.set(name, { devices: 1, like: target })
}

function conflictsAmong(deltas: Iterable<Delta>): Computed['conflicts'] {
  const found = new Map<string, Conflict & { devices: number }>()
  for (const { conflicts, devices } of deltas)
    for (const conflict of conflicts) {
      const known = found.get(nameOf(conflict)) ?? { ...conflict, devices: 0 }
      known.devices += devices
      found.set(nameOf(conflict), known)
    }
  return [...found.values()].sort((a, b) => b.devices - a.devices)
}

async function gapsAmong(deltas: Iterable<Delta>): Promise<Computed['unhonored']> {
  const found = new Map<string, Lacking>()
  let inSlice = 0
  for (const { fresh, classes } of deltas) {
    for (const { devices, like } of classes.values()) {
      inSlice += 1
      if (inSlice % sliceOfClasses === 0) await turn()
      for (const [gap, of] of unhonored(fresh, like)) {
        const { platform } = like
        const held = shownRoad(like)
        const name = `${gap} ${platform} ${held.road ?? ''} ${held.mode ?? ''}`
        const known = found.get(name) ?? { ...of, platform, ...held, keys: [], devices: 0 }
        known.devices += devices
        known.keys = [...new Set([...known.keys, ...of.keys])].sort()
        found.set(name, known)
      }
    }
  }
  return [...found.values()].sort((a, b) => b.devices - a.devices)
}
