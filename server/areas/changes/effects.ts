import type { Scope } from '../../base/ctx.ts'
import { everything } from '../../base/authority.ts'
import type { Id } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import { diff, type Effects, keyOf, openGrouping, openResolver, type Target } from '../blueprints/index.ts'
import { groupsOf } from '../identity/index.ts'
import { findPolicyKind } from '../policies/index.ts'
import {
  licenseShifts,
  openSeatNeeds,
  type Preview,
  previewOf,
  shownEffect,
  snapshot,
  walk,
} from '../previews/index.ts'
import * as store from './import-store.ts'
import { type Moves, movesOf, retarget } from './moves.ts'
import type { Shift } from './row.ts'

/** What changes for the people and devices that go from one place to another. Paths of units; units yet to be made have no id in theirs. */
export interface Place {
  from: string
  to: string
  people: number
  devices: number
  changed: number
  added: number
  altered: number
  removed: number
  groups: Omit<Preview['groups'][number], 'sample'>[]
  moreGroups: number
}

/** What moves would do. */
export interface Outlook {
  preview: Preview
  /** Most people first. */
  places: Place[]
}

const shownPlaces = 200
const shownGroups = 20

/** Everything that moves would do to devices, whole and apart by where they go. Waits as long as it takes: for the background. */
export async function outlookOf(base: Base, scope: Scope, moves: Moves): Promise<Outlook> {
  return {
    preview: await moved(base, scope, moves, Number.POSITIVE_INFINITY),
    places: await placesOf(base, scope, moves),
  }
}

/** The effects of moves over the devices they touch. */
export async function moved(base: Base, scope: Scope, moves: Moves, patienceMs: number): Promise<Preview> {
  const state = await snapshot(base, scope.org)
  const difference = { before: state, after: state, retarget: (t: Target) => retarget(moves, t), among: amongOf(moves) }
  return previewOf(base, scope, difference, { patienceMs: Math.min(patienceMs, longestMs) })
}

// A timer takes no more.
const longestMs = 2 ** 31 - 1

function amongOf(moves: Moves) {
  return {
    within: moves.units.map(u => u.from),
    devices: [...moves.devices.keys()],
    users: [...moves.users.keys()],
    groups: [],
    tags: [],
  }
}

async function placesOf(base: Base, scope: Scope, moves: Moves): Promise<Place[]> {
  const { org } = scope
  const state = await snapshot(base, org)
  const resolver = openResolver(state, base.clock.now(), findPolicyKind)
  const places = new Map<string, { people: Set<string>; grouping: ReturnType<typeof openGrouping> }>()
  const seats = openSeatNeeds()
  const at = (from: string, to: string) => {
    const key = `${from} ${to}`
    const known = places.get(key) ?? { people: new Set<string>(), grouping: openGrouping() }
    places.set(key, known)
    return known
  }
  for (const person of moves.users.values()) if (!person.gone) at(person.from, person.to).people.add(person.id)
  for await (const page of walk(base, org, amongOf(moves))) {
    for (const before of page) {
      const after = { ...before, ...retarget(moves, before) }
      const [old, now] = [resolver.effective(before), resolver.effective(after)]
      const effects = diff(old, now)
      at(before.path, after.path).grouping.add(before, effects)
      seats.add({ was: before, target: after, old, now, group: () => `${before.path} ${after.path} ${keyOf(effects)}` })
    }
  }
  const licenses = (await base.read(scope, ctx => licenseShifts(ctx, seats.finish()))).groups
  return [...places]
    .map(([key, place]) => shown(key, place.people.size, { ...place.grouping.finish(), licenses }))
    .sort((a, b) => b.people - a.people || b.devices - a.devices)
    .slice(0, shownPlaces)
}

type Licenses = Awaited<ReturnType<typeof licenseShifts>>['groups']

function shown(key: string, moving: number, effects: Effects & { licenses: Licenses }): Place {
  const [from = '', to = ''] = key.split(' ')
  const { devices, changed, added, altered, removed, groups } = effects
  return {
    from,
    to,
    people: Math.max(moving, effects.people),
    devices,
    changed,
    added,
    altered,
    removed,
    groups: groups.slice(0, shownGroups).map(({ key: of, devices: n, people, byPlatform, effects: all }) => ({
      key: of,
      devices: n,
      people,
      byPlatform: { ...byPlatform },
      effects: all.map(shownEffect),
      licenses: effects.licenses.get(`${key} ${of}`) ?? [],
    })),
    moreGroups: Math.max(0, groups.length - shownGroups),
  }
}

const shiftsAtOnce = 2000

/** What an import would do to devices, from what its lines move. */
export async function outlookOfImport(base: Base, org: Id<'org'>, id: string): Promise<Outlook | null> {
  const scope: Scope = { org, actor: { kind: 'system', id: null, what: 'changes.effects' }, authority: everything }
  const shifts: Shift[] = []
  let after = -1
  for (;;) {
    const from = after
    const page = await base.read(scope, ctx => store.shiftsAfter(ctx, id, from, shiftsAtOnce))
    shifts.push(...page.map(p => JSON.parse(p.shift) as Shift))
    after = page.at(-1)?.n ?? after
    if (page.length < shiftsAtOnce) break
  }
  const row = await base.read(scope, ctx => store.findImport(ctx, id))
  if (!row) return null
  const groups = await holdersGroups(base, scope, shifts)
  return outlookOf(base, scope, movesOf(shifts, { groups, follow: row.devices_follow === 1 }))
}

/** Groups of those whom devices are given to. */
export async function holdersGroups(
  base: Base,
  scope: Scope,
  shifts: readonly Shift[],
): Promise<Map<string, string[]>> {
  const users = [...new Set(shifts.flatMap(s => s.device?.user ?? []))]
  const all = new Map<string, string[]>()
  for (let i = 0; i < users.length; i += 500)
    for (const [user, groups] of await base.read(scope, ctx => groupsOf(ctx, users.slice(i, i + 500))))
      all.set(user, groups)
  return all
}
