import type { Random } from '../../../testing/random.ts'
import { type Artifact, type Field, isObject, type Json, rootOf, segments, type Shape, shapeOf } from '../catalog.ts'

/** How much of a value is made: only what must be there, or everything. */
export type Fullness = 'minimal' | 'full'

type Table = Record<string, Json>

/** Values that the facts of an artifact call valid: one per variant. */
export function valuesOf(artifact: Artifact, fullness: Fullness, random: Random): Json[] {
  const roots = artifact.variants
    ? artifact.variants.map((v): Field => ({ ...v, name: '', type: 'dictionary' }))
    : [rootOf(artifact)]
  return roots.map(root => choose(artifact, make(artifact, root, fullness, random, 0), random))
}

/** Of keys that shut each other out one stays; where one is needed, one is there. */
function choose(artifact: Artifact, value: Json, random: Random): Json {
  for (const rule of artifact.exclusive ?? []) {
    for (const keys of dictionariesAt(value, segments(rule.at))) {
      const there = rule.of.filter(k => Object.hasOwn(keys, k))
      if (!rule.together) for (const key of there.slice(1)) delete keys[key]
      const field = rootOf(artifact).fields?.find(f => f.name === rule.of[0])
      if (there.length === 0 && rule.required && field) keys[field.name] = make(artifact, field, 'minimal', random, 1)
    }
  }
  return value
}

function dictionariesAt(value: Json | undefined, way: readonly string[]): Table[] {
  const [next, ...rest] = way
  if (next === undefined) return isObject(value) ? [value as Table] : []
  if (next === '*') return Array.isArray(value) ? value.flatMap(one => dictionariesAt(one as Json, rest)) : []
  return isObject(value) ? dictionariesAt(value[next], rest) : []
}

/** A valid value of one field. */
export function make(artifact: Artifact, field: Field, fullness: Fullness, random: Random, depth: number): Json {
  switch (field.type) {
    case 'string':
      return textOf(field, random)
    case 'integer':
      return numberOf(field, random)
    case 'real':
      return field.allowed
        ? random.pick(field.allowed)
        : Math.max(field.min ?? -1000, Math.min(field.max ?? 1000, random.below(400) / 4))
    case 'boolean':
      return random.once(2)
    case 'date':
      return { $date: new Date(random.below(2_000_000_000) * 1000).toISOString().replace('.000Z', 'Z') }
    case 'data':
      return { $data: btoa(String.fromCharCode(...Array.from({ length: random.below(20) }, () => random.below(256)))) }
    case 'any':
      return random.pick<Json>(['text', 7, true, { $real: 2 }, 2.5, { a: ['b', { $data: 'AQID' }] }])
    case 'array':
      return listOf(artifact, field, fullness, random, depth)
    case 'union': {
      const one = random.pick(field.cases ?? [])
      return keysOf(artifact, one, fullness, random, depth)
    }
    case 'dictionary':
      return keysOf(artifact, shapeOf(artifact, field), fullness, random, depth)
  }
}

function keysOf(
  artifact: Artifact,
  shape: Pick<Shape, 'fields' | 'rest'>,
  fullness: Fullness,
  random: Random,
  depth: number,
): Json {
  const out: Table = {}
  const deep = depth > 6
  for (const field of shape.fields ?? [])
    if (field.required || (fullness === 'full' && !deep))
      out[field.name] = make(artifact, field, fullness, random, depth + 1)
  if (shape.rest && fullness === 'full' && !deep)
    out['any.key'] = make(artifact, shape.rest, fullness, random, depth + 1)
  return out
}

function listOf(artifact: Artifact, field: Field, fullness: Fullness, random: Random, depth: number): Json {
  const { item } = shapeOf(artifact, field)
  const least = field.count?.min ?? 0
  const most = Math.min(field.count?.max ?? least + 2, least + 3)
  const wanted =
    fullness === 'minimal' || depth > 6 || !item ? least : Math.max(least, Math.min(most, 1 + random.below(2)))
  if (!item) return []
  const cases = item.type === 'union' && fullness === 'full' ? (item.cases ?? []) : []
  if (cases.length > 0) return cases.map(c => keysOf(artifact, c, fullness, random, depth + 1))
  return Array.from({ length: wanted }, () => make(artifact, item, fullness, random, depth + 1))
}

const samples: readonly string[] = [
  '01234567-89ab-cdef-0123-456789abcdef',
  'https://example.org/a',
  '00:1a:2B:3c:4D:5e',
  '310410',
  '00A1B2',
  'example.org',
  'someone@example.org',
  '2026-11-20T09:00:00',
  '2026-11-20T09:00:00Z',
  'a.*b',
]
const bySort: Readonly<Record<string, string>> = {
  url: 'https://example.org/a',
  uuid: '01234567-89ab-cdef-0123-456789abcdef',
  email: 'someone@example.org',
  domain: 'example.org',
  'domain-prefix': '*.example.org',
  hostname: 'example.org',
  localtime: '2026-11-20T09:00:00',
  timestamp: '2026-11-20T09:00:00Z',
  regex: 'a.*b',
}

function textOf(field: Field, random: Random): Json {
  if (field.allowed) return random.pick(field.allowed)
  if (field.choices) return random.pick(field.choices).name
  const { format } = field
  if (format !== undefined) {
    const fits = samples.find(s => new RegExp(format).test(s))
    if (fits === undefined) throw new Error(`no sample text fits ${format}`)
    return fits
  }
  if (field.form !== undefined) return bySort[field.form] ?? 'text'
  return random.pick(['text', 'Zürich', '東京', 'a & <b> "c"', ' spaced ', ''])
}

function numberOf(field: Field, random: Random): Json {
  if (field.allowed) return random.pick(field.allowed)
  const least = field.min ?? 0
  const most = field.max ?? least + 1000
  return least + random.below(Math.min(most - least, 100_000) + 1)
}

/** Every leaf of a value with its pointer. */
export function leaves(value: Json, at = ''): { at: string; value: Json }[] {
  if (Array.isArray(value)) return value.flatMap((one: Json, i) => leaves(one, `${at}/${i}`))
  if (!isObject(value)) return [{ at, value }]
  const keys = Object.keys(value)
  if (keys.length === 1 && keys[0]?.startsWith('$')) return [{ at, value }]
  return Object.entries(value).flatMap(([k, one]) =>
    leaves(one, `${at}/${k.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
}

/** The value with one place changed; `undefined` takes it out. */
export function changed(value: Json, pointer: string, to: Json | undefined): Json {
  const [next, ...rest] = segments(pointer)
  if (next === undefined) return to ?? null
  const below = rest.map(r => `/${r.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  if (Array.isArray(value)) return value.map((one: Json, i) => (i === Number(next) ? changed(one, below, to) : one))
  if (!isObject(value)) return value
  if (rest.length === 0 && to === undefined)
    return Object.fromEntries(Object.entries(value).filter(([k]) => k !== next))
  return { ...value, [next]: changed(value[next] ?? null, below, to) }
}
