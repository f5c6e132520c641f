import { versionNumber } from '../devices/index.ts'
import type { Json } from '../policies/index.ts'
import { fieldOf, isFields, same } from './canonical.ts'
import { reach } from './scope.ts'
import type { Effective, EffectiveItem, Scope, Target } from './state.ts'

/**
 * What should be true of what a device ends up with. An item is `kind#instance`, or a kind, which means any instance of it.
 * A key is a top-level key of the value, or a JSON pointer (RFC 6901) into it.
 */
export type Expectation =
  | { readonly has: string }
  | ({ readonly has: string; readonly key: string } & Bound)
  /** With a key: no such item says anything about the key. */
  | { readonly lacks: string; readonly key?: string }

/** What the value of a key should be. Versions (`17.4`) compare as versions do. */
export type Bound =
  | { readonly equals: Json }
  | { readonly atLeast: number | string }
  | { readonly atMost: number | string }
  | { readonly oneOf: readonly Json[] }

/** A policy test: the devices that are meant, and what is expected of each. */
export interface Assertion {
  /** Path of the unit below which devices are meant. */
  readonly unit: string
  readonly scope: Scope
  readonly expect: Expectation
}

/** How a device fails an assertion. */
export interface Failure {
  readonly why: 'item-missing' | 'item-present' | 'key-missing' | 'key-present' | 'value'
  readonly item: string
  readonly key?: string
  /** What the key is instead, for `value` and `key-present`. */
  readonly is?: Json
}

/** Whether an assertion speaks about a device. */
export function isMeant({ unit, scope }: Pick<Assertion, 'unit' | 'scope'>, target: Target): boolean {
  const everywhere = { id: '', blueprint: '', anchor: unit, scope, from: null, until: null, enabled: true }
  return 'reach' in reach(everywhere, target, 0)
}

/** Whether a device is as the assertion says; one that is not meant always is. */
export function checkAssertion(assertion: Assertion, target: Target, effective: Effective): true | Failure {
  return isMeant(assertion, target) ? checkExpectation(assertion.expect, effective) : true
}

/** Whether what a device should have is as expected. Of several instances of a kind one that is as expected suffices, for `lacks` each counts. */
export function checkExpectation(expect: Expectation, { items }: Effective): true | Failure {
  if ('lacks' in expect) return checkAbsence(expect.lacks, expect.key, items)
  const item = expect.has
  const found = items.filter(i => isCalled(i, item))
  if (found.length === 0) return { why: 'item-missing', item }
  if (!('key' in expect)) return true
  const { key } = expect
  const said = found.map(i => valueAt(i.value, key)).filter(v => v !== undefined)
  if (said.some(value => isWithin(expect, value))) return true
  return said.length === 0 ? { why: 'key-missing', item, key } : { why: 'value', item, key, is: said[0] ?? null }
}

function checkAbsence(item: string, key: string | undefined, items: readonly EffectiveItem[]): true | Failure {
  for (const one of items) {
    if (!isCalled(one, item)) continue
    if (key === undefined) return { why: 'item-present', item: one.item }
    const is = valueAt(one.value, key)
    if (is !== undefined) return { why: 'key-present', item: one.item, key, is }
  }
  return true
}

function isCalled({ item, kind }: EffectiveItem, asked: string): boolean {
  return item === asked || kind === asked
}

function valueAt(value: Json, key: string): Json | undefined {
  if (!key.startsWith('/')) return fieldOf(value, key)
  let at: Json | undefined = value
  for (const step of key.slice(1).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(at)) at = /^\d+$/.test(name) ? at[Number(name)] : undefined
    else at = isFields(at) ? fieldOf(at, name) : undefined
  }
  return at
}

function isWithin(bound: Bound, value: Json): boolean {
  if ('equals' in bound) return same(bound.equals, value)
  if ('oneOf' in bound) return bound.oneOf.some(one => same(one, value))
  if ('atLeast' in bound) return (differenceOf(value, bound.atLeast) ?? -1) >= 0
  return (differenceOf(value, bound.atMost) ?? 1) <= 0
}

/** How far a value is above another; undefined where the two are not both numbers or both versions. */
function differenceOf(value: Json, from: number | string): number | undefined {
  if (typeof value === 'number' && typeof from === 'number') return value - from
  if (typeof value !== 'string' || typeof from !== 'string' || !/^\d/.test(value)) return undefined
  return versionNumber(value) - versionNumber(from)
}
