import assert from 'node:assert/strict'
import { test } from 'node:test'
import { own } from '../../base/db.ts'
import { type House, house } from '../../testing/house.ts'
import * as blueprints from '../blueprints/index.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import { changeUnit } from '../identity/unit.ts'
import * as identity from '../identity/index.ts'
import * as policies from '../policies/index.ts'
import { desiredOf, itemsOn, note, planOf, reconcileEvents, retry, statusOf } from './index.ts'
import { type DesiredRow, desiredOfAll } from './desired-store.ts'

const network = (ssid: string, more: Record<string, policies.Json> = {}) => ({
  kind: 'test.network',
  value: { ssid, ...more },
})

async function row(h: House, device: string): Promise<DesiredRow | undefined> {
  return h.run(async ctx => (await desiredOfAll(ctx, [device])).get(device))
}

async function items(h: House, enrolled: string): Promise<string[]> {
  return (await h.run(ctx => statusOf(ctx, enrolled))).map(i => `${i.item} ${i.state}`)
}

async function wanted(h: House, enrolled: string, item: string): Promise<string> {
  const found = (await h.run(ctx => statusOf(ctx, enrolled))).find(i => i.item === item)
  return found?.wanted ?? ''
}

/** The device takes everything that is planned for it. */
async function obey(h: House, enrolled: string): Promise<void> {
  await h.run(async ctx => {
    for (;;) {
      const [step] = await planOf(ctx, enrolled)
      if (!step) return
      const channel = { enrollment: enrolled, account: '' }
      await note(ctx, channel, step.item, { did: 'sent', version: step.version })
      await note(
        ctx,
        channel,
        step.item,
        step.do === 'remove' ? { did: 'gone' } : { did: 'installed', version: step.version },
      )
    }
  })
}

async function told(h: House): Promise<string[]> {
  return (await h.events()).filter(t => /^(desired|item)\./.test(t))
}

async function dataOf(h: House, type: string): Promise<Record<string, unknown>[]> {
  const rows = await h.base.engine.read(tx =>
    own<{ events: { type: string; data: string; id: string } }>(tx)
      .selectFrom('events')
      .select('data')
      .where('type', '=', type)
      .orderBy('id')
      .execute(),
  )
  return rows.map(r => JSON.parse(r.data) as Record<string, unknown>)
}

test('what is assigned becomes wanted on the devices it reaches, and on no others', async t => {
  const h = await house(t)
  const sales = await h.given.unit()
  const inside = await h.given.enrolled({ unit: sales.id })
  const outside = await h.given.enrolled()
  await h.settle()
  await h.given.assigned({ unit: sales.id, policies: [network('Corp'), { value: { camera: false } }] })
  await h.settle()
  assert.deepEqual(await items(h, inside.enrollment), ['test.network#Corp wanted', 'test.settings wanted'])
  assert.deepEqual(await items(h, outside.enrollment), [])
  assert.equal((await row(h, inside.device.id))?.generation, 1)
  assert.equal((await row(h, outside.device.id))?.generation, 0)
  assert.deepEqual(await told(h), ['desired.changed'])
  const [data] = await dataOf(h, 'desired.changed')
  assert.partialDeepStrictEqual(data, { generation: 1, added: 2, changed: 0, removed: 0 })
  const desired = await h.run(ctx => desiredOf(ctx, inside.device.id))
  assert.deepEqual(
    desired?.items.map(i => i.value),
    [{ ssid: 'Corp' }, { camera: false }],
  )
  assert.equal(await h.run(ctx => desiredOf(ctx, 'dev_none')), null)
})

test('a generation is one event, is said to be reached once, and an answer twice changes nothing', async t => {
  const h = await house(t)
  const { device, enrollment: enrolled } = await h.given.enrolled()
  const { policies: ids } = await h.given.assigned({ policies: [network('Corp'), network('Guests')] })
  await h.settle()
  await obey(h, enrolled)
  assert.deepEqual(await told(h), ['desired.changed', 'desired.reached'])
  assert.partialDeepStrictEqual(await row(h, device.id), { generation: 1, reached: 1 })
  const version = await wanted(h, enrolled, 'test.network#Corp')
  await h.run(ctx =>
    note(ctx, { enrollment: enrolled, account: '' }, 'test.network#Corp', { did: 'installed', version }),
  )
  await h.settle()
  assert.deepEqual(await told(h), ['desired.changed', 'desired.reached'])
  await h.run(ctx => policies.saveVersion(ctx, ids[0] ?? '', { value: { ssid: 'Corp', hidden: true } }))
  await h.settle()
  assert.deepEqual(await items(h, enrolled), ['test.network#Corp wanted', 'test.network#Guests installed'])
  assert.notEqual(await wanted(h, enrolled, 'test.network#Corp'), version)
  assert.partialDeepStrictEqual(await row(h, device.id), { generation: 2, reached: 1 })
  await obey(h, enrolled)
  assert.partialDeepStrictEqual(await row(h, device.id), { generation: 2, reached: 2 })
})

test('a new version with the same value names the new version and makes no generation', async t => {
  const h = await house(t)
  const { device, enrollment: enrolled } = await h.given.enrolled()
  const { policies: ids } = await h.given.assigned({ policies: [network('Corp')] })
  await h.settle()
  await obey(h, enrolled)
  await h.run(async ctx => {
    await policies.saveVersion(ctx, ids[0] ?? '', { value: { ssid: 'Corp', a: 1 } })
    await policies.rollBack(ctx, ids[0] ?? '', { version: 1, note: 'no' })
  })
  await h.settle()
  const [item] = await h.run(ctx => statusOf(ctx, enrolled))
  assert.partialDeepStrictEqual(item, { state: 'installed', policyVersion: 3 })
  assert.partialDeepStrictEqual(await row(h, device.id), { generation: 1, reached: 1 })
})

test('a device that moves gets the items of its new unit and loses those of the old; what it never had is forgotten', async t => {
  const h = await house(t)
  const [sales, works] = [await h.given.unit(), await h.given.unit()]
  const { device, enrollment: enrolled } = await h.given.enrolled({ unit: sales.id })
  await h.given.assigned({ unit: sales.id, policies: [network('Sales'), network('Fair')] })
  await h.given.assigned({ unit: works.id, policies: [network('Works')] })
  await h.settle()
  const channel = { enrollment: enrolled, account: '' }
  const version = await wanted(h, enrolled, 'test.network#Sales')
  await h.run(ctx => note(ctx, channel, 'test.network#Sales', { did: 'sent', version }))
  await h.run(ctx => note(ctx, channel, 'test.network#Sales', { did: 'installed', version }))
  await h.run(ctx => devices.change(ctx, device.id, { unit: works.id }))
  await h.settle()
  assert.deepEqual(await items(h, enrolled), ['test.network#Sales removing', 'test.network#Works wanted'])
  assert.deepEqual(
    (await h.run(ctx => planOf(ctx, enrolled))).map(s => [s.do, s.item]),
    [
      ['install', 'test.network#Works'],
      ['remove', 'test.network#Sales'],
    ],
  )
  await obey(h, enrolled)
  assert.deepEqual(await items(h, enrolled), ['test.network#Works installed'])
  assert.partialDeepStrictEqual((await dataOf(h, 'desired.changed')).at(-1), { added: 1, changed: 0, removed: 2 })
  await h.run(ctx => changeUnit(ctx, works.id, { parent: sales.id }))
  await h.settle()
  assert.deepEqual(await items(h, enrolled), [
    'test.network#Fair wanted',
    'test.network#Sales wanted',
    'test.network#Works installed',
  ])
})

test('scopes follow tags, users, groups, ownership and what devices say of themselves', async t => {
  const h = await house(t)
  const { device, enrollment: enrolled } = await h.given.enrolled({ osVersion: '17.0', ownership: 'company' })
  const user = await h.given.user()
  const { id: group } = await h.run(ctx => identity.addGroup(ctx, { name: 'Staff', unit: h.root.id }))
  await h.given.assigned({ policies: [network('Tag')], scope: { include: { tags: ['kiosk'] } } })
  await h.given.assigned({ policies: [network('User')], scope: { include: { users: [user.id] } } })
  await h.given.assigned({ policies: [network('Group')], scope: { include: { groups: [group] } } })
  await h.given.assigned({ policies: [network('Own')], scope: { conditions: { ownership: ['personal'] } } })
  await h.given.assigned({ policies: [network('New')], scope: { conditions: { osFrom: '18.0' } } })
  await h.settle()
  assert.deepEqual(await items(h, enrolled), [])
  const has = async (ssid: string): Promise<boolean> =>
    (await items(h, enrolled)).includes(`test.network#${ssid} wanted`)
  await h.run(ctx => devices.change(ctx, device.id, { tags: ['Kiosk'] }))
  await h.settle()
  assert.ok(await has('Tag'))
  await h.run(ctx => devices.change(ctx, device.id, { user: user.id, ownership: 'personal' }))
  await h.settle()
  assert.ok((await has('User')) && (await has('Own')))
  await h.run(ctx => identity.changeMembers(ctx, group, { add: [user.id] }))
  await h.settle()
  assert.ok(await has('Group'))
  await h.run(ctx => devices.learn(ctx, device.id, 'test', { 'os.version': '18.2' }))
  await h.settle()
  assert.ok(await has('New'))
  await h.run(ctx => identity.changeMembers(ctx, group, { remove: [user.id] }))
  await h.settle()
  assert.ok(!(await has('Group')))
})

test('an assignment that is changed or removed reaches those it reached before', async t => {
  const h = await house(t)
  const [a, b] = [await h.given.unit(), await h.given.unit()]
  const one = await h.given.enrolled({ unit: a.id })
  const two = await h.given.enrolled({ unit: b.id })
  const { assignment, blueprint } = await h.given.assigned({
    policies: [network('Corp')],
    scope: { include: { units: [{ unit: a.id, below: true }] } },
  })
  await h.settle()
  assert.deepEqual([await items(h, one.enrollment), await items(h, two.enrollment)], [['test.network#Corp wanted'], []])
  const scope = blueprints.shapes.scopeShape.parse({ include: { units: [{ unit: b.id, below: true }] } })
  await h.run(ctx => blueprints.changeAssignment(ctx, assignment.id, { scope }))
  await h.settle()
  assert.deepEqual([await items(h, one.enrollment), await items(h, two.enrollment)], [[], ['test.network#Corp wanted']])
  const added = await h.given.policy(network('More'))
  await h.run(ctx => blueprints.changeBlueprint(ctx, blueprint, { items: [added.id] }))
  await h.settle()
  assert.deepEqual(await items(h, two.enrollment), ['test.network#More wanted'])
  await h.run(ctx => blueprints.removeAssignment(ctx, assignment.id))
  await h.settle()
  assert.deepEqual(await items(h, two.enrollment), [])
})

test('when time comes an assignment begins, and it ends by itself', async t => {
  const h = await house(t)
  const { enrollment: enrolled } = await h.given.enrolled()
  await h.settle()
  const hour = 3_600_000
  const window = { from: h.now() + hour, until: h.now() + 3 * hour }
  await h.given.assigned({ policies: [network('Fair')], window })
  await h.settle()
  assert.deepEqual(await items(h, enrolled), [])
  h.pass(hour - 1)
  await h.settle()
  assert.deepEqual(await items(h, enrolled), [])
  h.pass(1)
  await h.settle()
  assert.deepEqual(await items(h, enrolled), ['test.network#Fair wanted'])
  h.pass(2 * hour)
  await h.settle()
  assert.deepEqual(await items(h, enrolled), [])
})

test('nothing is kept of a device whose management ended but its generation, which only grows', async t => {
  const h = await house(t)
  const first = await h.given.enrolled()
  await h.given.assigned({ policies: [network('Corp')] })
  await h.settle()
  await obey(h, first.enrollment)
  await h.run(ctx => enrollment.end(ctx, first.enrollment, 'left'))
  await h.settle()
  assert.deepEqual(await items(h, first.enrollment), [])
  assert.equal(await h.run(ctx => desiredOf(ctx, first.device.id)), null)
  assert.partialDeepStrictEqual(await row(h, first.device.id), { enrollment: null, generation: 1 })
  const again = await h.given.enrolled({ udid: first.device.udid ?? '' })
  assert.equal(again.device.id, first.device.id)
  await h.settle()
  assert.deepEqual(await items(h, again.enrollment), ['test.network#Corp wanted'])
  assert.equal((await row(h, first.device.id))?.generation, 2)
  await h.run(ctx => enrollment.end(ctx, again.enrollment, 'left'))
  await h.run(ctx => devices.remove(ctx, first.device.id))
  await h.settle()
  assert.equal(await row(h, first.device.id), undefined)
})

test('an item whose variable has no value is blocked until it has one; a change of the value is another version', async t => {
  const h = await house(t)
  const { device, enrollment: enrolled } = await h.given.enrolled()
  await h.given.assigned({ policies: [network('Corp', { identity: { $var: 'user.email' } })] })
  await h.settle()
  const [item] = await h.run(ctx => statusOf(ctx, enrolled))
  assert.partialDeepStrictEqual(item, {
    state: 'blocked',
    error: { code: 'item.variable-missing', facts: { variable: 'user.email' } },
  })
  assert.deepEqual(await h.run(ctx => planOf(ctx, enrolled)), [])
  const user = await h.given.user({ email: 'aiko@example.org' })
  await h.run(ctx => devices.change(ctx, device.id, { user: user.id }))
  await h.settle()
  await obey(h, enrolled)
  assert.deepEqual(await items(h, enrolled), ['test.network#Corp installed'])
  const version = await wanted(h, enrolled, 'test.network#Corp')
  await h.run(ctx => identity.changeUser(ctx, user.id, { email: 'aiko.m@example.org' }))
  await h.settle()
  assert.deepEqual(await items(h, enrolled), ['test.network#Corp wanted'])
  assert.notEqual(await wanted(h, enrolled, 'test.network#Corp'), version)
})

test('a secret that is rotated makes another version of every item that uses it', async t => {
  const h = await house(t)
  const { enrollment: enrolled } = await h.given.enrolled()
  const secret = await h.run(ctx => policies.putSecret(ctx, { name: 'Key', unit: h.root.id, value: 'one' }))
  await h.given.assigned({ policies: [network('Corp', { password: { $secret: secret.id } }), network('Open')] })
  await h.settle()
  await obey(h, enrolled)
  await h.run(ctx => policies.rotateSecret(ctx, secret.id, 'two'))
  await h.settle()
  assert.deepEqual(await items(h, enrolled), ['test.network#Corp wanted', 'test.network#Open installed'])
})

test('what fails is tried again at its time, given up in the end, and tried anew when someone asks', async t => {
  const h = await house(t)
  const { device, enrollment: enrolled } = await h.given.enrolled()
  await h.given.assigned({ policies: [network('Corp')] })
  await h.settle()
  const channel = { enrollment: enrolled, account: '' }
  const version = await wanted(h, enrolled, 'test.network#Corp')
  let tries = 0
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    const [step] = await h.run(ctx => planOf(ctx, enrolled))
    if (step) {
      tries += 1
      await h.run(ctx => note(ctx, channel, step.item, { did: 'sent', version }))
      await h.run(ctx => note(ctx, channel, step.item, { did: 'failed', version, error: { code: 'apple.no' } }))
    }
    h.pass(60_000)
  }
  assert.equal(tries, 6)
  assert.deepEqual(await told(h), ['desired.changed', 'item.failed', 'item.failed'])
  assert.deepEqual(
    (await dataOf(h, reconcileEvents.failed.type)).map(d => d['final']),
    [false, true],
  )
  assert.equal(await h.run(ctx => retry(ctx, device, null)), 1)
  assert.equal((await h.run(ctx => planOf(ctx, enrolled))).length, 1)
  assert.equal(await h.run(ctx => retry(ctx, device, null)), 0)
})

test('a platform is told everything of a channel at once, what is to be removed included', async t => {
  const h = await house(t)
  const { device, enrollment: enrolled } = await h.given.enrolled()
  const { assignment } = await h.given.assigned({ policies: [network('Corp')] })
  await h.settle()
  await obey(h, enrolled)
  await h.run(ctx => blueprints.removeAssignment(ctx, assignment.id))
  await h.given.assigned({ policies: [network('Other')] })
  await h.settle()
  const { generation, items: all } = await h.run(ctx =>
    itemsOn(ctx, { device: device.id, enrollment: enrolled, account: '' }),
  )
  assert.ok(generation >= 2)
  assert.deepEqual(
    all.map(i => [i.status.item, i.status.state, i.effective?.value ?? null]),
    [
      ['test.network#Corp', 'removing', null],
      ['test.network#Other', 'wanted', { ssid: 'Other' }],
    ],
  )
})
