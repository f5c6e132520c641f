import { Malformed } from '../malformed.ts'
import { definite } from './ber.ts'
import { alwaysConstructed, header, type Span } from './header.ts'

export { asBits, asBool, asInt, asOid, asText, asTime } from './values.ts'
export {
  bits,
  bool,
  ia5,
  implicit,
  int,
  nul,
  octets,
  oid,
  printable,
  seq,
  set,
  tagged,
  text,
  time,
  tlv,
  utf8,
} from './write.ts'

/** One ASN.1 value: its identifier octet, its content, its own bytes, and its children when constructed. */
export interface Asn1 {
  readonly tag: number
  readonly content: Uint8Array
  readonly raw: Uint8Array
  readonly children: readonly Asn1[]
}

/** How far a reader goes; `ber` also takes indefinite lengths and constructed strings and normalizes them. */
export interface ReadOptions {
  ber?: boolean
  maxDepth?: number
  maxBytes?: number
}

const MAX_BYTES = 16 * 1024 * 1024
const MAX_NODES = 100_000
const NONE: readonly Asn1[] = []

/** Reads exactly one value, DER unless told otherwise; trailing bytes are refused (X.690 §8, §10). */
export function read(bytes: Uint8Array, options: ReadOptions = {}): Asn1 {
  const { ber = false, maxDepth = 32, maxBytes = MAX_BYTES } = options
  if (bytes.length > maxBytes) throw new Malformed('der.size')
  // Parts are views; of a Buffer they shall be plain arrays too.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  try {
    return new Reader(plain, ber, maxDepth).only()
  } catch (error) {
    if (!ber || !(error instanceof Malformed) || error.code !== 'der.indefinite') throw error
    return new Reader(definite(plain, { maxDepth, maxNodes: MAX_NODES }), true, maxDepth).only()
  }
}

class Node implements Asn1 {
  readonly tag: number
  readonly children: readonly Asn1[]
  readonly end: number
  private readonly bytes: Uint8Array
  private readonly from: number
  private readonly start: number

  constructor(bytes: Uint8Array, span: Span, children: readonly Asn1[]) {
    this.bytes = bytes
    this.tag = span.tag
    this.from = span.from
    this.start = span.start
    this.end = span.end
    this.children = children
  }

  get content(): Uint8Array {
    return this.bytes.subarray(this.start, this.end)
  }

  get raw(): Uint8Array {
    return this.bytes.subarray(this.from, this.end)
  }
}

class Reader {
  private readonly bytes: Uint8Array
  private readonly ber: boolean
  private readonly maxDepth: number
  private nodes = 0

  constructor(bytes: Uint8Array, ber: boolean, maxDepth: number) {
    this.bytes = bytes
    this.ber = ber
    this.maxDepth = maxDepth
  }

  only(): Asn1 {
    const node = this.node(0, this.bytes.length, 0)
    if (node.end !== this.bytes.length) throw new Malformed('der.trailing')
    return node
  }

  private node(at: number, limit: number, depth: number): Node {
    if (++this.nodes > MAX_NODES) throw new Malformed('der.nodes')
    const span = header(this.bytes, at, limit, this.ber)
    if (span.end < 0) throw new Malformed('der.indefinite')
    const constructed = (span.tag & 0x20) !== 0
    if ((span.tag & 0xc0) === 0) this.checkUniversal(span.tag, constructed)
    return new Node(this.bytes, span, constructed ? this.children(span, depth) : NONE)
  }

  private checkUniversal(tag: number, constructed: boolean): void {
    if ((tag & 0x1f) === 0) throw new Malformed('der.tag', 'end of contents')
    if (alwaysConstructed(tag) === constructed) return
    // A constructed string is BER's; normalizing turns it into one piece.
    throw new Malformed(constructed ? 'der.indefinite' : 'der.tag', 'wrong form')
  }

  private children(span: Span, depth: number): Asn1[] {
    if (depth >= this.maxDepth) throw new Malformed('der.depth')
    const out: Asn1[] = []
    for (let at = span.start; at < span.end; ) {
      const child = this.node(at, span.end, depth + 1)
      out.push(child)
      at = child.end
    }
    return out
  }
}
