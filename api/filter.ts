/** One condition of a filter: a field compared with values, or (field null) a bare word looked for anywhere. */
export interface Term {
  field: string | null
  op: ':' | '<' | '<=' | '>' | '>='
  /** Alternatives: any of them matches. Comparisons have exactly one. */
  values: readonly string[]
  negated: boolean
}

/** Why a filter text could not be read, and where (offset in UTF-16 units). */
export class FilterFault extends Error {
  readonly code: 'filter.quote-open' | 'filter.value-missing' | 'filter.too-long' | 'filter.too-many'
  readonly at: number
  constructor(code: FilterFault['code'], at: number) {
    super(code)
    this.code = code
    this.at = at
  }
}

const maxLength = 2000
const maxTerms = 40
const head = /^(-?)([A-Za-z][A-Za-z0-9.-]*)(:|<=|>=|<|>)/

/**
 * Reads the one filter grammar of console, address, API and CLI: `platform:ios,ipados os<18.2 unit:"Sales/Tokyo" -tag:spare tanaka`.
 * Terms are joined by AND, the values of a term by OR, `-` negates. Throws FilterFault.
 */
export function parseFilter(text: string): Term[] {
  if (text.length > maxLength) throw new FilterFault('filter.too-long', maxLength)
  const terms: Term[] = []
  let at = skipSpace(text, 0)
  while (at < text.length) {
    if (terms.length >= maxTerms) throw new FilterFault('filter.too-many', at)
    const [term, next] = readTerm(text, at)
    terms.push(term)
    at = skipSpace(text, next)
  }
  return terms
}

/** Writes terms so that `parseFilter` reads them back the same. */
export function formatFilter(terms: readonly Term[]): string {
  return terms
    .map(
      t =>
        `${t.negated ? '-' : ''}${t.field === null ? '' : t.field + t.op}${t.values.map(v => quote(v, t)).join(',')}`,
    )
    .join(' ')
}

function readTerm(text: string, at: number): [Term, number] {
  const match = head.exec(text.slice(at, at + 80))
  if (!match) return readWord(text, at)
  const [all, minus, field, op] = match
  const values: string[] = []
  let next = at + all.length
  for (;;) {
    const [value, after] = readValue(text, next, true)
    if (value === '' && after === next) throw new FilterFault('filter.value-missing', next)
    values.push(value)
    next = after
    if (op !== ':' || text[next] !== ',') break
    next += 1
  }
  return [{ field: (field ?? '').toLowerCase(), op: op as Term['op'], values, negated: minus === '-' }, next]
}

function readWord(text: string, at: number): [Term, number] {
  const negated = text[at] === '-' && at + 1 < text.length && !/\s/.test(text[at + 1] ?? ' ')
  const [value, next] = readValue(text, negated ? at + 1 : at, false)
  return [{ field: null, op: ':', values: [value], negated }, next]
}

function readValue(text: string, at: number, commaEnds: boolean): [string, number] {
  if (text[at] !== '"') {
    let end = at
    while (end < text.length && !/\s/.test(text[end] ?? ' ') && !(commaEnds && text[end] === ',')) end += 1
    return [text.slice(at, end), end]
  }
  let value = ''
  for (let i = at + 1; i < text.length; i += 1) {
    if (text[i] === '"') return [value, i + 1]
    if (text[i] === '\\' && i + 1 < text.length) i += 1
    value += text[i]
  }
  throw new FilterFault('filter.quote-open', at)
}

function quote(value: string, term: Term): string {
  const plain =
    term.field === null
      ? !/[\s"\\]/.test(value) && !head.test(value) && !value.startsWith('-')
      : !/^=|[\s",\\]/.test(value)
  return plain && value !== '' ? value : `"${value.replaceAll(/["\\]/g, c => `\\${c}`)}"`
}

function skipSpace(text: string, at: number): number {
  let next = at
  while (next < text.length && /\s/.test(text[next] ?? '')) next += 1
  return next
}
