import { canonical } from '../../base/canonical.ts'
import type { Json } from '../policies/index.ts'

type Fields = { readonly [key: string]: Json }

/** Whether a value is an object of JSON, not a list. */
export function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value of a key that the value itself has, never one that every object has. */
export function fieldOf(value: Json | undefined, key: string): Json | undefined {
  return isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** Whether two values say the same. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (a === undefined || b === undefined) return false
  if (typeof a !== 'object' || typeof b !== 'object') return false
  return canonical(a) === canonical(b)
}

/** Orders text by code units, the same on every machine and in every language. */
export function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
