import { FilterFault, parseFilter, type Term } from '@muster/api/filter.ts'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { Problem } from './problem.ts'
import { fold, searchable } from './text.ts'

/**
 * What a field of a filter means in a table. `column` is a declared name, never a caller's text.
 * - text: a part of it, anywhere; `folded` when the column already holds `searchable(text)`. `field:none` is absent.
 * - set: exactly one of the values (compared without case); `values` names the possible ones, others are refused.
 * - number: `:` equals, and comparisons. · flag: `yes`/`no` over a 0/1 column. · version: a column of `versionKey`; `os:18` is any 18.x.
 * - instant: Unix ms. A duration (`14d`) is how long ago, so `seen>14d` was seen longer than that ago; `ahead` turns it to the future. Or a date.
 * - unit: a path column; the value names units by name, by names joined with `/`, or by id, with all below.
 * - custom: an expression of the area's own, for one value of a `:` term.
 */
export type Field =
  | { kind: 'text'; column: string; folded?: boolean }
  | { kind: 'set'; column: string; values?: readonly string[] }
  | { kind: 'number' | 'version' | 'flag'; column: string }
  | { kind: 'instant'; column: string; ahead?: boolean }
  | { kind: 'unit'; column: string }
  | { kind: 'custom'; match(value: string): Expression<SqlBool> | Promise<Expression<SqlBool>> }

/** The fields one list can be filtered by, and where bare words are looked for. */
export interface Fields {
  fields: Readonly<Record<string, Field>>
  /** Columns that already hold `searchable(text)`. */
  words: readonly string[]
}

/** What a filter needs to know of the moment and of the tree of units. */
export interface FilterScope {
  now: number
  /** Paths of the units a text names (`identity.unitPaths`). Needed where a `unit` field is declared. */
  unitPaths?(text: string): Promise<readonly string[]>
}

/**
 * Compiles a filter text into a condition for `where`. Everything a caller writes is bound, never spliced.
 * Throws `filter.malformed` with the place, and `filter.field-unknown` with the fields there are.
 */
export async function compileFilter(text: string, known: Fields, scope: FilterScope): Promise<Expression<SqlBool>> {
  const parts: Expression<SqlBool>[] = []
  for (const term of termsOf(text)) {
    const part = term.field === null ? words(term, known) : await fieldTerm(term, term.field, known, scope)
    // NULL is «does not match», so its negation matches.
    parts.push(term.negated ? sql<SqlBool>`(${part}) IS NOT TRUE` : part)
  }
  return parts.length === 0 ? sql<SqlBool>`1 = 1` : joined(parts, ' AND ')
}

/** Restricts a path column to these subtrees, as lists do with `ctx.authority.where(permission)`; nothing matches an empty list. */
export function within(column: string, paths: readonly string[]): Expression<SqlBool> {
  if (paths.length === 0) return sql<SqlBool>`1 = 0`
  return joined(
    paths.map(p => sql<SqlBool>`${sql.ref(column)} LIKE ${`${p}%`}`),
    ' OR ',
  )
}

/** What a stored path becomes when the subtree at `from` is now at `to`; for rows whose path begins with `from`. */
export function movedPath(from: string, to: string, column = 'unit_path'): RawBuilder<string> {
  return sql<string>`${to} || substr(${sql.ref(column)}, ${sql.lit(from.length + 1)})`
}

/** A version as text that sorts as the version does: `18.2` becomes `000018000002`. Parts that are not numbers are dropped. */
export function versionKey(version: string): string {
  const parts = version.match(/\d+/g) ?? []
  return parts
    .slice(0, 6)
    .map(p => p.slice(0, 6).padStart(6, '0'))
    .join('')
}

/** A condition that the text occurs anywhere in the column; `folded` when the column holds `searchable(text)`. */
export function contains(column: string | Expression<string>, text: string, folded: boolean): Expression<SqlBool> {
  const looked = folded ? searchable(text) : fold(text)
  const pattern = `%${looked.replaceAll(/[\\%_]/g, c => `\\${c}`)}%`
  const held = typeof column === 'string' ? sql.ref(column) : column
  const value = folded ? held : sql`lower(${held})`
  return sql<SqlBool>`${value} LIKE ${pattern} ESCAPE '\\'`
}

const units: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
}

/** Reads a filter text; what cannot be read is refused with its place. */
export function termsOf(text: string): Term[] {
  try {
    return parseFilter(text)
  } catch (cause) {
    if (!(cause instanceof FilterFault)) throw cause
    throw new Problem('filter.malformed', { reason: cause.code, at: cause.at }, { cause })
  }
}

function words(term: Term, known: Fields): Expression<SqlBool> {
  const word = term.values[0] ?? ''
  if (known.words.length === 0) throw malformed(term, 'filter.no-words')
  return joined(
    known.words.map(column => contains(column, word, true)),
    ' OR ',
  )
}

async function fieldTerm(term: Term, name: string, known: Fields, scope: FilterScope): Promise<Expression<SqlBool>> {
  const field = Object.hasOwn(known.fields, name) ? known.fields[name] : undefined
  if (!field) throw new Problem('filter.field-unknown', { field: name, known: Object.keys(known.fields) })
  if (term.op !== ':') return compared(term, field, scope)
  const each: Expression<SqlBool>[] = []
  for (const value of term.values) each.push(await equal(term, field, value, scope))
  return joined(each, ' OR ')
}

async function equal(term: Term, field: Field, value: string, scope: FilterScope): Promise<Expression<SqlBool>> {
  switch (field.kind) {
    case 'custom':
      return field.match(value)
    case 'unit':
      return within(field.column, (await scope.unitPaths?.(value)) ?? [])
    case 'flag':
      return sql<SqlBool>`${sql.ref(field.column)} = ${flagOf(term, value)}`
    default:
  }
  if (fold(value) === 'none') return sql<SqlBool>`${sql.ref(field.column)} IS NULL`
  switch (field.kind) {
    case 'text':
      return contains(field.column, value, field.folded === true)
    case 'set':
      return member(term, field, value)
    case 'number':
      return sql<SqlBool>`${sql.ref(field.column)} = ${numberOf(term, value)}`
    case 'version':
      return sql<SqlBool>`${sql.ref(field.column)} LIKE ${`${versionOf(term, value)}%`}`
    case 'instant': {
      const [from, to] = spanOf(term, value, scope.now, field.ahead === true)
      return sql<SqlBool>`(${sql.ref(field.column)} >= ${from} AND ${sql.ref(field.column)} < ${to})`
    }
  }
}

function member(term: Term, field: { column: string; values?: readonly string[] }, value: string): Expression<SqlBool> {
  if (!field.values) return sql<SqlBool>`lower(${sql.ref(field.column)}) = ${fold(value)}`
  const known = field.values.find(v => v.toLowerCase() === value.toLowerCase())
  if (known === undefined)
    throw new Problem('filter.malformed', {
      reason: 'filter.value-unknown',
      field: term.field,
      value,
      known: field.values,
    })
  return sql<SqlBool>`${sql.ref(field.column)} = ${known}`
}

function compared(term: Term, field: Field, scope: FilterScope): Expression<SqlBool> {
  const value = term.values[0] ?? ''
  switch (field.kind) {
    case 'number':
      return against(field.column, term.op, numberOf(term, value))
    case 'version':
      // An unknown version is older or newer than nothing.
      return joined(
        [against(field.column, term.op, versionOf(term, value)), sql<SqlBool>`${sql.ref(field.column)} <> ''`],
        ' AND ',
      )
    case 'instant': {
      const length = durationOf(value)
      if (length === null) return againstDay(field.column, term, dayOf(term, value))
      // «more than 14 d ago» is an earlier instant, «more than 14 d ahead» a later one.
      const at = field.ahead ? scope.now + length : scope.now - length
      return against(field.column, field.ahead ? term.op : turned(term.op), at)
    }
    default:
      throw malformed(term, 'filter.not-comparable')
  }
}

function against(column: string, op: Term['op'], value: string | number): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} ${sql.raw(op === ':' ? '=' : op)} ${value}`
}

/** A date is its whole day: `>2026-01-01` begins the day after, `<=` ends with it. */
function againstDay(column: string, term: Term, [from, to]: readonly [number, number]): Expression<SqlBool> {
  switch (term.op) {
    case '>':
      return against(column, '>=', to)
    case '<=':
      return against(column, '<', to)
    default:
      return against(column, term.op, from)
  }
}

function turned(op: Term['op']): Term['op'] {
  return op.includes('<') ? (op.replace('<', '>') as Term['op']) : (op.replace('>', '<') as Term['op'])
}

function spanOf(term: Term, value: string, now: number, ahead: boolean): readonly [number, number] {
  const length = durationOf(value)
  if (length !== null) return ahead ? [now, now + length] : [now - length, now + 1]
  return dayOf(term, value)
}

function durationOf(value: string): number | null {
  const match = /^(\d{1,5})([mhdwy])$/.exec(value)
  return match ? Number(match[1]) * (units[match[2] ?? ''] ?? 0) : null
}

/** The UTC day of `2026-01-31`, or the very instant of an ISO 8601 time with its zone. */
function dayOf(term: Term, value: string): readonly [number, number] {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value)
  const at = day || /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(at)) throw malformed(term, 'filter.not-a-time')
  return day ? [at, at + 86_400_000] : [at, at + 1]
}

function numberOf(term: Term, value: string): number {
  if (!/^-?\d{1,15}$/.test(value)) throw malformed(term, 'filter.not-a-number')
  return Number(value)
}

function versionOf(term: Term, value: string): string {
  if (!/^\d[\w.()-]{0,40}$/.test(value)) throw malformed(term, 'filter.not-a-version')
  return versionKey(value)
}

function flagOf(term: Term, value: string): 0 | 1 {
  const text = fold(value)
  if (['yes', 'true', '1'].includes(text)) return 1
  if (['no', 'false', '0'].includes(text)) return 0
  throw malformed(term, 'filter.not-yes-or-no')
}

function malformed(term: Term, reason: string): Problem {
  return new Problem('filter.malformed', { reason, field: term.field })
}

function joined(parts: readonly Expression<SqlBool>[], by: ' AND ' | ' OR '): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${sql.join(parts, sql.raw(by))})`
}
