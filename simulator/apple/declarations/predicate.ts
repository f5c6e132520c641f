/** A predicate could not be read. */
export class BadPredicate extends Error {
  override readonly name = 'BadPredicate'
}

/** Where a predicate finds values: `@status(name)`, `@property(name)`. Absent ones are undefined. */
export interface Values {
  status(name: string): unknown
  property(name: string): unknown
}

type Token = { kind: 'word' | 'text' | 'number' | 'sign'; text: string }

/** Whether the predicate of an activation holds. (Apple: ActivationSimple, Predicate.) Throws `BadPredicate`. */
export function holds(predicate: string, values: Values): boolean {
  const reader = { tokens: tokenize(predicate), at: 0, values }
  const result = either(reader)
  if (reader.at < reader.tokens.length) throw new BadPredicate(`unexpected “${reader.tokens[reader.at]?.text}”`)
  return result
}

interface Reader {
  tokens: readonly Token[]
  at: number
  values: Values
}

function tokenize(text: string): Token[] {
  const pattern =
    /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(-?\d+(?:\.\d+)?)|(@?[A-Za-z][\w.-]*)|(==|!=|<>|<=|>=|&&|\|\||[=<>(){},!]))/gy
  const tokens: Token[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    end = match.index + match[0].length
    const [, quoted, number, word, sign] = match
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1') })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else tokens.push({ kind: 'sign', text: sign ?? '' })
  }
  if (text.slice(end).trim() !== '') throw new BadPredicate(`cannot read “${text.slice(end, end + 20)}”`)
  if (tokens.length === 0) throw new BadPredicate('is empty')
  return tokens
}

function either(reader: Reader): boolean {
  let result = both(reader)
  while (taken(reader, 'OR', '||')) {
    const other = both(reader)
    result = result || other
  }
  return result
}

function both(reader: Reader): boolean {
  let result = single(reader)
  while (taken(reader, 'AND', '&&')) {
    const other = single(reader)
    result = result && other
  }
  return result
}

function single(reader: Reader): boolean {
  if (taken(reader, 'NOT', '!')) return !single(reader)
  if (taken(reader, '(')) {
    const inner = either(reader)
    expect(reader, ')')
    return inner
  }
  if (taken(reader, 'TRUEPREDICATE')) return true
  if (taken(reader, 'FALSEPREDICATE')) return false
  return comparison(reader)
}

function comparison(reader: Reader): boolean {
  taken(reader, 'ANY', 'SOME')
  const left = value(reader)
  const operator = reader.tokens[reader.at++]?.text.toUpperCase() ?? ''
  const right = value(reader)
  switch (operator) {
    case '==':
    case '=':
      return left === right
    case '!=':
    case '<>':
      return left !== right
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered(left, right, operator)
    case 'IN':
      return Array.isArray(right) && right.includes(left)
    case 'BEGINSWITH':
      return typeof left === 'string' && left.startsWith(String(right))
    case 'ENDSWITH':
      return typeof left === 'string' && left.endsWith(String(right))
    case 'CONTAINS':
      return Array.isArray(left) ? left.includes(right) : typeof left === 'string' && left.includes(String(right))
    default:
      throw new BadPredicate(`there is no operator “${operator}”`)
  }
}

function ordered(left: unknown, right: unknown, operator: string): boolean {
  if (typeof left !== typeof right || (typeof left !== 'number' && typeof left !== 'string')) return false
  const sign =
    typeof left === 'number' ? left - Number(right) : left < String(right) ? -1 : left > String(right) ? 1 : 0
  return operator === '<' ? sign < 0 : operator === '<=' ? sign <= 0 : operator === '>' ? sign > 0 : sign >= 0
}

function value(reader: Reader): unknown {
  const token = reader.tokens[reader.at++]
  if (token === undefined) throw new BadPredicate('ends too early')
  if (token.kind === 'text') return token.text
  if (token.kind === 'number') return Number(token.text)
  if (token.kind === 'sign') {
    if (token.text !== '{') throw new BadPredicate(`unexpected “${token.text}”`)
    const many: unknown[] = []
    while (!taken(reader, '}')) {
      many.push(value(reader))
      if (!taken(reader, ',')) {
        expect(reader, '}')
        break
      }
    }
    return many
  }
  switch (token.text.toUpperCase()) {
    case 'TRUE':
    case 'YES':
      return true
    case 'FALSE':
    case 'NO':
      return false
    case 'NIL':
    case 'NULL':
      return undefined
    case '@STATUS':
      return reader.values.status(named(reader))
    case '@PROPERTY':
      return reader.values.property(named(reader))
    default:
      throw new BadPredicate(`unexpected “${token.text}”`)
  }
}

function named(reader: Reader): string {
  expect(reader, '(')
  const name = reader.tokens[reader.at++]?.text ?? ''
  expect(reader, ')')
  return name
}

function taken(reader: Reader, ...words: readonly string[]): boolean {
  const token = reader.tokens[reader.at]
  if (token === undefined || token.kind === 'text' || !words.includes(token.text.toUpperCase())) return false
  reader.at += 1
  return true
}

function expect(reader: Reader, sign: string): void {
  if (!taken(reader, sign)) throw new BadPredicate(`“${sign}” is missing`)
}
