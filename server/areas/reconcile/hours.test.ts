import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type House, house } from '../../testing/house.ts'
import * as devices from '../devices/index.ts'
import * as guard from '../guard/index.ts'
import * as hours from '../hours/index.ts'
import { addCalendar, changeCalendar } from '../hours/calendar.ts'
import { setUnitZone, setUserZone } from '../hours/zone.ts'
import * as policies from '../policies/index.ts'
import { crossHours } from './hours.ts'
import { statusOf } from './index.ts'

const minute = 60_000
const hour = 60 * minute
const signal = new AbortController().signal
// The house opens on Friday 2026-11-20, 09:00 UTC.
const office = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00' }]
const limits = { windows: office, allowedApps: ['com.apple.mobilemail'], camera: false }

const working = async (h: House, value: policies.Json = limits, unit?: string) => {
  const made = await h.given.assigned({
    policies: [{ kind: 'work-time', value }],
    ...(unit === undefined ? {} : { unit }),
  })
  return made.policies[0] ?? ''
}
const phase = async (h: House, device: string): Promise<string> => {
  await h.settle()
  const found = await h.run(ctx => hours.phaseOf(ctx, device))
  return found === null ? 'none' : `${found.phase} ${found.why}`
}
const items = async (h: House, enrolled: string): Promise<string[]> =>
  (await h.run(ctx => statusOf(ctx, enrolled))).map(i => `${i.item} ${i.state}`)
const scope = (h: House) =>
  ({ org: h.org, actor: { kind: 'system', id: null, what: 'test' }, authority: { where: () => ['/'] } }) as const

test('outside working time the item is wanted, inside it is not; other hours are no other version of it', async t => {
  const h = await house(t)
  const { device, enrollment } = await h.given.enrolled()
  const policy = await working(h)
  assert.equal(await phase(h, device.id), 'working window')
  assert.deepEqual(await items(h, enrollment), [])
  h.pass(8 * hour)
  assert.equal(await phase(h, device.id), 'off outside')
  const [before] = await h.run(ctx => statusOf(ctx, enrollment))
  assert.equal(before?.item, 'work-time')
  const changes = (await h.events()).filter(e => e === 'desired.changed').length
  await h.run(ctx =>
    policies.saveVersion(ctx, policy, { value: { ...limits, windows: [{ ...office[0], to: '16:00' }] } }),
  )
  await h.settle()
  const [after] = await h.run(ctx => statusOf(ctx, enrollment))
  assert.equal(after?.wanted, before?.wanted)
  assert.equal((await h.events()).filter(e => e === 'desired.changed').length, changes, 'nothing for the device to do')
  h.pass(2.5 * 24 * hour)
  assert.equal(await phase(h, device.id), 'off outside', 'Monday before eight')
  h.pass(3.5 * hour)
  assert.equal(await phase(h, device.id), 'working window')
  assert.deepEqual(await items(h, enrollment), [])
})

test('holidays, zones of units and of people, and moves change whose working time it is', async t => {
  const h = await house(t)
  const tokyo = await h.given.unit({ name: 'Tokyo' })
  const user = await h.given.user()
  const { device } = await h.given.enrolled()
  const calendar = await h.run(ctx => addCalendar(ctx, { name: 'Days', unit: h.root.id, days: [] }))
  await working(h, { ...limits, zone: 'person', calendars: [calendar.id] })
  assert.equal(await phase(h, device.id), 'working window')
  const days = [{ day: '2026-11-20', name: 'Founders’ day' }]
  await h.run(ctx => changeCalendar(ctx, calendar.id, { days }))
  assert.equal(await phase(h, device.id), 'off holiday')
  await h.run(ctx => changeCalendar(ctx, calendar.id, { days: [] }))
  assert.equal(await phase(h, device.id), 'working window')
  await h.run(ctx => setUnitZone(ctx, tokyo.id, 'Asia/Tokyo'))
  assert.equal(await phase(h, device.id), 'working window')
  await h.run(ctx => devices.change(ctx, device.id, { unit: tokyo.id }))
  assert.equal(await phase(h, device.id), 'off outside', 'it is six in the evening there')
  await h.run(ctx => devices.change(ctx, device.id, { user: user.id }))
  await h.run(ctx => setUserZone(ctx, user.id, 'Europe/Paris'))
  assert.equal(await phase(h, device.id), 'working window', 'the person is in Paris')
  await h.run(ctx => setUserZone(ctx, user.id, null))
  assert.equal(await phase(h, device.id), 'off outside')
  await h.run(ctx => setUnitZone(ctx, tokyo.id, null))
  assert.equal(await phase(h, device.id), 'working window')
})

test('a device that loses its policy or its management is forgotten', async t => {
  const h = await house(t)
  const { device } = await h.given.enrolled()
  const made = await h.given.assigned({ policies: [{ kind: 'work-time', value: limits }] })
  assert.equal(await phase(h, device.id), 'working window')
  const { key } = await h.given.admin()
  await h.http('DELETE', `/api/v1/assignments/${made.assignment.id}`, { as: key })
  assert.equal(await phase(h, device.id), 'none')
  assert.equal(await h.run(ctx => hours.firstLook(ctx)), null)
})

test('an exception for a unit is for every device in it and no other, and ends with its time', async t => {
  const h = await house(t)
  const unit = await h.given.unit()
  const inside = await h.given.enrolled({ unit: unit.id })
  const outside = await h.given.enrolled()
  await working(h)
  h.pass(9 * hour)
  assert.equal(await phase(h, inside.device.id), 'off outside')
  const subject = { kind: 'unit', id: unit.id } as const
  await h.run(ctx => hours.grant(ctx, { subject, untilMs: h.now() + hour, reason: 'Inventory' }))
  assert.equal(await phase(h, inside.device.id), 'working exception')
  assert.equal(await phase(h, outside.device.id), 'off outside')
  h.pass(hour)
  assert.equal(await phase(h, inside.device.id), 'off outside')
  assert.deepEqual(
    (await h.events()).filter(e => e.startsWith('hours.')),
    ['hours.exception-granted', 'hours.exception-ended'],
  )
})

test('the devices of one boundary cross it spread over some seconds, each once, also where two processes look', async t => {
  const h = await house(t)
  const ids: string[] = []
  for (let i = 0; i < 400; i += 1) ids.push((await h.given.device()).id)
  // What is set by hand stands once nothing is left to compute that would set it right.
  await h.settle()
  const at = h.now() + hour
  const until = { phase: 'working', why: 'window', until: at, zone: 'UTC' } as const
  await h.run(ctx => hours.remember(ctx, new Map(ids.map(id => [id, until]))))
  const take = () => h.run(ctx => hours.takeDue(ctx, 1000))
  assert.deepEqual(await take(), { devices: [], next: at })
  h.pass(hour)
  const first = await take()
  // 400 are spread over four seconds, of which the first has begun.
  assert.ok(first.devices.length > 50 && first.devices.length < 200, String(first.devices.length))
  assert.ok(first.next !== null && first.next - h.now() <= 1000)
  assert.deepEqual((await take()).devices, [], 'what is taken is taken')
  h.pass(4000)
  const both = await Promise.all([take(), take()])
  const all = [...first.devices, ...both.flatMap(b => b.devices)]
  assert.deepEqual(all.toSorted(), ids.toSorted())
})

test('what was taken up by a process that died is taken up again; what was marked is computed by the next', async t => {
  const h = await house(t)
  const { device, enrollment } = await h.given.enrolled()
  await working(h)
  assert.equal(await phase(h, device.id), 'working window')
  h.pass(8 * hour)
  // A process takes it up and is gone before it marks it: nothing of that is kept.
  await assert.rejects(
    h.run(async ctx => {
      assert.deepEqual((await hours.takeDue(ctx, 10)).devices, [device.id])
      throw new Error('kill -9')
    }),
    /kill -9/,
  )
  // Another marks it and is gone before it computes it.
  await crossHours(h.base, scope(h), signal)
  assert.deepEqual(await items(h, enrollment), [], 'not computed yet')
  assert.equal(await phase(h, device.id), 'off outside')
  assert.deepEqual(await items(h, enrollment), ['work-time wanted'])
})

test('a clock that jumps switches nobody and ends nothing, until a person confirms it', async t => {
  const h = await house(t)
  const { device, enrollment } = await h.given.enrolled()
  const other = await h.given.enrolled()
  const policy = await working(h)
  const subject = { kind: 'device', id: other.device.id } as const
  await h.run(ctx => hours.grant(ctx, { subject, untilMs: h.now() + hour, reason: 'Trip' }))
  assert.equal(await phase(h, device.id), 'working window')
  h.jump(9 * hour)
  await h.server.watch.look()
  assert.equal(await phase(h, device.id), 'working window')
  // Whatever else happens to it meanwhile: it stays as it was.
  await h.run(ctx => policies.saveVersion(ctx, policy, { value: { ...limits, screenCapture: false } }))
  h.pass(2 * minute)
  assert.equal(await phase(h, device.id), 'working window')
  assert.deepEqual(await items(h, enrollment), [])
  assert.ok(!(await h.events()).includes('hours.exception-ended'))
  await h.run(ctx => guard.liftHere(ctx, 'time'))
  h.pass(minute)
  assert.equal(await phase(h, device.id), 'off outside')
  assert.deepEqual(await items(h, enrollment), ['work-time wanted'])
  assert.ok((await h.events()).includes('hours.exception-ended'))
})

test('S4-23: previews and policy tests see what holds outside working time also while it is working time', async t => {
  const h = await house(t)
  const { device } = await h.given.enrolled()
  const policy = await working(h)
  assert.equal(await phase(h, device.id), 'working window')
  const { key } = await h.given.admin()
  const post = (path: string, body: unknown) => h.http('POST', `/api/v1${path}`, { as: key, body })
  const expect = { has: 'work-time', key: 'allowedApps', equals: limits.allowedApps }
  await post('/policy-tests', { name: 'Mail stays', unit: h.root.id, expect })
  const value = { ...limits, allowedApps: [] }
  const { preview } = (await post(`/policies/${policy}/versions?dryRun=true`, { value })).body
  assert.deepEqual([preview.changed, preview.tests[0].passed], [1, false])
  const refused = await post(`/policies/${policy}/versions`, { value })
  assert.deepEqual([refused.status, refused.body.code], [422, 'policy-test.failed'])
})
