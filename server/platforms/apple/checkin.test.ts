import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import { house } from '../../testing/house.ts'
import * as store from './store.ts'
import * as tokens from './tokens.ts'

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

test('four first TokenUpdates at the same time activate the enrollment once', async t => {
  const h = await house(t)
  for (let round = 0; round < 5; round += 1) {
    const phone = await h.given.talker()
    await phone.authenticate()
    const answers = await Promise.all([1, 2, 3, 4].map(() => phone.tokenUpdate()))
    assert.deepEqual(
      answers.map(a => a.status),
      [200, 200, 200, 200],
    )
  }
  const types = await h.events()
  assert.equal(types.filter(type => type === 'enrollment.activated').length, 5)
})

test('two Authenticates at the same time begin one enrollment and use the invitation once', async t => {
  const h = await house(t)
  const invitation = await h.given.invitation({ uses: 1 })
  const phone = await h.given.talker({ invitation })
  const answers = await Promise.all([phone.authenticate(), phone.authenticate(), phone.authenticate()])
  assert.deepEqual(
    answers.map(a => a.status),
    [200, 200, 200],
  )
  assert.equal((await h.run(ctx => enrollment.claimed(ctx, phone.udid))).length, 1)
})

test('a TokenUpdate without UnlockToken keeps the one that is known, and it is stored sealed', async t => {
  const h = await house(t)
  const phone = await h.given.enrolledTalker()
  await phone.tokenUpdate({ UnlockToken: new Uint8Array() })
  const [held] = await h.run(ctx => enrollment.claimed(ctx, phone.udid))
  const id = held?.enrollment.id ?? ''
  const token = await h.run(ctx => tokens.unlockToken(ctx, id))
  assert.deepEqual(Buffer.from(token ?? []), Buffer.alloc(64, 9))
  const sealed = await h.run(ctx => store.tokensOf(ctx, id))
  assert.equal(Buffer.from(sealed?.unlock_token ?? []).includes(Buffer.alloc(8, 9)), false)
})

test('enrolling again takes the tokens of before away', async t => {
  const h = await house(t)
  const phone = await h.given.enrolledTalker()
  await phone.checkIn({ MessageType: 'SetBootstrapToken', BootstrapToken: new Uint8Array([1]) })
  await h.given.enrolledTalker({ udid: phone.udid })
  const [now, former] = await h.run(ctx => enrollment.claimed(ctx, phone.udid))
  const before = await h.run(ctx => store.tokensOf(ctx, former?.enrollment.id ?? ''))
  assert.deepEqual([before?.unlock_token, before?.bootstrap_token], [null, null])
  assert.equal(await h.run(ctx => tokens.open(ctx, now?.enrollment.id ?? '', 'bootstrap_token')), null)
})

test('declarative management says the same token everywhere, and keeps status reports', async t => {
  const h = await house(t)
  const phone = await h.given.enrolledTalker()
  const ask = (Endpoint: string, Data?: Uint8Array) =>
    phone.checkIn({ MessageType: 'DeclarativeManagement', Endpoint, ...(Data ? { Data } : {}) })
  const tokensAnswer = (await ask('tokens')).body as { SyncTokens: { DeclarationsToken: string; Timestamp: string } }
  const items = (await ask('declaration-items')).body as { DeclarationsToken: string; Declarations: object }
  assert.equal(items.DeclarationsToken, tokensAnswer.SyncTokens.DeclarationsToken)
  assert.match(tokensAnswer.SyncTokens.Timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  assert.deepEqual(Object.keys(items.Declarations), ['Activations', 'Configurations', 'Assets', 'Management'])
  const big = Buffer.from(JSON.stringify({ StatusItems: { note: 'x'.repeat(200_000) }, Errors: [] }))
  const kept = await ask('status', big)
  assert.deepEqual([kept.status, kept.bytes.length], [200, 0], 'longer than other check-ins may be')
  assert.equal((await ask('status', Buffer.from('{'))).status, 400)
  assert.equal((await ask('declaration/configuration/none')).status, 404)
  assert.equal((await ask('elsewhere')).status, 400)
})

test('User Enrollment is known by its EnrollmentID and shows no hardware', async t => {
  const h = await house(t)
  const phone = await h.given.talker()
  const say = (message: object) => phone.checkIn({ ...message, UDID: '', EnrollmentID: 'e-1' })
  assert.equal((await say({ MessageType: 'Authenticate', Topic: phone.topic, ProductName: 'iPhone17,1' })).status, 200)
  const update = { MessageType: 'TokenUpdate', Topic: phone.topic, Token: new Uint8Array(32), PushMagic: 'm' }
  assert.equal((await say(update)).status, 200)
  assert.equal((await say({ ...update, EnrollmentUserID: 'u-1', UserShortName: 'me' })).status, 200)
  const [held] = await h.run(ctx => enrollment.claimed(ctx, 'E-1'))
  assert.partialDeepStrictEqual(held?.enrollment, { state: 'active', kind: 'user-enrollment' })
  const device = await h.run(ctx => devices.get(ctx, held?.enrollment.device ?? ''))
  assert.deepEqual([device.udid, device.serial], [null, null])
})

test('an admin who watches an invitation sees each step, and why a device was turned away', async t => {
  const h = await house(t)
  const admin = await h.given.admin({ role: 'operator' })
  const invitation = await h.given.invitation({ uses: 5 })
  const watch = async () => (await h.http('GET', `/api/v1/invitations/${invitation.id}`, { as: admin.key })).body
  await h.given.pushCertificate()
  await h.http('GET', invitation.path)
  h.pass(1000)
  const phone = await h.given.talker({ invitation })
  const reached = (body: { enrollments: { steps: { step: string; at: number | null }[] }[] }, n = 0) =>
    body.enrollments[n]?.steps.filter(s => s.at !== null).map(s => s.step)
  assert.deepEqual(reached(await watch()), ['opened', 'downloaded', 'certificate'])
  await phone.authenticate({ Topic: 'com.apple.mgmt.other' })
  const stuck = (await watch()).enrollments[0].steps.find((s: { cause: string | null }) => s.cause !== null)
  assert.deepEqual([stuck.step, stuck.cause], ['authenticate', 'device.topic-differs'])
  await phone.authenticate()
  await phone.tokenUpdate()
  assert.deepEqual(reached(await watch()), ['opened', 'downloaded', 'certificate', 'authenticate', 'token-update'])
  h.pass(1000)
  await phone.report({ Status: 'Idle' })
  await devices.flushSeen(h.base)
  const done = await watch()
  assert.equal(reached(done)?.at(-1), 'ready')
  assert.equal(done.enrollments[0].device.name, 'A phone')
  assert.equal(done.used, 1)
})
