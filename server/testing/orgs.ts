import fc from 'fast-check'
import type {
  AssignmentState,
  BlueprintState,
  KindLookup,
  OrgState,
  PolicyState,
  RolloutState,
  Scope,
  Selection,
  Target,
  TrialState,
} from '../areas/blueprints/index.ts'
import type { Json } from '../areas/policies/index.ts'

/** A random small organization with devices, made so that its parts meet often. */
export interface RandomOrg {
  readonly state: OrgState
  readonly targets: readonly Target[]
  readonly now: number
}

const paths = ['/r/', '/r/a/', '/r/a/x/', '/r/a/x/q/', '/r/a/y/', '/r/b/', '/r/b/z/'] as const
const groups = ['g1', 'g2', 'g3'] as const
const tags = ['kiosk', 'loaner', 'vip'] as const
const users = ['u1', 'u2', 'u3', 'u4'] as const
const devices = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6'] as const
const platforms = ['ios', 'macos', 'android'] as const
const versions = ['16.7.2', '17.0', '17.10', '18.1'] as const
const policyIds = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'] as const
const blueprintIds = ['b1', 'b2', 'b3', 'b4'] as const
export const now = 1_000_000

/** Kinds for tests: one merged key by key with every rule, one told apart by name, one by policy; anything else is unknown. */
export const testKinds: KindLookup = kind =>
  new Map<string, ReturnType<KindLookup>>([
    [
      'passcode',
      {
        merge: 'settings',
        rules: {
          minLength: { rule: 'strictest', by: 'most' },
          maxAge: { rule: 'strictest', by: 'least' },
          simple: { rule: 'strictest', by: 'false' },
          locked: { rule: 'strictest', by: 'true' },
          quality: { rule: 'strictest', by: ['complex', 'digits', 'any'] },
          domains: { rule: 'union' },
        },
      },
    ],
    [
      'wifi',
      {
        merge: 'instances',
        identity: value => {
          const named = typeof value === 'object' && value !== null && !Array.isArray(value) && 'ssid' in value
          return named && typeof value.ssid === 'string' ? value.ssid : null
        },
      },
    ],
    ['font', { merge: 'instances', identity: () => null }],
  ]).get(kind)

const some = <T>(from: readonly T[], max = 2): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...from), { maxLength: max })
const orNull = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one, { nil: null })

const mostly = <T>(usual: T, one: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: one })

const selection = (likely: number): fc.Arbitrary<Selection> => {
  const rarely = <T>(one: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
    fc.oneof({ weight: 20 - likely, arbitrary: fc.constant<T[]>([]) }, { weight: likely, arbitrary: one })
  return fc.record({
    units: rarely(fc.array(fc.record({ path: fc.constantFrom(...paths), below: fc.boolean() }), { maxLength: 2 })),
    groups: rarely(some(groups)),
    tags: rarely(some(tags)),
    users: rarely(some(users)),
    devices: rarely(some(devices)),
  })
}

const scope: fc.Arbitrary<Scope> = fc.record({
  include: selection(4),
  exclude: selection(1),
  conditions: mostly(
    {},
    fc.record(
      {
        ownership: some(['company', 'personal']),
        platforms: some(platforms),
        osFrom: fc.constantFrom(...versions),
        osBelow: fc.constantFrom('17.1', '18', '19'),
        supervised: fc.boolean(),
        tags: some(tags, 1),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  ),
})

const assignment: fc.Arbitrary<Omit<AssignmentState, 'id'>> = fc.record({
  blueprint: fc.constantFrom(...blueprintIds, ...blueprintIds, ...blueprintIds, 'gone'),
  anchor: mostly<string>('/r/', fc.constantFrom(...paths)),
  scope,
  from: mostly<number | null>(null, fc.constantFrom(now - 5, now, now + 5)),
  until: mostly<number | null>(null, fc.constantFrom(now - 5, now, now + 5)),
  enabled: fc.constantFrom(true, true, true, true, false),
})

const text = fc.constantFrom('one', 'two', 'three')
const settings: fc.Arbitrary<Json> = fc.record(
  {
    minLength: fc.oneof(fc.integer({ min: 4, max: 8 }), fc.constant({ $var: 'user.pin' })),
    maxAge: fc.integer({ min: 1, max: 5 }),
    simple: fc.boolean(),
    locked: fc.boolean(),
    quality: fc.constantFrom('any', 'digits', 'complex', 'unheard-of'),
    domains: fc.oneof(fc.array(text, { maxLength: 3 }), text),
    note: text,
    constructor: text,
  },
  { requiredKeys: [], noNullPrototype: true },
)
const wifi: fc.Arbitrary<Json> = fc.record(
  { ssid: fc.constantFrom('Corp', 'Guest'), hidden: fc.boolean(), proxy: text },
  { requiredKeys: [], noNullPrototype: true },
)
const saying = (kind: string): fc.Arbitrary<Json> =>
  kind === 'passcode' ? settings : kind === 'wifi' ? wifi : fc.oneof(settings, fc.constant<Json>({}), text)

const policy: fc.Arbitrary<Pick<PolicyState, 'kind' | 'current' | 'versions'>> = fc
  .constantFrom('passcode', 'passcode', 'wifi', 'wifi', 'font', 'mystery')
  .chain(kind =>
    fc.tuple(fc.array(saying(kind), { minLength: 1, maxLength: 3 }), fc.nat(2)).map(([values, at]) => ({
      kind,
      current: 1 + (at % values.length),
      versions: new Map(values.map((v, i) => [i + 1, v])),
    })),
  )

const blueprint: fc.Arbitrary<Omit<BlueprintState, 'id' | 'name' | 'path'>> = fc.record({
  place: fc.nat(2),
  items: fc.shuffledSubarray([...policyIds, 'lost']).map(ids => ids.slice(0, 4)),
})

const rollout: fc.Arbitrary<Omit<RolloutState, 'id'>> = fc.record({
  policy: fc.constantFrom(...policyIds),
  from: fc.constantFrom(1, 2),
  to: fc.constantFrom(2, 3),
  percent: fc.constantFrom(0, 5, 50, 100),
  salt: text,
})

const trial: fc.Arbitrary<Omit<TrialState, 'id'>> = fc.record({
  device: fc.constantFrom(...devices),
  policy: fc.constantFrom(...policyIds, 'lost'),
  version: fc.constantFrom(1, 2, 3),
  until: fc.constantFrom(now, now + 1),
})

/** A random device; it may be one that other cases name too. */
export const randomTarget: fc.Arbitrary<Target> = fc.record({
  id: fc.constantFrom(...devices),
  path: fc.constantFrom(...paths),
  user: orNull(fc.constantFrom(...users)),
  groups: some(groups),
  tags: some(tags, 3),
  ownership: fc.constantFrom('company', 'personal', 'unknown'),
  platform: fc.constantFrom(...platforms),
  osVersion: orNull(fc.constantFrom(...versions)),
  supervised: orNull(fc.boolean()),
})

/** A random state of an organization. */
export const randomState: fc.Arbitrary<OrgState> = fc
  .record({
    policies: fc.array(policy, { minLength: policyIds.length, maxLength: policyIds.length }),
    blueprints: fc.array(blueprint, { minLength: blueprintIds.length, maxLength: blueprintIds.length }),
    assignments: fc.array(assignment, { minLength: 3, maxLength: 12 }),
    rollouts: fc.array(rollout, { maxLength: 2 }),
    trials: fc.array(trial, { maxLength: 2 }),
  })
  .map(made => ({
    revision: 1,
    policies: new Map(
      made.policies.map((p, i) => {
        const id = policyIds[i] ?? ''
        return [id, { id, name: `Policy ${id}`, path: '/r/', ...p }]
      }),
    ),
    blueprints: new Map(
      made.blueprints.map((b, i) => {
        const id = blueprintIds[i] ?? ''
        return [id, { id, name: `Blueprint ${id}`, path: '/r/', ...b }]
      }),
    ),
    assignments: made.assignments.map((a, i) => ({ id: `a${i}`, ...a })),
    rollouts: made.rollouts.map((r, i) => ({ id: `r${i}`, ...r })),
    trials: made.trials.map((t, i) => ({ id: `t${i}`, ...t })),
    names: new Map(),
  }))

/** A random organization with one to six devices of different ids. */
export const randomOrg: fc.Arbitrary<RandomOrg> = fc.record({
  state: randomState,
  targets: fc.uniqueArray(randomTarget, { minLength: 1, maxLength: 6, selector: t => t.id }),
  now: fc.constant(now),
})
