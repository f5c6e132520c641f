import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'

import { type House, house } from '../../testing/house.ts'
import * as devices from '../devices/index.ts'
import { changeUnit } from '../identity/unit.ts'
import { removeUser } from '../identity/index.ts'
import { calendarOf } from './calendar.ts'
import { approve, deny, endEarly } from './exception.ts'
import { readCalendarFile, readList } from './ics.ts'
import { ask, asksOf, type Exception, grant, withdraw } from './index.ts'

const hour = 3_600_000

/** A house in which people work on Sundays; it opens on a Friday. */
async function sundays(t: TestContext): Promise<House> {
  const h = await house(t)
  const value = { windows: [{ days: ['sun'], from: '09:00', to: '17:00' }], camera: false }
  await h.given.assigned({ policies: [{ kind: 'work-time', value }] })
  return h
}

/** A person with a device that has working time, and is off. */
async function person(h: House, unit?: string) {
  const { device } = await h.given.enrolled(unit === undefined ? {} : { unit: unit as typeof h.root.id })
  const user = await h.given.user(unit === undefined ? {} : { unit })
  await h.run(ctx => devices.change(ctx, device.id, { user: user.id }))
  await h.settle()
  const wish = (more: Partial<Parameters<typeof ask>[1]> = {}) => ({
    user: user.id,
    device: device.id,
    untilMs: h.now() + hour,
    reason: 'Month end',
    ...more,
  })
  const asking = (more: Partial<Parameters<typeof ask>[1]> = {}): Promise<Exception> =>
    h.run(ctx => ask(ctx, wish(more)))
  return { device, user, asking }
}
const told = async (h: House) => (await h.events()).filter(e => e.startsWith('hours.'))
const refused = (code: string) => ({ code })

test('a person asks for their own device alone, in time, and not for longer than a week', async t => {
  const h = await sundays(t)
  const { asking } = await person(h)
  const other = await person(h)
  const bare = await h.given.device()
  await assert.rejects(asking({ device: other.device.id }), refused('id.unknown'))
  await assert.rejects(asking({ device: bare.id }), refused('id.unknown'))
  await assert.rejects(asking({ untilMs: h.now() }), refused('hours.time-over'))
  await assert.rejects(asking({ untilMs: h.now() + 8 * 24 * hour }), refused('hours.too-long'))
  await h.run(ctx => devices.change(ctx, bare.id, { user: other.user.id }))
  await assert.rejects(other.asking({ device: bare.id }), refused('hours.no-working-time'))
  assert.deepEqual(await told(h), [])
})

test('asking again before there is an answer changes what is asked for; an answer is given once', async t => {
  const h = await sundays(t)
  const { asking, user } = await person(h)
  const first = await asking()
  const again = await asking({ untilMs: h.now() + 2 * hour, reason: 'Longer' })
  assert.equal(again.id, first.id)
  const granted = await h.run(ctx => approve(ctx, first.id, { note: 'Go on' }))
  assert.partialDeepStrictEqual(granted, {
    state: 'granted',
    until: h.now() + 2 * hour,
    note: 'Go on',
    reason: 'Longer',
  })
  await assert.rejects(
    h.run(ctx => approve(ctx, first.id, { note: '' })),
    refused('hours.exception-over'),
  )
  await assert.rejects(
    h.run(ctx => deny(ctx, first.id, '')),
    refused('hours.exception-over'),
  )
  h.pass(hour)
  await h.settle()
  assert.equal((await h.run(ctx => asksOf(ctx, user.id)))[0]?.state, 'granted', 'the earlier end does not count')
  h.pass(hour)
  await h.settle()
  assert.equal((await h.run(ctx => asksOf(ctx, user.id)))[0]?.state, 'ended')
  assert.deepEqual(await told(h), ['hours.exception-asked', 'hours.exception-granted', 'hours.exception-ended'])
})

test('what nobody answers is a no when its time is over; what is denied, withdrawn or ended early stays so', async t => {
  const h = await sundays(t)
  const [a, b, c, d] = [await person(h), await person(h), await person(h), await person(h)]
  const unanswered = await a.asking()
  const denied = await b.asking()
  await h.run(ctx => deny(ctx, denied.id, 'Not this week'))
  const back = await c.asking()
  await assert.rejects(
    h.run(ctx => withdraw(ctx, back.id, a.user.id)),
    refused('id.unknown'),
  )
  await h.run(ctx => withdraw(ctx, back.id, c.user.id))
  const early = await d.asking()
  await h.run(ctx => approve(ctx, early.id, { note: '' }))
  await h.run(ctx => endEarly(ctx, early.id))
  h.pass(2 * hour)
  await h.settle()
  const states = async (p: typeof a) => (await h.run(ctx => asksOf(ctx, p.user.id))).map(e => e.state)
  assert.deepEqual([await states(a), await states(b), await states(c), await states(d)].flat(), [
    'ended',
    'denied',
    'withdrawn',
    'ended',
  ])
  assert.equal((await told(h)).filter(e => e === 'hours.exception-ended').length, 2)
  assert.equal(unanswered.state, 'asked')
})

test('only who holds the approval where the person is decides, and only there', async t => {
  const h = await sundays(t)
  const unit = await h.given.unit()
  const elsewhere = await h.given.unit()
  const { asking } = await person(h, unit.id)
  const asked = await asking()
  const helpDesk = await h.given.admin({ role: 'help-desk' })
  const other = await h.given.admin({ role: 'admin', unit: elsewhere.id })
  const own = await h.given.admin({ role: 'admin', unit: unit.id })
  const say = (as: string) => h.http('POST', `/api/v1/hours/exceptions/${asked.id}/approve`, { as, body: {} })
  assert.equal((await say(helpDesk.key)).status, 403)
  assert.equal((await say(other.key)).status, 404)
  const give = (as: string, id: string) =>
    h.http('POST', '/api/v1/hours/exceptions', {
      as,
      body: { subject: { kind: 'unit', id }, until: h.now() + hour, reason: 'x' },
    })
  assert.equal((await give(own.key, elsewhere.id)).status, 404)
  assert.equal((await give(own.key, unit.id)).status, 201)
  assert.equal((await say(own.key)).body.state, 'granted')
  const preview = await h.http('POST', '/api/v1/hours/preview', {
    as: own.key,
    body: { value: { windows: [] }, unit: elsewhere.id },
  })
  assert.equal(preview.status, 404)
})

test('exceptions and calendars follow their unit when it moves, and a person who leaves takes along what they wrote', async t => {
  const h = await sundays(t)
  const to = await h.given.unit()
  const unit = await h.given.unit()
  const { asking, user } = await person(h, unit.id)
  const asked = await asking()
  const { key } = await h.given.admin()
  const body = { name: 'Days', unit: unit.id, days: [{ day: '2026-12-24', name: 'Eve' }] }
  const made = await h.http('POST', '/api/v1/calendars', { as: key, body })
  await h.run(ctx => changeUnit(ctx, unit.id, { parent: to.id }))
  assert.equal((await h.run(ctx => calendarOf(ctx, made.body.id))).unitPath, `${to.path}${unit.id}/`)
  assert.equal((await h.http('DELETE', `/api/v1/units/${unit.id}`, { as: key })).status, 409, 'a calendar hangs on it')
  const reader = await h.given.admin({ role: 'admin', unit: to.id })
  assert.equal(
    (await h.http('GET', `/api/v1/hours/exceptions/${asked.id}`, { as: reader.key })).body.reason,
    'Month end',
  )
  await h.run(ctx => removeUser(ctx, user.id))
  assert.deepEqual(
    await h.http('GET', `/api/v1/hours/exceptions/${asked.id}`, { as: key }).then(r => [r.body.user, r.body.reason]),
    [null, ''],
  )
})

test('a calendar that a policy names stays; the preview counts its days, and refuses what makes no sense', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const post = (url: string, body: unknown) => h.http('POST', `/api/v1${url}`, { as: key, body })
  const days = [
    { day: '2026-11-25', name: 'B' },
    { day: '2026-11-23', name: 'A' },
    { day: '2026-11-23', name: 'Twice' },
  ]
  const { body: calendar } = await post('/calendars', { name: 'Days', unit: h.root.id, days })
  assert.partialDeepStrictEqual(calendar, { count: 2, firstDay: '2026-11-23', lastDay: '2026-11-25', mine: true })
  const office = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }
  const value = { windows: [office], zone: 'Europe/Stockholm', calendars: [calendar.id], camera: false }
  const seen = await post('/hours/preview', { value, unit: h.root.id })
  assert.partialDeepStrictEqual(seen.body.now, { phase: 'working', why: 'window', zone: 'Europe/Stockholm' })
  assert.equal(seen.body.spans.length, 9)
  assert.deepEqual(seen.body.holidays, [
    { day: '2026-11-23', name: 'A' },
    { day: '2026-11-25', name: 'B' },
  ])
  const wrong = await post('/hours/preview', { value: { windows: [{ ...office, from: '9' }] } })
  assert.deepEqual([wrong.status, wrong.body.code], [422, 'policy.invalid'])
  const nowhere = await post('/hours/preview', { value: { zone: 'Mars/Olympus' } })
  assert.equal(nowhere.body.code, 'policy.invalid')
  await post('/policies', { kind: 'work-time', name: 'Hours', unit: h.root.id, value })
  const kept = await h.http('DELETE', `/api/v1/calendars/${calendar.id}`, { as: key })
  assert.deepEqual([kept.status, kept.body.code], [409, 'calendar.in-use'])
})

test('an iCalendar file is read as the days it is about', () => {
  const file = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'DTSTART;VALUE=DATE:20261224',
    'DTEND;VALUE=DATE:20261227',
    'SUMMARY:Noël\\, et la su',
    ' ite',
    'BEGIN:VALARM',
    'SUMMARY:ring',
    'END:VALARM',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'DTSTART;VALUE=DATE:20200501',
    'RRULE:FREQ=YEARLY;UNTIL=20271231',
    'SUMMARY:Fête du Travail',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'DTSTART:20261201T090000Z',
    'SUMMARY:A meeting',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'DTSTART;VALUE=DATE:20261201',
    'RRULE:FREQ=WEEKLY',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'DTSTART;VALUE=DATE:20261202',
    'STATUS:CANCELLED',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  const read = readCalendarFile(file.join('\r\n'), { from: 2026, to: 2029 })
  assert.deepEqual(read.days, [
    { day: '2026-12-24', name: 'Noël, et la suite' },
    { day: '2026-12-25', name: 'Noël, et la suite' },
    { day: '2026-12-26', name: 'Noël, et la suite' },
    { day: '2026-05-01', name: 'Fête du Travail' },
    { day: '2027-05-01', name: 'Fête du Travail' },
  ])
  assert.equal(read.passedBy, 3)
  assert.throws(() => readCalendarFile('BEGIN:VCARD', { from: 2026, to: 2027 }), refused('calendar.not-a-calendar'))
})

test('a pasted list is a day and its name on each line, in the ways people write them', () => {
  assert.deepEqual(readList('2026-12-24 Julafton\n\n# next\n2027/1/1;元日\n20270506,"Kristi, himmelsfärd"\n'), [
    { day: '2026-12-24', name: 'Julafton' },
    { day: '2027-01-01', name: '元日' },
    { day: '2027-05-06', name: 'Kristi, himmelsfärd' },
  ])
  assert.throws(() => readList('2026-12-24 a\nChristmas'), { code: 'calendar.line-unread', facts: { line: 2 } })
  assert.throws(() => readList('2026-02-30 b'), refused('calendar.line-unread'))
})

test('an admin grants for a time to come, and nobody for longer than a quarter', async t => {
  const h = await sundays(t)
  const { device } = await person(h)
  const subject = { kind: 'device', id: device.id } as const
  const give = (from: number, until: number) =>
    h.run(ctx => grant(ctx, { subject, fromMs: from, untilMs: until, reason: 'Trip' }))
  await assert.rejects(give(h.now() + 2 * hour, h.now() + hour), refused('hours.time-over'))
  await assert.rejects(give(h.now(), h.now() + 93 * 24 * hour), refused('hours.too-long'))
  assert.partialDeepStrictEqual(await give(h.now() + hour, h.now() + 2 * hour), {
    state: 'granted',
    from: h.now() + hour,
  })
})
