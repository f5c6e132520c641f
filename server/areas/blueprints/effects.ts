import type { Json } from '../policies/index.ts'
import { compare, fieldOf, isFields, same } from './canonical.ts'
import { whole } from './merge.ts'
import type { Effect, Effective, EffectiveItem, KeyEffect } from './state.ts'

const nothing: readonly Effect[] = []

/** The last pair of each: resolvers answer devices of one class with one object, so a fleet has few pairs. */
const compared = new WeakMap<Effective, { after: Effective; effects: readonly Effect[] }>()

/** What changes for a device between two resolutions, in order of items; nothing if and only if the hashes are equal. */
export function diff(before: Effective, after: Effective): readonly Effect[] {
  if (before.hash === after.hash) return nothing
  const known = compared.get(before)
  if (known?.after === after) return known.effects
  const effects = compareItems(before, after)
  compared.set(before, { after, effects })
  return effects
}

/** Walks both lists, which are in the same order. */
function compareItems({ items: was }: Effective, { items: is }: Effective): Effect[] {
  const effects: Effect[] = []
  for (let i = 0, j = 0; i < was.length || j < is.length; ) {
    const [before, after] = [was[i], is[j]]
    const order = before === undefined ? 1 : after === undefined ? -1 : compare(before.item, after.item)
    const effect = effectOf(order > 0 ? undefined : before, order < 0 ? undefined : after)
    if (effect !== undefined) effects.push(effect)
    if (order <= 0) i += 1
    if (order >= 0) j += 1
  }
  return effects
}

function effectOf(before: EffectiveItem | undefined, after: EffectiveItem | undefined): Effect | undefined {
  const shown = after ?? before
  if (shown === undefined || before?.hash === after?.hash) return undefined
  const sign = before === undefined ? 'add' : after === undefined ? 'remove' : 'change'
  const { item, kind, name, from } = shown
  return { sign, item, kind, name, policy: from[0]?.policy ?? '', keys: keyEffects(before?.value, after?.value) }
}

function keyEffects(before: Json | undefined, after: Json | undefined): KeyEffect[] {
  const spoken = [before, after].filter(v => v !== undefined)
  if (!spoken.every(isFields)) return [{ key: whole, before: before ?? null, after: after ?? null }]
  const keys = new Set(spoken.flatMap(v => Object.keys(v)))
  return [...keys].toSorted(compare).flatMap(key => {
    const [was, is] = [fieldOf(before, key), fieldOf(after, key)]
    return same(was, is) ? [] : [{ key, before: was ?? null, after: is ?? null }]
  })
}
