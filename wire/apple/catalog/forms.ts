import { isObject, type Json } from './catalog.ts'

/*
 * JSON has no bytes, instants or variables. Each is an object with one key that begins with `$`:
 *   {"$var": "user.email"}            a variable, filled in per device
 *   {"$text": ["a ", {"$var": …}]}    text put together from pieces
 *   {"$secret": "sec_…"}              a secret, opened only when it is delivered
 *   {"$newSecret": "…", "name"?: "…"} a secret that is put away when the value is saved
 *   {"$data": "base64"}               bytes
 *   {"$date": "2026-11-20T09:00:00Z"} an instant
 *   {"$real": 1}                      a number that is not an integer although it looks like one
 *   {"$integer": "9223372036854775807"} an integer beyond what JSON's numbers hold
 */

/** The names of the forms. */
export const formNames = ['$var', '$text', '$secret', '$newSecret', '$data', '$date', '$real', '$integer'] as const
export type FormName = (typeof formNames)[number]

/** A value that is one of the forms. */
export interface SpecialForm {
  readonly form: FormName
  readonly value: Json
}

const known = new Set<string>(formNames)

/** The form a value has; undefined for everything plain. An object with one key that begins with `$` and is no form is `unknown`. */
export function formOf(value: Json | undefined): SpecialForm | 'unknown' | undefined {
  if (!isObject(value)) return undefined
  const keys = Object.keys(value)
  const fresh = value.$newSecret
  if (fresh !== undefined && keys.every(k => k === '$newSecret' || k === 'name'))
    return { form: '$newSecret', value: fresh }
  const [only] = keys
  if (keys.length !== 1 || only === undefined || !only.startsWith('$')) return undefined
  const inner = value[only]
  if (inner === undefined) return undefined
  return known.has(only) ? { form: only as FormName, value: inner } : 'unknown'
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** The bytes of base64 text, white space allowed; undefined when it is none. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  const plain = text.replaceAll(/\s+/g, '')
  if (!base64.test(plain)) return undefined
  const binary = atob(plain)
  const out = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) out[i] = binary.charCodeAt(i)
  return out
}

/** Bytes as base64. */
export function base64Of(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return btoa(binary)
}

/** The instant of an RFC 3339 text with whole seconds, as property lists hold them; undefined when it is none. */
export function instantOf(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.0+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? undefined : at
}

const unfilled = new Set<FormName>(['$var', '$text', '$secret', '$newSecret'])

/** Whether a value stands for a text that is only known later. */
export function isLater(form: SpecialForm): boolean {
  return unfilled.has(form.form)
}
