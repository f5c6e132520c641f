import assert from 'node:assert/strict'
import { test } from 'node:test'
import { record } from '../../base/events.ts'
import { placeOf } from '../../base/follow.ts'
import { newId } from '../../base/id.ts'
import { said } from '../../testing/given-alerts.ts'
import { house, type House } from '../../testing/house.ts'
import { go, mailingHouse } from '../../testing/mailing.ts'
import * as devices from '../devices/index.ts'
import { deviceEvents } from '../devices/events.ts'
import { enrollmentEvents } from '../enrollment/index.ts'
import { alertsFollower } from './follow.ts'
import { alertTypes, kinds } from './kinds.ts'
import { factsOf, nextOf, say, titleOf } from './say.ts'
import { effectsOf, matters } from './sources.ts'
import * as store from './store.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const take = (h: House, type: string, device: string | null, data: Record<string, unknown>) =>
  h.run(ctx => alertsFollower.take(ctx, [said(h, type, device, data)]))
const openOf = (h: House, device: string) => h.run(ctx => store.openOfDevice(ctx, device, null))
const mentioned = async (h: House, type: string) => (await h.events()).filter(e => e === type).length

const verdict = (now: string, more: Record<string, unknown> = {}) => ({
  rule: 'rul_1',
  name: 'Pas de jeux',
  kind: 'apps',
  before: 'compliant',
  now,
  severity: 'high',
  apps: ['Solitaire'],
  ...more,
})

/** A person with a language, their device, and an admin of the whole org who reads Japanese. */
async function scene(h: House) {
  const person = await h.given.user({ displayName: 'Amélie', email: 'amelie@havsten.example', language: 'fr' })
  const device = await h.given.device({ user: person.id })
  const admin = await h.given.admin({ role: 'owner', email: 'kaoru@havsten.example' })
  await h.http('PATCH', '/api/v1/me', {
    headers: { cookie: admin.cookie, origin: 'https://muster.test' },
    body: { locale: 'ja', zone: 'Asia/Tokyo' },
  })
  return { person, device, admin }
}

test('S4-2: a violation becomes one alert, told to the admin and the person in their languages, and ends by itself', async t => {
  const { h, smtp } = await mailingHouse(t)
  const { device } = await scene(h)
  await take(h, 'verdict.changed', device.id, verdict('violating'))
  await h.settle()
  const [alert] = await openOf(h, device.id)
  assert.equal(alert?.type, 'violation')
  assert.equal(alert?.severity, 2)
  const [admin] = smtp.boxOf('kaoru@havsten.example')
  const [person] = smtp.boxOf('amelie@havsten.example')
  assert.match(admin?.mail.subject ?? '', /^【警告】.*規則「Pas de jeux」に違反しています：Solitaire$/)
  assert.match(person?.mail.subject ?? '', /^Merci de corriger un point/)
  assert.match(person?.mail.text ?? '', /Bonjour Amélie[\s\S]*«\u00a0Pas de jeux\u00a0» de Havsten\.[\s\S]*Solitaire/)
  assert.equal(person?.mail.headers.get('content-language'), 'fr')
  await take(h, 'verdict.changed', device.id, verdict('compliant', { before: 'violating', apps: [] }))
  assert.deepEqual(await openOf(h, device.id), [])
  await go(h, hour, minute)
  assert.equal(smtp.received.length, 2)
  assert.equal(await mentioned(h, 'alert.opened'), 1)
  assert.equal(await mentioned(h, 'alert.resolved'), 1)
  assert.equal(await mentioned(h, 'alert.person-told'), 1)
})

test('the same again is counted, not told; graver it is told again; within a day of its end it is the same alert', async t => {
  const { h, smtp } = await mailingHouse(t)
  const { device } = await scene(h)
  for (let n = 0; n < 3; n += 1) await take(h, 'verdict.changed', device.id, verdict('violating'))
  await h.settle()
  const [first] = await openOf(h, device.id)
  assert.equal(first?.times, 3)
  assert.equal(smtp.boxOf('kaoru@havsten.example').length, 1)
  await take(h, 'verdict.changed', device.id, verdict('violating', { severity: 'critical' }))
  await go(h, 10 * minute)
  assert.equal(smtp.boxOf('kaoru@havsten.example').length, 2)
  await take(h, 'verdict.changed', device.id, verdict('compliant'))
  h.pass(hour)
  await take(h, 'verdict.changed', device.id, verdict('violating'))
  const [again] = await openOf(h, device.id)
  assert.equal(again?.id, first?.id)
  assert.equal(await mentioned(h, 'alert.reopened'), 1)
  await take(h, 'verdict.changed', device.id, verdict('compliant'))
  h.pass(2 * day)
  await take(h, 'verdict.changed', device.id, verdict('violating'))
  assert.notEqual((await openOf(h, device.id))[0]?.id, first?.id)
})

test('S4-7: a device that leaves management is an alert within a minute, by the log alone, and ends when it comes back', async t => {
  const { h, smtp } = await mailingHouse(t)
  const { device } = await scene(h)
  const about = devices.about(device)
  await h.run(ctx => record(ctx, enrollmentEvents.ended, about, { enrollment: 'enr_1', reason: 'left' }))
  await h.settle()
  await h.settle()
  assert.deepEqual(
    (await openOf(h, device.id)).map(a => [a.type, a.severity]),
    [['left-management', 3]],
  )
  assert.equal(smtp.boxOf('kaoru@havsten.example').length, 1)
  await h.run(ctx => record(ctx, enrollmentEvents.activated, about, { enrollment: 'enr_2' }))
  await h.settle()
  await h.settle()
  assert.deepEqual(await openOf(h, device.id), [])
})

test('an admin who ends an enrollment, or a device that enrolls anew, alerts nobody', async t => {
  const h = await house(t)
  const device = await h.given.device()
  for (const reason of ['admin', 'replaced']) await take(h, 'enrollment.ended', device.id, { enrollment: 'e', reason })
  assert.deepEqual(await openOf(h, device.id), [])
})

test('each event has its effect once, though the page is taken again after a failure', async t => {
  const h = await house(t)
  const device = await h.given.device()
  await assert.rejects(
    h.run(async ctx => {
      await alertsFollower.take(ctx, [said(h, 'enrollment.stuck', device.id, { enrollment: 'enr_1', minutes: 60 })])
      throw new Error('killed before the commit')
    }),
  )
  assert.deepEqual(await openOf(h, device.id), [])
  await h.run(ctx => record(ctx, enrollmentEvents.stuck, devices.about(device), { enrollment: 'enr_1', minutes: 60 }))
  for (let n = 0; n < 3; n += 1) await h.settle()
  assert.deepEqual(
    (await openOf(h, device.id)).map(a => a.times),
    [1],
  )
  assert.ok(((await h.run(ctx => placeOf(ctx, 'alerts'))) ?? 0) > 0)
})

test('a storm of alerts is few mails: the first at once, the rest together', async t => {
  const { h, smtp } = await mailingHouse(t)
  await scene(h)
  for (let n = 0; n < 40; n += 1) {
    const device = await h.given.device()
    await take(h, 'verdict.changed', device.id, verdict('violating'))
    if (n % 10 === 0) await h.settle()
  }
  await go(h, 10 * minute)
  const box = smtp.boxOf('kaoru@havsten.example')
  assert.equal(box.length, 2)
  assert.match(box[1]?.mail.subject ?? '', /39 件/)
})

test('what guards the fleet is told to every admin at once, whatever they chose, even when it has ended meanwhile', async t => {
  const { h, smtp } = await mailingHouse(t)
  const { admin } = await scene(h)
  const unit = await h.given.unit()
  await h.given.admin({ role: 'read-only', unit: unit.id, email: 'reader@havsten.example' })
  const off = await h.http('PUT', '/api/v1/me/notifications', {
    headers: { cookie: admin.cookie, origin: 'https://muster.test' },
    body: { ways: { 'guard-held': 'off' } },
  })
  assert.equal(off.body.code, 'alert.always-told')
  const rule = { type: 'guard-held', opens: false }
  assert.equal(
    (await h.http('PUT', '/api/v1/alerts/settings', { as: admin.key, body: rule })).body.code,
    'alert.always-told',
  )
  const device = await h.given.device()
  await take(h, 'verdict.changed', device.id, verdict('violating'))
  await h.settle()
  const held = { intent: 'int_1', action: 'wipe', impact: 'irreversible', devices: 40, why: 'actor-pace', reason: '' }
  await take(h, 'intent.held', null, held)
  await take(h, 'intent.canceled', null, { intent: 'int_1' })
  const before = h.now()
  await h.settle()
  for (const to of ['kaoru@havsten.example', 'reader@havsten.example'])
    assert.equal(smtp.boxOf(to).filter(r => /wipe/.test(r.mail.subject ?? '')).length, 1, to)
  assert.ok(h.now() - before < minute)
  assert.equal(smtp.boxOf('reader@havsten.example').length, 1, 'no other alert is theirs')
})

test('an admin is told only of what lies in their units, and as they chose', async t => {
  const { h, smtp } = await mailingHouse(t)
  const [north, south] = [await h.given.unit({ name: 'North' }), await h.given.unit({ name: 'South' })]
  const one = await h.given.admin({ role: 'operator', unit: north.id, email: 'north@havsten.example' })
  await h.given.admin({ role: 'operator', unit: south.id, email: 'south@havsten.example' })
  const device = await h.given.device({ unit: north.id })
  await take(h, 'verdict.changed', device.id, verdict('violating'))
  await h.settle()
  assert.deepEqual(
    smtp.received.map(r => r.to),
    ['north@havsten.example'],
  )
  const headers = { cookie: one.cookie, origin: 'https://muster.test' }
  const changed = await h.http('PUT', '/api/v1/me/notifications', { headers, body: { ways: { violation: 'off' } } })
  assert.equal(changed.body.items.find((i: { type: string }) => i.type === 'violation').way, 'off')
  h.pass(10 * minute)
  await take(h, 'verdict.changed', device.id, verdict('violating', { rule: 'rul_2' }))
  await h.settle()
  assert.equal(smtp.received.length, 1)
  // A rule that asks for admins tells those too who wait for the digest, not those who want nothing.
  await take(h, 'verdict.responded', device.id, {
    ...verdict('violating', { rule: 'rul_2' }),
    response: 'notify-admins',
  })
  await h.settle()
  assert.equal(smtp.received.length, 1)
})

test('an alert is acknowledged, given, rests, is ended and opened again, and each step is in its history', async t => {
  const { h, smtp } = await mailingHouse(t)
  const { admin, device } = await scene(h)
  const other = await h.given.admin({ role: 'help-desk', email: 'other@havsten.example' })
  await take(h, 'command.failed', device.id, { command: 'cmd_1', kind: 'lock', explained: 'refused' })
  const [{ id }] = (await openOf(h, device.id)) as [store.AlertRow]
  const post = async (what: string, body?: unknown) =>
    h.http('POST', `/api/v1/alerts/${id}/${what}`, { as: admin.key, ...(body === undefined ? {} : { body }) })
  assert.equal((await post('acknowledge')).body.state, 'acknowledged')
  assert.equal((await post('assign', { admin: other.id })).body.assignee.id, other.id)
  assert.equal((await post('assign', { admin: newId('admin') })).body.code, 'alert.assignee-unknown')
  assert.equal((await post('snooze', { until: h.now() - 1 })).body.code, 'alert.snooze-out-of-range')
  assert.equal((await post('snooze', { until: h.now() + hour })).body.snoozedUntil, h.now() + hour)
  assert.equal((await post('comment', { text: 'On its way' })).status, 200)
  await h.settle()
  assert.deepEqual(smtp.boxOf('other@havsten.example').length, 1)
  const waits = async () => (await h.http('GET', '/api/v1/alerts/summary', { as: admin.key })).body.items.length
  assert.equal(await waits(), 0)
  await go(h, hour + minute, 10 * minute)
  assert.equal(await waits(), 1)
  assert.equal((await post('resolve', { note: 'Done by hand' })).body.resolvedHow, 'by hand')
  assert.equal((await post('acknowledge')).body.code, 'alert.resolved')
  assert.equal((await post('reopen')).body.state, 'open')
  const page = await h.http('GET', `/api/v1/alerts/${id}`, { as: admin.key })
  assert.deepEqual(page.body.steps.map((s: { what: string }) => s.what).reverse(), [
    'opened',
    'acknowledged',
    'assigned',
    'snoozed',
    'commented',
    'woken',
    'resolved',
    'reopened',
  ])
  await take(h, 'command.done', device.id, { command: 'cmd_2', kind: 'lock' })
  assert.deepEqual(await openOf(h, device.id), [])
})

test('lists hold what the caller may see and are found by state, severity, words and unit', async t => {
  const h = await house(t)
  const { admin, device } = await scene(h)
  const second = await h.given.device()
  await take(h, 'verdict.changed', device.id, verdict('violating', { kind: 'integrity' }))
  await take(h, 'enrollment.stuck', second.id, { enrollment: 'enr_9', minutes: 60 })
  const ask = async (filter: string) => {
    const answer = await h.http('GET', `/api/v1/alerts?filter=${encodeURIComponent(filter)}`, { as: admin.key })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body.items.map((i: { type: string }) => i.type)
  }
  assert.deepEqual(await ask(''), ['integrity', 'enrollment-stuck'])
  assert.deepEqual(await ask('severity:caution'), ['enrollment-stuck'])
  assert.deepEqual(await ask('state:open -type:integrity'), ['enrollment-stuck'])
  assert.deepEqual(await ask('amelie'), ['integrity'])
  assert.deepEqual(await ask('assigned:none snoozed:no opened<1d'), ['integrity', 'enrollment-stuck'])
  const ids = (await h.http('GET', '/api/v1/alerts', { as: admin.key })).body.items.map((i: { id: string }) => i.id)
  const bulk = await h.http('POST', '/api/v1/alerts/bulk', {
    as: admin.key,
    body: { do: 'acknowledge', ids: [...ids, newId('alert')] },
  })
  assert.deepEqual(
    bulk.body.items.map((i: { code: string | null }) => i.code),
    [null, null, 'id.unknown'],
  )
  assert.deepEqual(await ask('state:acknowledged'), ['integrity', 'enrollment-stuck'])
})

test('the person is asked once a day at most, by mail, and only where there is one', async t => {
  const { h, smtp } = await mailingHouse(t)
  const { admin, device } = await scene(h)
  const lonely = await h.given.device()
  for (const one of [device, lonely])
    await take(h, 'device.missed', one.id, { days: 14, lastSeenAt: h.now() - 14 * day })
  const post = async (of: string) => {
    const [alert] = await openOf(h, of)
    return h.http('POST', `/api/v1/alerts/${alert?.id}/ask`, { as: admin.key })
  }
  assert.equal((await post(device.id)).status, 200)
  assert.equal((await post(device.id)).body.code, 'alert.asked-already')
  assert.equal((await post(lonely.id)).body.code, 'alert.nobody-to-ask')
  await h.settle()
  assert.match(smtp.boxOf('amelie@havsten.example')[0]?.mail.subject ?? '', /^Où est/)
})

test('S4-11: silence is cautioned of, then warned of, unless the device is known to be away', async t => {
  const h = await house(t)
  const { admin, device } = await scene(h)
  const away = await h.given.device()
  const until = h.now() + 20 * day
  const put = await h.http('PUT', `/api/v1/devices/${away.id}/hold`, {
    as: admin.key,
    body: { until, reason: 'Leave' },
  })
  assert.equal(put.body.hold.until, until)
  const step = async () => {
    await h.settle()
    await h.settle()
    return [await openOf(h, device.id), await openOf(h, away.id)].map(all => all.map(a => `${a.type} ${a.severity}`))
  }
  await h.run(ctx => devices.setState(ctx, device.id, 'active'))
  for (let hours = 0; hours < 8 * 24; hours += 12) await go(h, 12 * hour, 12 * hour)
  assert.deepEqual(await step(), [['no-contact 1'], []])
  await go(h, 8 * day, 6 * hour)
  assert.deepEqual(await step(), [['no-contact 2'], []])
  devices.seen(h.base, h.org, device.id, h.now())
  await devices.flushSeen(h.base)
  assert.deepEqual(await step(), [[], []])
  await go(h, 5 * day, 6 * hour)
  assert.deepEqual((await step())[1], ['no-contact 2'], 'the hold is over and nobody came back')
})

test('an enrollment that is not finished in time is stuck, and one that is finished is not', async t => {
  const h = await house(t)
  const { device } = await h.given.enrolled()
  await go(h, 2 * hour, 20 * minute)
  assert.equal(await mentioned(h, 'enrollment.stuck'), 0)
  await h.run(ctx => record(ctx, enrollmentEvents.stuck, devices.about(device), { enrollment: 'e', minutes: 60 }))
  await h.settle()
  await h.settle()
  assert.deepEqual(
    (await openOf(h, device.id)).map(a => a.type),
    ['enrollment-stuck'],
  )
})

test('alerts go where their device goes, and end with it', async t => {
  const h = await house(t)
  const unit = await h.given.unit({ name: 'Depot' })
  const { admin, device } = await scene(h)
  await take(h, 'verdict.changed', device.id, verdict('violating'))
  await h.http('PATCH', `/api/v1/devices/${device.id}`, { as: admin.key, body: { unit: unit.id } })
  await h.settle()
  await h.settle()
  assert.equal((await openOf(h, device.id))[0]?.unit_path, unit.path)
  const below = await h.given.unit({ name: 'Above' })
  await h.http('PATCH', `/api/v1/units/${unit.id}`, { as: admin.key, body: { parent: below.id } })
  assert.ok((await openOf(h, device.id))[0]?.unit_path.startsWith(below.path))
  await h.run(ctx => record(ctx, deviceEvents.removed, devices.about(device), { name: 'x', serial: null }))
  await h.settle()
  await h.settle()
  assert.deepEqual(await openOf(h, device.id), [])
})

test('every type can be said in every language, and only known events matter', () => {
  for (const type of alertTypes)
    for (const language of ['en', 'fr', 'sv', 'ja'] as const) {
      const alert = { type, facts: JSON.stringify({ device: 'iPhone 7', rule: 'R', apps: '', days: 3 }) }
      assert.ok(titleOf(alert, language).length > 5)
      assert.ok(nextOf(type, language).length > 5)
      assert.doesNotMatch(titleOf(alert, language), /[{}]/)
      if (kinds[type].person !== null)
        assert.match(
          say(language, `person.${type as 'violation'}.text`, { ...factsOf(alert), org: 'Havsten' }),
          /iPhone 7/,
        )
    }
  assert.equal(matters('device.renamed'), false)
  assert.equal(matters('toString'), false)
  assert.deepEqual(effectsOf({ type: 'constructor', data: {} } as never), [])
})
