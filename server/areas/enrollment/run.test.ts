import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { house } from '../../testing/house.ts'
import { openOfDevice } from '../alerts/store.ts'
import * as enrollment from './index.ts'
import { until } from '../../../tools/until.ts'

const minuteMs = 60_000

async function running(t: TestContext) {
  const h = await house(t)
  const phone = await h.given.enrolledTalker()
  const [claimed] = await h.run(ctx => enrollment.claimed(ctx, phone.udid))
  assert.ok(claimed)
  const held = claimed.enrollment
  await h.settle()
  await h.run(ctx => enrollment.beginRun(ctx, held, { awaits: ['items'], until: ctx.now + 15 * minuteMs }))
  const run = () => h.run(ctx => enrollment.runOf(ctx, held.id))
  return { h, held, run, phone }
}

test('a setup run says what it waits for, moves on, and ends once', async t => {
  const { h, held, run } = await running(t)
  assert.equal((await h.run(ctx => enrollment.get(ctx, held.id))).settingUp, true)
  await h.run(ctx => enrollment.beginRun(ctx, held, { awaits: [], until: ctx.now + minuteMs }))
  assert.equal((await run())?.until, h.now() + 15 * minuteMs, 'the message came twice')
  const waitingFor = [{ code: 'items', facts: { left: 3, of: 10 } }]
  await h.run(ctx => enrollment.noteRun(ctx, held.id, { waitingFor, done: 7, total: 10 }))
  assert.partialDeepStrictEqual(await run(), { state: 'running', waitingFor, done: 7, total: 10, endedAt: null })
  h.pass(2 * minuteMs)
  await h.run(ctx => enrollment.endRun(ctx, held.id, 'ready'))
  await h.run(ctx => enrollment.endRun(ctx, held.id, 'timed-out'))
  await h.run(ctx => enrollment.noteRun(ctx, held.id, { done: 9, total: 10 }))
  assert.partialDeepStrictEqual(await run(), { state: 'ready', waitingFor: [], done: 7, endedAt: h.now() })
  assert.equal((await h.run(ctx => enrollment.get(ctx, held.id))).settingUp, false)
  const told = (await h.events()).filter(e => e.startsWith('setup.'))
  assert.deepEqual(told, ['setup.began', 'setup.progressed', 'setup.ended'])
})

test('a device that says nothing is named as stuck within two minutes, and its alert settles when it speaks', async t => {
  const { h, held, run } = await running(t)
  for (let passed = 0; passed < 110_000; passed += 5000) {
    await h.settle()
    h.pass(5000)
  }
  await h.settle()
  assert.partialDeepStrictEqual(await run(), { state: 'stuck', waitingFor: [{ code: 'silent' }] })
  assert.equal((await h.events()).filter(e => e === 'setup.stuck').length, 1)
  const open = () => h.run(ctx => openOfDevice(ctx, held.device, ['setup-stuck']))
  await until('it is so', async () => (await open()).length === 1, { meanwhile: h.settle })
  await h.run(ctx => enrollment.noteRun(ctx, held.id, { heard: true }))
  await h.settle()
  assert.partialDeepStrictEqual(await run(), { state: 'running', waitingFor: [] })
  await until('it is so', async () => (await open()).length === 0, { meanwhile: h.settle })
})

test('a device that speaks is never called stuck', async t => {
  const { h, held, run } = await running(t)
  for (let passed = 0; passed < 4 * minuteMs; passed += 20_000) {
    h.pass(20_000)
    await h.run(ctx => enrollment.noteRun(ctx, held.id, { heard: true }))
    await h.settle()
  }
  assert.equal((await run())?.state, 'running')
})

test('a run always ends: at its deadline, and when its enrollment does', async t => {
  const { h, run } = await running(t)
  for (let passed = 0; passed <= 15; passed += 1) {
    h.pass(minuteMs)
    await h.settle()
  }
  assert.partialDeepStrictEqual(await run(), { state: 'timed-out' })
  const other = await running(t)
  await other.h.run(ctx => enrollment.end(ctx, other.held.id, 'admin'))
  assert.partialDeepStrictEqual(await other.run(), { state: 'skipped' })
})
