import { hash as digest } from 'node:crypto'
import { canonical, compare } from './canonical.ts'
import {
  brought,
  type Choice,
  choiceFor,
  type Chosen,
  contributionsOf,
  inWave,
  type Way,
  waysTo,
} from './contribution.ts'
import { openMemory } from './memory.ts'
import { itemOf, type KindLookup, mannerOf, type MergedValue, mergeValues, type Voice } from './merge.ts'
import { openSigning } from './signature.ts'
import type { Contribution, Effective, EffectiveItem, OrgState, Target } from './state.ts'

/** Answers for many devices of one state at one instant. */
export interface Resolver {
  /** What the device should have. Devices of one signature are answered with one and the same object, while it is remembered. */
  effective(target: Target): Effective
  /** Names the class of the device: the same signature is the same effective. Compares within one resolver only. */
  signature(target: Target): string
}

/** How many signatures, items and merged values a resolver remembers at least; most fleets have some thousands of each. */
const remembered = 16_384

/** Makes a state ready for many devices: assignments are compiled once, results put together once per class of devices, items once per list of policies. */
export function openResolver(state: OrgState, now: number, kinds: KindLookup): Resolver {
  const { rollouts, sign } = openSigning(state, now)
  const known = openMemory<string, Effective>(remembered)
  const assemble = openAssembly(state, kinds)
  const once = openContributions()
  return {
    signature: target => sign(target).signature,
    effective: target => {
      const { signature, lanes, trials } = sign(target)
      const found = known.get(signature)
      if (found !== undefined) return found
      const choice: Choice = { trials, rollouts, inWave: rollout => inWave(rollout, target.id) }
      return known.put(signature, assemble(contributionsOf(state, lanes, choice, once)))
    },
  }
}

/** What one device should have, and why. For many devices of one state use `openResolver`. */
export function resolve(state: OrgState, target: Target, now: number, kinds: KindLookup): Effective {
  const from = contributionsOf(state, waysTo(state, target, now), choiceFor(state, target, now))
  return openAssembly(state, kinds)(from)
}

/** One object for each thing that a way brings, so that what is made of it can be found again. */
function openContributions(): (way: Way, chosen: Chosen) => Contribution {
  const known = new WeakMap<Way, Map<string, Contribution>>()
  return (way, chosen) => {
    const made = known.get(way) ?? new Map<string, Contribution>()
    known.set(way, made)
    // A wave may have the version that others have too; how it came is not the same.
    const name = `${chosen.policy} ${chosen.version}${chosen.through === undefined ? '' : '+'}`
    const found = made.get(name) ?? brought(way, chosen)
    made.set(name, found)
    return found
  }
}

interface Word {
  readonly voice: Voice
  readonly item: string
  readonly instance: string | null
  readonly name: string
}

/** Puts contributions, nearest first, together into items. */
function openAssembly(state: OrgState, kinds: KindLookup): (from: readonly Contribution[]) => Effective {
  const wordOf = openWords(state, kinds)
  const itemFrom = openItems(kinds, wordOf)
  return from => {
    const heard = new Map<string, Contribution[]>()
    for (const contribution of from) {
      const item = wordOf(contribution)?.item
      if (item === undefined) continue
      const known = heard.get(item)
      if (known) known.push(contribution)
      else heard.set(item, [contribution])
    }
    const items = [...heard.values()].map(itemFrom).sort((a, b) => compare(a.item, b.item))
    return { hash: digest('sha256', items.map(i => i.hash).join()), items }
  }
}

/** What each version of a policy says. */
function openWords(state: OrgState, kinds: KindLookup): (said: Contribution) => Word | undefined {
  const known = new Map<string, Map<number, Word>>()
  return ({ policy, version }) => {
    const words = known.get(policy) ?? new Map<number, Word>()
    known.set(policy, words)
    const found = words.get(version)
    if (found !== undefined) return found
    const from = state.policies.get(policy)
    const value = from?.versions.get(version)
    if (from === undefined || value === undefined) return undefined
    const voice = { policy, kind: from.kind, value }
    const word = { voice, name: from.name, ...itemOf(voice, kinds) }
    words.set(version, word)
    return word
  }
}

function openItems(kinds: KindLookup, wordOf: (said: Contribution) => Word | undefined) {
  const numbers = new WeakMap<Contribution, number>()
  let count = 0
  const numberOf = (contribution: Contribution): number => {
    const found = numbers.get(contribution)
    if (found !== undefined) return found
    count += 1
    numbers.set(contribution, count)
    return count
  }
  const items = openMemory<string, EffectiveItem>(remembered)
  // The same policies in the same order say the same, however they came.
  const merged = openMemory<string, MergedValue & { hash: string }>(remembered)
  return (from: readonly Contribution[]): EffectiveItem => {
    const came = from.map(numberOf).join()
    const found = items.get(came)
    if (found !== undefined) return found
    const words = from.map(wordOf).filter(w => w !== undefined)
    const { item = '', instance = null, name = '', voice } = words[0] ?? {}
    const kind = voice?.kind ?? ''
    const said = from.map(c => `${c.policy} ${c.version}`).join('\n')
    const value = merged.get(said) ?? merged.put(said, mergedOf(item, kind, words, kinds))
    return items.put(came, { item, kind, instance, name, from, ...value })
  }
}

function mergedOf(item: string, kind: string, words: readonly Word[], kinds: KindLookup) {
  const values = words.map(w => w.voice.value)
  const merged = mergeValues(mannerOf(kind, kinds, values), values)
  return { ...merged, hash: digest('sha256', canonical([item, merged.value])) }
}
