import { hash as digest } from 'node:crypto'
import type { Json } from '../policies/index.ts'
import { compare } from './canonical.ts'
import { canonical } from '../../base/canonical.ts'
import type { Lane } from './compiled.ts'
import { brought, type Choice, choiceFor, contributionsOf, inWave, versionOf, waysTo } from './contribution.ts'
import { openMemory } from './memory.ts'
import { itemOf, type KindLookup, mannerOf, type MergedValue, mergeValues } from './merge.ts'
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
  const { entryOf, assemble } = openAssembly(state, kinds)
  const entriesOf = openEntries(state, entryOf)
  return {
    signature: target => sign(target).signature,
    effective: target => {
      const { signature, lanes, trials } = sign(target)
      const found = known.get(signature)
      if (found !== undefined) return found
      const choice: Choice = { trials, rollouts, inWave: rollout => inWave(rollout, target.id) }
      return known.put(signature, assemble(entriesOf(lanes, choice)))
    },
  }
}

/** What one device should have, and why. For many devices of one state use `openResolver`. */
export function resolve(state: OrgState, target: Target, now: number, kinds: KindLookup): Effective {
  const { entryOf, assemble } = openAssembly(state, kinds)
  const from = contributionsOf(state, waysTo(state, target, now), choiceFor(state, target, now))
  return assemble(from.map(entryOf).filter(e => e !== undefined))
}

/** A contribution with what it says. */
interface Entry {
  readonly contribution: Contribution
  readonly word: Word
  /** Names the entry within its assembly. */
  readonly number: number
  /** The item it makes where nothing else speaks about it, once that was asked for. */
  alone: EffectiveItem | undefined
}

interface Word {
  readonly value: Json
  readonly kind: string
  readonly item: string
  readonly instance: string | null
  readonly name: string
}

/** Finds what `contributionsOf` finds, with one entry for each thing that a lane brings, made once. */
function openEntries(state: OrgState, entryOf: (contribution: Contribution) => Entry | undefined) {
  const claimed = new Int32Array(state.policies.size)
  let round = 0
  const brings = openBrings(state, entryOf)
  return (lanes: readonly Lane[], choice: Choice): Entry[] => {
    if (choice.trials.length > 0)
      return contributionsOf(state, lanes, choice).flatMap(contribution => entryOf(contribution) ?? [])
    round += 1
    const entries: Entry[] = []
    for (const lane of lanes)
      for (const [i, number] of lane.source.policies.entries()) {
        const entry = claimed[number] === round ? undefined : brings(lane, i, choice)
        if (entry === undefined) continue
        claimed[number] = round
        entries.push(entry)
      }
    return entries
  }
}

/** What the policy in this place of a lane brings; the same entry for the same version. */
function openBrings(state: OrgState, entryOf: (contribution: Contribution) => Entry | undefined) {
  const policies = [...state.policies.values()]
  const made = new Map<Lane, Map<number, Entry | undefined>>()
  return (lane: Lane, place: number, choice: Choice): Entry | undefined => {
    const policy = policies[lane.source.policies[place] ?? -1]
    if (policy === undefined) return undefined
    const known = made.get(lane) ?? new Map<number, Entry | undefined>()
    made.set(lane, known)
    // Where a rollout is on, those in its wave have the version by another way than those who have it anyway.
    const rollout = lane.source.rollouts.length === 0 ? undefined : choice.rollouts.get(policy.id)
    const name = place * 2 + (rollout !== undefined && choice.inWave(rollout) ? 1 : 0)
    if (known.has(name)) return known.get(name)
    const chosen = versionOf(policy, choice)
    const entry = chosen && entryOf(brought(lane, chosen))
    known.set(name, entry)
    return entry
  }
}

/** Puts entries, nearest first, together into items. */
function openAssembly(state: OrgState, kinds: KindLookup) {
  const wordOf = openWords(state, kinds)
  const itemFrom = openItems(kinds)
  let count = 0
  return {
    entryOf: (contribution: Contribution): Entry | undefined => {
      const word = wordOf(contribution)
      if (word === undefined) return undefined
      count += 1
      return { contribution, word, number: count, alone: undefined }
    },
    assemble: (entries: readonly Entry[]): Effective => {
      const heard = new Map<string, Entry[]>()
      for (const entry of entries) {
        const known = heard.get(entry.word.item)
        if (known === undefined) heard.set(entry.word.item, [entry])
        else known.push(entry)
      }
      const items: EffectiveItem[] = []
      for (const [first, ...others] of heard.values()) if (first !== undefined) items.push(itemFrom(first, others))
      items.sort((a, b) => compare(a.item, b.item))
      let hashes = ''
      for (const { hash } of items) hashes += hash
      return { hash: digest('sha256', hashes), items }
    },
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
    const { kind, name } = from
    const word = { value, kind, name, ...itemOf({ policy, kind, value }, kinds) }
    words.set(version, word)
    return word
  }
}

function openItems(kinds: KindLookup): (first: Entry, others: readonly Entry[]) => EffectiveItem {
  const items = openMemory<string, EffectiveItem>(remembered)
  // The same policies in the same order say the same, however they came.
  const merged = openMemory<string, MergedValue & { hash: string }>(remembered)
  const make = (entries: readonly Entry[], { item, kind, instance, name }: Word): EffectiveItem => {
    const from = entries.map(e => e.contribution)
    const said = from.map(c => `${c.policy} ${c.version}`).join('\n')
    const value = merged.get(said) ?? merged.put(said, mergedOf(item, kind, entries, kinds))
    return { item, kind, instance, name, from, ...value }
  }
  return (first, others) => {
    if (others.length === 0) {
      first.alone ??= make([first], first.word)
      return first.alone
    }
    const all = [first, ...others]
    const came = all.map(e => e.number).join()
    return items.get(came) ?? items.put(came, make(all, first.word))
  }
}

function mergedOf(item: string, kind: string, entries: readonly Entry[], kinds: KindLookup) {
  const values = entries.map(e => e.word.value)
  const merged = mergeValues(mannerOf(kind, kinds, values), values)
  return { ...merged, hash: digest('sha256', canonical([item, merged.value])) }
}
