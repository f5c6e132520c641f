import { compare } from './canonical.ts'
import { reach } from './scope.ts'
import { shareOf } from './share.ts'
import type {
  AssignmentState,
  BlueprintState,
  Contribution,
  OrgState,
  PolicyState,
  Reach,
  RolloutState,
  Target,
  TrialState,
} from './state.ts'
import { levels } from './state.ts'

/** One assignment that reaches a device. */
export interface Way {
  readonly assignment: AssignmentState
  readonly blueprint: BlueprintState
  readonly reach: Reach
}

/** Which version of its policies a device has, where it is not the current one. */
export interface Choice {
  /** Newest first. */
  readonly trials: readonly TrialState[]
  /** Rollouts by policy, and whether the device is in the wave of one. */
  readonly rollouts: ReadonlyMap<string, RolloutState>
  inWave(rollout: RolloutState): boolean
}

/** The rollout of each policy; of several the newest counts. */
export function rolloutsOf(state: OrgState): ReadonlyMap<string, RolloutState> {
  return new Map(state.rollouts.toSorted((a, b) => compare(a.id, b.id)).map(r => [r.policy, r]))
}

/** The trials that are on at an instant, by device, newest first. */
export function trialsOf(state: OrgState, now: number): ReadonlyMap<string, readonly TrialState[]> {
  const running = state.trials.filter(t => now < t.until).toSorted((a, b) => compare(b.id, a.id))
  return Map.groupBy(running, t => t.device)
}

/** Whether a device is in the wave of a rollout. */
export function inWave(rollout: RolloutState, device: string): boolean {
  return shareOf(device, rollout.salt) < rollout.percent
}

/** Which of two ways comes first: the nearer, then the smaller place of the blueprint, then ids, so that the order is total. */
export function nearer(a: Way, b: Way): number {
  return levels.indexOf(a.reach.level) - levels.indexOf(b.reach.level) || b.reach.depth - a.reach.depth || placed(a, b)
}

/** The order of ways that are equally near. */
export function placed(a: Pick<Way, 'assignment' | 'blueprint'>, b: Pick<Way, 'assignment' | 'blueprint'>): number {
  return (
    a.blueprint.place - b.blueprint.place ||
    compare(a.blueprint.id, b.blueprint.id) ||
    compare(a.assignment.id, b.assignment.id)
  )
}

/** The ways by which assignments reach one device, nearest first. For many devices `openSigning` finds the same faster. */
export function waysTo(state: OrgState, target: Target, now: number): Way[] {
  const ways: Way[] = []
  for (const assignment of state.assignments) {
    const blueprint = state.blueprints.get(assignment.blueprint)
    if (blueprint === undefined || !target.path.startsWith(assignment.anchor)) continue
    const found = reach(assignment, target, now)
    if ('reach' in found) ways.push({ assignment, blueprint, reach: found.reach })
  }
  return ways.sort(nearer)
}

/** The choice of versions for one device. */
export function choiceFor(state: OrgState, target: Target, now: number): Choice {
  return {
    trials: trialsOf(state, now).get(target.id) ?? [],
    rollouts: rolloutsOf(state),
    inWave: rollout => inWave(rollout, target.id),
  }
}

/** What a way brings: a policy in some version. */
export type Chosen = Pick<Contribution, 'policy' | 'version' | 'through'>

/**
 * The policies of a device, nearest first: those on trial, then those of its ways in order. A policy that comes by several ways counts once, at its
 * nearest. What has no value (a policy that is gone) contributes nothing. A trial has no assignment or blueprint: both are empty.
 */
export function contributionsOf(state: OrgState, ways: readonly Way[], choice: Choice): Contribution[] {
  const found = new Map<string, Contribution>()
  for (const { id, policy, version } of choice.trials) {
    if (found.has(policy) || !state.policies.get(policy)?.versions.has(version)) continue
    const near: Reach = { level: 'trial', depth: 0, by: id }
    found.set(policy, { policy, version, blueprint: '', assignment: '', reach: near, through: { trial: id } })
  }
  for (const way of ways)
    for (const id of way.blueprint.items) {
      const policy = found.has(id) ? undefined : state.policies.get(id)
      const chosen = policy === undefined ? undefined : versionOf(policy, choice)
      if (chosen !== undefined) found.set(id, brought(way, chosen))
    }
  return [...found.values()]
}

/** The contribution of a way. */
export function brought({ blueprint, assignment, reach: near }: Way, chosen: Chosen): Contribution {
  return { blueprint: blueprint.id, assignment: assignment.id, reach: near, ...chosen }
}

/** The version of a policy that a device has, or would have. */
export function versionOf({ id: policy, versions, current }: PolicyState, choice: Choice): Chosen | undefined {
  const rollout = choice.rollouts.get(policy)
  if (rollout !== undefined) {
    const ahead = choice.inWave(rollout)
    const version = ahead ? rollout.to : rollout.from
    if (versions.has(version))
      return ahead ? { policy, version, through: { rollout: rollout.id } } : { policy, version }
  }
  return versions.has(current) ? { policy, version: current } : undefined
}
