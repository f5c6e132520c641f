import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { GivenAdmin } from '../../testing/given-identity.ts'
import type { Enrolled } from '../../testing/given-commands.ts'
import { type House, house } from '../../testing/house.ts'
import * as commands from '../commands/index.ts'
import * as devices from '../devices/index.ts'
import * as guard from './index.ts'
import { defaults } from './limits.ts'
import { startWatch } from './watch.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const long = { heldForMs: 10 * day, passkey: true } as const

const headersOf = (by: GivenAdmin) => ({ cookie: by.cookie, 'sec-fetch-site': 'same-origin' })

async function lift(h: House, by: GivenAdmin, what: string) {
  const { body } = await h.http('POST', `/api/v1/guard/${what}-options`, { headers: headersOf(by) })
  if (body.options === undefined) return body.code as string
  const response = by.authenticator.assert(body.options)
  const lifted = await h.http('POST', `/api/v1/guard/${what}`, { headers: headersOf(by), body: { response } })
  return lifted.status === 200 ? null : (lifted.body.code as string)
}

const order = (h: House, as: string, device: devices.Device, kind: string) =>
  h.http('POST', `/api/v1/devices/${device.id}/commands`, {
    as,
    body: { kind, args: kind === 'wipe' ? { confirm: device.serial } : {} },
  })
const next = (h: House, enrollment: Parameters<typeof commands.next>[1]['enrollment']) =>
  h.run(ctx => commands.next(ctx, { enrollment, account: '', after: 'contact' }))

test('the button stops everything at once: nothing leaves but questions, others are signed out, keys rest, nothing is written', async t => {
  const h = await house(t)
  const [ann, bo] = [await h.given.admin({ ...long }), await h.given.admin({ ...long })]
  const { device, enrollment } = await h.given.enrolled({ platform: 'macos' })
  await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'restart' }))
  const key = await h.http('POST', '/api/v1/guard/freeze', { as: ann.key, body: { reason: 'A key may not' } })
  assert.equal(key.body.code, 'approval.key')
  const body = { reason: 'Somebody is in' }
  const pressed = await h.http('POST', '/api/v1/guard/freeze', { headers: headersOf(ann), body })
  assert.partialDeepStrictEqual(pressed.body, { frozen: { reason: 'Somebody is in', lifting: { allowed: false } } })
  assert.equal(await next(h, enrollment), null, 'in the hand-out itself, in every process')
  await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'device.query' }))
  assert.equal((await next(h, enrollment))?.kind.kind, 'device.query', 'questions may still be asked')
  assert.equal((await h.http('GET', '/api/v1/devices', { as: bo.key })).status, 401, 'keys rest')
  assert.equal((await h.http('GET', '/api/v1/session', { headers: headersOf(bo) })).status, 401)
  const rename = () =>
    h.http('PATCH', `/api/v1/devices/${device.id}`, { headers: headersOf(ann), body: { name: 'Mine' } })
  assert.deepEqual([(await rename()).status, (await rename()).body.code], [423, 'guard.frozen'])
  assert.equal(await lift(h, ann, 'unfreeze'), 'approval.self')
  const cy = await h.given.admin({ ...long })
  assert.equal(await lift(h, cy, 'unfreeze'), null)
  assert.equal((await rename()).status, 200)
  assert.equal((await next(h, enrollment))?.kind.kind, 'restart')
  const types = await h.events()
  assert.ok(types.includes('guard.frozen') && types.includes('guard.unfrozen'))
})

test('more devices that confirm than ever before open the breaker; only what is final stops, until a person closes it', async t => {
  const h = await house(t)
  const bo = await h.given.admin({ ...long })
  const fleet: Enrolled[] = []
  for (let i = 0; i < 9; i += 1) fleet.push(await h.given.enrolled({ platform: 'macos', modelName: 'iMac' }))
  const wiped = async (one: Enrolled) => {
    const handed = await next(h, one.enrollment)
    if (handed?.kind.kind !== 'wipe') return handed?.kind.kind ?? null
    const done = { enrollment: one.enrollment, account: '', uuid: handed.uuid, status: 'done' } as const
    await h.run(ctx => commands.answered(ctx, done))
    return 'wiped'
  }
  for (const [i, one] of fleet.entries()) {
    // Two people, so that no bucket of one stands in the way.
    const by = i % 2 === 0 ? await h.given.admin() : bo
    if (i < 8) await order(h, by.key, one.device, 'wipe')
  }
  const outcome: (string | null)[] = []
  for (const one of fleet.slice(0, 8)) outcome.push(await wiped(one))
  assert.deepEqual(outcome, ['wiped', 'wiped', 'wiped', 'wiped', 'wiped', 'wiped', null, null])
  const [last] = fleet.slice(8)
  assert.ok(last)
  const late = await order(h, bo.key, last.device, 'wipe')
  assert.equal(late.body.state, 'held')
  await order(h, bo.key, last.device, 'restart')
  assert.equal(await wiped(last), 'restart')
  const shown = await h.http('GET', '/api/v1/guard', { as: bo.key })
  assert.partialDeepStrictEqual(shown.body.breaker, { acknowledged: 6, minutes: 1, lifting: { allowed: false } })
  assert.equal(await lift(h, bo, 'close-breaker'), null)
  assert.equal(await wiped(fleet[6] as Enrolled), 'wiped')
})

test('a device with the tag is not erased, nor for a day after the tag was taken off', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const { device, enrollment } = await h.given.enrolled()
  const tag = (tags: string[]) => h.http('PATCH', `/api/v1/devices/${device.id}`, { as: key, body: { tags } })
  const queued = await order(h, key, device, 'wipe')
  assert.equal(queued.body.state, 'queued')
  await tag(['Never-Wipe'])
  await h.settle()
  assert.equal(await next(h, enrollment), null, 'one that waits already does not leave')
  assert.equal((await order(h, key, device, 'wipe')).body.code, 'guard.never-wipe')
  await tag([])
  assert.equal((await order(h, key, device, 'wipe')).body.code, 'guard.never-wipe')
  await h.settle()
  h.pass(day - minute)
  assert.equal((await order(h, key, device, 'wipe')).body.code, 'guard.never-wipe')
  h.pass(2 * minute)
  assert.equal((await order(h, key, device, 'wipe')).body.state, 'queued')
})

test('limits become stricter at once; what loosens them is announced for a day and can be withdrawn', async t => {
  const h = await house(t)
  const ann = await h.given.admin({ ...long, proven: true })
  const put = (limits: guard.Limits) => h.http('PUT', '/api/v1/guard/limits', { headers: headersOf(ann), body: limits })
  assert.equal((await h.http('PUT', '/api/v1/guard/limits', { as: ann.key, body: defaults })).status, 403)
  const strict = await put({ ...defaults, perPersonHour: 2 })
  assert.partialDeepStrictEqual(strict.body, { intent: null, guard: { limits: { perPersonHour: 2 }, version: 1 } })
  const mixed = await put({ ...defaults, perPersonHour: 50, coolingMinutes: 60 })
  assert.partialDeepStrictEqual(mixed.body.guard.limits, { perPersonHour: 2, coolingMinutes: 60 })
  assert.equal((await put({ ...defaults, perPersonHour: 51 })).status, 400)
  const second = await put({ ...defaults, perPersonHour: 40, coolingMinutes: 60 })
  await h.http('POST', `/api/v1/intents/${mixed.body.intent}/cancel`, { headers: headersOf(ann) })
  h.pass(day - minute)
  await h.settle()
  assert.equal((await h.run(guard.limitsOf)).perPersonHour, 2)
  h.pass(2 * minute)
  await h.settle()
  assert.equal((await h.run(guard.limitsOf)).perPersonHour, 40)
  const reader = await h.given.admin()
  const shown = await h.http('GET', `/api/v1/intents/${second.body.intent}`, { as: reader.key })
  assert.partialDeepStrictEqual(shown.body, { state: 'done', action: 'guard.limits', why: 'delay' })
})

test('whoever would become powerful is announced for a day, once there is a fleet to lose', async t => {
  const h = await house(t)
  const ann = await h.given.admin({ ...long })
  const invite = async (n: number, role = 'admin') => {
    const body = { name: `New ${n}`, email: `new${n}@muster.test`, role, unit: h.root.id }
    return (await h.http('POST', '/api/v1/admins', { as: ann.key, body })).body
  }
  assert.equal((await invite(1)).held, null, 'with few devices there is nothing to protect')
  for (let i = 0; i < 11; i += 1) await h.given.device()
  h.pass(6 * minute)
  const second = await invite(2)
  assert.match(second.held, /^int_/)
  assert.equal((await invite(3, 'help-desk')).held, null)
  const holds = async (admin: string) =>
    (await h.run(ctx => ctx.tx.selectFrom('grants').select('role').where('admin', '=', admin).execute())).length
  assert.equal(await holds(second.id), 0)
  h.pass(day + minute)
  await h.settle()
  assert.equal(await holds(second.id), 1)
})

test('a database that is older than what stands beside it holds what would interrupt or destroy, until it is let go', async t => {
  const h = await house(t)
  const bo = await h.given.admin({ ...long })
  const { device, enrollment } = await h.given.enrolled({ platform: 'macos' })
  await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'restart' }))
  await h.settle()
  await h.server.watch.look()
  const file = join(h.base.config.data, 'guard.high-water')
  const marks = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { seq: number; hash: string }>
  const mark = marks[h.org]
  assert.ok(mark && mark.seq > 0)
  await h.server.watch.look()
  assert.equal((await h.http('GET', '/api/v1/guard', { as: bo.key })).body.restored, null)
  // The log had come further than this database knows, or went another way.
  for (const other of [
    { ...mark, seq: mark.seq + 9 },
    { ...mark, hash: 'f'.repeat(64) },
  ]) {
    writeFileSync(file, JSON.stringify({ [h.org]: other }))
    const watch = await startWatch(h.base, { timer: false })
    await watch.stop()
    const { body } = await h.http('GET', '/api/v1/guard', { as: bo.key })
    assert.ok(body.restored)
    await h.run(ctx => commands.send(ctx, { device: device.id, kind: 'device.query' }))
    assert.equal((await next(h, enrollment))?.kind.kind, 'device.query')
    h.pass(2 * minute)
    const by = await h.given.admin({ ...long })
    assert.equal(await lift(h, by, 'release-epoch'), null)
    await h.settle()
    await h.server.watch.look()
  }
  assert.equal((await next(h, enrollment))?.kind.kind, 'restart')
  assert.equal((await h.events()).filter(e => e === 'guard.restored').length, 2)
})

test('a clock that jumps sets nothing off and fills no bucket, until somebody confirms it', async t => {
  const h = await house(t)
  const admin = await h.given.admin({ ...long })
  const phones = []
  for (let i = 0; i < 9; i += 1) phones.push((await h.given.enrolled()).device)
  for (const phone of phones.slice(0, 5)) assert.equal((await order(h, admin.key, phone, 'wipe')).body.state, 'queued')
  assert.equal(await h.run(guard.timeTrusted), true)
  for (const by of [30 * day, -60 * day]) {
    h.jump(by)
    assert.equal(await h.run(guard.timeTrusted), false)
    const [phone] = phones.slice(by > 0 ? 5 : 6)
    assert.ok(phone)
    const { key } = await h.given.admin()
    const told = await order(h, key, phone, 'wipe')
    const intent = await h.http('GET', `/api/v1/intents/${told.body.intent}`, { as: key })
    assert.equal(intent.body.why, 'time')
    await h.server.watch.look()
    assert.ok((await h.events()).includes('guard.time-doubted'))
  }
  const bo = await h.given.admin({ ...long })
  assert.equal(await lift(h, bo, 'confirm-time'), null)
  assert.equal(await h.run(guard.timeTrusted), true)
})

test('after a start the clock must not be earlier than it was, nor a week later', async t => {
  const h = await house(t)
  await h.given.admin()
  await h.server.watch.look()
  const restart = async () => {
    const watch = await startWatch(h.base, { timer: false })
    await watch.stop()
    return h.run(guard.timeTrusted)
  }
  h.pass(6 * day)
  assert.equal(await restart(), true)
  h.pass(8 * day)
  assert.equal(await restart(), false)
  await h.run(ctx => guard.liftHere(ctx, 'time'))
  assert.equal(await restart(), true)
  h.pass(-2 * day)
  assert.equal(await restart(), false)
})

test('records of devices are forgotten one by one, and beyond the limit only when another agrees', async t => {
  const h = await house(t)
  const ann = await h.given.admin()
  const gone: string[] = []
  for (let i = 0; i < 6; i += 1) gone.push((await h.given.device({ state: 'ended' })).id)
  const answers: string[] = []
  for (const id of gone) answers.push((await h.http('DELETE', `/api/v1/devices/${id}`, { as: ann.key })).body.intent)
  assert.deepEqual(answers.slice(0, 5), [null, null, null, null, null])
  const [last = ''] = gone.slice(5)
  assert.ok(await h.run(ctx => devices.find(ctx, last as devices.Device['id'])))
  await h.run(ctx => guard.approveHere(ctx, answers[5] ?? ''))
  await h.settle()
  assert.equal(await h.run(ctx => devices.find(ctx, last as devices.Device['id'])), undefined)
})

test('what was held for a device does not reach whoever enrolled it anew; what was announced before a restore does not come true by itself', async t => {
  const h = await house(t)
  const ann = await h.given.admin({ ...long, proven: true })
  const strict = { ...defaults, perPersonHour: 0 }
  const put = (limits: guard.Limits) => h.http('PUT', '/api/v1/guard/limits', { headers: headersOf(ann), body: limits })
  await put(strict)
  const { device } = await h.given.enrolled()
  const wiped = await order(h, ann.key, device, 'wipe')
  assert.equal(wiped.body.state, 'held')
  await h.given.enrolled({ udid: device.udid ?? '' })
  await h.run(ctx => guard.approveHere(ctx, wiped.body.intent))
  await h.settle()
  const after = await h.http('GET', `/api/v1/commands/${wiped.body.id}`, { as: ann.key })
  assert.partialDeepStrictEqual(after.body, { state: 'canceled', endReason: 'enrollment.ended' })

  await put({ ...strict, perPersonHour: 40 })
  await h.run(guard.restored)
  h.pass(day + hour)
  await h.settle()
  assert.equal((await h.run(guard.limitsOf)).perPersonHour, 0)
  await h.run(ctx => guard.liftHere(ctx, 'restored'))
  await h.settle()
  assert.equal((await h.run(guard.limitsOf)).perPersonHour, 40)
})
