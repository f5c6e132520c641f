import { createHash } from 'node:crypto'
import { compare } from './canonical.ts'
import { canonical } from '../../base/canonical.ts'
import type { Effect, EffectGroup, Effects, Target } from './state.ts'

/** Collects what a change does to many devices, in memory that grows with the kinds of difference and the people, not with the devices. */
export interface Grouping {
  /** Counts a device that was looked at, with what changes for it; nothing is an answer too. */
  add(target: Target, effects: readonly Effect[]): void
  /** What was collected so far; more may be added afterwards. */
  finish(): Effects
}

interface Group {
  readonly key: string
  readonly effects: readonly Effect[]
  devices: number
  readonly people: Set<string>
  readonly byPlatform: Map<string, number>
  readonly sample: string[]
}

/** Ids shown of each group, and groups that are kept apart. */
const limits = { sample: 20, groups: 2000 } as const

const keys = new WeakMap<readonly Effect[], string>()

/** Names a list of effects: the same name where exactly the same changes, whatever preview it is in. */
export function keyOf(effects: readonly Effect[]): string {
  const known = keys.get(effects)
  if (known !== undefined) return known
  const parts = effects.map(e => [e.sign, e.item, e.policy, e.keys.map(k => [k.key, k.before, k.after])])
  const key = createHash('sha256').update(canonical(parts)).digest('base64url').slice(0, 22)
  keys.set(effects, key)
  return key
}

/** Opens an empty grouping: identical effects are one group. */
export function openGrouping(): Grouping {
  const groups = new Map<string, Group>()
  const people = new Set<string>()
  const signs = { add: 0, change: 0, remove: 0 }
  const counts = { devices: 0, changed: 0, ungrouped: 0 }
  return {
    add: (target, effects) => {
      counts.devices += 1
      if (effects.length === 0) return
      counts.changed += 1
      for (const { sign } of effects) signs[sign] += 1
      if (target.user !== null) people.add(target.user)
      const group = groupFor(groups, effects)
      if (group === undefined) counts.ungrouped += 1
      else join(group, target)
    },
    finish: () => ({
      ...counts,
      people: people.size,
      added: signs.add,
      altered: signs.change,
      removed: signs.remove,
      groups: [...groups.values()].map(shown).sort((a, b) => b.devices - a.devices || compare(a.key, b.key)),
    }),
  }
}

function groupFor(groups: Map<string, Group>, effects: readonly Effect[]): Group | undefined {
  const key = keyOf(effects)
  const known = groups.get(key)
  if (known !== undefined || groups.size >= limits.groups) return known
  const group: Group = { key, effects, devices: 0, people: new Set(), byPlatform: new Map(), sample: [] }
  groups.set(key, group)
  return group
}

function join(group: Group, { id, user, platform }: Target): void {
  group.devices += 1
  if (user !== null) group.people.add(user)
  group.byPlatform.set(platform, (group.byPlatform.get(platform) ?? 0) + 1)
  if (group.sample.length < limits.sample) group.sample.push(id)
}

function shown({ key, effects, devices, people, byPlatform, sample }: Group): EffectGroup {
  const platforms = [...byPlatform].toSorted(([a], [b]) => compare(a, b))
  return {
    key,
    effects,
    devices,
    people: people.size,
    byPlatform: Object.fromEntries(platforms),
    sample: [...sample],
  }
}
