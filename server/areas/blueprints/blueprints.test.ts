import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../base/problem.ts'
import { house } from '../../testing/house.ts'
import * as policies from '../policies/index.ts'
import * as blueprints from './index.ts'

const code = (expected: string) => (error: unknown) => error instanceof Problem && error.code === expected
const scopeOf = (scope: unknown) => blueprints.shapes.scopeShape.parse(scope)

test('a blueprint holds policies in the order given, each once', async t => {
  const h = await house(t)
  const [a, b] = [await h.given.policy(), await h.given.policy()]
  const { id } = await h.given.blueprint({ items: [b.id, a.id, b.id] })
  assert.deepEqual((await h.run(ctx => blueprints.getBlueprint(ctx, id))).items, [b.id, a.id])
  await h.run(ctx => blueprints.changeBlueprint(ctx, id, { items: [a.id, b.id] }))
  assert.deepEqual((await h.run(ctx => blueprints.getBlueprint(ctx, id))).items, [a.id, b.id])
  await assert.rejects(
    h.run(ctx => policies.archivePolicy(ctx, a.id)),
    code('policy.in-use'),
  )
  assert.deepEqual((await h.events()).slice(-2), ['blueprint.added', 'blueprint.changed'])
})

test('blueprints have an order in the org; moving one leaves the order of all others', async t => {
  const h = await house(t)
  for (const name of ['A', 'B', 'C', 'D']) await h.given.blueprint({ name })
  const order = async () => {
    const { key } = await h.given.admin()
    const { body } = await h.http('GET', '/api/v1/blueprints', { as: key })
    return body.items.map((b: { name: string; place: number }) => `${b.place}${b.name}`).join(' ')
  }
  const idOf = (name: string) =>
    h.run(async ctx => {
      const row = await ctx.tx.selectFrom('blueprints').select('id').where('name', '=', name).executeTakeFirstOrThrow()
      return String(row.id)
    })
  const d = await idOf('D')
  await h.run(ctx => blueprints.changeBlueprint(ctx, d, { place: 2 }))
  assert.equal(await order(), '1A 2D 3B 4C')
  const a = await idOf('A')
  await h.run(ctx => blueprints.changeBlueprint(ctx, a, { place: 99 }))
  assert.equal(await order(), '1D 2B 3C 4A')
})

test('a policy reaches no further than its unit: neither into blueprints above or beside, nor by an assignment', async t => {
  const h = await house(t)
  const sales = await h.given.unit()
  const other = await h.given.unit()
  const tokyo = await h.given.unit({ parent: sales.id })
  const { id: policy } = await h.given.policy({ unit: sales.id })
  for (const unit of [h.root.id, other.id])
    await assert.rejects(h.given.blueprint({ unit, items: [policy] }), code('blueprint.policy-elsewhere'))
  const { id } = await h.given.blueprint({ unit: tokyo.id, items: [policy] })
  for (const unit of [h.root.id, other.id, sales.id])
    await assert.rejects(h.given.assigned({ blueprint: id, unit }), code('blueprint.assigned-elsewhere'))
  await h.given.assigned({ blueprint: id, unit: tokyo.id })
  await assert.rejects(
    h.run(ctx => policies.changePolicy(ctx, policy, { unit: other.id })),
    code('blueprint.policy-elsewhere'),
  )
  await assert.rejects(
    h.run(ctx => blueprints.changeBlueprint(ctx, id, { unit: other.id })),
    code('blueprint.policy-elsewhere'),
  )
  await h.run(ctx => policies.changePolicy(ctx, policy, { unit: h.root.id }))
})

test('an admin puts no policy into a blueprint that they may not see, and takes over none', async t => {
  const h = await house(t)
  const own = await h.given.unit()
  const { principal } = await h.given.admin({ role: 'admin', unit: own.id })
  const { id: theirs } = await h.given.policy()
  const create = (items: string[]) =>
    h.as(principal, ctx => blueprints.createBlueprint(ctx, { name: 'Mine', unit: own.id, items }))
  await assert.rejects(create([theirs]), code('blueprint.policy-unknown'))
  await assert.rejects(create([`pol_${'0'.repeat(32)}`]), code('blueprint.policy-unknown'))
})

test('an assignment names only what its author may see; what it named already stays', async t => {
  const h = await house(t)
  const own = await h.given.unit()
  const other = await h.given.unit()
  const { principal } = await h.given.admin({ role: 'admin', unit: own.id })
  const foreign = await h.given.device({ unit: other.id })
  const { id } = await h.given.blueprint({ unit: own.id })
  const scope = scopeOf({ exclude: { devices: [foreign.id], units: [{ unit: other.id }] } })
  await assert.rejects(
    h.as(principal, ctx => blueprints.addAssignment(ctx, id, { unit: own.id, scope })),
    (error: unknown) =>
      error instanceof Problem &&
      error.code === 'assignment.names-unknown' &&
      error.fields.map(f => f.path).join() === 'scope.exclude.units,scope.exclude.devices',
  )
  const { assignment } = await h.given.assigned({ blueprint: id, unit: own.id, scope })
  const change = { scope: { ...scope, conditions: { supervised: true } } }
  await h.as(principal, ctx => blueprints.changeAssignment(ctx, assignment.id, change))
  assert.deepEqual((await h.events()).slice(-2), ['assignment.added', 'assignment.changed'])
})

test('an assignment has a beginning before its end', async t => {
  const h = await house(t)
  await assert.rejects(h.given.assigned({ window: { from: 5, until: 5 } }), code('assignment.window-empty'))
  await h.given.assigned({ window: { from: 5, until: 6 } })
})

test('removing a blueprint takes back each assignment, and says so', async t => {
  const h = await house(t)
  const unit = await h.given.unit()
  const { blueprint, assignment } = await h.given.assigned()
  await h.given.assigned({ blueprint, unit: unit.id })
  await h.run(ctx => blueprints.removeBlueprint(ctx, blueprint))
  assert.deepEqual((await h.events()).slice(-3), ['assignment.removed', 'assignment.removed', 'blueprint.removed'])
  await assert.rejects(
    h.run(ctx => blueprints.getAssignment(ctx, assignment.id)),
    code('id.unknown'),
  )
})

test('a unit that an assignment hangs on or names stays; a group too; a device may go', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const named = await h.given.unit()
  const anchor = await h.given.unit()
  await h.given.assigned({ scope: { include: { units: [{ unit: named.id, below: true }] } } })
  const { blueprint } = await h.given.assigned({})
  await h.given.assigned({ blueprint, unit: anchor.id })
  for (const { id } of [named, anchor]) {
    const { body } = await h.http('DELETE', `/api/v1/units/${id}`, { as: key })
    assert.deepEqual([body.code, body.holds], ['unit.not-empty', ['assignments']])
  }
})

test('a blueprint is read with names for everything it names', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const user = await h.given.user({ displayName: 'Mei' })
  const { policies: ids, blueprint } = await h.given.assigned({
    policies: [{ name: 'Base' }],
    scope: { include: { users: [user.id], tags: ['Kiosk'] } },
  })
  const { body } = await h.http('GET', `/api/v1/blueprints/${blueprint}`, { as: key })
  assert.deepEqual(body.items, [{ id: ids[0], name: 'Base', kind: 'test.settings', version: 1 }])
  assert.deepEqual(body.assignments[0].names, { [user.id]: 'Mei' })
  assert.deepEqual(body.assignments[0].scope.include.tags, ['kiosk'])
})
