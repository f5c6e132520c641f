import { Malformed } from '../malformed.ts'
import { type Dict, integer, type Limits, type Plist, put, Real, Uid } from './value.ts'

const TRAILER = 32
const ASCII = new TextDecoder('utf-8', { ignoreBOM: true })
const UTF16BE = new TextDecoder('utf-16be', { ignoreBOM: true })
/** Seconds from 1970 to 2001, where the format's clock starts. */
const EPOCH = 978_307_200

/** Whether the bytes announce a binary property list. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.length >= 6 && ASCII.decode(bytes.subarray(0, 6)) === 'bplist'
}

/** Reads a binary property list (`bplist0x`); shared objects may not blow up past the limits, cycles are refused. */
export function readBinary(bytes: Uint8Array, limits: Required<Limits>): Plist {
  if (bytes.length < 8 + 1 + TRAILER) throw new Malformed('plist.truncated')
  if (bytes[6] !== 0x30) throw new Malformed('plist.version')
  const reader = new Reader(bytes, limits)
  return reader.value(reader.top, 0)
}

class Reader {
  readonly top: number
  private readonly b: Uint8Array
  private readonly view: DataView
  private readonly limits: Required<Limits>
  private readonly offsetSize: number
  private readonly refSize: number
  private readonly count: number
  private readonly table: number
  /** Strings and data already read, by object number: many places may name one object. */
  private readonly leaves = new Map<number, string | Uint8Array>()
  private nodes = 0
  private expanded = 0

  constructor(bytes: Uint8Array, limits: Required<Limits>) {
    this.b = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.limits = limits
    const trailer = bytes.length - TRAILER
    this.offsetSize = this.view.getUint8(trailer + 6)
    this.refSize = this.view.getUint8(trailer + 7)
    this.count = this.uint(trailer + 8, 8)
    this.top = this.uint(trailer + 16, 8)
    this.table = this.uint(trailer + 24, 8)
    const sizes = this.offsetSize >= 1 && this.offsetSize <= 8 && this.refSize >= 1 && this.refSize <= 8
    // Every object takes a byte, so more objects than bytes is a lie; this also keeps the product exact.
    if (!sizes || this.count > bytes.length || this.top >= this.count || this.table < 8) fail('plist.trailer')
    if (this.table + this.count * this.offsetSize > trailer) fail('plist.trailer')
  }

  value(ref: number, depth: number): Plist {
    if (++this.nodes > this.limits.maxNodes) fail('plist.nodes')
    const at = this.offset(ref)
    const marker = this.view.getUint8(at)
    const low = marker & 15
    switch (marker >> 4) {
      case 0x0:
        return this.single(marker)
      case 0x1:
        return low > 4 ? fail('plist.type') : this.integer(at + 1, 1 << low)
      case 0x2:
        return this.real(at + 1, low)
      case 0x3:
        return low === 3 ? date(this.double(at + 1)) : fail('plist.type')
      case 0x4:
      case 0x5:
      case 0x6:
      case 0x7:
        return this.leaf(ref, at)
      case 0x8:
        return this.uid(at + 1, low + 1)
      case 0xa:
      case 0xb:
      case 0xc:
        return this.array(at, depth)
      case 0xd:
        return this.dict(at, depth)
      default:
        return fail('plist.type')
    }
  }

  /** Reads an unsigned big-endian number; past 2^53 it is only good for failing a bound. */
  private uint(at: number, size: number): number {
    let value = 0
    for (let i = 0; i < size; i++) value = value * 256 + this.view.getUint8(at + i)
    return value
  }

  /** Refuses a span that reaches into the offset table or past the file. */
  private within(at: number, length: number): number {
    if (at + length > this.table) fail('plist.truncated')
    return at
  }

  private offset(ref: number): number {
    if (ref >= this.count) fail('plist.reference')
    const at = this.uint(this.table + ref * this.offsetSize, this.offsetSize)
    if (at < 8 || at >= this.table) fail('plist.reference')
    return at
  }

  private single(marker: number): boolean {
    if (marker === 0x08) return false
    if (marker === 0x09) return true
    return fail('plist.type')
  }

  private integer(at: number, size: number): number | bigint {
    this.within(at, size)
    // One, two and four bytes are unsigned, eight and sixteen are signed: so Apple writes them.
    if (size <= 4) return this.uint(at, size) + 0
    if (size === 8) return integer(this.view.getBigInt64(at))
    return integer((this.view.getBigInt64(at) << 64n) | this.view.getBigUint64(at + 8))
  }

  private uid(at: number, size: number): Uid {
    const value = this.uint(this.within(at, size), size)
    return Number.isSafeInteger(value) ? new Uid(value) : fail('plist.integer')
  }

  private double(at: number): number {
    return this.view.getFloat64(this.within(at, 8))
  }

  private real(at: number, low: number): number | Real {
    if (low !== 2 && low !== 3) fail('plist.type')
    const value = low === 3 ? this.double(at) : this.view.getFloat32(this.within(at, 4))
    return this.limits.exact ? new Real(value) : value
  }

  /** The count of a sized object and where its content starts. */
  private sized(at: number): [count: number, start: number] {
    const low = this.view.getUint8(at) & 15
    if (low < 15) return [low, at + 1]
    const marker = this.view.getUint8(this.within(at + 1, 1))
    if (marker >> 4 !== 1 || (marker & 15) > 3) fail('plist.length')
    const size = 1 << (marker & 15)
    const count = this.uint(this.within(at + 2, size), size)
    return [count, at + 2 + size]
  }

  private leaf(ref: number, at: number): string | Uint8Array {
    const known = this.leaves.get(ref)
    const value = known ?? this.readLeaf(at)
    if (known === undefined) this.leaves.set(ref, value)
    // What the same document would weigh without sharing is held to the same limit.
    this.expanded += value.length
    if (this.expanded > this.limits.maxBytes) fail('plist.size')
    return value
  }

  private readLeaf(at: number): string | Uint8Array {
    const kind = this.view.getUint8(at) >> 4
    const [count, start] = this.sized(at)
    const length = kind === 6 ? count * 2 : count
    this.within(start, length)
    const content = this.b.subarray(start, start + length)
    if (kind === 4) return new Uint8Array(content)
    const text = kind === 6 ? UTF16BE.decode(content) : ASCII.decode(content)
    return this.limits.nul ? text : text.replaceAll('\0', '')
  }

  private refs(at: number, per: number, depth: number): { count: number; start: number } {
    if (depth >= this.limits.maxDepth) fail('plist.depth')
    const [count, start] = this.sized(at)
    this.within(start, count * this.refSize * per)
    return { count, start }
  }

  private array(at: number, depth: number): Plist[] {
    const { count, start } = this.refs(at, 1, depth)
    const out: Plist[] = []
    for (let i = 0; i < count; i++) out.push(this.value(this.uint(start + i * this.refSize, this.refSize), depth + 1))
    return out
  }

  private dict(at: number, depth: number): Dict {
    const { count, start } = this.refs(at, 2, depth)
    const out: Dict = {}
    for (let i = 0; i < count; i++) {
      const key = this.key(this.uint(start + i * this.refSize, this.refSize))
      const ref = this.uint(start + (count + i) * this.refSize, this.refSize)
      put(out, key, this.value(ref, depth + 1))
    }
    return out
  }

  private key(ref: number): string {
    const at = this.offset(ref)
    const kind = this.view.getUint8(at) >> 4
    const key = kind >= 5 && kind <= 7 ? this.leaf(ref, at) : undefined
    return typeof key === 'string' ? key : fail('plist.key')
  }
}

function date(seconds: number): Date {
  // Rounded, for a fraction of a second is rarely exact in binary, and Date would cut it off.
  const out = new Date(Math.round((seconds + EPOCH) * 1000))
  return Number.isNaN(out.getTime()) ? fail('plist.date') : out
}

function fail(code: string): never {
  throw new Malformed(code)
}
