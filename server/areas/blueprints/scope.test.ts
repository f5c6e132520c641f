import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { now, randomOrg, randomTarget } from '../../testing/orgs.ts'
import { type AssignmentState, type Conditions, depthOf, reach, type Selection, type Target } from './index.ts'

const nobody: Selection = { units: [], groups: [], tags: [], users: [], devices: [] }

interface Asked {
  include?: Partial<Selection>
  exclude?: Partial<Selection>
  conditions?: Conditions
  anchor?: string
  from?: number | null
  until?: number | null
  enabled?: boolean
}

function assigned({ include, exclude, conditions = {}, ...rest }: Asked): AssignmentState {
  const scope = { include: { ...nobody, ...include }, exclude: { ...nobody, ...exclude }, conditions }
  return { id: 'a', blueprint: 'b', anchor: '/r/a/', scope, from: null, until: null, enabled: true, ...rest }
}

const device: Target = {
  id: 'd1',
  path: '/r/a/x/',
  user: 'u1',
  groups: ['g2', 'g1'],
  tags: ['kiosk'],
  ownership: 'company',
  platform: 'ios',
  osVersion: '17.10.1',
  supervised: true,
}

/** What is asked, the level and `by` of the reach or the `why` of the miss. */
function answers(asked: Asked, of: Partial<Target> = {}): string {
  const found = reach(assigned(asked), { ...device, ...of }, now)
  if ('miss' in found) return found.miss.why
  const { level, depth, by } = found.reach
  return level === 'unit' ? `unit ${depth} ${by}` : `${level} ${by}`
}

test('depth counts units from the top', () => {
  assert.deepEqual(['', '/', '/r/', '/r/a/', '/r/a/x/'].map(depthOf), [0, 0, 1, 2, 3])
})

test('an assignment reaches a device by the nearest of its includes', () => {
  const x = { path: '/r/a/x/', below: true }
  const table: [Asked, string][] = [
    [{}, 'unit 2 /r/a/'],
    [{ include: { units: [x] } }, 'unit 3 /r/a/x/'],
    [{ include: { units: [{ path: '/r/a/', below: true }] } }, 'unit 2 /r/a/'],
    [{ include: { units: [{ path: '/r/a/', below: true }, x] } }, 'unit 3 /r/a/x/'],
    [{ include: { units: [{ path: '/r/a/', below: false }] } }, 'not-included'],
    [{ include: { units: [{ path: '/r/a/x/', below: false }] } }, 'unit 3 /r/a/x/'],
    // A unit above the anchor is no more than the anchor.
    [{ include: { units: [{ path: '/r/', below: true }] } }, 'unit 2 /r/a/'],
    [{ include: { units: [{ path: '/r/b/', below: true }] } }, 'not-included'],
    [{ include: { groups: ['g1'], units: [x] } }, 'group g1'],
    [{ include: { groups: ['g2', 'g1'] } }, 'group g1'],
    [{ include: { groups: ['g3'] } }, 'not-included'],
    [{ include: { tags: ['kiosk'] } }, 'group kiosk'],
    [{ include: { tags: ['vip'] } }, 'not-included'],
    [{ include: { users: ['u1'], groups: ['g1'] } }, 'user u1'],
    [{ include: { users: ['u2'] } }, 'not-included'],
    [{ include: { devices: ['d1'], users: ['u1'] } }, 'device d1'],
    [{ include: { devices: ['d2'] } }, 'not-included'],
  ]
  for (const [asked, expected] of table) assert.equal(answers(asked), expected, JSON.stringify(asked))
  assert.equal(answers({ include: { users: ['u1'] } }, { user: null }), 'not-included')
})

test('an assignment never reaches beyond its anchor, whatever it names', () => {
  for (const include of [{}, { devices: ['d1'] }, { users: ['u1'] }, { units: [{ path: '/r/', below: true }] }]) {
    assert.equal(answers({ include, anchor: '/r/b/' }), 'outside-anchor')
    assert.equal(answers({ include, anchor: '/r/a/x/q/' }), 'outside-anchor')
    assert.notEqual(answers({ include, anchor: '/r/' }), 'outside-anchor')
  }
})

test('what is excluded is not reached, however near the include', () => {
  const include = { devices: ['d1'] }
  const table: [Partial<Selection>, string][] = [
    [{ devices: ['d1'] }, 'excluded'],
    [{ users: ['u1'] }, 'excluded'],
    [{ groups: ['g1'] }, 'excluded'],
    [{ tags: ['kiosk'] }, 'excluded'],
    [{ units: [{ path: '/r/a/', below: true }] }, 'excluded'],
    [{ units: [{ path: '/r/a/', below: false }] }, 'device d1'],
    [{ units: [{ path: '/r/a/x/', below: false }] }, 'excluded'],
    [{ devices: ['d2'], users: ['u2'], groups: ['g3'], tags: ['vip'] }, 'device d1'],
  ]
  for (const [exclude, expected] of table)
    assert.equal(answers({ include, exclude }), expected, JSON.stringify(exclude))
})

test('conditions are met by what is known of a device, and never by what is not', () => {
  const ok = 'unit 2 /r/a/'
  const table: [Conditions, Partial<Target>, string][] = [
    [{ ownership: ['company'] }, {}, ok],
    [{ ownership: ['personal'] }, {}, 'ownership'],
    [{ ownership: ['company', 'personal'] }, { ownership: 'unknown' }, 'ownership'],
    [{ ownership: [] }, {}, ok],
    [{ platforms: ['macos', 'ios'] }, {}, ok],
    [{ platforms: ['macos'] }, {}, 'platform'],
    [{ osFrom: '17.10.1' }, {}, ok],
    [{ osFrom: '17.9' }, {}, ok],
    [{ osFrom: '17.10.2' }, {}, 'os-too-old'],
    [{ osFrom: '17.9' }, { osVersion: null }, 'os-unknown'],
    [{ osBelow: '17.10.2' }, {}, ok],
    [{ osBelow: '17.10.1' }, {}, 'os-too-new'],
    [{ osBelow: '18' }, { osVersion: null }, 'os-unknown'],
    [{ osFrom: '17', osBelow: '18' }, {}, ok],
    [{ supervised: true }, {}, ok],
    [{ supervised: true }, { supervised: false }, 'not-supervised'],
    [{ supervised: false }, {}, 'supervised'],
    [{ supervised: false }, { supervised: false }, ok],
    [{ supervised: true }, { supervised: null }, 'supervision-unknown'],
    [{ supervised: false }, { supervised: null }, 'supervision-unknown'],
    [{ tags: ['kiosk'] }, {}, ok],
    [{ tags: ['kiosk', 'vip'] }, {}, 'tag-missing'],
    [{ tags: [] }, {}, ok],
  ]
  for (const [conditions, of, expected] of table)
    assert.equal(answers({ conditions }, of), expected, JSON.stringify([conditions, of]))
})

test('an assignment holds from its first instant until before its last, while it is switched on', () => {
  const table: [Asked, string][] = [
    [{ enabled: false }, 'disabled'],
    [{ from: now }, 'unit 2 /r/a/'],
    [{ from: now + 1 }, 'not-yet'],
    [{ until: now + 1 }, 'unit 2 /r/a/'],
    [{ until: now }, 'over'],
  ]
  for (const [asked, expected] of table) assert.equal(answers(asked), expected, JSON.stringify(asked))
})

test('a miss says what was asked and what the device is', () => {
  const miss = (conditions: Conditions, of: Partial<Target> = {}) =>
    reach(assigned({ conditions }), { ...device, ...of }, now)
  assert.deepEqual(miss({ osFrom: '18' }), { miss: { why: 'os-too-old', asked: '18', is: '17.10.1' } })
  assert.deepEqual(miss({ tags: ['vip'] }), { miss: { why: 'tag-missing', asked: 'vip' } })
  assert.deepEqual(reach(assigned({ exclude: { groups: ['g2'] } }), device, now), {
    miss: { why: 'excluded', asked: 'g2' },
  })
})

/** Mends exactly the condition that a miss names, on the side of the assignment or of the device. */
function mended(a: AssignmentState, t: Target, why: string): [AssignmentState, Target] {
  const { scope } = a
  const conditions = (less: Partial<Record<keyof Conditions, undefined>>): AssignmentState => {
    const kept = Object.entries({ ...scope.conditions, ...less }).filter(([, v]) => v !== undefined)
    return { ...a, scope: { ...scope, conditions: Object.fromEntries(kept) } }
  }
  const mends: Record<string, () => [AssignmentState, Target]> = {
    disabled: () => [{ ...a, enabled: true }, t],
    'not-yet': () => [{ ...a, from: null }, t],
    over: () => [{ ...a, until: null }, t],
    'outside-anchor': () => [a, { ...t, path: a.anchor }],
    'not-included': () => [{ ...a, scope: { ...scope, include: { ...scope.include, devices: [t.id] } } }, t],
    excluded: () => [{ ...a, scope: { ...scope, exclude: nobody } }, t],
    ownership: () => [a, { ...t, ownership: scope.conditions.ownership?.[0] ?? '' }],
    platform: () => [a, { ...t, platform: scope.conditions.platforms?.[0] ?? '' }],
    'os-too-old': () => [a, { ...t, osVersion: scope.conditions.osFrom ?? null }],
    'os-too-new': () => [conditions({ osBelow: undefined }), t],
    'os-unknown': () => [a, { ...t, osVersion: scope.conditions.osFrom ?? '1' }],
    'not-supervised': () => [a, { ...t, supervised: true }],
    supervised: () => [a, { ...t, supervised: false }],
    'supervision-unknown': () => [a, { ...t, supervised: scope.conditions.supervised ?? null }],
    'tag-missing': () => [a, { ...t, tags: [...t.tags, ...(scope.conditions.tags ?? [])] }],
  }
  return mends[why]?.() ?? assert.fail(`no mend for ${why}`)
}

test('every miss names a condition; mended one after the other, never twice, the assignment reaches the device', () => {
  const seen = new Set<string>()
  const check = ({ state }: { state: { assignments: readonly AssignmentState[] } }, target: Target): void => {
    for (const assignment of state.assignments) {
      let [a, t] = [assignment, target]
      const named: string[] = []
      for (let found = reach(a, t, now); 'miss' in found; found = reach(a, t, now)) {
        assert.ok(!named.includes(found.miss.why), `${found.miss.why} again after ${named.join(', ')}`)
        named.push(found.miss.why)
        seen.add(found.miss.why)
        ;[a, t] = mended(a, t, found.miss.why)
      }
    }
  }
  fc.assert(fc.property(randomOrg, randomTarget, check), { numRuns: 300 })
  assert.equal(seen.size, 15, [...seen].join(', '))
})
