import { Malformed } from '../malformed.ts'

/** What CBOR can say here; keys of maps are text or whole numbers. */
export type Cbor =
  | number
  | bigint
  | string
  | boolean
  | null
  | Uint8Array
  | readonly Cbor[]
  | ReadonlyMap<string | number, Cbor>

const deepest = 16
const mostItems = 10_000

interface Reader {
  readonly bytes: Uint8Array
  readonly view: DataView
  at: number
  items: number
}

/** Reads one value in the form that authenticators write (RFC 8949, definite lengths; CTAP2 canonical form is not demanded). Throws only `Malformed`. */
export function readCbor(bytes: Uint8Array): Cbor {
  const reader: Reader = {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    at: 0,
    items: 0,
  }
  const value = readItem(reader, 0)
  if (reader.at !== bytes.length) throw new Malformed('cbor.trailing')
  return value
}

function readItem(reader: Reader, depth: number): Cbor {
  reader.items += 1
  if (depth > deepest || reader.items > mostItems) throw new Malformed('cbor.depth')
  const [first = 0] = take(reader, 1)
  const major = first >> 5
  const small = first & 0x1f
  if (major === 7) return simple(reader, small)
  const count = argument(reader, small)
  switch (major) {
    case 0:
      return count
    case 1:
      return typeof count === 'bigint' ? -1n - count : -1 - count
    case 2:
      return new Uint8Array(take(reader, size(count)))
    case 3:
      return text(take(reader, size(count)))
    case 4:
      return Array.from({ length: room(reader, count) }, () => readItem(reader, depth + 1))
    case 5:
      return map(reader, room(reader, count), depth)
    default:
      throw new Malformed('cbor.tag')
  }
}

function map(reader: Reader, count: number, depth: number): ReadonlyMap<string | number, Cbor> {
  const found = new Map<string | number, Cbor>()
  for (let i = 0; i < count; i += 1) {
    const key = readItem(reader, depth + 1)
    if (typeof key !== 'string' && typeof key !== 'number') throw new Malformed('cbor.key')
    if (found.has(key)) throw new Malformed('cbor.key', 'twice')
    found.set(key, readItem(reader, depth + 1))
  }
  return found
}

function simple(reader: Reader, small: number): Cbor {
  switch (small) {
    case 20:
      return false
    case 21:
      return true
    case 22:
    case 23:
      return null
    case 26:
      return reader.view.getFloat32(advance(reader, 4))
    case 27:
      return reader.view.getFloat64(advance(reader, 8))
    default:
      throw new Malformed('cbor.simple', String(small))
  }
}

function argument(reader: Reader, small: number): number | bigint {
  if (small < 24) return small
  switch (small) {
    case 24:
      return reader.view.getUint8(advance(reader, 1))
    case 25:
      return reader.view.getUint16(advance(reader, 2))
    case 26:
      return reader.view.getUint32(advance(reader, 4))
    case 27: {
      const large = reader.view.getBigUint64(advance(reader, 8))
      return large <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(large) : large
    }
    default:
      throw new Malformed('cbor.length')
  }
}

/** Every item takes at least one byte, so a count beyond what is left is a lie. */
function room(reader: Reader, count: number | bigint): number {
  const wanted = size(count)
  if (wanted > reader.bytes.length - reader.at) throw new Malformed('cbor.truncated')
  return wanted
}

function size(count: number | bigint): number {
  if (typeof count === 'bigint') throw new Malformed('cbor.length')
  return count
}

function advance(reader: Reader, count: number): number {
  if (count > reader.bytes.length - reader.at) throw new Malformed('cbor.truncated')
  const at = reader.at
  reader.at += count
  return at
}

function take(reader: Reader, count: number): Uint8Array {
  const at = advance(reader, count)
  return reader.bytes.subarray(at, at + count)
}

function text(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new Malformed('cbor.text', undefined, cause)
  }
}

/** Writes one value, lengths in the shortest form. */
export function writeCbor(value: Cbor): Uint8Array {
  const parts: Uint8Array[] = []
  write(value, parts)
  return new Uint8Array(Buffer.concat(parts))
}

function write(value: Cbor, parts: Uint8Array[]): void {
  if (value === null) parts.push(Uint8Array.of(0xf6))
  else if (typeof value === 'boolean') parts.push(Uint8Array.of(value ? 0xf5 : 0xf4))
  else if (typeof value === 'string') {
    const bytes = new TextEncoder().encode(value)
    parts.push(head(3, bytes.length), bytes)
  } else if (value instanceof Uint8Array) parts.push(head(2, value.length), value)
  else if (typeof value === 'number' || typeof value === 'bigint') parts.push(whole(value))
  else if (value instanceof Map) {
    parts.push(head(5, value.size))
    for (const [key, one] of value) {
      write(key, parts)
      write(one, parts)
    }
  } else if (Array.isArray(value)) {
    parts.push(head(4, value.length))
    for (const one of value) write(one, parts)
  } else throw new TypeError('not CBOR')
}

function whole(value: number | bigint): Uint8Array {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new TypeError('only safe whole numbers are written')
  return number < 0 ? head(1, -1 - number) : head(0, number)
}

function head(major: number, count: number): Uint8Array {
  const high = major << 5
  if (count < 24) return Uint8Array.of(high | count)
  if (count < 0x100) return Uint8Array.of(high | 24, count)
  if (count < 0x10000) return Uint8Array.of(high | 25, count >> 8, count & 0xff)
  const bytes = new Uint8Array(count < 0x1_0000_0000 ? 5 : 9)
  const view = new DataView(bytes.buffer)
  bytes[0] = high | (bytes.length === 5 ? 26 : 27)
  if (bytes.length === 5) view.setUint32(1, count)
  else view.setBigUint64(1, BigInt(count))
  return bytes
}
