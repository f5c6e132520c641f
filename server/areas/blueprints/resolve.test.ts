import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { now, type RandomOrg, randomOrg, testKinds } from '../../testing/orgs.ts'
import type { Json } from '../policies/index.ts'
import {
  diff,
  type Effective,
  explain,
  explainMissing,
  openResolver,
  type OrgState,
  reach,
  replay,
  resolve,
  shareOf,
  type Target,
} from './index.ts'

/** What a device should have in the plainest words: every policy of every assignment, sorted by nearness, then item by item. Shares no code with the resolver but `reach`. */
function plainly(state: OrgState, target: Target): Record<string, Json> {
  const offers: { policy: string; version: number; rank: (number | string)[] }[] = []
  for (const t of state.trials)
    if (t.device === target.id && t.until > now && state.policies.get(t.policy)?.versions.has(t.version))
      offers.push({ policy: t.policy, version: t.version, rank: [0, -Number(t.id.slice(1))] })
  for (const a of state.assignments) {
    const found = reach(a, target, now)
    const blueprint = state.blueprints.get(a.blueprint)
    if ('miss' in found || !blueprint) continue
    const { level, depth } = found.reach
    const rank = [['trial', 'device', 'user', 'group', 'unit'].indexOf(level), -depth, blueprint.place, blueprint.id]
    for (const [place, id] of blueprint.items.entries()) {
      const policy = state.policies.get(id)
      if (!policy) continue
      const rollout = state.rollouts.filter(r => r.policy === id).at(-1)
      const wanted = rollout ? (shareOf(target.id, rollout.salt) < rollout.percent ? rollout.to : rollout.from) : 0
      const version = policy.versions.has(wanted) ? wanted : policy.current
      offers.push({ policy: id, version, rank: [...rank, a.id, place] })
    }
  }
  offers.sort((a, b) => {
    const at = a.rank.findIndex((r, i) => r !== b.rank[i])
    return (a.rank[at] ?? 0) < (b.rank[at] ?? 0) ? -1 : 1
  })
  const result: Record<string, Json> = {}
  const heard = new Set<string>()
  const lists = new Map<string, { said: Json[]; kind: string }>()
  for (const { policy: id, version } of offers) {
    const policy = state.policies.get(id)
    const value = policy?.versions.get(version)
    if (policy === undefined || value === undefined || heard.has(id)) continue
    heard.add(id)
    const ssid = policy.kind === 'wifi' ? (value as { ssid?: string }).ssid : undefined
    const item = policy.kind === 'passcode' ? 'passcode' : `${policy.kind}#${ssid ?? id}`
    const list = lists.get(item) ?? { said: [], kind: policy.kind }
    list.said.push(value)
    lists.set(item, list)
  }
  for (const [item, { said, kind }] of lists) result[item] = kind === 'passcode' ? settled(said) : (said[0] ?? null)
  return result
}

function settled(said: readonly Json[]): Json {
  const all = said as readonly Record<string, Json>[]
  const result: Record<string, Json> = Object.create(null) as Record<string, Json>
  for (const key of new Set(all.flatMap(v => Object.keys(v)))) {
    const values = all.filter(v => Object.hasOwn(v, key)).map(v => v[key] ?? null)
    const numbers = values.filter(v => typeof v === 'number')
    const order = ['complex', 'digits', 'any'].filter(q => values.includes(q))
    const fallback = values[0] ?? null
    if (key === 'minLength') result[key] = numbers.length > 0 ? Math.max(...numbers) : fallback
    else if (key === 'maxAge') result[key] = Math.min(...numbers)
    else if (key === 'simple') result[key] = !values.includes(false)
    else if (key === 'locked') result[key] = values.includes(true)
    else if (key === 'quality') result[key] = order[0] ?? fallback
    else if (key === 'domains' && values.every(v => Array.isArray(v)))
      result[key] = [...new Set((values as string[][]).flat())].sort()
    else result[key] = fallback
  }
  return { ...result }
}

const valuesOf = (effective: Effective): Record<string, Json> =>
  Object.fromEntries(effective.items.map(i => [i.item, i.value]))

const random = (check: (org: RandomOrg) => void, numRuns = 300): void =>
  fc.assert(fc.property(randomOrg, check), { numRuns })

test('the resolver, the single answer and the plainest words agree for random organizations', () => {
  let items = 0
  random(({ state, targets }) => {
    const resolver = openResolver(state, now, testKinds)
    for (const target of targets) {
      const one = resolve(state, target, now, testKinds)
      assert.deepEqual(valuesOf(one), plainly(state, target))
      assert.deepEqual(resolver.effective(target), one)
      items += one.items.length
    }
  })
  assert.ok(items > 1000, `${items} items are too few to say anything`)
})

test('the explanation of every key replays to the value that the device has', () => {
  let keys = 0
  random(({ state, targets }) => {
    const ground = { state, now, kinds: testKinds }
    for (const target of targets)
      for (const item of resolve(state, target, now, testKinds).items) {
        assert.deepEqual(replay(explain(ground, target, item.item, null)), item.value)
        for (const [key, one] of Object.entries(item.keys)) {
          const told = explain(ground, target, item.item, key)
          assert.deepEqual(replay(structuredClone(told)), one.value)
          assert.deepEqual([told.value, told.decided], [one.value, one.decided])
          const won = told.chain.flatMap((link, i) => (link.became === 'won' || link.became === 'united' ? [i] : []))
          assert.deepEqual(won, one.won)
          keys += 1
        }
      }
  })
  assert.ok(keys > 1000, `${keys} keys are too few to say anything`)
})

test('where nothing is said, the explanation has no value and names who was not heard', () => {
  let unheard = 0
  random(({ state, targets }) => {
    const ground = { state, now, kinds: testKinds }
    for (const target of targets)
      for (const [item, key] of [
        ['passcode', 'note'],
        ['wifi#Corp', null],
        ['wifi#Corp', 'proxy'],
      ] as const) {
        const told = explain(ground, target, item, key)
        assert.deepEqual(replay(told), told.value)
        for (const { assignment, policy, miss } of told.unheard) {
          const meant = state.assignments.find(a => a.id === assignment) ?? assert.fail()
          assert.ok(state.blueprints.get(meant.blueprint)?.items.includes(policy))
          assert.deepEqual(reach(meant, target, now), { miss })
          unheard += 1
        }
      }
  })
  assert.ok(unheard > 300, `${unheard}`)
})

test('why not: a policy is reached, or every assignment that holds it says what keeps it away', () => {
  const seen = new Set<string>()
  random(({ state, targets }) => {
    const ground = { state, now, kinds: testKinds }
    for (const target of targets)
      for (const policy of ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'lost']) {
        const told = explainMissing(ground, target, policy)
        seen.add(told.why)
        const has = resolve(state, target, now, testKinds).items.some(i => i.from.some(c => c.policy === policy))
        assert.equal(told.why === 'reached', has)
        if (told.why !== 'not-reached') continue
        const holding = state.assignments.filter(a => state.blueprints.get(a.blueprint)?.items.includes(policy))
        assert.deepEqual(told.misses.map(m => m.assignment).sort(), holding.map(a => a.id).sort())
      }
  })
  assert.deepEqual([...seen].sort(), ['in-no-blueprint', 'not-assigned', 'not-reached', 'reached', 'unknown'])
})

test('the order in which things are listed decides nothing', () => {
  random(({ state, targets }) => {
    const mixed: OrgState = {
      ...state,
      policies: new Map([...state.policies].reverse()),
      blueprints: new Map([...state.blueprints].reverse()),
      assignments: state.assignments.toReversed().map(a => {
        const turned = (s: typeof a.scope.include): typeof a.scope.include => ({
          units: s.units.toReversed(),
          groups: s.groups.toReversed(),
          tags: s.tags.toReversed(),
          users: s.users.toReversed(),
          devices: s.devices.toReversed(),
        })
        return { ...a, scope: { ...a.scope, include: turned(a.scope.include), exclude: turned(a.scope.exclude) } }
      }),
      rollouts: state.rollouts.toReversed(),
      trials: state.trials.toReversed(),
    }
    const resolver = openResolver(mixed, now, testKinds)
    for (const t of targets) {
      const turned = { ...t, groups: t.groups.toReversed(), tags: t.tags.toReversed() }
      assert.deepEqual(resolver.effective(turned), resolve(state, t, now, testKinds))
      assert.deepEqual(resolve(mixed, turned, now, testKinds), resolve(state, t, now, testKinds))
    }
  })
})

test('devices of one signature have the same, and nothing differs exactly where the hashes are equal', () => {
  random(({ state, targets }) => {
    const resolver = openResolver(state, now, testKinds)
    for (const a of targets)
      for (const b of targets) {
        const [x, y] = [resolve(state, a, now, testKinds), resolve(state, b, now, testKinds)]
        if (resolver.signature(a) === resolver.signature(b)) assert.deepEqual(x, y)
        assert.equal(diff(x, y).length === 0, x.hash === y.hash)
        assert.equal(x.hash === y.hash, isDeepStrictEqual(valuesOf(x), valuesOf(y)))
      }
  })
})

test('a difference carried out on what was before gives what is after', () => {
  random(({ state, targets }) => {
    const all = targets.map(t => resolve(state, t, now, testKinds))
    for (const before of all)
      for (const after of all) {
        const values = new Map(before.items.map(i => [i.item, i.value]))
        for (const { sign, item, keys } of diff(before, after)) {
          if (sign === 'remove') values.delete(item)
          else if (keys.some(k => k.key === '')) values.set(item, keys[0]?.after ?? null)
          else {
            const fields = new Map(Object.entries((values.get(item) ?? {}) as Record<string, Json>))
            for (const { key, after: is } of keys)
              if (is === null) fields.delete(key)
              else fields.set(key, is)
            values.set(item, Object.fromEntries(fields))
          }
        }
        assert.deepEqual(Object.fromEntries(values), valuesOf(after))
      }
  })
})
