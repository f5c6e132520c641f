import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Effect, EffectGroup, OrgState } from '../blueprints/index.ts'
import { targetRows } from '../devices/index.ts'
import { namesOf } from '../identity/index.ts'
import type { Json } from '../policies/index.ts'
import type { Computed } from './compute.ts'
import { type GroupShift, licenseShifts, type Remark, shortages } from './seats.ts'
import type { Preview } from './shapes.ts'
import type { NamedTarget } from './target.ts'
import type { Tried } from './trying.ts'

/** What is shown of each list; the rest is counted. */
const limits = { notes: 50, licenses: 100, groups: 100, keys: 60, value: 4000, conflicts: 50, unhonored: 50 }

/** A computation as it is stored: cut to what people can look at, with names for what they know by name. */
export async function shownPreview(
  ctx: Ctx,
  computed: Computed,
  of: { id: string; state: OrgState; confirmAbove: number },
): Promise<Preview> {
  const { effects, removals, named } = computed
  const groups = effects.groups.slice(0, limits.groups)
  const users = await userNames(ctx, named)
  const shifts = await licenseShifts(ctx, computed.seats)
  const notes = shortages(shifts.all)
  const nameOf = (id: string) => ({ id, name: of.state.policies.get(id)?.name ?? '' })
  return {
    id: of.id,
    state: 'done',
    progress: { looked: effects.devices, of: effects.devices },
    devices: effects.devices,
    changed: effects.changed,
    people: effects.people,
    added: effects.added,
    altered: effects.altered,
    removed: effects.removed,
    groups: groups.map(g => shownGroup(g, { named, users, licenses: shifts.groups.get(g.key) ?? [] })),
    moreGroups: effects.groups.length - groups.length,
    tests: shownTests(computed.tests, named),
    conflicts: computed.conflicts
      .slice(0, limits.conflicts)
      .map(c => ({ ...c, policies: c.policies.map(nameOf), winner: c.winner })),
    unhonored: computed.unhonored.slice(0, limits.unhonored).map(u => ({ ...u, keys: u.keys.slice(0, limits.keys) })),
    notes: notes.slice(0, limits.notes),
    licenses: shifts.all.slice(0, limits.licenses),
    needsConfirmation: asked(removals > of.confirmAbove ? removals : 0, of.confirmAbove, notes),
  }
}

/** What is typed before the change is made: how many lose something where those are many, and how many licenses are missing. */
function asked(removals: number, limit: number, notes: readonly Remark[]): Preview['needsConfirmation'] {
  const short = notes.reduce((sum, n) => sum + Number(n.facts['short'] ?? 0), 0)
  if (removals === 0 && short === 0) return null
  const phrase = [...(removals > 0 ? [`remove ${removals}`] : []), ...(short > 0 ? [`short ${short}`] : [])].join(' ')
  return { phrase, removals, limit, short }
}

/** The results of tests with the names of the devices that fail; a test passes when none does. Unless `all` are asked for, those that speak about none of the devices are left out. */
export function shownTests(
  tried: readonly Tried[],
  named: ReadonlyMap<string, NamedTarget>,
  { all = false }: { all?: boolean } = {},
): Preview['tests'] {
  return tried
    .filter(t => all || t.devices > 0)
    .map(({ failures, ...t }) => ({
      ...t,
      passed: t.failing === 0,
      failures: failures.map(({ device, failure: { why, item, key, is } }) => ({
        device: { id: device, name: named.get(device)?.name ?? '' },
        why,
        item,
        ...(key === undefined ? {} : { key }),
        ...(is === undefined ? {} : { is: brief(is) }),
      })),
    }))
}

function shownGroup(
  { sample, effects, ...group }: EffectGroup,
  of: {
    named: ReadonlyMap<string, NamedTarget>
    users: ReadonlyMap<string, string>
    licenses: readonly GroupShift[]
  },
): Preview['groups'][number] {
  return {
    ...group,
    licenses: of.licenses.slice(0, limits.licenses),
    sample: sample.flatMap(id => {
      const target = of.named.get(id)
      return target ? [deviceRef(target, of.users)] : []
    }),
    effects: effects.map(shownEffect),
  }
}

/** An effect as people are shown it: some of its keys, long values by their length. */
export function shownEffect({ keys, ...effect }: Effect): Preview['groups'][number]['effects'][number] {
  const some = keys.slice(0, limits.keys)
  return {
    ...effect,
    keys: some.map(k => ({ key: k.key, before: brief(k.before), after: brief(k.after) })),
    moreKeys: keys.length - some.length,
  }
}

/** A value as it is shown: one that nobody would read says only how long it is. */
function brief(value: Json | null): Json {
  const length = JSON.stringify(value).length
  return length > limits.value ? { $long: length } : value
}

/** A device as previews name it. */
export function deviceRef(target: NamedTarget, users: ReadonlyMap<string, string>) {
  const { id, name, platform, formFactor, user } = target
  return { id, name, platform, formFactor, user: user === null ? null : (users.get(user) ?? null) }
}

/** Names of the users of these devices. */
export async function userNames(
  ctx: Ctx,
  named: ReadonlyMap<string, Pick<NamedTarget, 'user'>>,
): Promise<ReadonlyMap<string, string>> {
  return namesOf(ctx, [...new Set([...named.values()].flatMap(t => t.user ?? []))])
}

/**
 * A preview as this reader may see it. Numbers stay, because whoever may save must know what it does; devices that they may not read are not named.
 */
export async function forReader(ctx: Ctx, preview: Preview): Promise<Preview> {
  const ids = new Set([
    ...preview.groups.flatMap(g => g.sample.map(s => s.id)),
    ...preview.tests.flatMap(t => t.failures.map(f => f.device.id)),
  ])
  const seen = await readable(ctx, [...ids])
  return {
    ...preview,
    groups: preview.groups.map(g => ({ ...g, sample: g.sample.filter(s => seen.has(s.id)) })),
    tests: preview.tests.map(t => ({ ...t, failures: t.failures.filter(f => seen.has(f.device.id)) })),
  }
}

/** Those of these devices that the reader may see. */
export async function readable(ctx: Ctx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ctx.authority.where('devices:read').some(path => path.split('/').length <= 3)) return new Set(ids)
  const seen = new Set<string>()
  for (let from = 0; from < ids.length; from += 500)
    for (const row of await targetRows(ctx, { ids: ids.slice(from, from + 500), limit: 500 }))
      if (may(ctx.authority, 'devices:read', row.path)) seen.add(row.id)
  return seen
}
