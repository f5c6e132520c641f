import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import { house } from '../../testing/house.ts'

test('the first TokenUpdate enrolls the device; the next only refreshes its wake address', async t => {
  const h = await house(t)
  const phone = await h.given.talker()
  assert.equal((await phone.authenticate()).status, 200)
  const [{ enrollment: pending } = { enrollment: null }] = await h.run(ctx => enrollment.claimed(ctx, phone.udid))
  assert.equal(pending?.state, 'pending')
  const first = await phone.tokenUpdate()
  assert.deepEqual([first.status, first.bytes.length, first.headers['content-length']], [200, 0, '0'])
  h.pass(60_000)
  assert.equal((await phone.tokenUpdate({ PushMagic: 'second' })).status, 200)
  const held = await h.run(ctx => enrollment.get(ctx, pending?.id ?? ''))
  assert.partialDeepStrictEqual(held, { state: 'active', activatedAt: h.now() - 60_000 })
  const device = await h.run(ctx => devices.get(ctx, held.device))
  assert.partialDeepStrictEqual(device, { state: 'active', name: 'A phone', osVersion: '27.0', udid: phone.udid })
  const types = (await h.events()).filter(type => type.startsWith('enrollment.'))
  assert.deepEqual(types, ['enrollment.started', 'enrollment.activated'])
})
