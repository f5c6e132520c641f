import assert from 'node:assert/strict'
import { test } from 'node:test'
import { now, testKinds } from '../../testing/orgs.ts'
import type { Json } from '../policies/index.ts'
import {
  type AssignmentState,
  checkAssertion,
  checkExpectation,
  conflictsOf,
  diff,
  type Expectation,
  openGrouping,
  openResolver,
  type OrgState,
  resolve,
  type Selection,
  type Target,
} from './index.ts'

const nobody: Selection = { units: [], groups: [], tags: [], users: [], devices: [] }
const phone: Target = {
  id: 'd1',
  path: '/r/a/x/',
  user: 'u1',
  groups: ['g1'],
  tags: [],
  ownership: 'company',
  platform: 'ios',
  osVersion: '18.1',
  supervised: true,
}

/** An org of policies that are each alone in a blueprint, assigned to one unit; a place may be named. */
function orgOf(...given: [kind: string, value: Json, anchor: string, include?: Partial<Selection>][]): OrgState {
  const ids = given.map((_, i) => String(i + 1))
  const assigned = given.map(([, , anchor, include], i): AssignmentState => {
    const scope = { include: { ...nobody, ...include }, exclude: nobody, conditions: {} }
    return { id: `a${ids[i]}`, blueprint: `b${ids[i]}`, anchor, scope, from: null, until: null, enabled: true }
  })
  return {
    revision: 1,
    policies: new Map(
      given.map(([kind, value], i) => {
        const id = `p${ids[i]}`
        return [id, { id, kind, name: `Policy ${ids[i]}`, path: '/r/', current: 1, versions: new Map([[1, value]]) }]
      }),
    ),
    blueprints: new Map(
      ids.map((n, i) => [`b${n}`, { id: `b${n}`, name: `B ${n}`, path: '/r/', place: i, items: [`p${n}`] }]),
    ),
    assignments: assigned,
    rollouts: [],
    trials: [],
    names: new Map(),
  }
}

const effective = (state: OrgState, target = phone) => resolve(state, target, now, testKinds)

test('a difference names what comes, changes by key, and goes', () => {
  const before = effective(
    orgOf(['passcode', { minLength: 6, note: 'a' }, '/r/'], ['wifi', { ssid: 'Corp' }, '/r/'], ['font', 'x', '/r/']),
  )
  const after = effective(
    orgOf(
      ['passcode', { minLength: 8, simple: false }, '/r/'],
      ['wifi', { ssid: 'Guest' }, '/r/'],
      ['font', 'y', '/r/'],
    ),
  )
  const of = { kind: 'wifi', name: 'Policy 2', policy: 'p2' }
  assert.deepEqual(diff(before, after), [
    {
      sign: 'change',
      item: 'font#p3',
      kind: 'font',
      name: 'Policy 3',
      policy: 'p3',
      keys: [{ key: '', before: 'x', after: 'y' }],
    },
    {
      sign: 'change',
      item: 'passcode',
      kind: 'passcode',
      name: 'Policy 1',
      policy: 'p1',
      keys: [
        { key: 'minLength', before: 6, after: 8 },
        { key: 'note', before: 'a', after: null },
        { key: 'simple', before: null, after: false },
      ],
    },
    { sign: 'remove', item: 'wifi#Corp', ...of, keys: [{ key: 'ssid', before: 'Corp', after: null }] },
    { sign: 'add', item: 'wifi#Guest', ...of, keys: [{ key: 'ssid', before: null, after: 'Guest' }] },
  ])
  assert.equal(diff(before, after), diff(before, after))
})

test('devices for which the same changes are one group; most devices first, counted by person and platform', () => {
  const [before, after] = [
    openResolver(orgOf(['wifi', { ssid: 'Corp' }, '/r/a/']), now, testKinds),
    openResolver(
      orgOf(
        ['wifi', { ssid: 'Corp' }, '/r/a/'],
        ['wifi', { ssid: 'Lab' }, '/r/', { groups: ['g1'] }],
        ['font', 'x', '/r/b/'],
      ),
      now,
      testKinds,
    ),
  ]
  const grouping = openGrouping()
  for (let i = 0; i < 60; i += 1) {
    const path = i < 50 ? '/r/a/' : '/r/b/'
    const platform = i % 2 === 0 ? 'ios' : 'macos'
    const target = {
      ...phone,
      id: `d${i}`,
      path,
      platform,
      user: i % 10 === 0 ? null : `u${i % 5}`,
      groups: i < 45 ? ['g1'] : [],
    }
    grouping.add(target, diff(before.effective(target), after.effective(target)))
  }
  const { groups, ...counts } = grouping.finish()
  assert.deepEqual(counts, { devices: 60, changed: 55, people: 5, added: 55, altered: 0, removed: 0, ungrouped: 0 })
  assert.deepEqual(
    groups.map(g => [g.effects.map(e => e.item).join(), g.devices, g.people, g.byPlatform, g.sample.length]),
    [
      ['wifi#Lab', 45, 5, { ios: 23, macos: 22 }, 20],
      ['font#p3', 10, 5, { ios: 5, macos: 5 }, 10],
    ],
  )
  assert.deepEqual(groups[1]?.sample.slice(0, 2), ['d50', 'd51'])
})

test('kinds of difference beyond what is kept apart are counted', () => {
  const nothing = effective(orgOf())
  const grouping = openGrouping()
  for (let i = 0; i < 2050; i += 1)
    grouping.add(phone, diff(nothing, effective(orgOf(['wifi', { ssid: `W${i}` }, '/r/']))))
  const found = grouping.finish()
  assert.deepEqual([found.groups.length, found.ungrouped, found.changed, found.added], [2000, 50, 2050, 2050])
})

test('conflicts are what only nearness or the order of blueprints decided', () => {
  const state = orgOf(
    ['passcode', { note: 'near', minLength: 4, maxAge: 3 }, '/r/a/'],
    ['passcode', { note: 'far', minLength: 8, maxAge: 3 }, '/r/'],
    ['wifi', { ssid: 'Corp', hidden: true, proxy: 'p' }, '/r/'],
    ['wifi', { ssid: 'Corp', hidden: false }, '/r/'],
    ['wifi', { ssid: 'Guest' }, '/r/'],
    ['wifi', { ssid: 'Guest' }, '/r/'],
  )
  assert.deepEqual(conflictsOf(effective(state)), [
    { item: 'passcode', key: 'note', policies: ['p1', 'p2'], winner: 'p1', level: 'nearer' },
    { item: 'wifi#Corp', key: null, policies: ['p3', 'p4'], winner: 'p3', level: 'equal' },
  ])
})

test('a loser with more to say than the winner is a conflict too', () => {
  const state = orgOf(['wifi', { ssid: 'Corp' }, '/r/'], ['wifi', { ssid: 'Corp', hidden: true }, '/r/'])
  assert.equal(conflictsOf(effective(state)).length, 1)
  assert.deepEqual(effective(state).items[0]?.value, { ssid: 'Corp' })
})

test('expectations hold or say how they do not', () => {
  const has = effective(
    orgOf(
      ['passcode', { minLength: 6, quality: 'any', nested: { list: [{ 'a/b': 1 }] } }, '/r/'],
      ['wifi', { ssid: 'Corp', hidden: true }, '/r/'],
      ['wifi', { ssid: 'Guest', hidden: false }, '/r/'],
      ['update', { atLeast: '18.10.1' }, '/r/'],
    ),
  )
  const table: [Expectation, string][] = [
    [{ has: 'wifi#Corp' }, 'true'],
    [{ has: 'wifi' }, 'true'],
    [{ has: 'wifi#Lab' }, 'item-missing'],
    [{ has: 'location' }, 'item-missing'],
    [{ lacks: 'location' }, 'true'],
    [{ lacks: 'wifi' }, 'item-present'],
    [{ lacks: 'wifi#Lab' }, 'true'],
    [{ lacks: 'passcode', key: 'simple' }, 'true'],
    [{ lacks: 'passcode', key: 'minLength' }, 'key-present'],
    [{ has: 'wifi', key: 'ssid', equals: 'Guest' }, 'true'],
    [{ has: 'wifi', key: 'ssid', equals: 'Lab' }, 'value'],
    [{ has: 'wifi', key: 'constructor', equals: 'Lab' }, 'key-missing'],
    [{ has: 'passcode', key: 'minLength', atLeast: 6 }, 'true'],
    [{ has: 'passcode', key: 'minLength', atLeast: 7 }, 'value'],
    [{ has: 'passcode', key: 'minLength', atMost: 6 }, 'true'],
    [{ has: 'passcode', key: 'minLength', atMost: 5 }, 'value'],
    [{ has: 'passcode', key: 'quality', atMost: 5 }, 'value'],
    [{ has: 'passcode', key: 'quality', atLeast: '5' }, 'value'],
    [{ has: 'passcode', key: 'quality', oneOf: ['any', 'digits'] }, 'true'],
    [{ has: 'passcode', key: 'quality', oneOf: [] }, 'value'],
    [{ has: 'passcode', key: '/nested/list/0/a~1b', equals: 1 }, 'true'],
    [{ has: 'passcode', key: '/nested/list/1', equals: 1 }, 'key-missing'],
    [{ has: 'passcode', key: '/minLength/x', equals: 1 }, 'key-missing'],
    [{ has: 'update', key: 'atLeast', atLeast: '18.9' }, 'true'],
    [{ has: 'update', key: 'atLeast', atLeast: '18.11' }, 'value'],
  ]
  for (const [expect, expected] of table) {
    const found = checkExpectation(expect, has)
    assert.equal(found === true ? 'true' : found.why, expected, JSON.stringify(expect))
  }
  assert.deepEqual(checkExpectation({ has: 'passcode', key: 'minLength', atLeast: 7 }, has), {
    why: 'value',
    item: 'passcode',
    key: 'minLength',
    is: 6,
  })
})

test('an assertion speaks about the devices it means only', () => {
  const scope = { include: nobody, exclude: nobody, conditions: { ownership: ['personal'] } }
  const assertion = { unit: '/r/a/', scope, expect: { lacks: 'location' } } as const
  const has = effective(orgOf(['location', {}, '/r/']))
  assert.equal(checkAssertion(assertion, phone, has), true)
  assert.deepEqual(checkAssertion(assertion, { ...phone, ownership: 'personal' }, has), {
    why: 'item-present',
    item: 'location#p1',
  })
  assert.equal(checkAssertion(assertion, { ...phone, ownership: 'personal', path: '/r/b/' }, has), true)
})
