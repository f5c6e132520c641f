import type { ItemStatus } from './item.ts'
import { waitsMs } from './pace.ts'

/** What a plan looks at of each item of a channel: every item that is wanted or was ever handed over. */
export type Planned = Pick<
  ItemStatus,
  'item' | 'kind' | 'wanted' | 'state' | 'attempts' | 'notBefore' | 'claims' | 'needs'
>

/** One move from reported to desired. */
export type Step =
  | { readonly do: 'install'; readonly item: string; readonly version: string }
  | { readonly do: 'remove'; readonly item: string; readonly version: null }

/**
 * The ordered way from what a channel has to what it should have, as far as it may be walked now; pure. Removals that stand in the way of an
 * install come before it, what an item needs comes before it too, and other removals come last, so that a device joins its new network
 * before it leaves the old one. A step waits while what it follows is on its way; the first step can always be taken.
 */
export function plan(items: readonly Planned[], now: number): Step[] {
  const byItem = new Map(items.map(i => [i.item, i]))
  const sorted = [...items].sort((a, b) => (a.item < b.item ? -1 : 1))
  const leaving = sorted.filter(i => i.wanted === null)
  const steps: Step[] = []
  const done = new Map<string, boolean>()

  /** Adds what comes before a removal (whatever needs the item), then the removal; answers whether nothing of it is outstanding but steps of this plan. */
  const remove = (one: Planned): boolean => {
    const known = done.get(one.item)
    if (known !== undefined) return known
    done.set(one.item, true)
    const dependents = leaving.filter(other => other.needs.includes(one.item)).map(remove)
    const free = dependents.every(Boolean) && isDue(one, now)
    if (free) steps.push({ do: 'remove', item: one.item, version: null })
    const answer = free || isGivenUp(one)
    done.set(one.item, answer)
    return answer
  }

  /** The same for an install: first what it needs and what is in its way. */
  const install = (one: Planned): boolean => {
    const known = done.get(one.item)
    if (known !== undefined) return known
    // Two that need each other are not held for ever.
    done.set(one.item, true)
    const { wanted } = one
    if (one.state === 'installed' || wanted === null) return true
    const needed = one.needs.flatMap(name => byItem.get(name) ?? []).filter(n => n.wanted !== null)
    const ready = needed.map(install)
    const cleared = isDue(one, now) ? inTheWay(one, leaving).map(remove) : []
    const free = ready.every(Boolean) && cleared.every(Boolean) && isDue(one, now)
    if (free) steps.push({ do: 'install', item: one.item, version: wanted })
    done.set(one.item, free)
    return free
  }

  for (const one of sorted) if (one.wanted !== null) install(one)
  const coming = new Set(items.filter(i => i.state === 'sent' && !isDue(i, now)).map(i => i.kind))
  for (const one of leaving) if (!coming.has(one.kind)) remove(one)
  return steps
}

/** Whether an item may be handed over now. */
function isDue(one: Planned, now: number): boolean {
  switch (one.state) {
    case 'wanted':
    case 'removing':
      return one.notBefore === null || one.notBefore <= now
    case 'sent':
      // One that was never answered is given up by the sweep.
      return one.attempts <= waitsMs.length && one.notBefore !== null && one.notBefore <= now
    case 'failed':
      return one.notBefore !== null && one.notBefore <= now
    default:
      return false
  }
}

/** A removal that failed for good holds nothing up any more. */
function isGivenUp(one: Planned): boolean {
  return one.state === 'failed' && one.notBefore === null
}

function inTheWay(one: Planned, leaving: readonly Planned[]): Planned[] {
  return leaving.filter(other => other.claims.some(c => one.claims.includes(c)))
}
