import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import { effectiveOf } from './index.ts'

test('why a device has a value: who said what, nearest first, and who was not heard for which reason', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const sales = await h.given.unit({ name: 'Sales' })
  const device = await h.given.device({ unit: sales.id })
  await h.given.assigned({ policies: [{ name: 'All', value: { camera: true } }] })
  await h.given.assigned({ unit: sales.id, policies: [{ name: 'Floor', value: { camera: false } }] })
  await h.given.assigned({
    policies: [{ name: 'Macs', value: { camera: 1 } }],
    scope: { conditions: { platforms: ['macos'] } },
  })
  const url = `/api/v1/devices/${device.id}/policy/why?item=test.settings&key=camera`
  const { body } = await h.http('GET', url, { as: key })
  assert.deepEqual([body.value, body.decided, body.rule], [false, 'nearest', 'nearest'])
  assert.deepEqual(
    body.chain.map((l: { policy: { name: string }; became: string; reach: unknown; anchor: { name: string } }) => [
      l.policy.name,
      l.became,
      l.reach,
      l.anchor.name,
    ]),
    [
      ['Floor', 'won', { level: 'unit', by: sales.id, name: 'Sales' }, 'Sales'],
      ['All', 'lost', { level: 'unit', by: h.root.id, name: 'Havsten' }, 'Havsten'],
    ],
  )
  assert.deepEqual(
    body.unheard.map((u: { policy: { name: string }; miss: unknown }) => [u.policy.name, u.miss]),
    [['Macs', { why: 'platform', asked: 'macos', is: 'ios' }]],
  )
})

test('why a policy is not on a device, from being in no blueprint to being overridden', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const sales = await h.given.unit({ name: 'Sales' })
  const device = await h.given.device({ unit: sales.id, ownership: 'personal' })
  const why = async (policy: string) =>
    (await h.http('GET', `/api/v1/devices/${device.id}/policy/why-not?policy=${policy}`, { as: key })).body
  const { id } = await h.given.policy({ name: 'One', value: { camera: true } })
  assert.equal((await why(id)).why, 'in-no-blueprint')
  const { id: blueprint } = await h.given.blueprint({ name: 'Set', items: [id] })
  const unassigned = await why(id)
  assert.deepEqual([unassigned.why, unassigned.blueprints[0].name], ['not-assigned', 'Set'])
  await h.given.assigned({ blueprint, scope: { conditions: { ownership: ['company'] } } })
  const missed = await why(id)
  assert.deepEqual(
    [missed.why, missed.misses[0].miss, missed.misses[0].anchor.name],
    ['not-reached', { why: 'ownership', asked: 'company', is: 'personal' }, 'Havsten'],
  )
  await h.given.assigned({ blueprint })
  assert.deepEqual([(await why(id)).why, (await why(id)).overridden], ['reached', []])
  await h.given.assigned({ unit: sales.id, policies: [{ name: 'Nearer', value: { camera: false } }] })
  const [overridden] = (await why(id)).overridden
  assert.deepEqual(
    [overridden.key, overridden.value, overridden.instead, overridden.by[0].name],
    ['camera', true, false, 'Nearer'],
  )
  assert.equal((await why(`pol_${'0'.repeat(32)}`)).why, 'unknown')
})

test('a reader learns what governs a device, and nothing of units and policies beyond their own', async t => {
  const h = await house(t)
  const sales = await h.given.unit({ name: 'Sales' })
  const other = await h.given.unit({ name: 'Secret labs' })
  const device = await h.given.device({ unit: sales.id })
  const { key } = await h.given.admin({ role: 'help-desk', unit: sales.id })
  await h.given.assigned({ policies: [{ name: 'All', value: { camera: true } }] })
  const { policies: hidden } = await h.given.assigned({
    unit: other.id,
    policies: [{ name: 'Hidden', value: { camera: 1 } }],
  })
  const url = `/api/v1/devices/${device.id}/policy`
  const { body } = await h.http('GET', `${url}/why?item=test.settings&key=camera`, { as: key })
  assert.deepEqual(
    [body.chain[0].policy.name, body.chain[0].anchor, body.chain[0].reach],
    ['All', null, { level: 'unit', by: null, name: null }],
  )
  assert.deepEqual(body.unheard, [])
  const not = await h.http('GET', `${url}/why-not?policy=${hidden[0]}`, { as: key })
  assert.deepEqual([not.body.why, not.body.policy], ['unknown', null])
  assert.doesNotMatch(JSON.stringify([body, not.body]), /Hidden|Secret labs/)
})

test('what a device should have is asked in one go', async t => {
  const h = await house(t)
  const device = await h.given.device()
  await h.given.assigned({ policies: [{ name: 'All', value: { camera: true } }] })
  const { effective, state } = await h.run(ctx => effectiveOf(ctx, device.id))
  assert.deepEqual(
    effective.items.map(i => [i.item, i.value, state.policies.get(i.from[0]?.policy ?? '')?.name]),
    [['test.settings', { camera: true }, 'All']],
  )
})

test('a scope is counted before it is saved: devices, people and a few by name', async t => {
  const h = await house(t)
  const unit = await h.given.unit()
  const user = await h.given.user({ displayName: 'Mei' })
  const device = await h.given.device({ unit: unit.id, tags: ['kiosk'] })
  await h.given.device({ unit: unit.id })
  await h.given.device({ tags: ['kiosk'] })
  const { key } = await h.given.admin()
  await h.http('PATCH', `/api/v1/devices/${device.id}`, { as: key, body: { user: user.id } })
  const count = (body: unknown, as = key) => h.http('POST', '/api/v1/scopes/count', { as, body })
  const all = await count({ unit: unit.id })
  assert.deepEqual([all.body.devices, all.body.people, all.body.exact], [2, 1, true])
  const tagged = await count({ unit: unit.id, scope: { include: { tags: ['Kiosk'] } } })
  assert.deepEqual(
    [tagged.body.devices, tagged.body.sample[0].name, tagged.body.sample[0].user],
    [1, device.name, 'Mei'],
  )
  const except = await count({ unit: unit.id, scope: { exclude: { users: [user.id] } } })
  assert.equal(except.body.devices, 1)
  const over = await count({ unit: unit.id, window: { until: h.now() } })
  assert.equal(over.body.devices, 0)
  const elsewhere = await h.given.admin({ unit: (await h.given.unit()).id })
  assert.equal((await count({ unit: unit.id }, elsewhere.key)).body.code, 'id.unknown')
  const naming = { unit: (await h.given.unit()).id, scope: { include: { users: [user.id] } } }
  const mine = await h.given.admin({ unit: naming.unit })
  assert.equal((await count(naming, mine.key)).body.code, 'assignment.names-unknown')
  assert.equal((await h.http('POST', '/api/v1/scopes/count', { body: {} })).status, 401)
})
