import type { Json, KeyRule, PolicyKind } from '../policies/index.ts'
import { compare, fieldOf, isFields, same } from './canonical.ts'
import { canonical } from '../../base/canonical.ts'
import type { Provenance } from './state.ts'

/** What merging has to know of a kind; undefined for a kind that nobody knows (any more). */
export type KindLookup = (kind: string) => Pick<PolicyKind, 'merge' | 'identity' | 'rules'> | undefined

/** One policy's word about an item: its value, and its place among all that reach the device. */
export interface Voice {
  readonly policy: string
  readonly kind: string
  readonly value: Json
}

/** What several voices come to. */
export interface MergedValue {
  readonly value: Json
  readonly keys: Readonly<Record<string, Provenance>>
}

/** The name under which the provenance of a value without keys is kept. */
export const whole = ''

/** How the values of one item come together: key by key, with the rules that are not `nearest`, or the nearest whole. */
export interface Manner {
  readonly by: 'keys' | 'whole'
  readonly rules: Readonly<Record<string, KeyRule>>
}

const nearest: KeyRule = { rule: 'nearest' }

/** The item that a value speaks about. Kinds that nobody knows are kept side by side, told apart by policy. */
export function itemOf({ policy, kind, value }: Voice, kinds: KindLookup): { item: string; instance: string | null } {
  const known = kinds(kind)
  if (known?.merge === 'settings') return { item: kind, instance: null }
  const instance = known?.identity?.(value) ?? policy
  return { item: `${kind}#${instance}`, instance }
}

/** How these values of one kind come together; what has no keys can only be taken whole. */
export function mannerOf(kind: string, kinds: KindLookup, values: readonly Json[]): Manner {
  const known = kinds(kind)
  const rules = known?.rules ?? {}
  return { by: known?.merge === 'settings' && values.every(isFields) ? 'keys' : 'whole', rules }
}

/** The rule of one key. */
export function ruleOf({ rules }: Manner, key: string): KeyRule {
  return Object.hasOwn(rules, key) ? (rules[key] ?? nearest) : nearest
}

/** Makes one value of several, nearest first, with the provenance of every key. */
export function mergeValues(manner: Manner, values: readonly Json[]): MergedValue {
  if (manner.by === 'whole') return taken(values)
  const keys = [...new Set(values.flatMap(v => (isFields(v) ? Object.keys(v) : [])))].toSorted(compare)
  const decided = keys.flatMap(key => {
    const said = values.map(v => fieldOf(v, key))
    const one = decide(ruleOf(manner, key), said)
    return one === undefined ? [] : [[key, one] as const]
  })
  return {
    value: Object.fromEntries(decided.map(([key, { value }]) => [key, value])),
    keys: Object.fromEntries(decided),
  }
}

/** The nearest value whole. Others lose whole, even where they say the same about a key. */
function taken(values: readonly Json[]): MergedValue {
  const value = values[0] ?? null
  const agree = values.map(v => same(v, value))
  const won = indexes(agree, true)
  const others = indexes(agree, false)
  const decided = values.length === 1 ? 'only' : others.length === 0 ? 'same' : 'nearest'
  const of = (v: Json, key: string): Json => (key === whole ? v : (fieldOf(v, key) ?? null))
  const keys = isFields(value) && Object.keys(value).length > 0 ? Object.keys(value).toSorted(compare) : [whole]
  const provenance = (key: string): Provenance => ({
    value: of(value, key),
    decided,
    won,
    lost: others.map(from => ({ from, value: of(values[from] ?? null, key) })),
  })
  return { value, keys: Object.fromEntries(keys.map(key => [key, provenance(key)])) }
}

function indexes(agree: readonly boolean[], wanted: boolean): number[] {
  return agree.flatMap((agrees, i) => (agrees === wanted ? [i] : []))
}

/**
 * Decides one key from what each policy says of it, nearest first (undefined: nothing). Nothing at all decides nothing.
 * Where a rule cannot compare what is said (a variable instead of a number), the nearest wins of those it can compare, or else of all.
 */
export function decide(rule: KeyRule, said: readonly (Json | undefined)[]): Provenance | undefined {
  const voices = said.flatMap((value, from) => (value === undefined ? [] : [{ value, from }]))
  const [first] = voices
  if (first === undefined) return undefined
  if (rule.rule === 'union' && voices.every(v => Array.isArray(v.value))) return united(voices)
  const best = rule.rule === 'strictest' ? strictest(rule.by, voices) : undefined
  const { value } = best ?? first
  const won = voices.filter(v => same(v.value, value)).map(v => v.from)
  const lost = voices.filter(v => !same(v.value, value))
  if (voices.length === 1) return { value, decided: 'only', won, lost }
  if (lost.length === 0) return { value, decided: 'same', won, lost }
  return { value, decided: best === undefined ? 'nearest' : 'strictest', won, lost }
}

interface Said {
  readonly value: Json
  readonly from: number
}

/** The union of lists is a set: every element once, in one order whoever said it. */
function united(voices: readonly Said[]): Provenance {
  const sets = voices.map(v => [...new Set(listOf(v.value).map(canonical))].toSorted(compare))
  const all = [...new Set(sets.flat())].toSorted(compare)
  const texts = new Map(voices.flatMap(v => listOf(v.value).map(one => [canonical(one), one] as const)))
  const agree = sets.every(set => set.length === all.length)
  const decided = voices.length === 1 ? 'only' : agree ? 'same' : 'union'
  return { value: all.map(text => texts.get(text) ?? null), decided, won: voices.map(v => v.from), lost: [] }
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value]
}

type Strict = Extract<KeyRule, { rule: 'strictest' }>['by']

function strictest(by: Strict, voices: readonly Said[]): Said | undefined {
  let best: { said: Said; rank: number } | undefined
  for (const said of voices) {
    const rank = strictness(by, said.value)
    if (rank !== undefined && (best === undefined || rank < best.rank)) best = { said, rank }
  }
  return best?.said
}

/** Smaller is stricter; undefined: not to be compared. */
function strictness(by: Strict, value: Json): number | undefined {
  if (by === 'least') return typeof value === 'number' ? value : undefined
  if (by === 'most') return typeof value === 'number' ? -value : undefined
  if (by === 'true' || by === 'false') return typeof value === 'boolean' ? Number(String(value) !== by) : undefined
  const place = by.findIndex(one => same(one, value))
  return place < 0 ? undefined : place
}
