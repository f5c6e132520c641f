import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { keysForTests } from '@muster/simulator/apple/testing/keys.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as privacy from '../../areas/privacy/index.ts'
import type { Id } from '../../base/id.ts'
import { apnsFor } from '../../testing/given-push.ts'
import { listening } from '../../testing/listening.ts'
import { until } from '../../../tools/until.ts'

const keys = await keysForTests(12)

/** A supervised iPhone of somebody, enrolled over the wire. */
async function carried(t: TestContext) {
  const { apns, environment } = await apnsFor(t)
  const h = await listening(t, environment)
  await h.given.pushCertificate()
  const user = await h.given.user({ displayName: 'Amira Benali', language: 'fr' })
  const phone = apple.device({ seed: 77, keys, careless: true, apns, model: 'iPhone 17', supervised: true })
  t.after(() => apple.putAway(phone))
  const { path } = await h.given.invitation({ uses: null, user: user.id })
  await apple.enroll(phone, { profileUrl: `${h.url}${path}/profile` })
  await apple.connect(phone)
  await apple.settled(phone)
  const [held] = (await h.run(ctx => enrollment.claimed(ctx, phone.hardware.udid))).map(c => c.enrollment)
  assert.ok(held)
  return { h, phone, user, device: held.device }
}

test('S3-9: reported lost, locked by a wake within seconds, located inside the incident only, found, closed; its person sees who looked', async t => {
  const { h, phone, user, device } = await carried(t)
  const boss = await h.given.admin({ name: 'Aino Laine', passkey: true })
  const session = { cookie: boss.cookie, 'sec-fetch-site': 'same-origin' }
  const reported = await h.http('POST', `/api/v1/devices/${device}/incidents`, {
    as: boss.key,
    body: { phone: '+33 4 00 00 12 40' },
  })
  assert.equal(reported.status, 201, JSON.stringify(reported.body))
  const { id, lock, openedAt, action } = reported.body
  assert.equal(action, 'lost-mode')
  assert.ok(lock.createdAt - openedAt <= 30_000, 'queued with the report')
  await h.settle()
  await until('the wake did not reach it', () => phone.interior.lostMode !== undefined)
  assert.match(phone.interior.lostMode?.message ?? '', /^Cet appareil appartient à Havsten/)
  assert.equal(phone.interior.lostMode?.phoneNumber, '+33 4 00 00 12 40')
  const fixed = async () => (await h.http('GET', `/api/v1/incidents/${id}`, { as: boss.key })).body.fixes > 0
  await until('it says where it is', fixed, { meanwhile: h.settle })
  const fixes = () => h.http('GET', `/api/v1/incidents/${id}/fixes`, { headers: session })
  assert.equal((await fixes()).body.gated, true)
  for (const path of ['', '/timeline', '/raw'])
    assert.doesNotMatch(
      JSON.stringify((await h.http('GET', `/api/v1/devices/${device}${path}`, { as: boss.key })).body),
      /latitude/i,
      `nothing of it on the device page ${path}`,
    )
  await h.given.stepUp(boss)
  const looked = await h.http('POST', `/api/v1/incidents/${id}/look`, {
    headers: session,
    body: { purpose: 'To fetch it' },
  })
  assert.equal(looked.status, 200, JSON.stringify(looked.body))
  const [fix] = looked.body.items
  assert.ok(Math.abs(fix.latitude) <= 90 && fix.accuracyM > 0)
  assert.equal((await h.http('POST', `/api/v1/incidents/${id}/sound`, { as: boss.key })).status, 200)
  await h.settle()
  await until('it made no sound', () => phone.interior.soundsPlayed === 1)
  await h.http('POST', `/api/v1/incidents/${id}/found`, { as: boss.key, body: { note: 'Tram depot' } })
  await h.settle()
  await until('lost mode did not end', () => phone.interior.lostMode === undefined)
  assert.equal((await fixes()).body.code, 'incident.over', 'where it is, is closed with it')
  const closed = await h.http('POST', `/api/v1/incidents/${id}/close`, { as: boss.key, body: {} })
  assert.deepEqual([closed.body.state, closed.body.outcome], ['closed', 'found'])
  await h.settle()
  const looks = await h.run(ctx => privacy.looksOf(ctx, { user: user.id as Id<'user'> }))
  assert.partialDeepStrictEqual(looks, [
    { what: 'location', purpose: 'To fetch it', incident: id, by: { id: boss.id } },
  ])
  const record = await h.http('GET', `/api/v1/incidents/${id}/record.json`, { as: boss.key })
  const { entries } = JSON.parse(Buffer.from(record.bytes).toString('utf8'))
  const codes = entries.map((e: { code: string; facts: { what?: string } }) =>
    [e.code, e.facts.what].filter(Boolean).join(' '),
  )
  for (const code of [
    'reported',
    'queued lock',
    'done lock',
    'located',
    'looked location',
    'done sound',
    'found',
    'done unlock',
    'closed',
  ])
    assert.ok(codes.includes(code), `${code} in ${codes.join(', ')}`)
})

test('a Mac is locked with a PIN that is kept before it is sent; an iPhone of one’s own is left alone', async t => {
  const { h } = await carried(t)
  const boss = await h.given.admin()
  const mac = await h.given.enrolled({ platform: 'macos', model: 'Mac16,12', facts: { 'security.encrypted': false } })
  const made = await h.http('POST', `/api/v1/devices/${mac.device.id}/incidents`, {
    as: boss.key,
    body: { kind: 'stolen' },
  })
  assert.partialDeepStrictEqual(made.body, { action: 'lock', why: 'lock-pin', order: null })
  assert.ok(made.body.warnings.some((w: { code: string }) => w.code === 'not-encrypted'))
  const kept = await h.run(ctx =>
    ctx.tx.selectFrom('escrows').select(['kind', 'command']).where('device', '=', mac.device.id).execute(),
  )
  assert.deepEqual(kept, [{ kind: 'lock-pin', command: made.body.lock.command }])
  const own = await h.given.enrolled({ ownership: 'personal' })
  const left = await h.http('POST', `/api/v1/devices/${own.device.id}/incidents`, { as: boss.key, body: {} })
  assert.partialDeepStrictEqual(left.body, { action: 'none', why: 'none-personal', sentence: { code: 'nothing-can' } })
  const acts = left.body.acts.map((a: { act: string }) => a.act)
  assert.ok(acts.includes('work-data') && !acts.includes('erase'))
})
