import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type House, house } from '../../testing/house.ts'
import { shareOf } from '../blueprints/index.ts'
import * as policies from '../policies/index.ts'
import { note, planOf, statusOf } from '../reconcile/index.ts'

const minute = 60_000
const terms = { waves: [40, 100], watchMinutes: 10, stopAbovePercentFailed: 2, minHeardPercent: 50 }

/** Everyone who is to have something takes it, or fails at it. */
async function obey(h: House, enrollments: readonly string[], failing = false): Promise<void> {
  for (const enrollment of enrollments)
    await h.run(async ctx => {
      const channel = { enrollment, account: '' }
      for (const step of await planOf(ctx, enrollment)) {
        await note(ctx, channel, step.item, { did: 'sent', version: step.version ?? '' })
        if (failing)
          for (let i = 0; i < 6; i += 1)
            await note(ctx, channel, step.item, {
              did: 'failed',
              version: step.version,
              error: { code: 'apple.refused' },
              final: true,
            })
        else await note(ctx, channel, step.item, { did: 'installed', version: step.version ?? '' })
      }
    })
}

async function versions(h: House, enrollments: readonly string[]): Promise<number[]> {
  const found: number[] = []
  for (const enrollment of enrollments) {
    const [item] = await h.run(ctx => statusOf(ctx, enrollment))
    found.push(item?.policyVersion ?? 0)
  }
  return found
}

/** Devices that all have version 1 of a policy, and an admin. */
async function scene(t: Parameters<typeof house>[0], count = 10) {
  const h = await house(t)
  const admin = await h.given.admin()
  const devices: { id: string; enrollment: string }[] = []
  for (let i = 0; i < count; i += 1) {
    const { device, enrollment } = await h.given.enrolled()
    devices.push({ id: device.id, enrollment })
  }
  const { policies: ids } = await h.given.assigned({ policies: [{ value: { camera: true } }] })
  await h.settle()
  const all = devices.map(d => d.enrollment)
  await obey(h, all)
  const policy = ids[0] ?? ''
  const save = (value: object, rollout: object | undefined = terms) =>
    h.http('POST', `/api/v1/policies/${policy}/versions`, {
      as: admin.key,
      body: { value, ...(rollout ? { rollout } : {}) },
    })
  const rollout = async () =>
    (await h.http('GET', `/api/v1/rollouts?policy=${policy}`, { as: admin.key })).body.items[0]
  return { h, admin, devices, all, policy, save, rollout }
}

test('a version reaches the devices of its wave, then everyone, and is done', async t => {
  const { h, devices, all, save, rollout } = await scene(t)
  assert.equal((await save({ camera: false })).status, 201)
  await h.settle()
  const first = await rollout()
  const salt = String(first.id).slice(-8)
  const expected = devices.map(d => (shareOf(d.id, salt) < 40 ? 2 : 1))
  assert.deepEqual(await versions(h, all), expected)
  await obey(h, all)
  assert.partialDeepStrictEqual(await rollout(), {
    state: 'running',
    wave: 0,
    waves: [{ state: 'out' }, { state: 'waits' }],
  })
  h.pass(10 * minute + 1000)
  await h.settle()
  await h.settle()
  assert.deepEqual(new Set(await versions(h, all)), new Set([2]))
  await obey(h, all)
  h.pass(10 * minute + 1000)
  await h.settle()
  const done = await rollout()
  assert.deepEqual([done.state, done.waves.map((w: { state: string }) => w.state)], ['done', ['over', 'over']])
  assert.equal(done.waves[1].counts.installed, 10)
  const told = (await h.events()).filter(e => e.startsWith('rollout.'))
  assert.deepEqual(told, ['rollout.begun', 'rollout.advanced', 'rollout.finished'])
})

test('a version that fails stops at wave one by itself, and every device goes back', async t => {
  const { h, admin, all, policy, save, rollout } = await scene(t)
  await save({ camera: false })
  await h.settle()
  const reached = (await versions(h, all)).filter(v => v === 2).length
  await obey(h, all, true)
  h.pass(2000)
  await h.settle()
  await h.settle()
  const stopped = await rollout()
  assert.equal(stopped.state, reached === 0 ? 'running' : 'stopped')
  if (reached === 0) return
  assert.deepEqual([stopped.reason, stopped.facts.percent, stopped.facts.of], ['rollout.failures', 100, reached])
  const { body } = await h.http('GET', `/api/v1/policies/${policy}`, { as: admin.key })
  assert.deepEqual([body.version, body.value], [3, { camera: true }])
  await obey(h, all)
  const states = new Set<string>()
  for (const enrollment of all) for (const item of await h.run(ctx => statusOf(ctx, enrollment))) states.add(item.state)
  assert.deepEqual([...states], ['installed'])
  assert.ok((await h.events()).includes('rollout.stopped'))
})

test('devices that fall silent stop a rollout at the end of the watch', async t => {
  const { h, all, save, rollout } = await scene(t)
  await save({ camera: false })
  await h.settle()
  if (!(await versions(h, all)).includes(2)) return
  h.pass(9 * minute)
  await h.settle()
  assert.equal((await rollout()).state, 'running')
  h.pass(2 * minute)
  await h.settle()
  assert.deepEqual([(await rollout()).state, (await rollout()).reason], ['stopped', 'rollout.silence'])
})

test('while a version is on its way there is no other; it can be paused, resumed, sent on and stopped', async t => {
  const { h, admin, all, save, rollout } = await scene(t, 4)
  await save({ camera: false })
  assert.equal((await save({ camera: true, other: 1 }, undefined)).body.code, 'rollout.under-way')
  const { id } = await rollout()
  const act = (verb: string) => h.http('POST', `/api/v1/rollouts/${id}/${verb}`, { as: admin.key })
  assert.equal((await act('pause')).body.state, 'paused')
  assert.equal((await act('pause')).body.code, 'rollout.not-now')
  h.pass(60 * minute)
  await h.settle()
  assert.equal((await rollout()).wave, 0)
  assert.equal((await act('resume')).body.state, 'running')
  assert.equal((await act('advance')).body.wave, 1)
  await h.settle()
  assert.deepEqual(new Set(await versions(h, all)), new Set([2]))
  assert.equal((await act('stop')).body.state, 'canceled')
  assert.equal((await act('stop')).body.code, 'rollout.ended')
  await h.settle()
  assert.deepEqual(new Set(await versions(h, all)), new Set([3]))
})

test('waves that do not end with everyone are refused, and nothing is saved', async t => {
  const { h, admin, policy, save } = await scene(t, 1)
  const refused = await save({ camera: false }, { waves: [5, 50] })
  assert.deepEqual([refused.status, refused.body.code], [400, 'request.malformed'])
  assert.equal((await h.http('GET', `/api/v1/policies/${policy}`, { as: admin.key })).body.version, 1)
})

test('a trial puts a value on one device and takes it back by itself', async t => {
  const { h, admin, devices, all, policy } = await scene(t, 2)
  const [first] = devices
  assert.ok(first)
  const before = (await h.run(ctx => statusOf(ctx, first.enrollment)))[0]?.wanted
  const begun = await h.http('POST', `/api/v1/devices/${first.id}/trials`, {
    as: admin.key,
    body: { policy, value: { camera: false }, minutes: 15 },
  })
  assert.equal(begun.status, 201)
  await h.settle()
  const during = await h.run(ctx => statusOf(ctx, first.enrollment))
  assert.notEqual(during[0]?.wanted, before)
  assert.ok((await versions(h, all)).some(v => v < 0))
  assert.equal((await h.http('GET', `/api/v1/devices/${first.id}/trials`, { as: admin.key })).body.items.length, 1)
  h.pass(15 * minute + 1000)
  await h.settle()
  await h.settle()
  assert.equal((await h.run(ctx => statusOf(ctx, first.enrollment)))[0]?.wanted, before)
  const told = (await h.events()).filter(e => e.startsWith('trial.'))
  assert.deepEqual(told, ['trial.begun', 'trial.ended'])
})

test('a trial ends early when somebody says so, and takes no value its kind finds wrong', async t => {
  const { h, admin, devices, policy } = await scene(t, 1)
  const path = `/api/v1/devices/${devices[0]?.id}/trials`
  const wrong = await h.http('POST', path, { as: admin.key, body: { policy, value: 7 } })
  assert.equal(wrong.status, 422)
  const { body } = await h.http('POST', path, { as: admin.key, body: { policy, value: { camera: false } } })
  assert.equal((await h.http('DELETE', `/api/v1/trials/${body.id}`, { as: admin.key })).status, 204)
  assert.equal((await h.http('DELETE', `/api/v1/trials/${body.id}`, { as: admin.key })).status, 404)
  assert.equal((await h.run(ctx => policies.getPolicy(ctx, policy))).version, 1)
})

test('a trial needs the right on the device and on the policy', async t => {
  const { h, devices, policy } = await scene(t, 1)
  const path = `/api/v1/devices/${devices[0]?.id}/trials`
  const elsewhere = await h.given.admin({ unit: (await h.given.unit()).id })
  assert.equal((await h.http('POST', path, { as: elsewhere.key, body: { policy, version: 1 } })).status, 404)
  const reader = await h.given.admin({ role: 'read-only' })
  assert.equal((await h.http('POST', path, { as: reader.key, body: { policy, version: 1 } })).status, 403)
  const operator = await h.given.admin({ role: 'operator' })
  assert.equal((await h.http('POST', path, { as: operator.key, body: { policy, version: 1 } })).status, 403)
})
