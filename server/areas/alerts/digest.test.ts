import assert from 'node:assert/strict'
import { test } from 'node:test'
import { said } from '../../testing/given-alerts.ts'
import type { House } from '../../testing/house.ts'
import { go, mailingHouse } from '../../testing/mailing.ts'
import type { Smtp } from '@muster/simulator/outside/smtp/smtp.ts'
import { newestHour, sendDue } from './digest.ts'
import { alertsFollower } from './follow.ts'
import { sendDigests } from './later.ts'
import { enqueue } from '../../base/jobs.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const iso = (at: number): string => new Date(at).toISOString().slice(0, 16)

const stuck = (h: House, device: string) =>
  h.run(ctx =>
    alertsFollower.take(ctx, [said(h, 'enrollment.stuck', device, { enrollment: `enr_${h.now()}`, minutes: 60 })]),
  )

async function reader(h: House, email: string, zone: string | null, digestHour: number | null, unit?: string) {
  const admin = await h.given.admin({ role: 'operator', email, ...(unit === undefined ? {} : { unit }) })
  const headers = { cookie: admin.cookie, origin: 'https://muster.test' }
  if (zone !== null) await h.http('PATCH', '/api/v1/me', { headers, body: { zone } })
  assert.equal((await h.http('PUT', '/api/v1/me/notifications', { headers, body: { digestHour } })).status, 200)
  return { ...admin, headers }
}

const boxes = (smtp: Smtp) => (email: string) => smtp.boxOf(email).map(r => iso(r.mail.date?.getTime() ?? 0))

test('S4-4: everyone gets one digest a day at their own hour in their own zone, of what is theirs to see, and none when there is nothing', async t => {
  const { h, smtp } = await mailingHouse(t)
  const [north, south] = [await h.given.unit({ name: 'North' }), await h.given.unit({ name: 'South' })]
  await reader(h, 'tokyo@havsten.example', 'Asia/Tokyo', 7)
  await reader(h, 'stockholm@havsten.example', 'Europe/Stockholm', 9, north.id)
  await reader(h, 'south@havsten.example', 'UTC', 9, south.id)
  await reader(h, 'none@havsten.example', 'UTC', null)
  await h.settle()
  h.pass(hour)
  const device = await h.given.device({ unit: north.id })
  await stuck(h, device.id)
  await go(h, 2 * day, 5 * minute)
  const of = boxes(smtp)
  // 20 November, 9:00 UTC is the beginning: 7 in Tokyo is 22 UTC, 9 in Stockholm is 8 UTC.
  assert.deepEqual(of('tokyo@havsten.example'), ['2026-11-20T22:00', '2026-11-21T22:00'])
  assert.deepEqual(of('stockholm@havsten.example'), ['2026-11-21T08:00', '2026-11-22T08:00'])
  assert.deepEqual([of('south@havsten.example'), of('none@havsten.example')], [[], []])
  const [first, second] = smtp.boxOf('stockholm@havsten.example').map(r => r.mail)
  assert.match(first?.subject ?? '', /Havsten: 1 new alert, 1 open/)
  assert.match(
    first?.text ?? '',
    /New since the last digest \(1\)\n• Caution — The enrollment of .* https:|New since the last digest \(1\)/,
  )
  assert.match(second?.subject ?? '', /nothing new, 1 open/)
  assert.match(first?.text ?? '', /entry \d+, [0-9a-f]{64}/)
})

test('a digest is sent once though the server looks again and again, starts anew, or two look at once', async t => {
  const { h, smtp } = await mailingHouse(t)
  await reader(h, 'one@havsten.example', 'UTC', 9)
  await h.settle()
  await stuck(h, (await h.given.device()).id)
  h.pass(day)
  const scope = {
    org: h.org,
    actor: { kind: 'system', id: null, what: 'test' },
    authority: { where: () => ['/'] },
  } as const
  await Promise.all([sendDue(h.base, scope), sendDue(h.base, scope), sendDue(h.base, scope)])
  for (let n = 0; n < 5; n += 1) {
    await h.run(ctx => enqueue(ctx, sendDigests, {}, { dedupe: 'org' }))
    await h.settle()
    h.pass(hour)
  }
  assert.equal(smtp.received.length, 1)
  // Down over the hour of the day: it comes when the server is back, once, and the day after is another.
  h.pass(day - 5 * hour + 30 * minute)
  await go(h, day, 10 * minute)
  assert.equal(smtp.received.length, 3)
})

test('the hour is the one on the wall: where it is skipped or comes twice there is one digest all the same', () => {
  const zone = 'Europe/Stockholm'
  const days = new Map<string, Set<number>>()
  for (let at = Date.UTC(2026, 2, 20); at < Date.UTC(2026, 10, 1); at += 7 * minute) {
    const { at: due, day: of } = newestHour(at, 2, zone)
    assert.ok(due <= at && at - due < 25 * hour + minute, `${iso(at)} ${iso(due)}`)
    days.set(of, (days.get(of) ?? new Set()).add(due))
  }
  assert.ok([...days.values()].every(all => all.size === 1))
  assert.ok(days.size > 220)
  // Clocks jump from 2 to 3 on 29 March and back from 3 to 2 on 25 October.
  assert.deepEqual([...(days.get('2026-03-29') ?? [])].map(iso), ['2026-03-29T01:00'])
  assert.deepEqual([...(days.get('2026-10-25') ?? [])].map(iso), ['2026-10-25T00:00'])
})

test('the preview is the digest, and is null when there is nothing to say', async t => {
  const { h } = await mailingHouse(t)
  const one = await reader(h, 'one@havsten.example', 'UTC', 9)
  const ask = async () => (await h.http('GET', '/api/v1/me/notifications/digest', { headers: one.headers })).body.digest
  assert.equal(await ask(), null)
  await stuck(h, (await h.given.device()).id)
  assert.match((await ask()).subject, /1 new alert/)
  const off = { ways: { 'enrollment-stuck': 'off' } }
  await h.http('PUT', '/api/v1/me/notifications', { headers: one.headers, body: off })
  assert.equal(await ask(), null)
})

test('settings say no to what is not a type, an hour, or may not be switched off', async t => {
  const { h } = await mailingHouse(t)
  const one = await reader(h, 'one@havsten.example', null, 9)
  const put = async (body: unknown) => h.http('PUT', '/api/v1/me/notifications', { headers: one.headers, body })
  assert.equal((await put({ ways: { nothing: 'now' } })).body.code, 'id.unknown')
  assert.equal((await put({ digestHour: 24 })).status, 400)
  assert.equal((await put({ ways: { violation: 'sometimes' } })).status, 400)
  assert.equal((await put({ ways: { 'guard-frozen': 'digest' } })).body.code, 'alert.always-told')
  assert.equal((await put({ digestHour: null })).body.digestHour, null)
})
