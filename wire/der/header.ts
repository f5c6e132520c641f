import { Malformed } from '../malformed.ts'

/** Where one value lies: identifier at `from`, content from `start` to `end`. */
export interface Span {
  tag: number
  from: number
  start: number
  end: number
}

/** Reads identifier and length octets; `end` is -1 for the indefinite form. */
export function header(bytes: Uint8Array, from: number, limit: number, ber: boolean): Span {
  if (from + 2 > limit) throw new Malformed('der.truncated')
  const tag = bytes[from] as number
  if ((tag & 0x1f) === 0x1f) throw new Malformed('der.tag', 'high tag number')
  return { tag, from, ...lengthAt(bytes, from + 1, limit, ber) }
}

/** Where the content of a value lies whose length octets begin at `at`; `end` is -1 for the indefinite form. */
export function lengthAt(bytes: Uint8Array, at: number, limit: number, ber = false): { start: number; end: number } {
  if (at >= limit) throw new Malformed('der.truncated')
  let length = bytes[at] as number
  let start = at + 1
  if (length === 0x80) return { start, end: -1 }
  if (length > 0x80) {
    const size = length & 0x7f
    if (size > 4) throw new Malformed('der.length')
    if (start + size > limit) throw new Malformed('der.truncated')
    length = 0
    for (let i = 0; i < size; i++) length = length * 256 + (bytes[start + i] as number)
    if (!ber && (length < 0x80 || bytes[start] === 0)) throw new Malformed('der.length', 'not minimal')
    start += size
  }
  if (start + length > limit) throw new Malformed('der.truncated')
  return { start, end: start + length }
}

/** Whether a universal tag is of a kind that is always constructed (EXTERNAL, EMBEDDED PDV, SEQUENCE, SET). */
export function alwaysConstructed(tag: number): boolean {
  const number = tag & 0x1f
  return number === 16 || number === 17 || number === 8 || number === 11
}
