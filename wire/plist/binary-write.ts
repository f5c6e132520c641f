import { DEFAULT_LIMITS, type Plist, Real, Uid } from './value.ts'
import { checkInteger, unwritable } from './xml-write.ts'

/** Seconds from 1970 to 2001, where the format's clock starts. */
const EPOCH = 978_307_200
type Container = { keys: number[]; items: number[]; isDict: boolean }
type Item = Uint8Array | Container

/** Writes the value as a binary property list (`bplist00`); equal strings are stored once. */
export function encodeBinary(value: Plist): Uint8Array {
  const items: Item[] = []
  collect(value, { items, strings: new Map() }, 0)
  const refSize = width(items.length - 1)
  const parts: Uint8Array[] = [ascii('bplist00')]
  const offsets: number[] = []
  let at = 8
  for (const item of items) {
    const bytes = item instanceof Uint8Array ? item : container(item, refSize)
    offsets.push(at)
    at += bytes.length
    parts.push(bytes)
  }
  const offsetSize = width(at)
  for (const offset of offsets) parts.push(big(offset, offsetSize))
  const trailer = new Uint8Array(32)
  trailer[6] = offsetSize
  trailer[7] = refSize
  const view = new DataView(trailer.buffer)
  view.setBigUint64(8, BigInt(items.length))
  view.setBigUint64(24, BigInt(at))
  parts.push(trailer)
  return join(parts)
}

interface Collection {
  items: Item[]
  strings: Map<string, number>
}

/** Numbers the value and what it holds, parents first, so that the root is object 0. */
function collect(value: Plist, to: Collection, depth: number): number {
  if (typeof value === 'string') {
    const known = to.strings.get(value)
    if (known !== undefined) return known
    to.strings.set(value, to.items.length)
    return to.items.push(text(value)) - 1
  }
  if (!isContainer(value)) return to.items.push(leaf(value)) - 1
  if (depth >= DEFAULT_LIMITS.maxDepth) unwritable('too deep, or a cycle')
  const out: Container = { keys: [], items: [], isDict: !Array.isArray(value) }
  const ref = to.items.push(out) - 1
  if (Array.isArray(value)) {
    for (const item of value) out.items.push(collect(item, to, depth + 1))
    return ref
  }
  for (const [key, item] of Object.entries(value)) {
    out.keys.push(collect(key, to, depth + 1))
    out.items.push(collect(item, to, depth + 1))
  }
  return ref
}

function isContainer(value: Plist): value is Plist[] | { [key: string]: Plist } {
  if (Array.isArray(value)) return true
  const leaves = [Date, Uint8Array, Real, Uid]
  return typeof value === 'object' && value !== null && !leaves.some(leaf => value instanceof leaf)
}

function leaf(value: Plist): Uint8Array {
  if (typeof value === 'boolean') return Uint8Array.of(value ? 9 : 8)
  if (typeof value === 'bigint') return integer(checkInteger(value))
  if (typeof value === 'number') return Number.isSafeInteger(value) ? integer(BigInt(value)) : float(0x23, value)
  if (value instanceof Real) return float(0x23, value.value)
  if (value instanceof Uint8Array) return join([head(0x40, value.length), value])
  if (value instanceof Uid) {
    if (!Number.isSafeInteger(value.value) || value.value < 0) unwritable('a uid that is no number')
    const size = width(value.value)
    return join([Uint8Array.of(0x80 + size - 1), big(value.value, size)])
  }
  if (value instanceof Date) {
    const ms = value.getTime()
    return Number.isNaN(ms) ? unwritable('an invalid date') : float(0x33, ms / 1000 - EPOCH)
  }
  return unwritable(value === null ? 'null' : typeof value)
}

function text(value: string): Uint8Array {
  if (!value.isWellFormed()) unwritable('a lone surrogate')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
  if (/^[\u0000-\u007f]*$/.test(value)) return join([head(0x50, value.length), ascii(value)])
  const swapped = Buffer.from(value, 'utf16le').swap16()
  return join([head(0x60, value.length), swapped])
}

function integer(value: bigint): Uint8Array {
  if (value < 0n || value >= 0x1_0000_0000n) {
    const wide = value >= 1n << 63n
    const out = new Uint8Array(wide ? 17 : 9)
    out[0] = wide ? 0x14 : 0x13
    new DataView(out.buffer).setBigUint64(out.length - 8, BigInt.asUintN(64, value))
    return out
  }
  const size = width(Number(value))
  return join([Uint8Array.of(0x10 + Math.log2(size)), big(Number(value), size)])
}

function float(marker: number, value: number): Uint8Array {
  const out = new Uint8Array(9)
  out[0] = marker
  new DataView(out.buffer).setFloat64(1, value)
  return out
}

function container(item: Container, refSize: number): Uint8Array {
  const refs = [...item.keys, ...item.items].map(ref => big(ref, refSize))
  return join([head(item.isDict ? 0xd0 : 0xa0, item.items.length), ...refs])
}

function head(marker: number, count: number): Uint8Array {
  if (count < 15) return Uint8Array.of(marker | count)
  return join([Uint8Array.of(marker | 15), integer(BigInt(count))])
}

/** The bytes a number below 2^53 needs, as the format allows them: 1, 2, 4 or 8. */
function width(value: number): 1 | 2 | 4 | 8 {
  if (value < 0x100) return 1
  if (value < 0x1_0000) return 2
  return value < 0x1_0000_0000 ? 4 : 8
}

function big(value: number, size: number): Uint8Array {
  const out = new Uint8Array(size)
  let rest = value
  for (let i = size - 1; i >= 0; i--) {
    out[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return out
}

function ascii(value: string): Uint8Array {
  return new TextEncoder().encode(value)
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
