import { FilterFault, formatFilter, parseFilter, type Term } from '@muster/api/filter.ts'

/** What kind of values a field takes, which decides the words of its comparisons and the form that asks for it. */
export type FieldKind = 'choice' | 'text' | 'version' | 'age' | 'yes-no'

/** One field of a filter as a screen offers it. */
export interface FilterField {
  name: string
  label: string
  kind: FieldKind
  options?: readonly { value: string; label: string }[]
  /** An example shown in the empty input. */
  example?: string
}

/** How a chip says its comparison; each has a message of the catalog. */
export type Comparison =
  | 'is'
  | 'not'
  | 'before'
  | 'upTo'
  | 'after'
  | 'from'
  | 'olderThan'
  | 'within'
  | 'word'
  | 'notWord'

/** A term as a chip: the field's word, how it compares, the values in words. */
export interface Chip {
  label: string | null
  comparison: Comparison
  values: string[]
  known: boolean
}

/** Reads a filter text; a text that cannot be read gives the fault instead of terms. */
export function readFilter(text: string): { terms: Term[]; fault: FilterFault | null } {
  try {
    return { terms: parseFilter(text), fault: null }
  } catch (error) {
    if (error instanceof FilterFault) return { terms: [], fault: error }
    throw error
  }
}

/** Says a term as a chip; a field no screen knows keeps its own name. */
export function chipOf(term: Term, fields: readonly FilterField[]): Chip {
  if (term.field === null) {
    return { label: null, comparison: term.negated ? 'notWord' : 'word', values: [...term.values], known: true }
  }
  const field = fields.find(f => f.name === term.field)
  const values = term.values.map(value => field?.options?.find(o => o.value === value)?.label ?? value)
  return {
    label: field?.label ?? term.field,
    comparison: comparisonOf(term, field?.kind),
    values,
    known: field !== undefined,
  }
}

function comparisonOf(term: Term, kind: FieldKind | undefined): Comparison {
  if (term.op === ':') return term.negated ? 'not' : 'is'
  const older = term.op.startsWith('>') !== term.negated
  if (kind === 'age') return older ? 'olderThan' : 'within'
  return { '<': 'before', '<=': 'upTo', '>': 'after', '>=': 'from' }[term.op] as Comparison
}

const lengths: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** How long a duration of the grammar is (`14d`), in milliseconds; null for anything else. */
export function durationOf(value: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(value)
  return match ? Number(match[1]) * (lengths[match[2] ?? ''] ?? 0) : null
}

/** The text without one term. */
export function withoutTerm(terms: readonly Term[], at: number): string {
  return formatFilter(terms.filter((_, index) => index !== at))
}

/** The text with one term replaced, or added at the end when `at` is null. */
export function withTerm(terms: readonly Term[], term: Term, at: number | null): string {
  if (at === null) return formatFilter([...terms, term])
  return formatFilter(terms.map((old, index) => (index === at ? term : old)))
}

/** Both filters at once; either may be empty. */
export function bothFilters(a: string, b: string): string {
  return [a.trim(), b.trim()].filter(text => text !== '').join(' ')
}
