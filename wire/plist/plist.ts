import { Malformed } from '../malformed.ts'
import { isBinary, readBinary } from './binary-read.ts'
import { DEFAULT_LIMITS, type Dict, isDict, type Limits, type Plist, Real } from './value.ts'
import { readXml } from './xml-read.ts'

export { encodeBinary } from './binary-write.ts'
export { type Dict, type Limits, type Plist, Real, Uid } from './value.ts'
export { encode } from './xml-write.ts'

const UTF8 = new TextDecoder('utf-8')
const UTF16LE = new TextDecoder('utf-16le')
const UTF16BE = new TextDecoder('utf-16be')
// After decoding we hold text already; the declaration may only name what we can have decoded.
const DECLARED = /^\ufeff?<\?xml[^>]{0,200}?encoding\s{0,8}=\s{0,8}["']([^"']{1,40})["']/
const KNOWN = /^(?:utf-?8|utf-?16(?:le|be)?|us-ascii|ascii)$/i

/** Reads a property list, XML (UTF-8, UTF-16) or binary as its first bytes say; throws only `Malformed`. */
export function decode(bytes: Uint8Array, limits: Limits = {}): Plist {
  const bounds: Required<Limits> = { ...DEFAULT_LIMITS, ...limits }
  if (bytes.length > bounds.maxBytes) throw new Malformed('plist.size')
  if (isBinary(bytes)) return readBinary(bytes, bounds)
  const text = textOf(bytes)
  const declared = DECLARED.exec(text)?.[1]
  if (declared !== undefined && !KNOWN.test(declared)) throw new Malformed('plist.encoding', declared)
  return readXml(text, bounds)
}

/** The characters of the document; what is not valid UTF-8 becomes U+FFFD, as devices do name themselves oddly. */
function textOf(bytes: Uint8Array): string {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return UTF16LE.decode(bytes)
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return UTF16BE.decode(bytes)
  return UTF8.decode(bytes)
}

/** The value as a dictionary; throws `plist.dict` when it is anything else. */
export function dict(value: Plist | undefined): Dict {
  if (!isDict(value)) throw new Malformed('plist.dict', 'expected a dictionary')
  return value
}

function own(from: Dict, key: string): Plist | undefined {
  return Object.hasOwn(from, key) ? from[key] : undefined
}

/** The string at a key; numbers are taken as their text, anything else as absent. */
export function str(from: Dict, key: string): string | undefined {
  const value = own(from, key)
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  return value instanceof Real ? String(value.value) : undefined
}

/** The number at a key; reals and decimal text are taken as numbers, anything else as absent. */
export function num(from: Dict, key: string): number | undefined {
  const value = own(from, key)
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Real) return value.value
  const decimal = typeof value === 'string' && /^\s{0,8}-?\d{1,20}(?:\.\d{1,20})?\s{0,8}$/.test(value)
  return decimal ? Number(value) : undefined
}

/** The truth at a key; 0 and 1, "true" and "false", "yes" and "no" are taken too, anything else as absent. */
export function bool(from: Dict, key: string): boolean | undefined {
  const value = own(from, key)
  if (typeof value === 'boolean') return value
  const word = str(from, key)?.trim().toLowerCase()
  if (word === '1' || word === 'true' || word === 'yes') return true
  return word === '0' || word === 'false' || word === 'no' ? false : undefined
}

/** The bytes at a key, else absent. */
export function bytes(from: Dict, key: string): Uint8Array | undefined {
  const value = own(from, key)
  return value instanceof Uint8Array ? value : undefined
}

/** The array at a key, else absent. */
export function list(from: Dict, key: string): Plist[] | undefined {
  const value = own(from, key)
  return Array.isArray(value) ? value : undefined
}
