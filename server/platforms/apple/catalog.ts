import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type Artifact,
  type Family,
  type Field,
  families,
  type Shape,
  step,
} from '@muster/wire/apple/catalog/catalog.ts'
import { labelOf } from '@muster/wire/apple/catalog/label.ts'
import { nameOf } from '@muster/wire/apple/catalog/names.ts'
import { type Catalog, openCatalog } from '@muster/wire/apple/catalog/open.ts'
import { searchable } from '../../base/text.ts'

/** The catalog of Apple's artifacts; its tables are read from disk when their family is first asked for, and kept. */
export const catalog: Catalog = openCatalog(family => {
  const file = import.meta.resolve(`@muster/wire/apple/catalog/data/${family}.json`)
  return JSON.parse(readFileSync(fileURLToPath(file), 'utf8'))
})

/** An artifact or one of its keys, as a search finds it. */
export interface Found {
  readonly family: Family
  readonly id: string
  readonly name: string
  /** JSON pointer of the key with `*` for items; '' for the artifact itself. */
  readonly path: string
  readonly label: string
}

interface Entry extends Found {
  /** Folded words of label and name of the key. */
  readonly words: readonly string[]
  readonly whole: string
}

/** Families in which a person looks for settings. */
const searched: readonly Family[] = [
  'payload',
  'declaration',
  'command',
  'setting',
  'query',
  'status',
  'skip',
  'credential',
]
const deepest = 6
let entries: readonly Entry[] | undefined

/** Artifacts and keys that have every word of a text, best first: whole names before beginnings of words before parts of words, artifacts before keys. */
export function searchCatalog(text: string, limit: number): Found[] {
  const words = searchable(text)
    .split(/[\s./_-]+/)
    .filter(w => w !== '')
  if (words.length === 0) return []
  entries ??= searched.flatMap(family => [...catalog.family(family).values()].flatMap(entriesOf))
  const hits: { entry: Entry; points: number }[] = []
  for (const entry of entries) {
    const points = pointsOf(entry, words)
    if (points > 0) hits.push({ entry, points })
  }
  return hits
    .sort(
      (a, b) =>
        b.points - a.points || a.entry.whole.length - b.entry.whole.length || (a.entry.whole < b.entry.whole ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ entry: { family, id, name, path, label } }) => ({ family, id, name, path, label }))
}

function pointsOf(entry: Entry, words: readonly string[]): number {
  let points = entry.path === '' ? 3 : 1
  for (const word of words) {
    if (entry.words.includes(word)) points += 6
    else if (entry.words.some(w => w.startsWith(word))) points += 4
    else if (entry.whole.includes(word)) points += 1
    else return 0
  }
  return entry.whole === words.join('') ? points + 20 : points
}

function entriesOf(artifact: Artifact): Entry[] {
  const { family, id } = artifact
  const name = nameOf(artifact)
  const entry = (path: string, label: string, key: string): Entry => ({
    ...{ family, id, name, path, label },
    words: searchable(`${label} ${key.replaceAll(/[./_-]+/g, ' ')}`).split(' '),
    whole: searchable(key).replaceAll(/[\s./_-]+/g, ''),
  })
  const keys = new Map<string, Entry>()
  const walk = (shape: Shape, path: string, depth: number, inside: readonly string[]): void => {
    if (depth > deepest) return
    const below = (field: Field, at: string): void => {
      if (field.name && !keys.has(at)) keys.set(at, entry(at, labelOf(field.name), field.name))
      if (field.of === undefined) walk(field, at, depth + 1, inside)
      else if (!inside.includes(field.of)) walk(artifact.types?.[field.of] ?? {}, at, depth + 1, [...inside, field.of])
    }
    for (const field of shape.fields ?? []) below(field, step(path, field.name))
    if (shape.item) below(shape.item, `${path}/*`)
    if (shape.rest) below(shape.rest, `${path}/*`)
  }
  for (const shape of artifact.variants ?? [artifact]) walk(shape, '', 0, [])
  return [entry('', name, id.replace(/^com\.apple\./, '')), ...keys.values()]
}

/** What lists say of an artifact. */
export interface CatalogLine {
  readonly family: Family
  readonly id: string
  readonly name: string
  readonly keys: number
  readonly os: Artifact['os']
  readonly open: boolean
}

let lines: readonly CatalogLine[] | undefined

/** Every artifact of the catalog in short. */
export function catalogLines(): readonly CatalogLine[] {
  lines ??= families.flatMap(family =>
    [...catalog.family(family).values()].map(artifact => ({
      family,
      id: artifact.id,
      name: nameOf(artifact),
      keys: (artifact.variants ?? [artifact]).reduce((sum, shape) => sum + (shape.fields?.length ?? 0), 0),
      os: artifact.os,
      open: artifact.open === true,
    })),
  )
  return lines
}
