import { Malformed } from '../malformed.ts'
import { DEFAULT_LIMITS, type Plist, Real, Uid } from './value.ts'

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n' +
  '<plist version="1.0">\n'

// What XML 1.0 §2.2 cannot carry, even escaped.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are the point
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
const SPECIAL = /[&<>\r]/
const INT_MIN = -(2n ** 63n)
const INT_MAX = 2n ** 64n - 1n

/** Writes the value as an XML property list, UTF-8, keys in the order of insertion. */
export function encode(value: Plist): Uint8Array {
  const text = `${HEAD}${write(value, '')}</plist>\n`
  // Looked for once, in the whole: what we add ourselves is harmless.
  if (FORBIDDEN.test(text) || !text.isWellFormed()) unwritable('a character XML cannot carry')
  return new TextEncoder().encode(text)
}

/** Throws `plist.unwritable`: the value has no form in a property list. */
export function unwritable(what: string): never {
  throw new Malformed('plist.unwritable', what)
}

/** Refuses integers that no reader could take back. */
export function checkInteger(value: bigint): bigint {
  return value < INT_MIN || value > INT_MAX ? unwritable('integer beyond 64 bits') : value
}

function write(value: Plist, indent: string): string {
  switch (typeof value) {
    case 'string':
      return `${indent}<string>${quote(value)}</string>\n`
    case 'number':
      return Number.isSafeInteger(value) ? `${indent}<integer>${value}</integer>\n` : real(value, indent)
    case 'bigint':
      return `${indent}<integer>${checkInteger(value)}</integer>\n`
    case 'boolean':
      return value ? `${indent}<true/>\n` : `${indent}<false/>\n`
    case 'object':
      return value === null ? unwritable('null') : writeObject(value, indent)
    default:
      return unwritable(typeof value)
  }
}

function writeObject(value: Exclude<Plist, string | number | bigint | boolean>, indent: string): string {
  if (value instanceof Uint8Array) return `${indent}<data>${value.toBase64()}</data>\n`
  if (value instanceof Date) return `${indent}<date>${isoSeconds(value)}</date>\n`
  if (value instanceof Real) return real(value.value, indent)
  if (value instanceof Uid) return unwritable('a uid in XML')
  if (indent.length >= DEFAULT_LIMITS.maxDepth) unwritable('too deep, or a cycle')
  const inner = `${indent}\t`
  let out = ''
  if (Array.isArray(value)) {
    for (const item of value) out += write(item, inner)
    return out === '' ? `${indent}<array/>\n` : `${indent}<array>\n${out}${indent}</array>\n`
  }
  for (const key of Object.keys(value)) {
    const item = value[key]
    if (item === undefined) unwritable(`undefined at ${key}`)
    out += `${inner}<key>${quote(key)}</key>\n${write(item, inner)}`
  }
  return out === '' ? `${indent}<dict/>\n` : `${indent}<dict>\n${out}${indent}</dict>\n`
}

function real(value: number, indent: string): string {
  return `${indent}<real>${realText(value)}</real>\n`
}

function realText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? '+infinity' : '-infinity'
  if (Object.is(value, -0)) return '-0.0'
  return String(value)
}

/** The instant as the format knows it: UTC, whole seconds, `2026-11-20T17:00:00Z`. */
export function isoSeconds(date: Date): string {
  const ms = date.getTime()
  if (Number.isNaN(ms)) return unwritable('an invalid date')
  const year = date.getUTCFullYear()
  // toISOString writes ±YYYYYY outside 0..9999; the format has no sign for large years.
  const rest = new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(-20, -5)
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}${rest}Z`
}

function quote(text: string): string {
  if (!SPECIAL.test(text)) return text
  // A bare CR would come back as LF (XML 1.0 §2.11).
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')
}
