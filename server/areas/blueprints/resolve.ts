import { type Choice, choiceFor, contributionsOf, inWave, waysTo } from './contribution.ts'
import { openMemory } from './memory.ts'
import { type KindLookup, merge, type Merged, type MergedItem, type Voice } from './merge.ts'
import { openSigning } from './signature.ts'
import type { Contribution, Effective, EffectiveItem, OrgState, Target } from './state.ts'

/** Answers for many devices of one state at one instant. */
export interface Resolver {
  /** What the device should have. Devices of one signature are answered with one and the same object. */
  effective(target: Target): Effective
  /** Names the class of the device: the same signature is the same effective. Compares within one resolver only. */
  signature(target: Target): string
}

/** How many signatures and how many merged results a resolver remembers at least; a fleet of 100,000 devices has some hundreds. */
const remembered = 4096

/** Makes a state ready for many devices: assignments are compiled once, results merged once per class of devices. */
export function openResolver(state: OrgState, now: number, kinds: KindLookup): Resolver {
  const { rollouts, sign } = openSigning(state, now)
  const known = openMemory<Effective>(remembered)
  const merged = openMerging(state, kinds)
  return {
    signature: target => sign(target).signature,
    effective: target => {
      const { signature, lanes, trials } = sign(target)
      const found = known.get(signature)
      if (found !== undefined) return found
      const choice: Choice = { trials, rollouts, inWave: rollout => inWave(rollout, target.id) }
      return known.put(signature, merged(contributionsOf(state, lanes, choice)))
    },
  }
}

/** What one device should have, and why. For many devices of one state use `openResolver`. */
export function resolve(state: OrgState, target: Target, now: number, kinds: KindLookup): Effective {
  const from = contributionsOf(state, waysTo(state, target, now), choiceFor(state, target, now))
  return openMerging(state, kinds)(from)
}

/** What each contribution says. */
export function voicesOf(state: OrgState, from: readonly Contribution[]): Voice[] {
  return from.flatMap(({ policy, version }) => {
    const known = state.policies.get(policy)
    const value = known?.versions.get(version)
    return known === undefined || value === undefined ? [] : [{ policy, kind: known.kind, value }]
  })
}

function openMerging(state: OrgState, kinds: KindLookup): (from: readonly Contribution[]) => Effective {
  // The same policies in the same order say the same, however they came.
  const known = openMemory<Merged>(remembered)
  return from => {
    const name = from.map(c => `${c.policy} ${c.version}`).join('\n')
    const { hash, items } = known.get(name) ?? known.put(name, merge(voicesOf(state, from), kinds))
    return { hash, items: items.map(one => named(one, from, state)) }
  }
}

function named(one: MergedItem, all: readonly Contribution[], state: OrgState): EffectiveItem {
  const from = one.from.map(i => all[i]).filter(c => c !== undefined)
  return { ...one, from, name: state.policies.get(from[0]?.policy ?? '')?.name ?? '' }
}
