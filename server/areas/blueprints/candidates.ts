import { isDeepStrictEqual } from 'node:util'
import { compare, same } from './canonical.ts'
import { isEmpty } from './scope.ts'
import type { AssignmentState, BlueprintState, OrgState, PolicyState, Target } from './state.ts'

/** Devices by what is known without looking at them: a device is meant when any of these names it. */
export interface Reachable {
  /** Paths of units, each with everything below; none is below another. */
  readonly within: readonly string[]
  readonly devices: readonly string[]
  readonly users: readonly string[]
  readonly groups: readonly string[]
  /** Folded. */
  readonly tags: readonly string[]
}

/**
 * Which devices a difference between two states can touch at one instant: all whose effective items change, and as few others as can be told from the
 * states alone. Names touch nobody.
 */
export function candidates(before: OrgState, after: OrgState): Reachable | 'nothing' {
  const blueprints = changedBlueprints(before, after)
  const { policies, devices } = changedPolicies(before, after)
  for (const state of [before, after])
    for (const blueprint of state.blueprints.values())
      if (blueprint.items.some(id => policies.has(id))) blueprints.add(blueprint.id)
  const assignments = [before, after].flatMap(s => s.assignments.filter(a => blueprints.has(a.blueprint)))
  for (const pair of pairs(byId(before.assignments), byId(after.assignments)))
    if (!isDeepStrictEqual(...pair)) assignments.push(...pair.filter(a => a !== undefined))
  return reachableBy(assignments, devices)
}

/** Whether a device is one of those that can be touched. */
export function touches(reachable: Reachable | 'nothing', target: Target): boolean {
  if (reachable === 'nothing') return false
  const { within, devices, users, groups, tags } = reachable
  return (
    within.some(path => target.path.startsWith(path)) ||
    devices.includes(target.id) ||
    (target.user !== null && users.includes(target.user)) ||
    groups.some(group => target.groups.includes(group)) ||
    tags.some(tag => target.tags.includes(tag))
  )
}

function reachableBy(assignments: readonly AssignmentState[], also: Iterable<string>): Reachable | 'nothing' {
  const within = new Set<string>()
  const devices = new Set(also)
  const users = new Set<string>()
  const groups = new Set<string>()
  const tags = new Set<string>()
  for (const { enabled, anchor, scope } of assignments) {
    if (!enabled) continue
    if (isEmpty(scope.include)) within.add(anchor)
    for (const { path, below } of scope.include.units) {
      if (path.startsWith(anchor)) within.add(path)
      else if (below && anchor.startsWith(path)) within.add(anchor)
    }
    for (const id of scope.include.devices) devices.add(id)
    for (const id of scope.include.users) users.add(id)
    for (const id of scope.include.groups) groups.add(id)
    for (const tag of scope.include.tags) tags.add(tag)
  }
  if (within.size + devices.size + users.size + groups.size + tags.size === 0) return 'nothing'
  return { within: topmost(within), devices: [...devices], users: [...users], groups: [...groups], tags: [...tags] }
}

/** The paths that are below none of the others: in the order of text, what is below a path follows it at once. */
function topmost(paths: Iterable<string>): string[] {
  const kept: string[] = []
  for (const path of [...paths].sort(compare)) if (!path.startsWith(kept.at(-1) ?? '\0')) kept.push(path)
  return kept
}

interface Changed {
  readonly policies: ReadonlySet<string>
  /** With a trial that is not the same in both. */
  readonly devices: ReadonlySet<string>
}

function changedPolicies(before: OrgState, after: OrgState): Changed {
  const policies = new Set<string>()
  const devices = new Set<string>()
  for (const pair of pairs(byId(before.rollouts), byId(after.rollouts)))
    if (!isDeepStrictEqual(...pair)) for (const one of pair) if (one) policies.add(one.policy)
  for (const pair of pairs(byId(before.trials), byId(after.trials)))
    if (!isDeepStrictEqual(...pair)) for (const one of pair) if (one) devices.add(one.device)
  const used = usedVersions(before, after)
  for (const [old, now] of pairs(before.policies, after.policies))
    if (old !== now && speaksOtherwise(old, now, used)) policies.add(old?.id ?? now?.id ?? '')
  for (const { policy, device } of [...before.trials, ...after.trials]) if (policies.has(policy)) devices.add(device)
  return { policies, devices }
}

/** The versions that rollouts and trials name, by policy. */
function usedVersions(...states: readonly OrgState[]): ReadonlyMap<string, readonly number[]> {
  const named = states.flatMap(s => [
    ...s.rollouts.flatMap(r => [[r.policy, r.from] as const, [r.policy, r.to] as const]),
    ...s.trials.map(t => [t.policy, t.version] as const),
  ])
  return new Map([...Map.groupBy(named, n => n[0])].map(([policy, of]) => [policy, of.map(n => n[1])]))
}

function speaksOtherwise(
  old: PolicyState | undefined,
  now: PolicyState | undefined,
  used: ReadonlyMap<string, readonly number[]>,
): boolean {
  if (old === undefined || now === undefined || old.kind !== now.kind || old.current !== now.current) return true
  return [now.current, ...(used.get(now.id) ?? [])].some(v => !same(old.versions.get(v), now.versions.get(v)))
}

/** Blueprints that hold something else or in another order, are only in one of the states, or have moved past others. */
function changedBlueprints(before: OrgState, after: OrgState): Set<string> {
  const changed = new Set<string>()
  for (const [old, now] of pairs(before.blueprints, after.blueprints))
    if (!isDeepStrictEqual(old?.items, now?.items)) changed.add(old?.id ?? now?.id ?? '')
  const both = (one: OrgState, other: OrgState): BlueprintState[] =>
    [...one.blueprints.values()]
      .filter(b => other.blueprints.has(b.id))
      .sort((a, b) => a.place - b.place || compare(a.id, b.id))
  const placeBefore = new Map(both(before, after).map((b, i) => [b.id, i]))
  const order = both(after, before).map(b => b.id)
  for (const id of moved(order, id => placeBefore.get(id) ?? 0)) changed.add(id)
  return changed
}

interface Run {
  readonly id: string
  readonly place: number
  readonly before: Run | undefined
}

/** As few as possible without which the others stand in the order of their places: all but a longest rising run. */
function moved(order: readonly string[], place: (id: string) => number): string[] {
  /** The best run of each length: the one that ends lowest. */
  const runs: Run[] = []
  for (const id of order) {
    const at = place(id)
    const longer = runs.findIndex(run => run.place >= at)
    const slot = longer < 0 ? runs.length : longer
    runs[slot] = { id, place: at, before: runs[slot - 1] }
  }
  const kept = new Set<string>()
  for (let run = runs.at(-1); run !== undefined; run = run.before) kept.add(run.id)
  return order.filter(id => !kept.has(id))
}

function byId<T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map(one => [one.id, one]))
}

function pairs<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): [T | undefined, T | undefined][] {
  return [...new Set([...before.keys(), ...after.keys()])].map(id => [before.get(id), after.get(id)])
}
