import { Malformed } from '../malformed.ts'
import type { Asn1 } from './der.ts'

/** Refuses a node of another universal type; an implicit context tag stands for whatever its place promises. */
function expect(node: Asn1, what: string, ...tags: readonly number[]): Uint8Array {
  if (!tags.includes(node.tag) && (node.tag & 0xe0) !== 0x80) throw new Malformed('der.type', `expected ${what}`)
  return node.content
}

/** The dotted form of an OBJECT IDENTIFIER. */
export function asOid(node: Asn1): string {
  const bytes = expect(node, 'OBJECT IDENTIFIER', 6)
  if (bytes.length === 0 || bytes.length > 256) throw new Malformed('der.oid')
  if (((bytes[bytes.length - 1] as number) & 0x80) !== 0) throw new Malformed('der.oid', 'cut off')
  let out = ''
  let arc: number | bigint = 0
  let fresh = true
  for (const byte of bytes) {
    if (fresh && byte === 0x80) throw new Malformed('der.oid', 'not minimal')
    arc = shifted(arc, byte & 0x7f)
    fresh = byte < 0x80
    if (!fresh) continue
    out += out === '' ? head(arc) : `.${arc}`
    arc = 0
  }
  return out
}

/** The first two arcs, which share a number (X.690 §8.19.4). */
function head(arc: number | bigint): string {
  if (typeof arc === 'bigint') return `2.${arc - 80n}`
  const root = arc < 40 ? 0 : arc < 80 ? 1 : 2
  return `${root}.${arc - root * 40}`
}

function shifted(arc: number | bigint, septet: number): number | bigint {
  if (typeof arc === 'number' && arc < 2 ** 45) return arc * 128 + septet
  return BigInt(arc) * 128n + BigInt(septet)
}

/** The value of an INTEGER or ENUMERATED, of up to 4,096 bytes. */
export function asInt(node: Asn1): bigint {
  const bytes = expect(node, 'INTEGER', 2, 10)
  if (bytes.length === 0 || bytes.length > 4096) throw new Malformed('der.integer')
  const [a = 0, b = 0] = bytes
  if (bytes.length > 1 && ((a === 0 && b < 0x80) || (a === 0xff && b >= 0x80))) {
    throw new Malformed('der.integer', 'not minimal')
  }
  const value = BigInt(`0x${bytes.toHex()}`)
  return a < 0x80 ? value : value - (1n << BigInt(bytes.length * 8))
}

/** The text of any of ASN.1's character strings. */
export function asText(node: Asn1): string {
  const bytes = expect(node, 'a character string', 0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a, 0x1b, 0x1c, 0x1e)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  switch (node.tag) {
    case 0x14:
      return buffer.toString('latin1')
    case 0x1e:
      if (bytes.length % 2 !== 0) throw new Malformed('der.text', 'odd BMPString')
      return new TextDecoder('utf-16be', { ignoreBOM: true }).decode(bytes)
    case 0x1c:
      return universal(buffer)
    default:
      return buffer.toString('utf8')
  }
}

function universal(buffer: Buffer): string {
  if (buffer.length % 4 !== 0) throw new Malformed('der.text', 'odd UniversalString')
  let out = ''
  for (let at = 0; at < buffer.length; at += 4) {
    const point = buffer.readUInt32BE(at)
    if (point > 0x10ffff) throw new Malformed('der.text', 'beyond Unicode')
    out += String.fromCodePoint(point)
  }
  return out
}

const REST = '([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})?([.][0-9]{1,9})?(?:Z|([+-])([0-9]{2})([0-9]{2}))$'
const UTC = new RegExp(`^([0-9]{2})${REST}`)
const GENERALIZED = new RegExp(`^([0-9]{4})${REST}`)

/** The instant of a UTCTime or GeneralizedTime, in Unix milliseconds; BER's offsets and missing seconds are taken. */
export function asTime(node: Asn1): number {
  const bytes = expect(node, 'a time', 0x17, 0x18)
  if (bytes.length > 32) throw new Malformed('der.time')
  const utc = node.tag === 0x17 || (node.tag !== 0x18 && bytes.length <= 13)
  const part = (utc ? UTC : GENERALIZED).exec(Buffer.from(bytes).toString('latin1'))
  if (!part) throw new Malformed('der.time')
  const [short = 0, month = 0, day = 0, hour = 0, minute = 0] = part.slice(1, 6).map(Number)
  const second = Number(part[6] ?? 0)
  const date = new Date(0)
  // RFC 5280 §4.1.2.5.1: two digits of year are 1950 to 2049.
  date.setUTCFullYear(utc ? short + (short < 50 ? 2000 : 1900) : short, month - 1, day)
  const possible = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  if (!possible || hour > 23 || minute > 59 || second > 59) throw new Malformed('der.time')
  const offset = (Number(part[9] ?? 0) * 60 + Number(part[10] ?? 0)) * (part[8] === '-' ? -1 : 1)
  const milli = Math.floor(Number(part[7] ?? 0) * 1000)
  return date.getTime() + (hour * 3600 + (minute - offset) * 60 + second) * 1000 + milli
}

/** The bytes of a BIT STRING; bits left out at the end must be zero (X.690 §11.2.1). */
export function asBits(node: Asn1): Uint8Array {
  const bytes = expect(node, 'BIT STRING', 3)
  const unused = bytes[0]
  if (unused === undefined || unused > 7 || (unused > 0 && bytes.length === 1)) throw new Malformed('der.bits')
  if (((bytes.at(-1) as number) & ((1 << unused) - 1)) !== 0 && bytes.length > 1)
    throw new Malformed('der.bits', 'padding')
  return bytes.subarray(1)
}

/** The value of a BOOLEAN; any byte but zero is true, as BER has it. */
export function asBool(node: Asn1): boolean {
  const bytes = expect(node, 'BOOLEAN', 1)
  if (bytes.length !== 1) throw new Malformed('der.boolean')
  return bytes[0] !== 0
}
