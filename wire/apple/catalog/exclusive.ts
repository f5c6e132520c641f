import { type Exclusive, isObject, type Json, segments, step } from './catalog.ts'
import type { Finding } from './finding.ts'

/** Whether keys that shut each other out are there together, or none of those that one of is needed. */
export function exclusive(rule: Exclusive, value: Json): Finding[] {
  return dictionaries(value, segments(rule.at), '').flatMap(({ at, keys }): Finding[] => {
    const there = rule.of.filter(key => Object.hasOwn(keys, key))
    const facts = { keys: rule.of.join(', ') }
    if (there.length > 1 && !rule.together)
      return [
        { severity: 'error', code: 'exclusive', path: step(at, there[1] ?? ''), facts: { keys: there.join(', ') } },
      ]
    return there.length === 0 && rule.required ? [{ severity: 'error', code: 'one-of', path: at, facts }] : []
  })
}

/** The dictionaries at a place; `*` stands for every item. */
function dictionaries(value: Json | undefined, way: readonly string[], at: string): { at: string; keys: object }[] {
  const [next, ...rest] = way
  if (next === undefined) return isObject(value) ? [{ at, keys: value }] : []
  if (next === '*') return Array.isArray(value) ? value.flatMap((one, i) => dictionaries(one, rest, step(at, i))) : []
  return isObject(value) && Object.hasOwn(value, next) ? dictionaries(value[next], rest, step(at, next)) : []
}
