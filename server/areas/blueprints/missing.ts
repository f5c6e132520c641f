import type { Json } from '../policies/index.ts'
import { choiceFor, contributionsOf, placed, waysTo } from './contribution.ts'
import { type Ground, type Standing, speechOf, standingOf } from './explain.ts'
import { resolve } from './resolve.ts'
import { reach } from './scope.ts'
import type { Contribution, Miss, Target } from './state.ts'

/** An assignment of the policy that does not reach the device, and the first thing that keeps it from doing so. */
export interface Missed {
  readonly assignment: string
  readonly blueprint: string
  readonly miss: Miss
}

/** A key of a policy that reaches the device but does not count there, because others win. */
export interface Overridden {
  /** `''` where the policy is overridden whole. */
  readonly key: string
  readonly value: Json
  readonly instead: Json
  /** The policies that win, nearest first. */
  readonly by: readonly string[]
}

/** Why a device does not have a policy, or how far it has it. */
export type Missing =
  | { readonly why: 'unknown' | 'in-no-blueprint' }
  | { readonly why: 'not-assigned'; readonly blueprints: readonly string[] }
  | { readonly why: 'not-reached'; readonly misses: readonly Missed[] }
  | {
      readonly why: 'reached'
      readonly item: string
      readonly contribution: Contribution
      readonly standing: Standing | null
      /** None: everything it says counts. */
      readonly overridden: readonly Overridden[]
    }

/** Why a policy is not on a device: in which blueprints it is, which of their assignments miss the device and why, or by what it is overridden. */
export function explainMissing(ground: Ground, target: Target, policy: string): Missing {
  const { state, now } = ground
  if (!state.policies.has(policy)) return { why: 'unknown' }
  const choice = choiceFor(state, target, now)
  const contribution = contributionsOf(state, waysTo(state, target, now), choice).find(c => c.policy === policy)
  if (contribution !== undefined) return reached(ground, target, contribution, standingOf(choice, target, contribution))
  const holding = [...state.blueprints.values()].filter(b => b.items.includes(policy))
  if (holding.length === 0) return { why: 'in-no-blueprint' }
  const misses = state.assignments
    .flatMap(assignment => {
      const blueprint = holding.find(b => b.id === assignment.blueprint)
      return blueprint === undefined ? [] : [{ assignment, blueprint }]
    })
    .sort(placed)
    .flatMap(({ assignment, blueprint }) => {
      const found = reach(assignment, target, now)
      return 'miss' in found ? [{ assignment: assignment.id, blueprint: blueprint.id, miss: found.miss }] : []
    })
  if (misses.length === 0) return { why: 'not-assigned', blueprints: holding.map(b => b.id) }
  return { why: 'not-reached', misses }
}

function reached(ground: Ground, target: Target, contribution: Contribution, standing: Standing | undefined): Missing {
  const speech = speechOf(ground, contribution.policy, contribution.version)
  const effective = resolve(ground.state, target, ground.now, ground.kinds)
  const item = effective.items.find(i => i.item === speech?.item)
  const place = item?.from.findIndex(c => c.policy === contribution.policy) ?? -1
  const overridden = Object.entries(item?.keys ?? {}).flatMap(([key, one]): Overridden[] => {
    const said = one.lost.find(l => l.from === place)
    if (said === undefined) return []
    const by = one.won.flatMap(i => item?.from[i]?.policy ?? [])
    return [{ key, value: said.value, instead: one.value, by }]
  })
  return { why: 'reached', item: speech?.item ?? '', contribution, standing: standing ?? null, overridden }
}
