import { searchable } from '../../base/text.ts'
import { allPolicyKinds, type PolicyKind } from './kind.ts'
import words from './kinds/words.json' with { type: 'json' }

/** One key of one kind, as a search finds it; the kind itself has the key `''`. */
export interface Setting {
  readonly kind: string
  readonly family: PolicyKind['family']
  readonly key: string
}

interface Entry extends Setting {
  /** The last step of the key, and all words, as they are looked for. */
  readonly name: string
  readonly words: string
  /** Among those that fit equally well: short keys first. */
  place: number
}

const index: { entries: readonly Entry[]; kinds: number } = { entries: [], kinds: 0 }

/** What settings of ours are called in every language; made by tools/kind-words.ts of the console's texts. */
const called: Readonly<Record<string, Readonly<Record<string, string>>>> = words

/** Settings whose key or words contain every word of the query, best first: the key itself, then its beginning, then words, then longer paths. */
export function searchSettings(query: string, most: number): Setting[] {
  const wanted = searchable(query)
    .split(' ')
    .filter(w => w !== '')
  if (wanted.length === 0) return []
  const found: [number, Entry][] = []
  for (const entry of entries()) {
    const rank = rankOf(entry, wanted)
    if (rank > 0) found.push([rank, entry])
  }
  found.sort(([a, x], [b, y]) => b - a || x.place - y.place)
  return found.slice(0, most).map(([, { kind, family, key }]) => ({ kind, family, key }))
}

function rankOf(entry: Entry, wanted: readonly string[]): number {
  let rank = entry.family === 'ours' ? 4 : 0
  for (const word of wanted) {
    const at = entry.words.indexOf(word)
    if (at < 0) return 0
    rank += entry.name === word ? 12 : entry.name.startsWith(word) ? 8 : at === 0 || entry.words[at - 1] === ' ' ? 5 : 1
  }
  return rank - entry.key.split('/').length + 20
}

/** Built when first asked for: the vendors' catalogs have some ten thousand keys. */
function entries(): readonly Entry[] {
  const kinds = allPolicyKinds()
  if (index.kinds !== kinds.length) {
    index.kinds = kinds.length
    index.entries = kinds.flatMap(kind => ['', ...(kind.settings?.() ?? [])].map(key => entryOf(kind, key)))
    const ordered = index.entries.toSorted((a, b) => a.key.length - b.key.length || (a.key < b.key ? -1 : 1))
    for (const [place, entry] of ordered.entries()) entry.place = place
  }
  return index.entries
}

function entryOf({ kind, family }: PolicyKind, key: string): Entry {
  const last = key === '' ? (kind.split(/[:.]/).at(-1) ?? kind) : (key.split('/').at(-1) ?? key)
  const all = [spaced(key), key, spaced(kind), kind, called[kind]?.[key] ?? ''].join(' ')
  return { kind, family, key, name: searchable(last), words: searchable(all), place: 0 }
}

/** `maxInactivityMinutes` as people type it: `max inactivity minutes`. */
function spaced(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[._:/-]+/g, ' ')
}
