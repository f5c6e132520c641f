import { whole } from './merge.ts'
import type { Contribution, Effective, EffectiveItem } from './state.ts'

/** Policies that want different things of one device, where no rule but nearness decides. */
export interface Conflict {
  readonly item: string
  /** null: they claim the whole item, such as two policies for one Wi-Fi network. */
  readonly key: string | null
  /** Nearest first; the first wins. */
  readonly policies: readonly string[]
  readonly winner: string
  /** Some of the losers are as near as the winner, so only the order of blueprints decides: mostly a mistake. Else a nearer one overrides, as is often meant. */
  readonly level: 'equal' | 'nearer'
}

/** By item: devices of many results have one and the same. */
const known = new WeakMap<EffectiveItem, readonly Conflict[]>()

/** The conflicts that were decided on a device, in order of item and key. */
export function conflictsOf(effective: Effective): readonly Conflict[] {
  return effective.items.flatMap(conflictsOn)
}

function conflictsOn(item: EffectiveItem): readonly Conflict[] {
  const found = known.get(item) ?? conflictsIn(item)
  known.set(item, found)
  return found
}

function conflictsIn({ item, instance, from, keys }: EffectiveItem): Conflict[] {
  if (from.length < 2) return []
  const contested = Object.entries(keys).filter(([, one]) => one.decided === 'nearest')
  // An instance is taken whole, so that all its keys tell the same.
  const told = instance === null ? contested : contested.slice(0, 1)
  return told.flatMap(([key, { won, lost }]) => {
    const winner = from[won[0] ?? 0]
    const losers = lost.map(l => from[l.from]).filter(c => c !== undefined)
    if (winner === undefined || losers.length === 0) return []
    const level = losers.some(loser => equallyNear(loser, winner)) ? 'equal' : 'nearer'
    const policies = [winner, ...losers].map(c => c.policy)
    return [{ item, key: instance !== null || key === whole ? null : key, policies, winner: winner.policy, level }]
  })
}

function equallyNear(a: Contribution, b: Contribution): boolean {
  return a.reach.level === b.reach.level && a.reach.depth === b.reach.depth
}
