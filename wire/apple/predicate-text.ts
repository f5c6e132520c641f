import { Malformed } from '../malformed.ts'

/** What keeps a text from being a predicate, and where in it: `at` counts UTF-16 units from 0. */
export class PredicateFault extends Malformed {
  readonly at: number

  constructor(code: string, at: number) {
    super(code, `at ${at}`)
    this.at = at
  }
}

/** One word, sign or literal of a predicate, with where it stands. */
export interface Token {
  readonly is: 'word' | 'text' | 'number' | 'sign' | 'at' | 'variable'
  readonly text: string
  readonly at: number
}

const pattern =
  /(?<space>\s+)|(?<at>@[A-Za-z]+)|(?<variable>\$[A-Za-z_]\w*)|(?<number>-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?))|(?<word>#?[A-Za-z_][\w-]*)|(?<sign>==|=>|=<|!=|<>|<=|>=|&&|\|\||[=<>!(){},.[\]])/y

/** The words, signs and literals of a predicate in order. */
export function tokensOf(text: string): Token[] {
  const out: Token[] = []
  let at = 0
  while (at < text.length) {
    const quote = text[at]
    if (quote === '"' || quote === "'") {
      const { value, end } = quoted(text, at, quote)
      out.push({ is: 'text', text: value, at })
      at = end
      continue
    }
    pattern.lastIndex = at
    const groups = pattern.exec(text)?.groups
    if (!groups) throw new PredicateFault('predicate.character', at)
    for (const is of ['at', 'variable', 'number', 'word', 'sign'] as const)
      if (groups[is] !== undefined) out.push({ is, text: groups[is], at })
    at = pattern.lastIndex
  }
  return out
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

function quoted(text: string, from: number, quote: string): { value: string; end: number } {
  let value = ''
  for (let at = from + 1; at < text.length; at++) {
    const c = text[at] as string
    if (c === quote) return { value, end: at + 1 }
    if (c !== '\\') value += c
    else {
      const next = text[++at]
      if (next === undefined) break
      value += escapes[next] ?? next
    }
  }
  throw new PredicateFault('predicate.quote', from)
}

/** Goes through the tokens once, from the front. */
export class Reader {
  private place = 0
  private readonly list: readonly Token[]
  private readonly length: number

  constructor(list: readonly Token[], length: number) {
    this.list = list
    this.length = length
  }

  peek(ahead = 0): Token | undefined {
    return this.list[this.place + ahead]
  }

  /** The position of what comes next. */
  get at(): number {
    return this.peek()?.at ?? this.length
  }

  next(): Token {
    const token = this.peek()
    if (!token) throw new PredicateFault('predicate.end', this.length)
    this.place++
    return token
  }

  is(...texts: string[]): boolean {
    const token = this.peek()
    return (
      token !== undefined && (token.is === 'word' || token.is === 'sign') && texts.includes(token.text.toUpperCase())
    )
  }

  take(...texts: string[]): Token | undefined {
    return this.is(...texts) ? this.next() : undefined
  }

  need(sign: string): void {
    if (!this.take(sign)) throw new PredicateFault('predicate.expected', this.at)
  }

  end(): void {
    if (this.peek()) throw new PredicateFault('predicate.rest', this.at)
  }
}
