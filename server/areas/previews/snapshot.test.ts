import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import * as devices from '../devices/index.ts'
import { changeUnit } from '../identity/unit.ts'
import * as policies from '../policies/index.ts'
import { snapshot, snapshotIn, targetsPage } from './index.ts'

test('the state of an org is kept until something that decides is written', async t => {
  const h = await house(t)
  const { policies: ids, blueprint, assignment } = await h.given.assigned({ policies: [{ value: { a: 1 } }] })
  const [policy = ''] = ids
  const first = await snapshot(h.base, h.org)
  assert.equal(await snapshot(h.base, h.org), first)
  assert.deepEqual(first.policies.get(policy)?.versions, new Map([[1, { a: 1 }]]))
  assert.deepEqual(first.blueprints.get(blueprint)?.items, [policy])
  assert.deepEqual(
    first.assignments.map(a => [a.id, a.anchor, a.enabled]),
    [[assignment.id, h.root.path, true]],
  )
  await h.given.device()
  assert.equal(await snapshot(h.base, h.org), first)
  await h.run(ctx => policies.saveVersion(ctx, policy, { value: { a: 2 } }))
  const next = await snapshot(h.base, h.org)
  assert.equal(next.revision, first.revision + 1)
  assert.deepEqual(next.policies.get(policy)?.versions, new Map([[2, { a: 2 }]]))
})

test('a transaction sees its own state, and what is taken back is not remembered', async t => {
  const h = await house(t)
  const { id } = await h.given.policy({ value: { a: 1 } })
  const before = await snapshot(h.base, h.org)
  const tried = h.run(async ctx => {
    await policies.saveVersion(ctx, id, { value: { a: 'tried' } })
    assert.deepEqual((await snapshotIn(ctx)).policies.get(id)?.versions.get(2), { a: 'tried' })
    throw new Error('taken back')
  })
  await assert.rejects(tried, /taken back/)
  assert.equal(await snapshot(h.base, h.org), before)
  await h.run(ctx => policies.saveVersion(ctx, id, { value: { a: 'real' } }))
  assert.deepEqual((await snapshot(h.base, h.org)).policies.get(id)?.versions.get(2), { a: 'real' })
})

test('paths of units in a state follow a move; a unit that is gone matches nothing, rather than everything', async t => {
  const h = await house(t)
  const from = await h.given.unit()
  const to = await h.given.unit()
  const unit = await h.given.unit({ parent: from.id })
  await h.given.assigned({ unit: unit.id, scope: { include: { units: [{ unit: unit.id, below: false }] } } })
  await h.run(ctx => changeUnit(ctx, unit.id, { parent: to.id }))
  const state = await snapshot(h.base, h.org)
  const path = `${to.path}${unit.id}/`
  assert.equal(state.assignments[0]?.anchor, path)
  assert.deepEqual(state.assignments[0]?.scope.include.units, [{ path, below: false }])
  assert.equal([...state.policies.values()][0]?.path, path)
})

test('targets are everything of devices that decides, in order of ids, page by page', async t => {
  const h = await house(t)
  const unit = await h.given.unit()
  const user = await h.given.user()
  const a = await h.given.device({ tags: ['Kiosk'], ownership: 'personal' })
  const b = await h.given.device({ unit: unit.id })
  await h.given.device({ state: 'ended' })
  await h.run(ctx => devices.change(ctx, a.id, { user: user.id }))
  const first = await h.run(ctx => targetsPage(ctx, { limit: 1 }))
  assert.deepEqual(first, [
    {
      id: a.id,
      path: h.root.path,
      user: user.id,
      groups: [],
      tags: ['kiosk'],
      ownership: 'personal',
      platform: 'ios',
      road: null,
      mode: null,
      osVersion: '18.1',
      supervised: null,
      name: a.name,
      formFactor: 'phone',
    },
  ])
  const rest = await h.run(ctx => targetsPage(ctx, { after: a.id, limit: 10 }))
  assert.deepEqual(
    rest.map(r => r.id),
    [b.id],
  )
  const below = await h.run(ctx => targetsPage(ctx, { within: [unit.path], limit: 10 }))
  assert.deepEqual(
    below.map(r => r.id),
    [b.id],
  )
  const named = await h.run(ctx => targetsPage(ctx, { ids: [b.id], users: [user.id], limit: 10 }))
  assert.deepEqual(
    named.map(r => r.id),
    [a.id, b.id],
  )
})
