import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import * as push from '../push/index.ts'
import * as commands from './index.ts'
import { nextTurn } from './refresh.ts'

const hour = 3_600_000
const day = 24 * hour

test('a command expires when its time is over; one that locks or erases stays until it is canceled', async t => {
  const h = await house(t)
  const { device, enrollment: enrolled } = await h.given.enrolled({ platform: 'macos' })
  const send = (kind: string, args: object = {}) =>
    h.run(ctx =>
      commands.send(ctx, { device: device.id, kind, args, ...(kind === 'restart' ? { expiresInMs: hour } : {}) }),
    )
  const [restart, lock, wipe] = [
    await send('restart'),
    await send('lock'),
    await send('wipe', { confirm: device.name }),
  ]
  h.pass(hour)
  const channel = { enrollment: enrolled, account: '' } as const
  h.pass(400 * day)
  await h.settle()
  const open = (id: string) => h.run(ctx => commands.isOpen(ctx, id))
  assert.deepEqual([await open(restart), await open(lock), await open(wipe)], [false, true, true])
  assert.equal((await h.run(ctx => commands.next(ctx, { ...channel, after: 'contact' })))?.id, lock)
  await h.run(ctx => commands.cancel(ctx, wipe))
  assert.equal(await open(wipe), false)
  const types = await h.events()
  assert.deepEqual(
    types.filter(e => /expired|canceled/.test(e)),
    ['command.expired', 'command.canceled'],
  )
  assert.equal((await h.run(ctx => devices.get(ctx, device.id))).waiting, 1)
  await assert.rejects(
    h.run(ctx => commands.send(ctx, { device: device.id, kind: 'lock', expiresInMs: hour })),
    { code: 'command.never-expires' },
  )
})

test('a command past its time is not handed out, even before the sweep has seen it', async t => {
  const h = await house(t)
  const { device, enrollment: enrolled } = await h.given.enrolled({ platform: 'macos' })
  await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'restart', expiresInMs: hour }))
  h.pass(hour)
  assert.equal(await h.run(ctx => commands.next(ctx, { enrollment: enrolled, account: '', after: 'contact' })), null)
})

test('a device that fetched a command and fell silent is woken again, ever more rarely', async t => {
  const h = await house(t)
  const { device, enrollment: enrolled } = await h.given.enrolled({ platform: 'macos' })
  await h.given.wakeAddress({ topic: 'com.apple.mgmt.x', enrollment: enrolled })
  await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'lock' }))
  await h.run(ctx => commands.next(ctx, { enrollment: enrolled, account: '', after: 'contact' }))
  let wakes = 0
  for (let minute = 0; minute < 3 * 60; minute += 1) {
    await h.run(ctx => push.contacted(ctx, enrolled))
    h.pass(60_000)
    await h.settle()
    if ((await h.run(ctx => push.stateOf(ctx, enrolled))).wantedAt !== null) wakes += 1
  }
  assert.equal(wakes, 7, 'after 2, 4, 8, 16, 32, 64 and 128 minutes')
})

test('what is under way cannot be canceled; what was dropped on the way can', async t => {
  const h = await house(t)
  const { device, enrollment: enrolled } = await h.given.enrolled({ platform: 'macos' })
  const id = await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'restart' }))
  await h.run(ctx => commands.next(ctx, { enrollment: enrolled, account: '', after: 'contact' }))
  await assert.rejects(
    h.run(ctx => commands.cancel(ctx, id)),
    { code: 'command.under-way' },
  )
  h.pass(120_001)
  await h.run(ctx => commands.cancel(ctx, id))
  await assert.rejects(
    h.run(ctx => commands.cancel(ctx, id)),
    { code: 'command.ended' },
  )
  const late = { enrollment: enrolled, account: '', uuid: commands.uuidOf(id), status: 'done' } as const
  assert.equal(await h.run(ctx => commands.answered(ctx, late)), 'ignored')
})

test('when an enrollment ends, everything it still had is canceled with the reason', async t => {
  const h = await house(t)
  const { device, enrollment: enrolled } = await h.given.enrolled({ platform: 'macos' })
  await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'restart' }))
  await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'lock' }))
  await h.run(ctx => commands.next(ctx, { enrollment: enrolled, account: '', after: 'contact' }))
  await h.run(ctx => commands.cancelAll(ctx, enrolled, 'enrollment.replaced'))
  const rows = await h.run(ctx => ctx.tx.selectFrom('commands').select(['state', 'end_reason']).execute())
  assert.deepEqual(rows, [
    { state: 'canceled', end_reason: 'enrollment.replaced' },
    { state: 'canceled', end_reason: 'enrollment.replaced' },
  ])
  assert.equal(await h.run(ctx => commands.next(ctx, { enrollment: enrolled, account: '', after: 'contact' })), null)
  await h.run(ctx => enrollment.end(ctx, enrolled, 'left'))
  await assert.rejects(
    h.run(ctx => commands.send(ctx, { device: device.id, kind: 'lock' })),
    { code: 'command.not-enrolled' },
  )
})

test('an order to erase is judged once more when it is handed out', async t => {
  const h = await house(t)
  const { device, enrollment: enrolled } = await h.given.enrolled()
  const id = await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'wipe', args: { confirm: device.name } }))
  await h.run(ctx => devices.change(ctx, device.id, { ownership: 'personal' }))
  assert.equal(await h.run(ctx => commands.next(ctx, { enrollment: enrolled, account: '', after: 'contact' })), null)
  const row = await h.run(ctx =>
    ctx.tx.selectFrom('commands').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  )
  assert.deepEqual([row.state, row.end_reason], ['failed', 'command.personal-device'])
})

test('an erased device ends, and nothing else is sent to it', async t => {
  const h = await house(t)
  const { device, enrollment: enrolled } = await h.given.enrolled()
  const channel = { enrollment: enrolled, account: '' } as const
  await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'device.query' }))
  await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'wipe', args: { confirm: device.serial } }))
  const first = await h.run(ctx => commands.next(ctx, { ...channel, after: 'contact' }))
  assert.equal(first?.kind.kind, 'wipe')
  await h.run(ctx => commands.answered(ctx, { ...channel, uuid: first?.uuid ?? '', status: 'done', result: {} }))
  assert.equal(await h.run(ctx => commands.next(ctx, { ...channel, after: 'contact' })), null)
  const after = await h.run(ctx => devices.get(ctx, device.id))
  assert.deepEqual([after.state, after.stateReason, after.waiting], ['ended', 'wiped', 0])
  assert.ok((await h.events()).includes('device.wiped'))
})

test('every device is asked for its inventory once a day, at its own hour', async t => {
  const h = await house(t)
  const turns = new Set<number>()
  for (let i = 0; i < 200; i += 1) {
    const at = nextTurn(`dev_${i}`, h.now())
    assert.ok(at >= h.now() + day / 2 && at < h.now() + 1.5 * day)
    turns.add(Math.floor((at % day) / hour))
  }
  assert.equal(turns.size, 24)
  const { device, enrollment: enrolled } = await h.given.enrolled({ platform: 'macos' })
  const asked = await h.run(ctx => commands.refresh(ctx, device))
  const questions = asked.length
  assert.ok(questions >= 5, String(questions))
  assert.deepEqual(await h.run(ctx => commands.refresh(ctx, device)), asked, 'what is asked is not asked twice')
  const count = async () => (await h.run(ctx => ctx.tx.selectFrom('commands').select('id').execute())).length
  await h.run(ctx => commands.cancelAll(ctx, enrolled, 'test'))
  h.pass(1.5 * day)
  await h.settle()
  assert.equal(await count(), 2 * questions)
  h.pass(day)
  await h.settle()
  assert.equal(await count(), questions, 'old questions are forgotten')
})
