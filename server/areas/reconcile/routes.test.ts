import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import * as devices from '../devices/index.ts'
import * as policies from '../policies/index.ts'
import { note, progressOf, recompute, statusOf } from './index.ts'

test('the page of a device says what it should have, where each setting comes from, what lost, and how far it is', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const sales = await h.given.unit({ name: 'Sales' })
  const { device, enrollment } = await h.given.enrolled({ unit: sales.id })
  const top = await h.given.assigned({ policies: [{ name: 'Everyone', value: { camera: true, siri: false } }] })
  await h.given.assigned({
    unit: sales.id,
    policies: [{ name: 'Sales floor', value: { camera: false }, unit: sales.id }],
  })
  await h.settle()
  const { body } = await h.http('GET', `/api/v1/devices/${device.id}/policy`, { as: key })
  assert.partialDeepStrictEqual(body, { state: 'pending', reachedAt: null })
  const [item] = body.items
  assert.partialDeepStrictEqual(item, {
    item: 'test.settings',
    name: 'Sales floor',
    version: 1,
    status: { state: 'wanted', error: null, account: null },
  })
  const settings = Object.fromEntries(item.settings.map((s: { key: string }) => [s.key, s]))
  assert.partialDeepStrictEqual(settings['camera'], {
    value: false,
    decided: 'nearest',
    from: [{ policy: { name: 'Sales floor' }, reach: { level: 'unit', name: 'Sales' } }],
    lost: [{ policy: { id: top.policies[0], name: 'Everyone' }, value: true }],
  })
  assert.partialDeepStrictEqual(settings['siri'], { value: false, decided: 'only' })
  const [status] = await h.run(ctx => statusOf(ctx, enrollment))
  const failing = { did: 'failed', version: status?.wanted ?? '', error: { code: 'apple.no' }, final: true } as const
  await h.run(ctx => note(ctx, { enrollment, account: '' }, 'test.settings', failing))
  const failed = await h.http('GET', `/api/v1/devices/${device.id}/policy`, { as: key })
  assert.partialDeepStrictEqual(failed.body, {
    state: 'failed',
    items: [{ status: { state: 'failed', error: { code: 'apple.no', facts: {} } } }],
  })
  const retried = await h.http('POST', `/api/v1/devices/${device.id}/policy/retry`, { as: key, body: {} })
  assert.deepEqual(retried.body, { items: 1 })
  assert.ok((await h.events()).includes('desired.retried'))
})

test('a device that is not managed is shown what it would have', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const device = await h.given.device()
  await h.given.assigned({ policies: [{ value: { camera: false } }] })
  await h.settle()
  const { body } = await h.http('GET', `/api/v1/devices/${device.id}/policy`, { as: key })
  assert.partialDeepStrictEqual(body, {
    state: 'unmanaged',
    generation: 0,
    items: [{ item: 'test.settings', status: null, channels: [] }],
  })
})

test('a policy counts its devices by state, also where a nearer one speaks beside it, and only where the reader may look', async t => {
  const h = await house(t)
  const sales = await h.given.unit()
  const own = await h.given.admin({ role: 'owner', unit: sales.id })
  const { key } = await h.given.admin()
  const all = [
    await h.given.enrolled(),
    await h.given.enrolled({ unit: sales.id }),
    await h.given.enrolled({ unit: sales.id }),
  ]
  const top = await h.given.assigned({ policies: [{ value: { camera: true, siri: false } }] })
  const near = await h.given.assigned({ unit: sales.id, policies: [{ value: { camera: false }, unit: sales.id }] })
  await h.settle()
  for (const { enrollment } of all.slice(1)) {
    const [status] = await h.run(ctx => statusOf(ctx, enrollment))
    const well = { did: 'installed', version: status?.wanted ?? '' } as const
    await h.run(ctx => note(ctx, { enrollment, account: '' }, 'test.settings', well))
  }
  const count = async (id: string | undefined, as: string) =>
    (await h.http('GET', `/api/v1/policies/${id}/status`, { as })).body.counts
  assert.deepEqual(await count(top.policies[0], key), { desired: 3, installed: 2, failed: 0, pending: 1 })
  assert.deepEqual(await count(near.policies[0], key), { desired: 2, installed: 2, failed: 0, pending: 0 })
  assert.deepEqual(await count(near.policies[0], own.key), { desired: 2, installed: 2, failed: 0, pending: 0 })
  const listed = await h.http('GET', '/api/v1/policies', { as: key })
  assert.deepEqual(listed.body.items.map((p: { devices: { desired: number } }) => p.devices.desired).sort(), [2, 3])
  const seen: string[] = []
  let cursor = ''
  do {
    const url = `/api/v1/policies/${top.policies[0]}/devices?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`
    const { body } = await h.http('GET', url, { as: key })
    seen.push(...body.items.map((i: { device: { id: string }; state: string }) => `${i.device.id} ${i.state}`))
    cursor = body.next ?? ''
  } while (cursor !== '')
  assert.deepEqual(seen.sort(), all.map(({ device }, i) => `${device.id} ${i === 0 ? 'wanted' : 'installed'}`).sort())
  const pending = await h.http('GET', `/api/v1/policies/${top.policies[0]}/devices?state=pending`, { as: key })
  assert.deepEqual(
    pending.body.items.map((i: { device: { id: string } }) => i.device.id),
    [all[0]?.device.id],
  )
  const bad = await h.http('GET', `/api/v1/policies/${top.policies[0]}/devices?cursor=x`, { as: key })
  assert.equal(bad.body.code, 'cursor.unknown')
})

test('progress counts a device that waits to be computed as not there yet, and one that lacks a value as stuck', async t => {
  const h = await house(t)
  const one = await h.given.enrolled()
  const two = await h.given.enrolled()
  const unmanaged = await h.given.device()
  await h.given.assigned({ policies: [{ value: { mail: { $var: 'user.email' } } }] })
  await h.settle()
  const ids = [one.device.id, two.device.id, unmanaged.id]
  assert.deepEqual(await h.run(ctx => progressOf(ctx, ids)), { devices: 3, managed: 2, reached: 0, failed: 2 })
  const user = await h.given.user({ email: 'a@example.org' })
  await h.run(ctx => devices.change(ctx, one.device.id, { user: user.id }))
  await h.settle()
  const [status] = await h.run(ctx => statusOf(ctx, one.enrollment))
  const well = { did: 'installed', version: status?.wanted ?? '' } as const
  await h.run(ctx => note(ctx, { enrollment: one.enrollment, account: '' }, 'test.settings', well))
  assert.deepEqual(await h.run(ctx => progressOf(ctx, ids)), { devices: 3, managed: 2, reached: 1, failed: 1 })
  await h.run(ctx => recompute(ctx, [one.device.id]))
  assert.equal((await h.run(ctx => progressOf(ctx, ids))).reached, 0)
  await h.settle()
  assert.equal((await h.run(ctx => progressOf(ctx, ids))).reached, 1)
})

test('counts say which version a device is on, before and after it took it', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  await h.given.enrolled()
  const { policies: ids } = await h.given.assigned({ policies: [{ value: { camera: true } }] })
  await h.settle()
  await h.run(ctx => policies.saveVersion(ctx, ids[0] ?? '', { value: { camera: false } }))
  await h.settle()
  const { body } = await h.http('GET', `/api/v1/policies/${ids[0]}/status`, { as: key })
  assert.deepEqual(body.states, [{ version: 2, state: 'wanted', devices: 1 }])
})
