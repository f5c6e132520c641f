import { everything } from '../../base/authority.ts'
import type { Scope } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import { diff, type Effects, openGrouping, openResolver, type Target } from '../blueprints/index.ts'
import { devicesAmong } from '../devices/index.ts'
import { groupsOf } from '../identity/index.ts'
import { findPolicyKind } from '../policies/index.ts'
import { snapshot, targetsPage } from '../previews/index.ts'
import * as store from './import-store.ts'
import { type Moves, movesOf, retarget } from './moves.ts'
import type { Shift } from './row.ts'

/** The devices for which the same changes, as it is shown. */
export interface ShownGroup {
  key: string
  devices: number
  people: number
  byPlatform: Record<string, number>
  sample: { id: string; name: string; user: string | null }[]
  effects: Effects['groups'][number]['effects']
}

/** What moves would do to devices, as it is stored and shown. */
export interface Outlook {
  devices: number
  changed: number
  people: number
  added: number
  altered: number
  removed: number
  groups: ShownGroup[]
  /** Groups that are not shown, because they are many and small. */
  moreGroups: number
}

/** The same for the devices that go from one place to another. */
export interface PlaceOutlook extends Outlook {
  key: string
}

const atOnce = 500
const shownGroups = 40
const shownSample = 8

/** Looks at every device that the moves touch: what it has now, what it would have. `placeOf` also tells the devices apart by where they go. */
export async function effectsOf(
  base: Base,
  org: Id<'org'>,
  moves: Moves,
  placeOf: (before: Target, after: Target) => string = () => '',
): Promise<Outlook & { places: PlaceOutlook[] }> {
  const scope: Scope = { org, actor: { kind: 'system', id: null, what: 'changes.effects' }, authority: everything }
  const state = await snapshot(base, org)
  const resolver = openResolver(state, base.clock.now(), findPolicyKind)
  const whole = openGrouping()
  const places = new Map<string, ReturnType<typeof openGrouping>>()
  for await (const before of touched(base, scope, moves)) {
    const after = retarget(moves, before)
    const effects = diff(resolver.effective(before), resolver.effective(after))
    const key = placeOf(before, after)
    const place = places.get(key) ?? openGrouping()
    places.set(key, place)
    place.add(before, effects)
    whole.add(before, effects)
  }
  const sum = await shown(base, scope, whole.finish())
  const apart: PlaceOutlook[] = []
  for (const [key, grouping] of places) apart.push({ key, ...(await shown(base, scope, grouping.finish())) })
  return { ...sum, places: apart }
}

/** Every device that moves may touch, once. */
async function* touched(base: Base, scope: Scope, moves: Moves): AsyncGenerator<Target> {
  const seen = new Set<string>()
  const parts: { users?: string[]; ids?: string[]; within?: string[] }[] = [
    ...chunks([...moves.users.keys()]).map(users => ({ users })),
    ...chunks([...moves.devices.keys()]).map(ids => ({ ids })),
    ...moves.units.map(u => ({ within: [u.from] })),
  ]
  for (const part of parts) {
    let after: string | undefined = ''
    while (after !== undefined) {
      const from: string = after
      const page = await base.read(scope, ctx => targetsPage(ctx, { ...part, after: from, limit: atOnce }))
      for (const target of page) if (!seen.has(target.id)) yield target
      for (const { id } of page) seen.add(id)
      after = page.length < atOnce ? undefined : page.at(-1)?.id
    }
  }
}

function chunks(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, i) => ids.slice(i * atOnce, (i + 1) * atOnce))
}

async function shown(base: Base, scope: Scope, effects: Effects): Promise<Outlook> {
  const groups = effects.groups.slice(0, shownGroups)
  const ids = groups.flatMap(g => g.sample.slice(0, shownSample))
  const devices = ids.length === 0 ? [] : await base.read(scope, ctx => devicesAmong(ctx, { ids }))
  const byId = new Map(devices.map(d => [String(d.id), d]))
  const { devices: looked, changed, people, added, altered, removed } = effects
  return {
    devices: looked,
    changed,
    people,
    added,
    altered,
    removed,
    groups: groups.map(g => ({
      key: g.key,
      devices: g.devices,
      people: g.people,
      byPlatform: { ...g.byPlatform },
      sample: g.sample.slice(0, shownSample).flatMap(id => {
        const device = byId.get(id)
        return device ? [{ id, name: device.name, user: device.userName }] : []
      }),
      effects: g.effects,
    })),
    moreGroups: effects.groups.length - groups.length,
  }
}

/** What an import would do to devices, from what its lines move. */
export async function effectsOfImport(base: Base, org: Id<'org'>, id: string): Promise<Outlook | null> {
  const scope: Scope = { org, actor: { kind: 'system', id: null, what: 'changes.effects' }, authority: everything }
  const shifts: Shift[] = []
  let after = -1
  for (;;) {
    const from = after
    const page = await base.read(scope, ctx => store.shiftsAfter(ctx, id, from, 2000))
    for (const { n, shift } of page) {
      shifts.push(JSON.parse(shift) as Shift)
      after = n
    }
    if (page.length < 2000) break
  }
  const row = await base.read(scope, ctx => store.findImport(ctx, id))
  if (!row) return null
  const groups = await holdersGroups(base, scope, shifts)
  const { places: _, ...outlook } = await effectsOf(
    base,
    org,
    movesOf(shifts, { groups, follow: row.devices_follow === 1 }),
  )
  return outlook
}

/** Groups of those whom devices are given to. */
export async function holdersGroups(
  base: Base,
  scope: Scope,
  shifts: readonly Shift[],
): Promise<Map<string, string[]>> {
  const users = [...new Set(shifts.flatMap(s => s.device?.user ?? []))]
  const all = new Map<string, string[]>()
  for (const part of chunks(users))
    for (const [user, groups] of await base.read(scope, ctx => groupsOf(ctx, part))) all.set(user, groups)
  return all
}
