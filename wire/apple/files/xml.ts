import { Malformed } from '../../malformed.ts'

/** An element of a small document. */
export interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Element[]
  /** Its own text, without that of its children. */
  text: string
}

const most = 16 * 1024 * 1024
const deepest = 64
const mostElements = 200_000
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
/** Where a document may name its type, it may do so once. */
const type = /\s*(?:<\?[^<>]*\?>\s*)?<!DOCTYPE[^[<>]*>/y
const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<\/([^\s<>/]+)\s*>|<([^\s<>/!?]+)((?:\s+[^\s=<>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y
const attribute = /([^\s=<>/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g

/** Reads a document without a type of its own: no declarations, no entities but the five. Tables of contents and descriptions of packages are such. */
export function readElements(source: string): Element {
  if (source.length > most) throw new Malformed('xml.size')
  const text = source.replace(/^\uFEFF/, '')
  const root: Element = { name: '', attributes: new Map(), children: [], text: '' }
  const open = [root]
  let count = 0
  type.lastIndex = 0
  token.lastIndex = type.test(text) ? type.lastIndex : 0
  while (token.lastIndex < text.length) {
    const found = token.exec(text)
    if (!found) throw new Malformed('xml.malformed')
    const [, data, closes, opens, attributes = '', selfClosed, plain] = found
    const top = open.at(-1) ?? root
    if (data !== undefined) top.text += data
    else if (plain !== undefined) top.text += decoded(plain)
    else if (closes !== undefined) {
      if (top === root || top.name !== closes) throw new Malformed('xml.nesting')
      open.pop()
    } else if (opens !== undefined) {
      count += 1
      if (count > mostElements || open.length > deepest) throw new Malformed('xml.bounds')
      const one: Element = { name: opens, attributes: attributesIn(attributes), children: [], text: '' }
      top.children.push(one)
      if (selfClosed !== '/') open.push(one)
    }
  }
  const [document] = root.children
  if (open.length !== 1 || !document) throw new Malformed('xml.truncated')
  return document
}

/** The first child of this name. */
export function child(of: Element | undefined, name: string): Element | undefined {
  return of?.children.find(c => c.name === name)
}

/** Every element of this name, at any depth. */
export function* descendants(of: Element, name: string): Generator<Element> {
  for (const one of of.children) {
    if (one.name === name) yield one
    yield* descendants(one, name)
  }
}

function attributesIn(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(attribute)].map(m => [m[1] ?? '', decoded(m[2] ?? m[3] ?? '')]))
}

function decoded(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]{2,4}));/g, (whole, hex, decimal, name) => {
    if (name !== undefined)
      return Object.hasOwn(entities, String(name)) ? (entities[String(name)] ?? '') : String(whole)
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
