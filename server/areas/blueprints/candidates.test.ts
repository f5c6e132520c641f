import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { now, randomState, randomTarget, testKinds } from '../../testing/orgs.ts'
import { candidates, openResolver, type OrgState, type Reachable, type Target, touches } from './index.ts'

const without = <T>(map: ReadonlyMap<string, T>, key: string): Map<string, T> => {
  const copy = new Map(map)
  copy.delete(key)
  return copy
}

/** A state with some of its parts taken from another, as saves do one at a time. */
function mixed(before: OrgState, other: OrgState, part: string, at: number): OrgState {
  const policy = `p${(at % 6) + 1}`
  const blueprint = `b${(at % 4) + 1}`
  const [theirs, ours] = [other.blueprints.get(blueprint), before.blueprints.get(blueprint)]
  const assignment = other.assignments[at % other.assignments.length]
  const parts: Record<string, () => Partial<OrgState>> = {
    policy: () => {
      const taken = other.policies.get(policy)
      return taken ? { policies: new Map([...before.policies, [policy, taken]]) } : {}
    },
    'policy gone': () => ({ policies: without(before.policies, policy) }),
    blueprint: () => (theirs ? { blueprints: new Map([...before.blueprints, [blueprint, theirs]]) } : {}),
    'blueprint gone': () => ({ blueprints: without(before.blueprints, blueprint) }),
    place: () =>
      ours && theirs
        ? { blueprints: new Map([...before.blueprints, [blueprint, { ...ours, place: theirs.place }]]) }
        : {},
    places: () => ({
      blueprints: new Map(
        [...before.blueprints].map(([id, b]) => [id, { ...b, place: other.blueprints.get(id)?.place ?? b.place }]),
      ),
    }),
    assignment: () => ({
      assignments: assignment
        ? [...before.assignments.filter(a => a.id !== assignment.id), assignment]
        : before.assignments,
    }),
    'assignment gone': () => ({ assignments: before.assignments.slice(1) }),
    rollouts: () => ({ rollouts: other.rollouts }),
    trials: () => ({ trials: other.trials }),
    everything: () => other,
    names: () => ({ names: new Map([['/r/', 'Renamed']]), revision: 2 }),
  }
  return { ...before, ...parts[part]?.() }
}

const kinds = [
  'policy',
  'policy gone',
  'blueprint',
  'blueprint gone',
  'place',
  'places',
  'assignment',
  'assignment gone',
  'rollouts',
  'trials',
  'everything',
  'names',
] as const

test('no device that changes, in what it has or by which way, is missed; most that do not change are left out', () => {
  const counts = { changed: 0, looked: 0, all: 0 }
  const check = ([before, other]: [OrgState, OrgState], part: string, at: number, targets: readonly Target[]): void => {
    const after = mixed(before, other, part, at)
    const reachable = candidates(before, after)
    const [was, is] = [before, after].map(s => openResolver(s, now, testKinds))
    for (const target of targets) {
      const shown = (resolver: typeof was) =>
        resolver?.effective(target).items.map(({ item, value, from }) => ({ item, value, from }))
      counts.all += 1
      if (touches(reachable, target)) counts.looked += 1
      try {
        assert.deepEqual(shown(was), shown(is))
      } catch {
        counts.changed += 1
        assert.ok(touches(reachable, target), `${part}: a device that changes is missed`)
      }
    }
  }
  const targets = fc.array(randomTarget, { minLength: 8, maxLength: 8 })
  const states = fc.tuple(randomState, randomState)
  fc.assert(fc.property(states, fc.constantFrom(...kinds), fc.nat(11), targets, check), { numRuns: 1000 })
  assert.ok(counts.changed > 300, JSON.stringify(counts))
  assert.ok(counts.looked < counts.all * 0.6, JSON.stringify(counts))
})

const nobody = { units: [], groups: [], tags: [], users: [], devices: [] }
const small: OrgState = {
  revision: 1,
  policies: new Map([
    [
      'p1',
      { id: 'p1', kind: 'wifi', name: 'Corp', path: '/r/', current: 1, versions: new Map([[1, { ssid: 'Corp' }]]) },
    ],
    ['p2', { id: 'p2', kind: 'font', name: 'Sans', path: '/r/', current: 1, versions: new Map([[1, 'sans']]) }],
  ]),
  blueprints: new Map([
    ['b1', { id: 'b1', name: 'One', path: '/r/', place: 1, items: ['p1'] }],
    ['b2', { id: 'b2', name: 'Two', path: '/r/', place: 2, items: ['p2'] }],
  ]),
  assignments: [
    {
      id: 'a1',
      blueprint: 'b1',
      anchor: '/r/a/',
      scope: {
        include: {
          ...nobody,
          units: [
            { path: '/r/', below: true },
            { path: '/r/a/x/', below: true },
            { path: '/r/b/', below: true },
          ],
        },
        exclude: nobody,
        conditions: {},
      },
      from: null,
      until: null,
      enabled: true,
    },
    {
      id: 'a2',
      blueprint: 'b2',
      anchor: '/r/',
      scope: { include: { ...nobody, groups: ['g1'], devices: ['d1'] }, exclude: nobody, conditions: {} },
      from: null,
      until: null,
      enabled: true,
    },
  ],
  rollouts: [],
  trials: [],
  names: new Map(),
}

test('a new version of a policy touches the scopes of the assignments that hold it, no more', () => {
  const saved = (id: string): OrgState => {
    const policy = small.policies.get(id) ?? assert.fail()
    const versions = new Map([...policy.versions, [2, 'new']])
    return { ...small, policies: new Map([...small.policies, [id, { ...policy, current: 2, versions }]]) }
  }
  const none: Omit<Reachable, 'within'> = { devices: [], users: [], groups: [], tags: [] }
  assert.deepEqual(candidates(small, saved('p1')), { within: ['/r/a/'], ...none })
  assert.deepEqual(candidates(small, saved('p2')), { ...none, within: [], devices: ['d1'], groups: ['g1'] })
})

test('names, new policies in no blueprint and assignments that are off touch nobody', () => {
  const [first] = small.assignments
  assert.ok(first)
  const off: OrgState = { ...small, assignments: [{ ...first, enabled: false }] }
  const renamed = [...small.blueprints].map(([id, b]) => [id, { ...b, name: 'Other', place: b.place + 7 }] as const)
  assert.equal(candidates(small, { ...small, blueprints: new Map(renamed) }), 'nothing')
  assert.equal(candidates(off, { ...off, assignments: [{ ...first, enabled: false, anchor: '/r/b/' }] }), 'nothing')
  assert.equal(touches('nothing', { ...target }), false)
})

const target: Target = {
  id: 'd1',
  path: '/r/',
  user: null,
  groups: [],
  tags: [],
  ownership: 'company',
  platform: 'ios',
  osVersion: null,
  supervised: null,
}
