import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { now, randomOrg, testKinds } from '../../testing/orgs.ts'
import type { Json, KeyRule } from '../policies/index.ts'
import { type Effective, openResolver, type OrgState, resolve, shareOf, type TrialState } from './index.ts'
import { decide } from './merge.ts'

const said: Record<string, { rule: KeyRule; one: fc.Arbitrary<Json> }> = {
  least: { rule: { rule: 'strictest', by: 'least' }, one: fc.integer() },
  most: { rule: { rule: 'strictest', by: 'most' }, one: fc.double({ noNaN: true }) },
  true: { rule: { rule: 'strictest', by: 'true' }, one: fc.boolean() },
  false: { rule: { rule: 'strictest', by: 'false' }, one: fc.boolean() },
  list: { rule: { rule: 'strictest', by: ['c', { b: 1 }, 'a'] }, one: fc.constantFrom<Json>('a', { b: 1 }, 'c') },
  union: { rule: { rule: 'union' }, one: fc.array(fc.constantFrom<Json>('a', 'b', { c: [1] }, null, 2)) },
}

test('strictest and union do not depend on order, and saying a thing twice changes nothing', () => {
  for (const { rule, one } of Object.values(said))
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), fc.nat(4), (values, at) => {
        const together = decide(rule, values)?.value
        assert.deepEqual(decide(rule, values.toReversed())?.value, together)
        assert.deepEqual(decide(rule, [...values.slice(at), ...values.slice(0, at)])?.value, together)
        assert.deepEqual(decide(rule, [...values, ...values])?.value, together)
        assert.deepEqual(decide(rule, [together, together])?.value, together)
        // Together in two steps is together in one.
        const [head, tail] = [values.slice(0, 1), values.slice(1)]
        assert.deepEqual(decide(rule, [decide(rule, head)?.value, decide(rule, tail)?.value])?.value, together)
      }),
    )
})

test('a key is decided by its rule, and says who won and who lost', () => {
  const strictest = (by: Extract<KeyRule, { rule: 'strictest' }>['by']): KeyRule => ({ rule: 'strictest', by })
  const variable: Json = { $var: 'user.pin' }
  const table: [KeyRule, (Json | undefined)[], Json | undefined, string, number[]][] = [
    [{ rule: 'nearest' }, [], undefined, '', []],
    [{ rule: 'nearest' }, [undefined, 2], 2, 'only', [1]],
    [{ rule: 'nearest' }, [1, undefined, 2], 1, 'nearest', [0]],
    [{ rule: 'nearest' }, [1, 1], 1, 'same', [0, 1]],
    [{ rule: 'nearest' }, [null, 1], null, 'nearest', [0]],
    [{ rule: 'nearest' }, [{ a: 1, b: 2 }, 3, { b: 2, a: 1 }], { a: 1, b: 2 }, 'nearest', [0, 2]],
    [strictest('most'), [4, 8, 6], 8, 'strictest', [1]],
    [strictest('least'), [4, 8, 4], 4, 'strictest', [0, 2]],
    [strictest('true'), [false, true], true, 'strictest', [1]],
    [strictest('false'), [true, true], true, 'same', [0, 1]],
    [strictest(['high', 'low']), ['low', 'high'], 'high', 'strictest', [1]],
    // What cannot be compared gives way to what can; of several that cannot, the nearest wins.
    [strictest('most'), [variable, 4], 4, 'strictest', [1]],
    [strictest('most'), [variable, '4'], variable, 'nearest', [0]],
    [
      { rule: 'union' },
      [
        ['b', 'a'],
        ['c', 'a'],
      ],
      ['a', 'b', 'c'],
      'union',
      [0, 1],
    ],
    [{ rule: 'union' }, [['b', 'a', 'b']], ['a', 'b'], 'only', [0]],
    [
      { rule: 'union' },
      [
        ['b', 'a'],
        ['a', 'b'],
      ],
      ['a', 'b'],
      'same',
      [0, 1],
    ],
    [{ rule: 'union' }, [variable, ['a']], variable, 'nearest', [0]],
  ]
  for (const [rule, values, value, decided, won] of table) {
    const found = decide(rule, values)
    assert.deepEqual(
      [found?.value, found?.decided ?? '', found?.won ?? []],
      [value, decided, won],
      JSON.stringify(values),
    )
    const lost = values.flatMap((v, from) => (v === undefined || won.includes(from) ? [] : [{ from, value: v }]))
    assert.deepEqual(found?.lost ?? [], lost)
  }
})

const has = (effective: Effective, policy: string, version: number): boolean =>
  effective.items.some(i => i.from.some(c => c.policy === policy && c.version === version))

test('a larger wave never takes the new version from a device', () => {
  let ahead = 0
  const check = ({ state, targets }: { state: OrgState; targets: readonly Parameters<typeof resolve>[1][] }): void => {
    const [policy] = [...state.policies.values()].filter(p => p.versions.has(2))
    if (!policy) return
    const at = (percent: number): OrgState => ({
      ...state,
      rollouts: [{ id: 'r9', policy: policy.id, from: 1, to: 2, percent, salt: 's' }],
    })
    const none = { ...state, trials: [] }
    for (const target of targets) {
      let before = false
      for (const percent of [0, 1, 5, 25, 50, 99, 100]) {
        const now9 = has(resolve({ ...none, ...at(percent), trials: [] }, target, now, testKinds), policy.id, 2)
        assert.ok(now9 || !before)
        before = now9
      }
      const anyone = resolve(none, target, now, testKinds).items.some(i => i.from.some(c => c.policy === policy.id))
      assert.equal(before, anyone)
      if (before) ahead += 1
    }
  }
  fc.assert(fc.property(randomOrg, check), { numRuns: 300 })
  assert.ok(ahead > 50, `${ahead}`)
})

test('a trial gives its device exactly one version of its policy and touches no other device', () => {
  fc.assert(
    fc.property(randomOrg, ({ state, targets }) => {
      const plain = { ...state, trials: [] }
      const trial: TrialState = { id: 't9', device: targets[0]?.id ?? '', policy: 'p1', version: 1, until: now + 1 }
      const tried = openResolver({ ...plain, trials: [trial] }, now, testKinds)
      const over = openResolver({ ...plain, trials: [{ ...trial, until: now }] }, now, testKinds)
      for (const [i, target] of targets.entries()) {
        const usual = resolve(plain, target, now, testKinds)
        assert.deepEqual(over.effective(target), usual)
        if (i > 0) assert.deepEqual(tried.effective(target), usual)
        const mine = tried.effective(target).items.flatMap(one => one.from.filter(c => c.policy === 'p1'))
        if (i === 0)
          assert.partialDeepStrictEqual(mine, [
            { policy: 'p1', version: 1, assignment: '', blueprint: '', reach: { level: 'trial', by: 't9' } },
          ])
      }
    }),
    { numRuns: 200 },
  )
})

test('shares are spread evenly over devices, differ from salt to salt and never change', () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => `dev_0192f3a4-${i.toString(16).padStart(4, '0')}`)
  for (const salt of ['', 'rol_1', 'rol_2']) {
    const tenths = Array.from({ length: 10 }, () => 0)
    for (const id of ids)
      tenths[Math.floor(shareOf(id, salt) / 10)] = (tenths[Math.floor(shareOf(id, salt) / 10)] ?? 0) + 1
    const chi2 = tenths.reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0)
    // Nine degrees of freedom: 27.9 is exceeded by one in a thousand.
    assert.ok(chi2 < 27.9, `${salt}: ${chi2} ${tenths.join(' ')}`)
  }
  const both = ids.filter(id => shareOf(id, 'rol_1') < 10 && shareOf(id, 'rol_2') < 10).length
  assert.ok(both > 140 && both < 260, `${both} of 200 expected are first in both`)
  assert.deepEqual(
    ['dev_1', 'dev_2', '装置'].map(id => shareOf(id, 'rol_1').toFixed(6)),
    ['74.156801', '54.007152', '52.610870'],
  )
})
