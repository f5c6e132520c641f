import { isDeepStrictEqual } from 'node:util'
import { type Artifact, type Family, families, isObject, type Json } from '../../wire/apple/catalog/catalog.ts'
import { type FormField, formFor } from '../../wire/apple/catalog/form.ts'
import type { Catalog } from '../../wire/apple/catalog/open.ts'
import { fromPlist, toPlist } from '../../wire/apple/catalog/plist.ts'
import { valuesOf } from '../../wire/apple/catalog/testing/values.ts'
import { validate } from '../../wire/apple/catalog/validate.ts'
import { decode, encode, encodeBinary } from '../../wire/plist/plist.ts'
import { Random } from '../../wire/testing/random.ts'

/** How many of a family pass each step of the way; `open` are those whose keys nobody has told us. */
export interface Coverage {
  family: Family
  parsed: number
  keys: number
  typed: number
  validated: number
  drawn: number
  roundTripped: number
  open: number
}

/** What has to be there at least: the numbers of artifacts Apple had published with OS 27. */
const yardstick: readonly [string, number, (catalog: Catalog) => number][] = [
  ['commands', 68, c => c.family('command').size],
  ['payload types and frames', 122, c => c.family('payload').size + frames(c, ['TopLevel', 'CommonPayloadKeys'])],
  ['declarations and credentials', 60, c => c.family('declaration').size + c.family('credential').size],
  ['status items and their reason', 63, c => c.family('status').size + frames(c, ['statusreason'])],
  ['queries', 85, c => c.family('query').size],
  ['skip keys', 45, c => c.family('skip').size],
]

const frames = (catalog: Catalog, ids: readonly string[]): number =>
  ids.filter(id => catalog.find('document', id)).length

/** Takes every artifact through every step. */
export function measure(catalog: Catalog): Coverage[] {
  return families.map(family => {
    const all = [...catalog.family(family).values()]
    const values = all.map(a => [...valuesOf(a, 'minimal', new Random(1)), ...valuesOf(a, 'full', new Random(2))])
    const passing = (steps: (a: Artifact, values: readonly Json[]) => boolean): number =>
      all.filter((a, i) => steps(a, values[i] ?? [])).length
    return {
      family,
      parsed: all.length,
      keys: all.reduce((sum, a) => sum + keysOf(a), 0),
      typed: passing(a => a.open !== true),
      validated: passing((a, made) => made.every(v => validate(a, v).every(f => f.severity !== 'error'))),
      drawn: passing(a => lines(formFor(a), 0) > 0),
      roundTripped: passing((a, made) => made.every(v => roundTrips(a, v))),
      open: passing(a => a.open === true),
    }
  })
}

function roundTrips(artifact: Artifact, value: Json): boolean {
  if (!isObject(value)) return true // a bare status value travels in JSON alone
  const plist = toPlist(artifact, value)
  return [encode, encodeBinary].every(write =>
    isDeepStrictEqual(fromPlist(artifact, decode(write(plist), { exact: true })), value),
  )
}

function keysOf(holder: unknown): number {
  if (Array.isArray(holder)) return holder.reduce((sum: number, one) => sum + keysOf(one), 0)
  if (!isObject(holder)) return 0
  const own = typeof holder.name === 'string' && holder.name !== '' && holder.type !== undefined ? 1 : 0
  return Object.values(holder).reduce((sum: number, one) => sum + keysOf(one), own)
}

function lines(field: FormField, depth: number): number {
  if (depth > 6) return 1
  const below = [...field.fields(), field.rest(), field.item(), ...field.cases().flatMap(c => c.fields())]
  return below.reduce((sum, one) => sum + (one ? lines(one, depth + 1) : 0), 1)
}

/** Prints what is covered; false when something is missing that the yardstick has, or an artifact fails a step. */
export function printCoverage(catalog: Catalog): boolean {
  const rows = measure(catalog)
  const columns = ['family', 'parsed', 'keys', 'typed', 'open', 'validated', 'drawn', 'roundTripped'] as const
  const line = (cells: readonly (string | number)[]): string =>
    cells.map((c, i) => (i === 0 ? String(c).padEnd(12) : String(c).padStart(13))).join('')
  console.log(line(columns))
  for (const row of rows) console.log(line(columns.map(c => row[c])))
  const sum = (column: (typeof columns)[number]): number => rows.reduce((all, row) => all + Number(row[column]), 0)
  console.log(line(columns.map(c => (c === 'family' ? 'all' : sum(c)))))
  console.log('\nyardstick')
  const missed = yardstick.filter(([what, least, count]) => {
    const there = count(catalog)
    console.log(`  ${what.padEnd(32)} ${there} of ${least}${there < least ? '  MISSING' : ''}`)
    return there < least
  })
  const whole = rows.every(r => r.validated === r.parsed && r.drawn === r.parsed && r.roundTripped === r.parsed)
  return whole && missed.length === 0
}
