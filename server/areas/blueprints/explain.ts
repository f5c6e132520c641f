import type { Json, KeyRule } from '../policies/index.ts'
import { fieldOf } from './canonical.ts'
import { type Choice, choiceFor, contributionsOf, versionOf, waysTo } from './contribution.ts'
import { decide, itemOf, type KindLookup, type Manner, mannerOf, mergeValues, ruleOf, whole } from './merge.ts'
import { reach } from './scope.ts'
import { shareOf } from './share.ts'
import type { Contribution, Decided, Miss, OrgState, Target } from './state.ts'

/** What a question about a device is asked of. */
export interface Ground {
  readonly state: OrgState
  readonly now: number
  readonly kinds: KindLookup
}

/** Where a device stands in the rollout that chose its version of a policy. */
export interface Standing {
  readonly rollout: string
  readonly from: number
  readonly to: number
  readonly percent: number
  /** 0 to 100: the device has the new version when this is below `percent`. */
  readonly share: number
}

/** What one policy that reaches the device says, and what became of it. */
export interface Link extends Contribution {
  readonly name: string
  /** Absent where the policy says nothing about the key. */
  readonly value?: Json
  /** `united`: in the result beside others. `silent`: has nothing to say about the key. */
  readonly became: 'won' | 'united' | 'lost' | 'silent'
  /** Where a rollout of the policy is on. */
  readonly standing?: Standing
}

/** A policy that would speak about it, if its assignment reached the device. */
export interface Unheard {
  readonly policy: string
  readonly name: string
  readonly value: Json
  readonly blueprint: string
  readonly assignment: string
  readonly miss: Miss
}

/** Why a device has a value, or has none: everything that was said, nearest first, the rule, and who was not heard. */
export interface Explanation {
  readonly item: string
  readonly kind: string
  /** null: the item as a whole. */
  readonly key: string | null
  readonly manner: Manner
  /** The rule of the key; null where the nearest is taken whole, or where every key has its own. */
  readonly rule: KeyRule | null
  /** Absent where nothing that reaches the device says anything. */
  readonly value?: Json
  readonly decided: Decided | null
  readonly chain: readonly Link[]
  readonly unheard: readonly Unheard[]
}

/** Why a device has what it has, or has not, of an item: of one of its keys, or of the whole (`key` null). `replay` gets the value from the answer alone. */
export function explain(ground: Ground, target: Target, item: string, key: string | null): Explanation {
  const { state, now, kinds } = ground
  const asked = { item, key: key === whole ? null : key }
  const choice = choiceFor(state, target, now)
  const reached = contributionsOf(state, waysTo(state, target, now), choice)
  const said = reached.flatMap(from => {
    const speech = speechOf(ground, from.policy, from.version)
    return speech?.item === item ? [{ from, ...speech }] : []
  })
  const kind = said[0]?.kind ?? item.split('#')[0] ?? item
  const values = said.map(s => s.value)
  const manner = mannerOf(kind, kinds, values)
  const verdict = outcome(manner, asked.key, values)
  const chain = said.map(({ from, name, value }, i): Link => {
    const part = partOf(value, asked.key)
    const standing = standingOf(choice, target, from)
    const became = verdict.became[i] ?? 'silent'
    return { ...from, name, became, ...(part === undefined ? {} : { value: part }), ...(standing && { standing }) }
  })
  const heard = new Set(reached.map(c => c.policy))
  const rule = manner.by === 'keys' && asked.key !== null ? ruleOf(manner, asked.key) : null
  const { decided, value } = verdict
  const answer = { ...asked, kind, manner, rule, decided, chain, unheard: unheard(ground, target, asked, heard) }
  return value === undefined ? answer : { ...answer, value }
}

/** Computes the value again from an explanation alone; undefined where nothing is said. */
export function replay({ key, manner, chain }: Explanation): Json | undefined {
  const said = chain.map(link => link.value)
  if (manner.by === 'whole') return said[0]
  if (key !== null) return decide(ruleOf(manner, key), said)?.value
  return said.length === 0
    ? undefined
    : mergeValues(
        manner,
        said.filter(v => v !== undefined),
      ).value
}

interface Outcome {
  readonly value: Json | undefined
  readonly decided: Decided | null
  readonly became: readonly Link['became'][]
}

function outcome(manner: Manner, key: string | null, values: readonly Json[]): Outcome {
  if (values.length === 0) return { value: undefined, decided: null, became: [] }
  const { value, keys } = mergeValues(manner, values)
  if (manner.by === 'keys' && key === null) return { value, decided: null, became: shares(keys, values.length) }
  const one =
    manner.by === 'whole' ? Object.values(keys)[0] : Object.hasOwn(keys, key ?? whole) ? keys[key ?? whole] : undefined
  if (one === undefined) return { value: undefined, decided: null, became: values.map(() => 'silent') }
  const winning = one.decided === 'union' ? 'united' : 'won'
  const became = values.map((v, i) => {
    if (one.won.includes(i)) return winning
    return partOf(v, key) === undefined ? 'silent' : 'lost'
  })
  return { value: partOf(value, key), decided: one.decided, became }
}

/** What became of policies as a whole where each key is decided apart. */
function shares(keys: ReturnType<typeof mergeValues>['keys'], count: number): Link['became'][] {
  return Array.from({ length: count }, (_, i) => {
    const all = Object.values(keys)
    const won = all.filter(one => one.won.includes(i)).length
    const lost = all.filter(one => one.lost.some(l => l.from === i)).length
    if (won > 0) return lost > 0 || count > 1 ? 'united' : 'won'
    return lost > 0 ? 'lost' : 'silent'
  })
}

function partOf(value: Json, key: string | null): Json | undefined {
  return key === null ? value : fieldOf(value, key)
}

interface Speech {
  readonly item: string
  readonly kind: string
  readonly name: string
  readonly value: Json
}

/** What a version of a policy says, and about which item. */
export function speechOf({ state, kinds }: Ground, id: string, version: number): Speech | undefined {
  const policy = state.policies.get(id)
  const value = policy?.versions.get(version)
  if (policy === undefined || value === undefined) return undefined
  const { kind, name } = policy
  return { item: itemOf({ policy: id, kind, value }, kinds).item, kind, name, value }
}

/** Where the device stands in the rollout of a contribution's policy, unless a trial decided. */
export function standingOf({ rollouts }: Choice, target: Target, from: Contribution): Standing | undefined {
  const rollout = from.reach.level === 'trial' ? undefined : rollouts.get(from.policy)
  if (rollout === undefined) return undefined
  const { id, from: before, to, percent, salt } = rollout
  return { rollout: id, from: before, to, percent, share: shareOf(target.id, salt) }
}

function unheard(
  ground: Ground,
  target: Target,
  asked: { item: string; key: string | null },
  heard: ReadonlySet<string>,
): Unheard[] {
  const { state, now } = ground
  const choice = choiceFor(state, target, now)
  const speakers = new Map<string, Omit<Unheard, 'blueprint' | 'assignment' | 'miss'>>()
  for (const policy of state.policies.values()) {
    const chosen = heard.has(policy.id) ? undefined : versionOf(policy, choice)
    const speech = chosen && speechOf(ground, policy.id, chosen.version)
    const value = speech?.item === asked.item ? partOf(speech.value, asked.key) : undefined
    if (value !== undefined) speakers.set(policy.id, { policy: policy.id, name: policy.name, value })
  }
  if (speakers.size === 0) return []
  return state.assignments.flatMap(assignment => {
    const blueprint = state.blueprints.get(assignment.blueprint)
    const meant = blueprint?.items.map(id => speakers.get(id)).filter(s => s !== undefined) ?? []
    if (meant.length === 0) return []
    const found = reach(assignment, target, now)
    if ('reach' in found) return []
    return meant.map(s => ({ ...s, blueprint: assignment.blueprint, assignment: assignment.id, miss: found.miss }))
  })
}
