import type {
  AssignmentState,
  BlueprintState,
  Conditions,
  KindLookup,
  OrgState,
  PolicyState,
  Selection,
  Target,
} from '../../server/areas/blueprints/index.ts'

/** How large an organization is made. */
export interface Size {
  devices: number
  units: number
  assignments: number
  policies: number
  blueprints: number
  groups: number
  tags: number
}

/** An organization that is the same on every machine: its state, and its devices by number. */
export interface GeneratedOrg {
  state: OrgState
  size: Size
  paths: readonly string[]
  target(n: number): Target
}

type Random = (below: number) => number

/** Mulberry32: the same numbers everywhere. */
function randomFrom(seed: number): Random {
  let a = seed
  return below => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000) * below)
  }
}

const one = <T>(random: Random, from: readonly [T, ...T[]]): T => from[random(from.length)] ?? from[0]
const several = (random: Random, most: number, name: (n: number) => string, of: number): string[] => [
  ...new Set(Array.from({ length: random(most + 1) }, () => name(random(of)))),
]

const group = (n: number): string => `grp_${n}`
const tag = (n: number): string => `tag ${n}`
const osVersions = ['16.7.2', '17.5', '17.6.1', '18.0', '18.1', '18.2'] as const

/** Kinds like ours: two merged key by key, one told apart by name, others by policy. */
export const benchKinds: KindLookup = kind => {
  if (kind === 'passcode') return { merge: 'settings', rules: { minLength: { rule: 'strictest', by: 'most' } } }
  if (kind === 'restrictions') return { merge: 'settings', rules: { domains: { rule: 'union' } } }
  if (kind === 'wifi')
    return {
      merge: 'instances',
      identity: v => (typeof v === 'object' && v !== null && 'ssid' in v ? String(v.ssid) : null),
    }
  return { merge: 'instances' }
}

/** Makes the organization of this size. */
export function orgOf(size: Size): GeneratedOrg {
  const random = randomFrom(20_261_120)
  const paths = unitsOf(size.units, random)
  const policies = policiesOf(size.policies, random)
  const blueprints = blueprintsOf(size, random)
  const assignments = Array.from({ length: size.assignments }, (_, n) => assignmentOf(n, { size, paths, random }))
  const rollouts = [{ id: 'rol_1', policy: 'pol_3', from: 1, to: 2, percent: 25, salt: 'rol_1' }]
  const state: OrgState = { revision: 1, policies, blueprints, assignments, rollouts, trials: [], names: new Map() }
  return { state, size, paths, target: n => targetOf(n, size, paths) }
}

/** A tree five to seven deep: each unit hangs on one of the first of those before it. */
function unitsOf(count: number, random: Random): string[] {
  const paths = ['/uni_0/']
  for (let n = 1; n < count; n += 1) {
    const parent = paths[n < 10 ? 0 : random(Math.min(n, 80))] ?? '/uni_0/'
    paths.push(`${parent}uni_${n}/`)
  }
  return paths
}

function policiesOf(count: number, random: Random): Map<string, PolicyState> {
  const kinds = ['passcode', 'restrictions', 'restrictions', 'wifi', 'wifi', 'vpn', 'certificates', 'email'] as const
  return new Map(
    Array.from({ length: count }, (_, n) => {
      const kind = kinds[n % kinds.length] ?? 'wifi'
      const keys = Array.from(
        { length: kind === 'restrictions' ? 25 : 6 },
        (_unused, k) => [`key${k}`, random(3) > 0] as const,
      )
      const value = (version: number) => ({
        ...Object.fromEntries(keys.filter(() => random(2) === 0)),
        ssid: `Net ${n % 15}`,
        minLength: 4 + (n % 6) + version,
        domains: [`d${n % 5}.example.org`, `d${n % 7}.example.org`],
      })
      const id = `pol_${n}`
      const versions = new Map([1, 2].map(v => [v, value(v)]))
      return [id, { id, kind, name: `Policy ${n}`, path: '/uni_0/', current: 1, versions }]
    }),
  )
}

function blueprintsOf(size: Size, random: Random): Map<string, BlueprintState> {
  return new Map(
    Array.from({ length: size.blueprints }, (_, n) => {
      const items = [...new Set(Array.from({ length: 2 + random(5) }, () => `pol_${random(size.policies)}`))]
      return [`blu_${n}`, { id: `blu_${n}`, name: `Blueprint ${n}`, path: '/uni_0/', place: n, items }]
    }),
  )
}

const nobody: Selection = { units: [], groups: [], tags: [], users: [], devices: [] }

interface Making {
  size: Size
  paths: readonly string[]
  random: Random
}

/** Of ten assignments six are of a unit with all below, two of groups, one of tags, one of people and devices by name. */
function assignmentOf(n: number, { size, paths, random }: Making): AssignmentState {
  const unit = (): string => paths[random(paths.length)] ?? '/uni_0/'
  const place = n % 10
  const include: Partial<Selection> =
    place < 5
      ? {}
      : place === 5
        ? { units: [1, 2, 3].map(() => ({ path: unit(), below: random(2) === 0 })) }
        : place < 8
          ? { groups: [group(random(size.groups))] }
          : place === 8
            ? { tags: [tag(random(size.tags))] }
            : {
                devices: Array.from({ length: 15 }, () => `dev_${random(size.devices)}`),
                users: Array.from({ length: 15 }, () => `usr_${random(size.devices)}`),
              }
  const exclude: Partial<Selection> =
    n % 7 === 0 ? { groups: [group(random(size.groups))], units: [{ path: unit(), below: true }] } : {}
  const scope = {
    include: { ...nobody, ...include },
    exclude: { ...nobody, ...exclude },
    conditions: conditionsOf(n, size, random),
  }
  // The first reach all, as the basics of an organization do.
  const anchor = n < 5 || place >= 5 ? '/uni_0/' : unit()
  return {
    id: `asn_${n}`,
    blueprint: `blu_${n % size.blueprints}`,
    anchor,
    scope,
    from: null,
    until: null,
    enabled: n % 50 !== 49,
  }
}

function conditionsOf(n: number, size: Size, random: Random): Conditions {
  if (n % 4 === 0) return { platforms: [one(random, ['ios', 'ipados', 'macos'])] }
  if (n % 9 === 0) return { supervised: true }
  if (n % 11 === 0) return { osFrom: '17.6' }
  if (n % 13 === 0) return { tags: [tag(random(size.tags))] }
  if (n % 17 === 0) return { ownership: ['company'] }
  return {}
}

function targetOf(n: number, size: Size, paths: readonly string[]): Target {
  const random = randomFrom(n * 2_654_435 + 1)
  // Every fourth person has two devices; one device in ten is shared.
  const user = n % 10 === 9 ? null : `usr_${n - (n % 4 === 3 ? 1 : 0)}`
  return {
    id: `dev_${n}`,
    path: paths[random(paths.length)] ?? '/uni_0/',
    user,
    groups: user === null ? [] : several(random, 3, group, size.groups),
    tags: random(3) === 0 ? several(random, 2, tag, size.tags) : [],
    ownership: one(random, ['company', 'company', 'company', 'personal', 'unknown']),
    platform: one(random, ['ios', 'ios', 'ios', 'ipados', 'macos', 'android']),
    osVersion: random(20) === 0 ? null : one(random, osVersions),
    supervised: one(random, [true, true, false, null]),
  }
}
