import * as blueprints from '../../server/areas/blueprints/index.ts'
import { addGroup, createOrg } from '../../server/areas/identity/index.ts'
import { addUnit } from '../../server/areas/identity/unit.ts'
import * as policies from '../../server/areas/policies/index.ts'
import { everything } from '../../server/base/authority.ts'
import type { Ctx, Scope } from '../../server/base/ctx.ts'
import { type Id, newId } from '../../server/base/id.ts'
import type { Base } from '../../server/base/transact.ts'
import { fillFleet } from '../devices/fleet.ts'
import { type GeneratedOrg, orgOf, type Size } from './org.ts'

/** What was put into a database, for whoever measures it in another process. */
export interface Stored {
  org: Id<'org'>
  /** By the number of the unit, the root first. */
  units: { id: string; path: string }[]
  /** A restriction that reaches the whole org, and a network that reaches only one unit with what is below. */
  policies: { everyone: string; oneUnit: string }
  /** An assignment to one unit with what is below. */
  assignment: string
  people: string[]
}

/** The system, which may do everything in an org. */
export function systemIn(org: Id<'org'>): Scope {
  return { org, actor: { kind: 'system', id: null, what: 'bench' }, authority: everything }
}

interface Filling {
  base: Base
  org: Id<'org'>
  run<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
  generated: GeneratedOrg
}

/** Puts an organization into an empty database: its units, people, groups, devices, policies of real kinds, blueprints and assignments. */
export async function store(base: Base, size: Size): Promise<Stored> {
  const { org, root } = await createOrg(base, { name: 'Havsten' })
  const scope = systemIn(org)
  const filling: Filling = { base, org, run: work => base.transact(scope, work), generated: orgOf(size) }
  const units = await storeUnits(filling, root)
  await fillFleet(base, org, [...units.values()], size.devices)
  const devices = await filling.run(ctx =>
    ctx.tx.selectFrom('devices').select(['id', 'udid', 'user_id', 'user_name', 'state']).orderBy('id').execute(),
  )
  await storeEnrollments(filling, devices)
  const people = [...new Map(devices.map(d => [String(d.user_id ?? ''), String(d.user_name ?? '')]))].filter(
    ([id]) => id,
  )
  const groups = await storePeople(filling, root.id, people)
  await storeTags(
    filling,
    devices.map(d => String(d.id)),
  )
  const items = await storePolicies(filling, root.id)
  const ids = { units, groups, people: people.map(([id]) => id), devices: devices.map(d => String(d.id)) }
  const chosen = await storeAssignments(filling, { ...ids, items, root: root.id })
  return { org, units: [...units.values()], ...chosen, people: ids.people }
}

async function storeUnits({ run, generated }: Filling, root: { id: Id<'unit'>; path: string }) {
  const made = new Map<string, { id: Id<'unit'>; path: string }>([['/uni_0/', root]])
  for (const [n, path] of generated.paths.entries()) {
    if (n === 0) continue
    const parent = made.get(path.slice(0, path.lastIndexOf('/', path.length - 2) + 1))
    made.set(path, await run(ctx => addUnit(ctx, { name: `Unit ${n}`, parent: parent?.id ?? root.id })))
  }
  return made
}

type Row = Record<string, unknown>

/** Writes rows as they are, some hundred at once. */
async function insert({ run }: Filling, table: string, rows: readonly Row[]): Promise<void> {
  for (let i = 0; i < rows.length; i += 500)
    await run(ctx =>
      ctx.tx
        .insertInto(table)
        .values(rows.slice(i, i + 500))
        .execute(),
    )
}

/** Every device that is in use has an active enrollment. */
async function storeEnrollments(filling: Filling, devices: readonly Row[]): Promise<void> {
  const now = filling.base.clock.now()
  const rows = devices
    .filter(d => d['state'] === 'active')
    .map(d => ({
      org: filling.org,
      id: newId('enrollment'),
      device: d['id'],
      platform: 'apple',
      identity_key: d['udid'],
      kind: 'device',
      state: 'active',
      started_at: now,
      activated_at: now,
    }))
  await insert(filling, 'enrollments', rows)
}

/** The users of the devices, each in none to three of forty groups. */
async function storePeople(filling: Filling, root: Id<'unit'>, people: readonly (readonly [string, string])[]) {
  const { org, run, base, generated } = filling
  const unit = await run(ctx =>
    ctx.tx.selectFrom('units').select(['id', 'path']).where('id', '=', root).executeTakeFirstOrThrow(),
  )
  const now = base.clock.now()
  const user = ([id, name]: readonly [string, string]): Row => ({
    ...{ org, id, unit: root, unit_path: unit['path'], display_name: name, name_key: name.toLowerCase() },
    ...{ search: name.toLowerCase(), created_at: now },
  })
  await insert(filling, 'users', people.map(user))
  const groups: string[] = []
  for (let n = 0; n < generated.size.groups; n += 1)
    groups.push((await run(ctx => addGroup(ctx, { name: `Group ${n}`, unit: root }))).id)
  const members = people.flatMap(([user_id], n) =>
    [...new Set(Array.from({ length: n % 4 }, (_, i) => groups[(n * 7 + i * 11) % groups.length] ?? ''))].map(
      group_id => ({ org, group_id, user_id }),
    ),
  )
  await insert(filling, 'group_members', members)
  return groups
}

/** A sixth of the devices has one or two of twenty tags. */
async function storeTags(filling: Filling, devices: readonly string[]): Promise<void> {
  const { tags } = filling.generated.size
  const rows = devices.flatMap((device, n) =>
    n % 6 > 1
      ? []
      : Array.from({ length: (n % 6) + 1 }, (_, i) => `tag ${(Math.floor(n / 6) + i) % tags}`).map(tag => ({
          org: filling.org,
          device,
          tag,
          tag_key: tag,
        })),
  )
  await insert(filling, 'tags', rows)
}

/** By id of the generated policy: a real one of a real kind. */
async function storePolicies({ run, generated }: Filling, unit: string): Promise<Map<string, string>> {
  const made = new Map<string, string>()
  for (const [n, id] of [...generated.state.policies.keys()].entries()) {
    const of = { name: `Policy ${n}`, unit, ...said(n) }
    made.set(id, (await run(ctx => policies.createPolicy(ctx, of))).policy.id)
  }
  return made
}

const forbidden = ['camera', 'screenCapture', 'appRemoval', 'inAppPurchases', 'nearbySharing', 'hotspotChanges', 'nfc']
const more = ['printing', 'cloudBackup', 'cloudPhotos', 'assistant', 'diagnostics', 'eraseByUser', 'wallpaperChanges']

/** What the n-th policy says. */
export function said(n: number, version = 1): { kind: string; value: policies.Json } {
  const keys = [...forbidden, ...more].filter((_, i) => (n * 5 + i * 3 + version) % 4 < 2)
  switch (n % 8) {
    case 0:
      return { kind: 'passcode', value: { required: true, minLength: 4 + ((n + version) % 8), maxFailedAttempts: 10 } }
    case 1:
    case 2: {
      const blocked = [`org.example.app${n % 5}`, `org.example.game${n % 7}`]
      return { kind: 'restrictions', value: { ...Object.fromEntries(keys.map(k => [k, false])), blockedApps: blocked } }
    }
    case 3:
    case 4:
      return { kind: 'wifi', value: { ssid: `Net ${n % 15}`, security: 'open', hidden: version % 2 === 0 } }
    case 5: {
      const exchange = { server: `mail${version}.example.org`, oauth: true }
      const value = { name: `Mail ${n}`, protocol: 'exchange', address: { $var: 'user.email' }, exchange }
      return { kind: 'email', value }
    }
    case 6:
      return { kind: 'lock-screen', value: { message: `Found it? Please call +46 8 ${n} ${version}` } }
    default:
      return { kind: 'apple.payload:com.apple.dock', value: { tilesize: 16 + ((n + version) % 64) } }
  }
}

interface Made {
  units: ReadonlyMap<string, { id: string }>
  groups: readonly string[]
  people: readonly string[]
  devices: readonly string[]
  items: ReadonlyMap<string, string>
  root: string
}

/** The generated blueprints and assignments with real ids, and two more that are looked at apart. */
async function storeAssignments({ run, generated }: Filling, made: Made) {
  const { state } = generated
  const held = new Map<string, string>()
  for (const { id, name, items } of state.blueprints.values()) {
    const blueprint = { name, unit: made.root, items: items.flatMap(i => made.items.get(i) ?? []) }
    held.set(id, (await run(ctx => blueprints.createBlueprint(ctx, blueprint))).id)
  }
  for (const { blueprint, anchor, scope, enabled } of state.assignments) {
    const wish = { unit: made.units.get(anchor)?.id ?? made.root, scope: scopeWith(made, scope), enabled }
    await run(ctx => blueprints.addAssignment(ctx, held.get(blueprint) ?? '', wish))
  }
  const add = async (n: number, unit: string) => {
    const { kind, value } = n === 1 ? said(1) : { kind: 'wifi', value: { ssid: 'One unit', security: 'open' } }
    const policy = { name: `Apart ${n}`, unit: made.root, kind, value }
    const { id: item } = (await run(ctx => policies.createPolicy(ctx, policy))).policy
    const blueprint = { name: `Apart ${n}`, unit: made.root, items: [item] }
    const { id } = await run(ctx => blueprints.createBlueprint(ctx, blueprint))
    const assignment = await run(ctx =>
      blueprints.addAssignment(ctx, id, { unit, scope: blueprints.shapes.scopeShape.parse({}) }),
    )
    return { policy: item, assignment: assignment.id }
  }
  const everyone = await add(1, made.root)
  const oneUnit = await add(2, made.units.get(generated.paths[20] ?? '')?.id ?? made.root)
  return { policies: { everyone: everyone.policy, oneUnit: oneUnit.policy }, assignment: oneUnit.assignment }
}

type Scoped = GeneratedOrg['state']['assignments'][number]['scope']

function scopeWith(made: Made, { include, exclude, conditions }: Scoped) {
  const numberIn = (name: string): number => Number(name.slice(name.search(/\d/)))
  const real = (of: readonly string[], from: readonly string[]): string[] => [
    ...new Set(of.map(name => from[numberIn(name) % from.length] ?? '')),
  ]
  const selection = (s: Scoped['include']) => ({
    units: s.units.map(u => ({ unit: made.units.get(u.path)?.id ?? '', below: u.below })),
    groups: real(s.groups, made.groups),
    tags: [...s.tags],
    users: real(s.users, made.people),
    devices: real(s.devices, made.devices),
  })
  return blueprints.shapes.scopeShape.parse({
    include: selection(include),
    exclude: selection(exclude),
    conditions: Object.fromEntries(Object.entries(conditions).filter(([, value]) => value !== undefined)),
  })
}
