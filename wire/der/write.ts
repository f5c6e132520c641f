import { Malformed } from '../malformed.ts'

/** One value from its identifier octet and the parts of its content, with the shortest length form (X.690 §10.1). */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const head = length < 0x80 ? 2 : length < 0x100 ? 3 : length < 0x1_0000 ? 4 : length < 0x100_0000 ? 5 : 6
  const out = new Uint8Array(head + length)
  out[0] = tag
  if (head === 2) out[1] = length
  else {
    out[1] = 0x80 + head - 2
    for (let i = head - 1, rest = length; i >= 2; i--, rest = Math.floor(rest / 256)) out[i] = rest % 256
  }
  let at = head
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** A SEQUENCE of the parts, in their order. */
export function seq(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(0x30, ...parts)
}

/** A SET OF the parts, in the order DER asks for (X.690 §11.6). */
export function set(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(0x31, ...parts.toSorted((a, b) => Buffer.compare(a, b)))
}

/** An INTEGER; bytes are taken as an unsigned magnitude. */
export function int(value: number | bigint | Uint8Array): Uint8Array {
  if (value instanceof Uint8Array) return tlv(2, positive(value))
  const big = BigInt(value)
  if (big >= 0n) {
    const hex = big.toString(16)
    return tlv(2, positive(Uint8Array.fromHex(hex.length % 2 === 0 ? hex : `0${hex}`)))
  }
  let size = 1
  while (big < -(1n << BigInt(size * 8 - 1))) size++
  return tlv(
    2,
    Uint8Array.fromHex(
      BigInt.asUintN(size * 8, big)
        .toString(16)
        .padStart(size * 2, '0'),
    ),
  )
}

function positive(magnitude: Uint8Array): Uint8Array {
  let zeros = 0
  while (zeros < magnitude.length - 1 && magnitude[zeros] === 0) zeros++
  const short = magnitude.subarray(zeros)
  if (short.length > 0 && (short[0] as number) < 0x80) return short
  const out = new Uint8Array(short.length + 1)
  out.set(short, 1)
  return out
}

/** Written identifiers, for we write the same few again and again. */
const identifiers = new Map<string, Uint8Array>()

/** An OBJECT IDENTIFIER from its dotted form; the bytes may be shared and are not to be changed. */
export function oid(dotted: string): Uint8Array {
  const known = identifiers.get(dotted)
  if (known) return known
  const written = writeOid(dotted)
  if (identifiers.size < 512) identifiers.set(dotted, written)
  return written
}

function writeOid(dotted: string): Uint8Array {
  if (!/^[0-2](?:\.[0-9]{1,39}){1,64}$/.test(dotted)) throw new Malformed('der.oid', dotted)
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt)
  if (first < 2n && second > 39n) throw new Malformed('der.oid', dotted)
  const out: number[] = []
  for (const arc of [first * 40n + second, ...rest]) {
    const septets: number[] = []
    let left = arc
    do {
      septets.unshift(Number(left & 0x7fn) | (septets.length > 0 ? 0x80 : 0))
      left >>= 7n
    } while (left > 0n)
    out.push(...septets)
  }
  return tlv(6, Uint8Array.from(out))
}

/** An OCTET STRING. */
export function octets(bytes: Uint8Array): Uint8Array {
  return tlv(4, bytes)
}

/** A BIT STRING whose last byte leaves `unused` low bits out. */
export function bits(bytes: Uint8Array, unused = 0): Uint8Array {
  return tlv(3, Uint8Array.of(unused), bytes)
}

/** A UTF8String. */
export function utf8(value: string): Uint8Array {
  return tlv(0x0c, new TextEncoder().encode(value))
}

const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/

/** A PrintableString; refuses characters the type does not have (X.680 §41.4). */
export function printable(value: string): Uint8Array {
  if (!PRINTABLE.test(value)) throw new Malformed('der.text', 'not printable')
  return tlv(0x13, Buffer.from(value, 'latin1'))
}

/** A PrintableString where the characters allow it, else a UTF8String. */
export function text(value: string): Uint8Array {
  return PRINTABLE.test(value) ? printable(value) : utf8(value)
}

/** An IA5String; refuses anything but ASCII. */
export function ia5(value: string): Uint8Array {
  if (Buffer.byteLength(value) !== value.length) throw new Malformed('der.text', 'not ASCII')
  return tlv(0x16, Buffer.from(value, 'latin1'))
}

/** NULL. */
export function nul(): Uint8Array {
  return Uint8Array.of(5, 0)
}

/** A BOOLEAN. */
export function bool(value: boolean): Uint8Array {
  return Uint8Array.of(1, 1, value ? 0xff : 0)
}

/** A time in whole seconds: UTCTime from 1950 to 2049, GeneralizedTime elsewhere (RFC 5280 §4.1.2.5). */
export function time(ms: number): Uint8Array {
  const date = new Date(Math.floor(ms / 1000) * 1000)
  const year = date.getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) throw new Malformed('der.time', 'no such year in ASN.1')
  const digits = date.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  if (year < 1950 || year > 2049) return tlv(0x18, Buffer.from(`${digits}Z`, 'latin1'))
  return tlv(0x17, Buffer.from(`${digits.slice(2)}Z`, 'latin1'))
}

/** An explicit context tag `[number]` around one value. */
export function tagged(number: number, part: Uint8Array): Uint8Array {
  return tlv(0xa0 + number, part)
}

/** An implicit context tag `[number]` in place of the universal one. */
export function implicit(number: number, content: Uint8Array, constructed = false): Uint8Array {
  return tlv((constructed ? 0xa0 : 0x80) + number, content)
}
