import { Malformed } from '../malformed.ts'
import { type Dict, instant, integer, type Limits, type Plist, put, Real } from './value.ts'

const LT = 60
const GT = 62
const SLASH = 47
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]{1,32}|[0-9]{1,40})$/
const REAL = /^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/
const NOT_FINITE = /^([-+]?)(?:inf|infinity|nan)$/i
// Apple writes whole seconds and Z; some senders add a fraction.
const DATE = /^(-?[0-9]{4,6})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]{1,9})?)Z?$/

/** Reads one XML property list in a single pass; never expands entities, never fetches, never runs a DTD. */
export function readXml(source: string, limits: Required<Limits>): Plist {
  const text = source.includes('\r') ? unixLines(source) : source
  if (text.includes('\0')) throw new Malformed('plist.character', 'NUL in the text')
  return new Scanner(text, limits).document()
}

/** XML 1.0 §2.11: CRLF and CR become LF before anything is parsed. Over code units, ten times as fast as replacing. */
function unixLines(source: string): string {
  const units = new Uint16Array(source.length)
  const bytes = Buffer.from(units.buffer)
  bytes.write(source, 'utf16le')
  let to = 0
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] as number
    if (unit === 13 && units[at + 1] === 10) continue
    units[to++] = unit === 13 ? 10 : unit
  }
  return bytes.toString('utf16le', 0, to * 2)
}

class Scanner {
  private readonly s: string
  private readonly limits: Required<Limits>
  private i = 0
  private nodes = 0

  constructor(s: string, limits: Required<Limits>) {
    this.s = s
    this.limits = limits
  }

  document(): Plist {
    if (this.s.charCodeAt(0) === 0xfeff) this.i = 1
    this.prolog()
    if (!this.named('plist')) this.fail('plist.root', 'expected <plist>')
    if (this.open(5)) this.fail('plist.truncated', 'the plist is empty')
    const value = this.value(0)
    this.space()
    this.close('</plist>')
    this.space()
    if (this.i !== this.s.length) this.fail('plist.trailing')
    return value
  }

  private fail(code: string, message = ''): never {
    throw new Malformed(this.i >= this.s.length ? 'plist.truncated' : code, `${message} at character ${this.i}`.trim())
  }

  private prolog(): void {
    this.space()
    if (!this.s.startsWith('<!DOCTYPE', this.i)) return
    const end = this.s.indexOf('>', this.i)
    if (end < 0) this.fail('plist.truncated', 'open DOCTYPE')
    // An internal subset could define entities; we refuse all of them rather than judge any.
    if (this.s.slice(this.i, end).includes('[')) this.fail('plist.doctype', 'internal subset')
    this.i = end + 1
    this.space()
  }

  /** Skips white space, comments and processing instructions (the XML declaration is one for us). */
  private space(): void {
    for (;;) {
      const c = this.s.charCodeAt(this.i)
      if (c === 10 || c === 9 || c === 32 || c === 13) this.i++
      else if (c !== LT) return
      else if (this.s.startsWith('<!--', this.i)) this.skipPast('-->', 4)
      else if (this.s.startsWith('<?', this.i)) this.skipPast('?>', 2)
      else return
    }
  }

  private skipPast(end: string, from: number): void {
    const at = this.s.indexOf(end, this.i + from)
    if (at < 0) this.fail('plist.truncated', `missing ${end}`)
    this.i = at + end.length
  }

  private named(name: string): boolean {
    if (this.s.charCodeAt(this.i) !== LT || !this.s.startsWith(name, this.i + 1)) return false
    const c = this.s.charCodeAt(this.i + 1 + name.length)
    return c === GT || c === SLASH || c === 32 || c === 10 || c === 9
  }

  /** Passes an opening tag whose name has `length` letters; true when the element is empty (`<x/>`). */
  private open(length: number): boolean {
    this.i += length + 1
    for (;;) {
      const c = this.s.charCodeAt(this.i)
      if (c === GT) {
        this.i++
        return false
      }
      if (c === SLASH && this.s.charCodeAt(this.i + 1) === GT) {
        this.i += 2
        return true
      }
      if (c === 34 || c === 39) this.skipPast(c === 34 ? '"' : "'", 1)
      else if (c === LT || Number.isNaN(c)) this.fail('plist.tag')
      else this.i++
    }
  }

  private close(tag: string): void {
    if (this.s.startsWith(tag, this.i)) {
      this.i += tag.length
      return
    }
    if (!this.s.startsWith(tag.slice(0, -1), this.i)) this.fail('plist.tag', `expected ${tag}`)
    this.i += tag.length - 1
    this.space()
    if (this.s.charCodeAt(this.i) !== GT) this.fail('plist.tag', `expected ${tag}`)
    this.i++
  }

  /** The character content up to and past the closing tag. */
  private text(tag: string): string {
    const s = this.s
    let out = ''
    for (;;) {
      const lt = s.indexOf('<', this.i)
      if (lt < 0) {
        this.i = s.length
        this.fail('plist.truncated', `missing ${tag}`)
      }
      const piece = s.slice(this.i, lt)
      const plain = piece.includes('&') ? this.unescape(piece) : piece
      out = out === '' ? plain : out + plain
      this.i = lt
      if (s.charCodeAt(lt + 1) === SLASH) {
        this.close(tag)
        return out
      }
      if (s.startsWith('<![CDATA[', lt)) {
        this.skipPast(']]>', 9)
        out += s.slice(lt + 9, this.i - 3)
      } else if (s.startsWith('<!--', lt)) this.skipPast('-->', 4)
      else this.fail('plist.tag', `unexpected element before ${tag}`)
    }
  }

  private unescape(piece: string): string {
    let out = ''
    let from = 0
    for (let amp = piece.indexOf('&'); amp >= 0; amp = piece.indexOf('&', from)) {
      const end = piece.indexOf(';', amp)
      // `&#x0010FFFF;` is the longest we take; a far semicolon ends the reading at once.
      const name = end < 0 || end - amp > 12 ? '' : piece.slice(amp + 1, end)
      const plain = ENTITIES.get(name) ?? reference(name)
      if (plain === undefined) this.fail('plist.entity', 'only the five of XML and character references')
      out += piece.slice(from, amp) + plain
      from = end + 1
    }
    return out + piece.slice(from)
  }

  private value(depth: number): Plist {
    this.space()
    if (++this.nodes > this.limits.maxNodes) this.fail('plist.nodes')
    if (this.named('string')) return this.open(6) ? '' : this.text('</string>')
    if (this.named('integer')) return this.integer()
    if (this.named('dict')) return this.dict(depth)
    if (this.named('array')) return this.array(depth)
    if (this.named('true')) return this.flag('true')
    if (this.named('false')) return this.flag('false')
    if (this.named('data')) return this.data()
    if (this.named('date')) return this.date()
    if (this.named('real')) return this.real()
    return this.fail('plist.tag', 'expected a value')
  }

  private dict(depth: number): Dict {
    if (depth >= this.limits.maxDepth) this.fail('plist.depth')
    const out: Dict = {}
    if (this.open(4)) return out
    for (;;) {
      this.space()
      if (!this.named('key')) {
        this.close('</dict>')
        return out
      }
      // A key that stands twice counts as it stands last.
      const key = this.open(3) ? '' : this.text('</key>')
      put(out, key, this.value(depth + 1))
    }
  }

  private array(depth: number): Plist[] {
    if (depth >= this.limits.maxDepth) this.fail('plist.depth')
    const out: Plist[] = []
    if (this.open(5)) return out
    for (;;) {
      this.space()
      if (this.s.charCodeAt(this.i + 1) === SLASH || this.i >= this.s.length) {
        this.close('</array>')
        return out
      }
      out.push(this.value(depth + 1))
    }
  }

  private flag(name: 'true' | 'false'): boolean {
    if (!this.open(name.length) && this.text(`</${name}>`).trim() !== '') this.fail('plist.boolean')
    return name === 'true'
  }

  private integer(): number | bigint {
    const text = this.open(7) ? '' : this.text('</integer>')
    const quick = digits(text)
    if (quick >= 0) return quick
    const trimmed = text.trim()
    if (!INTEGER.test(trimmed)) this.fail('plist.integer')
    const size = BigInt(trimmed.replace(/^[-+]/, ''))
    return integer(trimmed.startsWith('-') ? -size : size)
  }

  private real(): number | Real {
    const text = this.open(4) ? '' : this.text('</real>').trim()
    if (text.length > 400) this.fail('plist.real')
    const special = NOT_FINITE.exec(text)
    if (!special && !REAL.test(text)) this.fail('plist.real')
    const value = special ? notFinite(text, special[1]) : Number(text)
    return this.limits.exact ? new Real(value) : value
  }

  private date(): Date {
    const text = this.open(4) ? '' : this.text('</date>').trim()
    const part = DATE.exec(text)
    if (!part) return this.fail('plist.date')
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = part.slice(1).map(Number)
    if (hour > 23 || minute > 59 || second >= 60) this.fail('plist.date')
    return instant(year, month, day, hour * 3600 + minute * 60 + second)
  }

  private data(): Uint8Array {
    const text = this.open(4) ? '' : this.text('</data>')
    try {
      return Uint8Array.fromBase64(text)
    } catch (cause) {
      throw new Malformed('plist.data', 'not base64', cause)
    }
  }
}

/** The value of up to 15 plain decimal digits, else -1. */
function digits(text: string): number {
  if (text.length === 0 || text.length > 15) return -1
  let value = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i) - 48
    if (c < 0 || c > 9) return -1
    value = value * 10 + c
  }
  return value
}

function notFinite(text: string, sign: string | undefined): number {
  if (/nan/i.test(text)) return Number.NaN
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

function reference(name: string): string | undefined {
  if (!/^#(?:x[0-9a-fA-F]+|[0-9]+)$/.test(name)) return undefined
  const point = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  if (point === 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined
  return String.fromCodePoint(point)
}
