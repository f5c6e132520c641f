import type { Json } from './kind.ts'

/** Names of variables that are always known; `user.attribute.<name>` is known for every attribute of the org's users. */
export const variableNames = [
  'user.email',
  'user.displayName',
  'user.familyName',
  'user.givenName',
  'user.yomi',
  'user.employeeNumber',
  'user.language',
  'user.shortName',
  'device.serial',
  'device.udid',
  'device.name',
  'device.model',
  'device.assetTag',
  'device.imei',
  'unit.name',
  'org.name',
] as const

const attribute = /^user\.attribute\.[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u

/** Whether a variable of this name can ever have a value. */
export function isVariable(name: string): boolean {
  return (variableNames as readonly string[]).includes(name) || attribute.test(name)
}

/** What a device gives to the variables of its policies; absent and undefined mean that there is none. */
export type Bindings = Readonly<Record<string, Json | undefined>>

const record = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const list = (value: Json): value is readonly Json[] => Array.isArray(value)

/** The one form of this name that the value is, or undefined: `form({"$var": "user.email"}, "$var")`. */
export function form(value: Json, name: '$var' | '$text' | '$secret' | '$newSecret'): Json | undefined {
  if (!record(value) || !Object.hasOwn(value, name)) return undefined
  return name === '$newSecret' || Object.keys(value).length === 1 ? value[name] : undefined
}

/** Names of the variables a value asks for, each once, in order of the alphabet. */
export function variablesIn(value: Json): string[] {
  return [...gathered(value, '$var')].sort()
}

/** Ids of the secrets a value names, each once. */
export function secretsIn(value: Json): string[] {
  return [...gathered(value, '$secret')].sort()
}

function gathered(value: Json, name: '$var' | '$secret', into = new Set<string>()): Set<string> {
  const found = form(value, name)
  if (typeof found === 'string') into.add(found)
  else if (list(value)) for (const one of value) gathered(one, name, into)
  else if (record(value)) for (const one of Object.values(value)) gathered(one, name, into)
  return into
}

/** A value with its variables filled in, and the names of those that have no value here; with any of those the item cannot be delivered. */
export interface Filled {
  readonly value: Json
  readonly missing: readonly string[]
}

/** Fills the variables of a value in. Pure. `$var` takes the type of what it is bound to, `$text` joins its pieces as text; secrets, bytes and instants stay. */
export function fill(value: Json, bindings: Bindings): Filled {
  const missing = new Set<string>()
  const filled = replaced(value, bindings, missing)
  return { value: filled, missing: [...missing].sort() }
}

function replaced(value: Json, bindings: Bindings, missing: Set<string>): Json {
  if (list(value)) return value.map(one => replaced(one, bindings, missing))
  if (!record(value)) return value
  const name = form(value, '$var')
  if (typeof name === 'string') return bound(name, bindings, missing)
  const pieces = form(value, '$text')
  if (pieces !== undefined && list(pieces)) return pieces.map(one => textOf(replaced(one, bindings, missing))).join('')
  // A key may be `__proto__`, which assignment would swallow.
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, bindings, missing)]))
}

function bound(name: string, bindings: Bindings, missing: Set<string>): Json {
  const value = Object.hasOwn(bindings, name) ? bindings[name] : undefined
  if (value === undefined || value === null || value === '') {
    missing.add(name)
    return ''
  }
  return value
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
}
