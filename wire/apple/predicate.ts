import { PredicateFault, Reader, type Token, tokensOf } from './predicate-text.ts'

export { PredicateFault } from './predicate-text.ts'

/** What an operand of a comparison is. */
export type Operand =
  | { readonly is: 'literal'; readonly value: string | number | boolean | null }
  | { readonly is: 'list'; readonly of: readonly Operand[] }
  /** A value by name: a status item, a property of the server's, a key of the element at hand, or a plain key path. */
  | {
      readonly is: 'status' | 'property' | 'key' | 'path' | 'variable'
      readonly name: string
      readonly path: readonly string[]
    }
  | {
      readonly is: 'subquery'
      readonly of: Operand
      readonly variable: string
      readonly where: Predicate
      readonly path: readonly string[]
    }

export const comparisons = [
  '==',
  '!=',
  '<=',
  '>=',
  '<',
  '>',
  'IN',
  'BETWEEN',
  'CONTAINS',
  'BEGINSWITH',
  'ENDSWITH',
  'LIKE',
  'MATCHES',
] as const
export type Comparison = (typeof comparisons)[number]

/** A predicate as a tree. */
export type Predicate =
  | { readonly is: 'always'; readonly value: boolean }
  | { readonly is: 'not'; readonly of: Predicate }
  | { readonly is: 'and' | 'or'; readonly of: readonly Predicate[] }
  | {
      readonly is: 'compare'
      readonly any: 'ANY' | 'ALL' | 'NONE' | null
      readonly left: Operand
      readonly how: Comparison
      /** c: without regard to case, d: to diacritics. */
      readonly options: string
      readonly right: Operand
    }

const longest = 8192
const deepest = 32

/**
 * Reads the part of Apple's predicate format strings that activations can use: comparisons, AND, OR, NOT, parentheses, sets,
 * SUBQUERY, `@status(…)`, `@property(…)`, `@key(…)` and literals. Throws only `PredicateFault`.
 * A device that meets a predicate it cannot read may stop applying declarations altogether, so none is sent that this does not read.
 */
export function parsePredicate(text: string): Predicate {
  if (text.length > longest) throw new PredicateFault('predicate.length', longest)
  const reader = new Reader(tokensOf(text), text.length)
  const found = disjunction(reader, 0)
  reader.end()
  return found
}

/** The names of status items and of properties that a predicate looks at, each once. */
export function namesIn(predicate: Predicate): { status: string[]; property: string[] } {
  const found = { status: new Set<string>(), property: new Set<string>() }
  const operand = (o: Operand): void => {
    if (o.is === 'status' || o.is === 'property') found[o.is].add(o.name)
    else if (o.is === 'list') o.of.forEach(operand)
    else if (o.is === 'subquery') {
      operand(o.of)
      visit(o.where)
    }
  }
  const visit = (p: Predicate): void => {
    if (p.is === 'not') visit(p.of)
    else if (p.is === 'and' || p.is === 'or') p.of.forEach(visit)
    else if (p.is === 'compare') {
      operand(p.left)
      operand(p.right)
    }
  }
  visit(predicate)
  return { status: [...found.status], property: [...found.property] }
}

function disjunction(reader: Reader, depth: number): Predicate {
  if (depth > deepest) throw new PredicateFault('predicate.depth', reader.at)
  return joined(reader, 'or', ['OR', '||'], () => joined(reader, 'and', ['AND', '&&'], () => negation(reader, depth)))
}

function joined(reader: Reader, is: 'and' | 'or', by: string[], part: () => Predicate): Predicate {
  const first = part()
  const of = [first]
  while (reader.take(...by)) of.push(part())
  return of.length === 1 ? first : { is, of }
}

function negation(reader: Reader, depth: number): Predicate {
  if (depth > deepest) throw new PredicateFault('predicate.depth', reader.at)
  if (reader.take('NOT', '!')) return { is: 'not', of: negation(reader, depth + 1) }
  if (reader.take('TRUEPREDICATE')) return { is: 'always', value: true }
  if (reader.take('FALSEPREDICATE')) return { is: 'always', value: false }
  if (reader.is('(')) {
    reader.next()
    const inner = disjunction(reader, depth + 1)
    reader.need(')')
    return inner
  }
  return comparison(reader, depth)
}

const spelled: Readonly<Record<string, Comparison>> = { '=': '==', '=>': '>=', '=<': '<=', '<>': '!=' }
const texted: ReadonlySet<string> = new Set(['CONTAINS', 'BEGINSWITH', 'ENDSWITH', 'LIKE', 'MATCHES', 'IN', '==', '!='])

function comparison(reader: Reader, depth: number): Predicate {
  const many = reader.take('ANY', 'SOME', 'ALL', 'NONE')?.text.toUpperCase()
  const any = many === 'SOME' ? 'ANY' : many === 'ANY' || many === 'ALL' || many === 'NONE' ? many : null
  const left = operand(reader, depth)
  const at = reader.at
  const sign = reader.next()
  const name = sign.is === 'word' || sign.is === 'sign' ? sign.text.toUpperCase() : ''
  const how = spelled[name] ?? comparisons.find(c => c === name)
  if (how === undefined) throw new PredicateFault('predicate.operator', at)
  const options = optionsOf(reader, how)
  const rightAt = reader.at
  const right = operand(reader, depth)
  demandFits(how, right, rightAt)
  return { is: 'compare', any, left, how, options, right }
}

function optionsOf(reader: Reader, how: Comparison): string {
  if (!reader.take('[')) return ''
  const at = reader.at
  const options = reader.next().text.toLowerCase()
  if (!/^[cdnl]{1,4}$/.test(options) || !texted.has(how)) throw new PredicateFault('predicate.options', at)
  reader.need(']')
  return options
}

function demandFits(how: Comparison, right: Operand, at: number): void {
  if (how === 'BETWEEN' && (right.is !== 'list' || right.of.length !== 2))
    throw new PredicateFault('predicate.between', at)
  // IN also looks into a text or a status item that is a list.
  if (how === 'IN' && right.is === 'literal' && typeof right.value !== 'string')
    throw new PredicateFault('predicate.in', at)
  if (how === 'MATCHES' && right.is === 'literal' && !isPattern(right.value))
    throw new PredicateFault('predicate.pattern', at)
}

/** Whether a regular expression is one for us as well; what only ICU knows is written seldom, and a wrong one stops a device. */
function isPattern(value: unknown): boolean {
  try {
    return typeof value === 'string' && new RegExp(value) instanceof RegExp
  } catch {
    return false
  }
}

const constants: Readonly<Record<string, boolean | null>> = {
  TRUE: true,
  YES: true,
  FALSE: false,
  NO: false,
  NULL: null,
  NIL: null,
}
const reserved = new Set<string>([
  'AND',
  'OR',
  'NOT',
  'ANY',
  'ALL',
  'SOME',
  'NONE',
  'TRUEPREDICATE',
  'FALSEPREDICATE',
  ...comparisons,
])

function operand(reader: Reader, depth: number): Operand {
  if (depth > deepest) throw new PredicateFault('predicate.depth', reader.at)
  const { at } = reader
  const token = reader.next()
  switch (token.is) {
    case 'text':
      return { is: 'literal', value: token.text }
    case 'number':
      return { is: 'literal', value: Number(token.text) }
    case 'at':
      return named(reader, token)
    case 'variable':
      return { is: 'variable', name: token.text.slice(1), path: pathOf(reader) }
    case 'sign':
      if (token.text === '{') return setOf(reader, depth)
      if (token.text === '(') return grouped(reader, depth)
      throw new PredicateFault('predicate.operand', at)
    default:
      return worded(reader, token, depth)
  }
}

function grouped(reader: Reader, depth: number): Operand {
  const inner = operand(reader, depth + 1)
  reader.need(')')
  return inner
}

function worded(reader: Reader, token: Token, depth: number): Operand {
  const word = token.text.toUpperCase()
  if (word === 'SUBQUERY' && reader.is('(')) return subquery(reader, depth)
  if (Object.hasOwn(constants, word)) return { is: 'literal', value: constants[word] ?? null }
  if (reserved.has(word)) throw new PredicateFault('predicate.operand', token.at)
  return { is: 'path', name: token.text, path: pathOf(reader) }
}

const functions = { '@status': 'status', '@property': 'property', '@key': 'key' } as const

function named(reader: Reader, token: Token): Operand {
  const is = Object.hasOwn(functions, token.text) ? functions[token.text as keyof typeof functions] : undefined
  if (is === undefined) throw new PredicateFault('predicate.function', token.at)
  reader.need('(')
  const { at } = reader
  let name = ''
  while (!reader.is(')')) {
    const part = reader.next()
    const fits = part.is === 'word' || part.is === 'number' || part.text === '.'
    if (!fits || part.at !== at + name.length) throw new PredicateFault('predicate.name', part.at)
    name += part.text
  }
  reader.need(')')
  if (!/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(name)) throw new PredicateFault('predicate.name', at)
  return { is, name, path: pathOf(reader) }
}

const collected = new Set(['@count', '@min', '@max', '@sum', '@avg'])

/** What follows a value: `.@count`, `.@key(identifier)`, `.name`. */
function pathOf(reader: Reader): string[] {
  const path: string[] = []
  while (reader.take('.')) {
    const token = reader.next()
    if (token.is === 'word' || (token.is === 'at' && collected.has(token.text))) path.push(token.text)
    else if (token.text === '@key') {
      const key = named(reader, token)
      path.push(`@key(${'name' in key ? key.name : ''})`)
      if ('path' in key) path.push(...key.path)
    } else throw new PredicateFault('predicate.name', token.at)
    if (path.length > deepest) throw new PredicateFault('predicate.depth', token.at)
  }
  return path
}

function setOf(reader: Reader, depth: number): Operand {
  const of: Operand[] = []
  if (reader.take('}')) return { is: 'list', of }
  do of.push(operand(reader, depth + 1))
  while (reader.take(','))
  reader.need('}')
  return { is: 'list', of }
}

function subquery(reader: Reader, depth: number): Operand {
  reader.need('(')
  const of = operand(reader, depth + 1)
  reader.need(',')
  const { at } = reader
  const variable = reader.next()
  if (variable.is !== 'variable') throw new PredicateFault('predicate.variable', at)
  reader.need(',')
  const where = disjunction(reader, depth + 1)
  reader.need(')')
  return { is: 'subquery', of, variable: variable.text.slice(1), where, path: pathOf(reader) }
}
