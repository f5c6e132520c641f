import { z } from 'zod'
import type { Finding, Json, KeyRule, PolicyKind } from '../kind.ts'
import { honorsOf } from './honor.ts'
import { findingsOf } from './issue.ts'

/** A JSON object. */
export type Values = { readonly [key: string]: Json }

/** What is written down of a kind of ours. */
export interface Written {
  readonly kind: string
  readonly merge: 'settings' | 'instances'
  readonly keys: Readonly<Record<string, z.ZodType>>
  /** Of `instances`: the key that tells one from another. */
  readonly identity?: string
  readonly rules?: Readonly<Record<string, KeyRule>>
  /** What platforms make of it, by key; see `honor.ts`. */
  readonly honors: Readonly<Record<string, string>>
  /** What no schema says: keys that need or exclude each other. Asked only of values that fit the schema. */
  also?(value: Values): readonly Finding[]
}

/** Makes a kind of ours of what is written down about it. */
export function define(written: Written): PolicyKind {
  const { kind, merge, identity, rules, also } = written
  const shape = z.strictObject(written.keys)
  const schema = plainJson(z.toJSONSchema(shape))
  const defaults = defaultsOf(schema)
  return {
    kind,
    family: 'ours',
    merge,
    schema,
    settings: () => keysIn(schema, ''),
    ...(rules ? { rules } : {}),
    ...(identity === undefined ? {} : { identity: (value: Json) => identityIn(value, identity) }),
    check(value) {
      const read = shape.safeParse(value)
      if (!read.success) return findingsOf(read.error, value)
      if (!isValues(value)) return []
      return [...(also?.(value) ?? []), ...withoutEffect(value, defaults)]
    },
    honors: honorsOf(written.honors),
  }
}

/** Whether a value is an object with keys. */
export function isValues(value: Json | undefined): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An error at a place in the value. */
export function fault(code: string, path: string, facts?: Finding['facts']): Finding {
  return { severity: 'error', code, path, ...(facts ? { facts } : {}) }
}

/** Something that may be meant so, but probably is not. */
export function warning(code: string, path: string, facts?: Finding['facts']): Finding {
  return { severity: 'warning', code, path, ...(facts ? { facts } : {}) }
}

/** Errors for those of the keys that are missing. */
export function missing(value: Values, at: string, keys: readonly string[]): Finding[] {
  return keys.filter(key => value[key] === undefined).map(key => fault('value.missing', `${at}/${key}`))
}

function identityIn(value: Json, key: string): string | null {
  const found = isValues(value) ? value[key] : undefined
  return typeof found === 'string' ? found : null
}

/** Keys that say what devices do anyway: they can be taken out, unless they are there to win over others. */
function withoutEffect(value: Values, defaults: ReadonlyMap<string, Json>): Finding[] {
  return Object.entries(value)
    .filter(([key, is]) => defaults.has(key) && defaults.get(key) === is)
    .map(([key]) => ({ severity: 'note', code: 'value.is-default', path: `/${key}` }))
}

function defaultsOf(schema: Json): ReadonlyMap<string, Json> {
  const properties = isValues(schema) ? schema['properties'] : undefined
  if (!isValues(properties)) return new Map()
  return new Map(
    Object.entries(properties).flatMap(([key, about]): [string, Json][] => {
      const is = isValues(about) ? about['default'] : undefined
      return is === undefined ? [] : [[key, is]]
    }),
  )
}

/** The paths of all keys a schema describes, those of lists' items without a step for the item. */
function keysIn(schema: Json | undefined, at: string): string[] {
  if (!isValues(schema)) return []
  const { properties, items, anyOf } = schema
  const own = isValues(properties)
    ? Object.entries(properties).flatMap(([key, of]) => {
        const path = at === '' ? key : `${at}/${key}`
        return [path, ...keysIn(of, path)]
      })
    : []
  return [...own, ...keysIn(items, at), ...(Array.isArray(anyOf) ? anyOf.flatMap(one => keysIn(one, at)) : [])]
}

/** What a library wrote, as plain JSON. */
function plainJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value))
}
