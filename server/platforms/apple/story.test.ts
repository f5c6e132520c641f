import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { keysForTests } from '@muster/simulator/apple/testing/keys.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import { apnsFor } from '../../testing/given-push.ts'
import { listening } from '../../testing/listening.ts'

const keys = await keysForTests(24)

async function town(t: TestContext, environment: Record<string, string> = {}) {
  const { apns, environment: pushed } = await apnsFor(t)
  const h = await listening(t, { ...pushed, ...environment })
  await h.given.pushCertificate()
  let seed = 100
  /** A deaf device hears no push: it calls when the test says so. */
  const unpack = (options: apple.DeviceOptions = {}, deaf = false): apple.AppleDevice => {
    seed += 1
    const one = apple.device({ seed, keys, careless: true, ...(deaf ? {} : { apns }), ...options })
    t.after(() => apple.putAway(one))
    return one
  }
  const invite = async (of: Parameters<typeof h.given.invitation>[0] = {}): Promise<string> => {
    const { path } = await h.given.invitation({ uses: null, ...of })
    return `${h.url}${path}/profile`
  }
  const heldBy = async (one: apple.AppleDevice): Promise<enrollment.Enrollment[]> =>
    (await h.run(ctx => enrollment.claimed(ctx, one.hardware.udid))).map(c => c.enrollment)
  return { h, unpack, invite, heldBy }
}

test('iPhone, iPad and Mac enroll over HTTPS and answer what they are first asked', async t => {
  const { h, unpack, invite, heldBy } = await town(t)
  for (const model of ['iPhone 17', 'iPad15,7', 'Mac16,12']) {
    const one = unpack({ model })
    await apple.enroll(one, { profileUrl: await invite() })
    const talk = await apple.connect(one)
    assert.equal(talk.ended, 'empty', model)
    assert.ok(talk.commands > 0, `${model} was asked for its inventory`)
    const [held] = await heldBy(one)
    assert.equal(held?.state, 'active')
    const device = await h.run(ctx => devices.get(ctx, held?.device ?? ''))
    assert.partialDeepStrictEqual(device, { state: 'active', serial: one.hardware.serial, udid: one.hardware.udid })
  }
})

test('a device that was erased enrolls again: the former enrollment is history, and its identity no longer counts', async t => {
  const { h, unpack, invite, heldBy } = await town(t)
  const mac = unpack({ model: 'Mac16,12' })
  await apple.enroll(mac, { profileUrl: await invite() })
  const before = apple.clone(mac, { sameUdid: true })
  apple.eraseByHand(mac)
  await apple.enroll(mac, { profileUrl: await invite() })
  const [now, former, ...others] = await heldBy(mac)
  assert.equal(others.length, 0)
  assert.deepEqual([now?.state, former?.state, former?.endReason], ['active', 'ended', 'replaced'])
  assert.equal(now?.device, former?.device, 'one device, two enrollments')
  assert.deepEqual(await apple.connect(before), { commands: 0, ended: 'refused', status: 403 })
  assert.equal((await apple.connect(mac)).ended, 'empty')
  const types = await h.events()
  assert.equal(types.filter(type => type === 'enrollment.refused').length, 1)
})

for (const renewalOrder of ['token-first', 'ack-first'] as const)
  for (const authenticateOnRenewal of [false, true])
    test(`the identity is renewed (${renewalOrder}${authenticateOnRenewal ? ', with Authenticate' : ''}) and a clone with the old one is turned away`, async t => {
      const { h, unpack, invite, heldBy } = await town(t)
      const phone = unpack({ renewalOrder, authenticateOnRenewal })
      await apple.enroll(phone, { profileUrl: await invite() })
      await apple.connect(phone)
      const [held] = await heldBy(phone)
      const old = apple.identityPem(phone)
      const copy = apple.clone(phone, { sameUdid: true })
      const admin = await h.given.admin({ role: 'owner' })
      const asked = await h.http('POST', `/api/v1/enrollments/${held?.id}/renew`, { as: admin.key })
      assert.equal(asked.status, 202)
      await h.settle()
      await apple.connect(phone)
      await apple.settled(phone)
      assert.notEqual(apple.identityPem(phone), old)
      assert.deepEqual((await apple.connect(copy)).status, 403)
      assert.equal((await apple.connect(phone)).ended, 'empty')
      const types = await h.events()
      assert.equal(types.filter(type => type === 'enrollment.renewed').length, 1)
      assert.equal(types.filter(type => type === 'enrollment.activated').length, 1)
      assert.equal(types.filter(type => type === 'command.failed').length, 0)
      const open = await h.http('GET', `/api/v1/devices/${held?.device}/commands`, { as: admin.key })
      assert.deepEqual(
        open.body.items
          .filter((c: { kind: string }) => c.kind === 'enrollment.renew')
          .map((c: { state: string }) => c.state),
        ['done'],
      )
    })

test('the identity is renewed by itself at two thirds of its life', async t => {
  const { h, unpack, invite } = await town(t)
  const phone = unpack()
  await apple.enroll(phone, { profileUrl: await invite() })
  await apple.connect(phone)
  const old = apple.identityPem(phone)
  h.pass(200 * 86_400_000)
  await h.settle()
  await apple.connect(phone)
  assert.equal(apple.identityPem(phone), old, 'not yet')
  h.pass(60 * 86_400_000)
  await h.settle()
  await apple.connect(phone)
  await apple.settled(phone)
  assert.notEqual(apple.identityPem(phone), old)
  assert.equal((await apple.connect(phone)).ended, 'empty')
})

test('a renewal that the device refuses is tried again the next day', async t => {
  const { h, unpack, invite, heldBy } = await town(t)
  const phone = unpack({}, true)
  await apple.enroll(phone, { profileUrl: await invite() })
  await apple.connect(phone)
  const [held] = await heldBy(phone)
  const owner = await h.given.admin({ role: 'owner' })
  const old = apple.identityPem(phone)
  apple.misbehave(phone, { does: 'error', on: 'InstallProfile' })
  await h.http('POST', `/api/v1/enrollments/${held?.id}/renew`, { as: owner.key })
  await h.settle()
  await apple.connect(phone)
  await h.settle()
  await apple.connect(phone)
  assert.equal(apple.identityPem(phone), old)
  h.pass(86_400_000 + 1000)
  await h.settle()
  await apple.connect(phone)
  await apple.settled(phone)
  assert.notEqual(apple.identityPem(phone), old)
  assert.equal((await apple.connect(phone)).ended, 'empty')
})

test('a Mac user is managed on a channel of their own; signing out ends that channel only', async t => {
  const { h, unpack, invite, heldBy } = await town(t)
  const mac = unpack({ model: 'Mac16,12' })
  await apple.enroll(mac, { profileUrl: await invite() })
  const local = await apple.signIn(mac, { shortName: 'hanako', longName: '山田 花子' })
  const network = await apple.signIn(mac, { shortName: 'taro', network: true })
  assert.ok(local && network)
  assert.equal((await apple.connect(mac, local)).ended, 'empty')
  const [held] = await heldBy(mac)
  await apple.removeAccount(mac, local)
  const accounts = await h.run(ctx => enrollment.accountsOf(ctx, held?.id ?? ''))
  assert.deepEqual(
    accounts.map(a => [a.shortName, a.longName === null ? null : typeof a.longName, a.state]),
    [
      ['hanako', 'string', 'ended'],
      ['taro', 'string', 'active'],
    ],
  )
  assert.equal((await apple.connect(mac)).ended, 'empty', 'the device itself goes on')
  assert.equal((await apple.connect(mac, network)).ended, 'empty')
})

test('an org may leave network accounts of Macs unmanaged: only then 410 is answered', async t => {
  const { h, unpack, invite } = await town(t)
  const mac = unpack({ model: 'Mac16,12' })
  await apple.enroll(mac, { profileUrl: await invite() })
  const owner = await h.given.admin({ role: 'owner' })
  const changed = await h.http('PATCH', '/api/v1/settings/apple', { as: owner.key, body: { networkAccounts: false } })
  assert.deepEqual(changed.body, { networkAccounts: false })
  assert.ok((await h.events()).includes('devices.rule-changed'))
  assert.equal(await apple.signIn(mac, { network: true }), undefined)
  assert.ok(await apple.signIn(mac, { network: false }))
})

test('users of a Shared iPad are told apart by their name', async t => {
  const { h, unpack, invite, heldBy } = await town(t)
  const pad = unpack({ model: 'iPad15,7' })
  await apple.enroll(pad, { profileUrl: await invite() })
  const one = await apple.signIn(pad, { shortName: 'aiko@example.org' })
  const two = await apple.signIn(pad, { shortName: 'erik@example.org' })
  assert.ok(one && two)
  const [held] = await heldBy(pad)
  assert.equal(held?.kind, 'shared-ipad')
  const accounts = await h.run(ctx => enrollment.accountsOf(ctx, held?.id ?? ''))
  assert.deepEqual(
    accounts.map(a => a.accountKey),
    ['aiko@example.org', 'erik@example.org'],
  )
  assert.equal((await apple.connect(pad, two)).ended, 'empty')
})

test('a bootstrap token comes back as it was given, and no one is told to return to service', async t => {
  const { unpack, invite } = await town(t)
  const mac = unpack({ model: 'Mac16,12' })
  await apple.enroll(mac, { profileUrl: await invite() })
  const given = mac.interior.bootstrapToken
  assert.ok(given && given.length > 0)
  assert.deepEqual(Buffer.from((await apple.getBootstrapToken(mac)) ?? []), Buffer.from(given))
  assert.deepEqual(await apple.askReturnToService(mac), { Enabled: false })
  await assert.rejects(apple.getToken(mac, 'com.apple.maid'), { status: 400 })
})

test('a device may prove itself in TLS instead of signing', async t => {
  const { unpack, invite, heldBy } = await town(t)
  const phone = unpack({ clientCertificate: true, signMessage: false })
  await apple.enroll(phone, { profileUrl: await invite() })
  assert.equal((await apple.connect(phone)).ended, 'empty')
  assert.deepEqual(
    (await heldBy(phone)).map(e => e.state),
    ['active'],
  )
  const nobody = unpack({ signMessage: false })
  await assert.rejects(apple.enroll(nobody, { profileUrl: await invite() }), { step: 'authenticate', status: 403 })
})

test('a device that says goodbye is ended, and so are its accounts', async t => {
  const { h, unpack, invite, heldBy } = await town(t)
  const mac = unpack({ model: 'Mac16,12' })
  await apple.enroll(mac, { profileUrl: await invite() })
  await apple.signIn(mac, { shortName: 'hanako' })
  await apple.unenroll(mac)
  const [held] = await heldBy(mac)
  assert.deepEqual([held?.state, held?.endReason], ['ended', 'left'])
  const accounts = await h.run(ctx => enrollment.accountsOf(ctx, held?.id ?? ''))
  assert.deepEqual(
    accounts.map(a => a.state),
    ['ended'],
  )
})

test('replies that get lost and requests that come twice enroll a device once', async t => {
  const { h, unpack, invite, heldBy } = await town(t)
  for (const on of ['profile', 'scep:GetCACert', 'Authenticate', 'TokenUpdate']) {
    for (const rule of [
      { does: 'lose', on },
      { does: 'duplicate', on, copies: 3 },
    ] as const) {
      const phone = unpack()
      apple.misbehave(phone, rule)
      await apple.enroll(phone, { profileUrl: await invite({ uses: 1 }), attempts: 4, pauseMs: 5 })
      assert.equal((await apple.connect(phone)).ended, 'empty', `${rule.does} ${on}`)
      const states = (await heldBy(phone)).map(e => e.state)
      assert.deepEqual(states, ['active'], `${rule.does} ${on}`)
    }
  }
  const types = await h.events()
  assert.equal(types.filter(type => type === 'enrollment.started').length, 8)
  assert.equal(types.filter(type => type === 'enrollment.activated').length, 8)
})

test('a device that gave up half way may try the same invitation again', async t => {
  const { unpack, invite, heldBy } = await town(t)
  for (const on of ['scep:PKIOperation', 'Authenticate']) {
    const phone = unpack()
    const profileUrl = await invite({ uses: 1 })
    apple.misbehave(phone, { does: 'lose', on })
    await assert.rejects(apple.enroll(phone, { profileUrl }), on)
    await apple.enroll(phone, { profileUrl })
    assert.equal((await apple.connect(phone)).ended, 'empty', on)
    const states = (await heldBy(phone)).map(e => e.state)
    assert.deepEqual(states, on === 'scep:PKIOperation' ? ['active'] : ['active', 'ended'], on)
  }
})

test('an admin ends the management: the profile is removed, and a device that stays is told that it is not known', async t => {
  const { h, unpack, invite, heldBy } = await town(t)
  const admin = await h.given.admin({ role: 'admin' })
  const end = async (one: apple.AppleDevice): Promise<{ state: string }> =>
    (await h.http('DELETE', `/api/v1/enrollments/${(await heldBy(one))[0]?.id}`, { as: admin.key })).body
  const obedient = unpack()
  await apple.enroll(obedient, { profileUrl: await invite() })
  await apple.connect(obedient)
  assert.deepEqual(await end(obedient), { state: 'asked' })
  await apple.connect(obedient)
  await apple.settled(obedient)
  assert.deepEqual(
    (await heldBy(obedient)).map(e => [e.state, e.endReason]),
    [['ended', 'admin']],
  )
  const stubborn = unpack({}, true)
  await apple.enroll(stubborn, { profileUrl: await invite() })
  await apple.connect(stubborn)
  apple.misbehave(stubborn, { does: 'error', on: 'RemoveProfile' })
  await end(stubborn)
  await apple.connect(stubborn)
  const talk = await apple.connect(stubborn)
  assert.deepEqual([talk.ended, talk.status], ['unenrolled', 403])
  assert.deepEqual(
    (await heldBy(stubborn)).map(e => [e.state, e.endReason]),
    [['ended', 'admin']],
  )
})
