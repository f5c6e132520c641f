import { Malformed } from '../malformed.ts'
import { alwaysConstructed, header, type Span } from './header.ts'
import { tlv } from './write.ts'

/** Bounds of a normalization. */
export interface Bounds {
  maxDepth: number
  maxNodes: number
}

interface Piece {
  tag: number
  raw: Uint8Array
  content: Uint8Array
  end: number
  changed: boolean
}

const BIT_STRING = 3

/**
 * Rewrites BER with definite lengths and strings in one piece (X.690 §8.1.3, §8.7.3). What was definite already keeps
 * its very bytes, so that signatures over a part still hold.
 */
export function definite(bytes: Uint8Array, bounds: Bounds): Uint8Array {
  const piece = new Rewriter(bytes, bounds).piece(0, bytes.length, 0)
  if (piece.end !== bytes.length) throw new Malformed('der.trailing')
  return piece.raw
}

class Rewriter {
  private readonly bytes: Uint8Array
  private readonly bounds: Bounds
  private nodes = 0

  constructor(bytes: Uint8Array, bounds: Bounds) {
    this.bytes = bytes
    this.bounds = bounds
  }

  piece(at: number, limit: number, depth: number): Piece {
    if (++this.nodes > this.bounds.maxNodes) throw new Malformed('der.nodes')
    if (depth > this.bounds.maxDepth) throw new Malformed('der.depth')
    const span = header(this.bytes, at, limit, true)
    if ((span.tag & 0x20) !== 0) return this.constructed(span, limit, depth)
    if (span.end < 0) throw new Malformed('der.length', 'indefinite primitive')
    const { tag, from, start, end } = span
    return { tag, raw: this.bytes.subarray(from, end), content: this.bytes.subarray(start, end), end, changed: false }
  }

  private constructed(span: Span, limit: number, depth: number): Piece {
    const { tag, from, start } = span
    const { parts, end } = this.parts(span, limit, depth)
    const universal = (tag & 0xc0) === 0
    if (universal && !alwaysConstructed(tag)) {
      const content = joined(tag & 0x1f, parts)
      return { tag: tag & ~0x20, raw: tlv(tag & ~0x20, content), content, end, changed: true }
    }
    if (span.end >= 0 && !parts.some(part => part.changed)) {
      return { tag, raw: this.bytes.subarray(from, end), content: this.bytes.subarray(start, end), end, changed: false }
    }
    const raw = tlv(tag, ...parts.map(part => part.raw))
    return { tag, raw, content: raw, end, changed: true }
  }

  private parts(span: Span, limit: number, depth: number): { parts: Piece[]; end: number } {
    const parts: Piece[] = []
    const stop = span.end < 0 ? limit : span.end
    let at = span.start
    while (at < stop) {
      if (span.end < 0 && this.bytes[at] === 0 && this.bytes[at + 1] === 0 && at + 2 <= stop) {
        return { parts, end: at + 2 }
      }
      const part = this.piece(at, stop, depth + 1)
      parts.push(part)
      at = part.end
    }
    if (span.end < 0) throw new Malformed('der.truncated', 'no end of contents')
    return { parts, end: at }
  }
}

/** The content of a string sent in pieces. */
function joined(number: number, parts: readonly Piece[]): Uint8Array {
  const pieces = parts.map(part => {
    // X.690 §8.21.5: the pieces of a restricted string are octet strings; some senders repeat the outer tag.
    if (part.tag !== number && part.tag !== 4) throw new Malformed('der.tag', 'foreign piece in a string')
    return number === BIT_STRING ? part.content.subarray(1) : part.content
  })
  if (number !== BIT_STRING) return Buffer.concat(pieces)
  const unused = parts.map(part => part.content[0] ?? 8)
  if (unused.some((bits, i) => bits > 7 || (bits > 0 && i < unused.length - 1))) throw new Malformed('der.bits')
  return Buffer.concat([Uint8Array.of(unused.at(-1) ?? 0), ...pieces])
}
