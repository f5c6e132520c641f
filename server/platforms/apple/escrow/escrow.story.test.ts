import assert from 'node:assert/strict'
import { pbkdf2Sync } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { keysForTests } from '@muster/simulator/apple/testing/keys.ts'
import { bytes, decode, dict, num } from '@muster/wire/plist/plist.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import * as tokens from '../tokens.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import { apnsFor } from '../../../testing/given-push.ts'
import { listening } from '../../../testing/listening.ts'
import { renewRecipient } from './recipient.ts'

const keys = await keysForTests(16)
const purpose = 'the owner forgot it'
const hourMs = 3_600_000

/** A server with one enrolled device that has told its inventory, and somebody who may see secrets. */
async function office(t: TestContext, options: apple.DeviceOptions = {}) {
  const { apns, environment } = await apnsFor(t)
  const h = await listening(t, environment)
  await h.given.pushCertificate()
  const admin = await h.given.admin()
  const one = apple.device({ seed: 7, keys, careless: true, apns, supervised: true, ...options })
  t.after(() => apple.putAway(one))
  const { path } = await h.given.invitation({ uses: null })
  await apple.enroll(one, { profileUrl: `${h.url}${path}/profile` })
  await apple.connect(one)
  const [claimed] = await h.run(ctx => enrollment.claimed(ctx, one.hardware.udid))
  const id = claimed?.enrollment.device ?? ''
  const rest = async (rounds = 3): Promise<void> => {
    for (let i = 0; i < rounds; i += 1) {
      await h.settle()
      await apple.connect(one)
      await apple.settled(one)
    }
    await h.settle()
  }
  const inventory = async (): Promise<void> => {
    await h.http('POST', `/api/v1/devices/${id}/refresh`, { as: admin.key })
    await rest(4)
  }
  const current = (kind: string) => h.run(ctx => escrow.current(ctx, id, kind))
  const states = async (kind: string): Promise<string[]> => {
    const listed = await h.run(async ctx => escrow.list(ctx, await devices.get(ctx, id)))
    return listed.find(l => l.kind === kind)?.entries.map(e => e.state) ?? []
  }
  const demand = (kinds: object): Promise<{ status: number }> =>
    h.http('PUT', `/api/v1/units/${h.root.id}/escrow-rule`, { as: admin.key, body: { kinds, afterViewMinutes: 60 } })
  const reveal = async (kind: string) => {
    // Sessions end long before what these tests wait for.
    const desk = await h.given.admin({ passkey: true })
    await h.given.stepUp(desk)
    return h.http('POST', `/api/v1/devices/${id}/secrets/${kind}/reveal`, {
      headers: { cookie: desk.cookie, 'sec-fetch-site': 'same-origin' },
      body: { purpose },
    })
  }
  const counted = async (type: string): Promise<number> => (await h.events()).filter(e => e === type).length
  return {
    h,
    admin,
    one,
    id,
    enrolled: claimed?.enrollment.id ?? '',
    rest,
    inventory,
    current,
    states,
    demand,
    reveal,
    counted,
  }
}

const encryption = { kind: 'encryption', value: { required: true } }

test('a Mac that is told to encrypt tells its recovery key; after a view it makes another one, and all it ever had are kept', async t => {
  const { h, one, rest, inventory, current, states, reveal } = await office(t, { model: 'Mac16,10', osVersion: '27.0' })
  await h.given.assigned({ policies: [encryption] })
  await rest(4)
  const vault = apple.vaultOf(one)
  await inventory()
  assert.match(vault.recoveryKey ?? '', /^[0-9A-Z]{4}(-[0-9A-Z]{4}){5}$/, 'the Mac encrypted its disk')
  assert.equal((await current('filevault'))?.value, vault.recoveryKey)
  const first = vault.recoveryKey
  const shown = await reveal('filevault')
  assert.deepEqual([shown.status, shown.body.value], [200, first])
  assert.ok(shown.body.replacedAt > h.now())
  await rest()
  assert.equal(vault.recoveryKey, first, 'it can still be used for an hour')
  h.pass(hourMs + 1000)
  await rest(4)
  assert.notEqual(vault.recoveryKey, first)
  assert.equal((await current('filevault'))?.value, vault.recoveryKey)
  assert.deepEqual(await states('filevault'), ['current', 'past'])
  const rows = await h.run(ctx => ctx.tx.selectFrom('commands').selectAll().execute())
  const facts = await h.run(ctx => ctx.tx.selectFrom('facts').selectAll().execute())
  assert.doesNotMatch(JSON.stringify([rows, facts]), new RegExp(`${first}|${vault.recoveryKey}`), 'nowhere in clear')
})

test('a key that was encrypted for a certificate of before still opens, and one that the person made anew is taken over', async t => {
  const { h, one, rest, inventory, current, states } = await office(t, { model: 'Mac16,10', osVersion: '27.0' })
  await h.given.assigned({ policies: [encryption] })
  await rest(4)
  await h.run(renewRecipient)
  await inventory()
  const vault = apple.vaultOf(one)
  assert.equal((await current('filevault'))?.value, vault.recoveryKey, 'encrypted for the certificate of then')
  const own = apple.setRecoveryKey(one)
  await inventory()
  assert.equal((await current('filevault'))?.value, own, 'encrypted for the certificate of now')
  assert.deepEqual(await states('filevault'), ['current', 'past'])
})

test('a recovery key whose answer is lost on the way is told again', async t => {
  const { h, one, rest, inventory, current, reveal } = await office(t, { model: 'Mac16,10', osVersion: '27.0' })
  await h.given.assigned({ policies: [encryption] })
  await rest(4)
  await inventory()
  await reveal('filevault')
  one.behavior.push({ does: 'drop', on: 'RotateFileVaultKey', times: Number.POSITIVE_INFINITY })
  h.pass(hourMs + 1000)
  await rest(2)
  one.behavior.length = 0
  const { recoveryKey } = apple.vaultOf(one)
  assert.notEqual((await current('filevault'))?.value, recoveryKey, 'the Mac has another one, and nobody knows')
  await rest(5)
  assert.equal((await current('filevault'))?.value, apple.vaultOf(one).recoveryKey)
})

test('a recovery lock is set where it is demanded, proved, and replaced with the one before', async t => {
  const { h, one, rest, current, states, demand, reveal, counted } = await office(t, { model: 'Mac16,12' })
  assert.equal((await demand({ 'recovery-lock': { demand: true, everyDays: 30 } })).status, 204)
  await rest(4)
  const first = apple.vaultOf(one).recoveryLock
  assert.match(first, /^[a-z0-9]{5}(-[a-z0-9]{5}){3}$/)
  assert.equal((await current('recovery-lock'))?.value, first)
  assert.equal(await counted('escrow.kept'), 1, 'kept before it was sent')
  assert.equal((await reveal('recovery-lock')).body.value, first)
  h.pass(hourMs + 1000)
  await rest(4)
  const second = apple.vaultOf(one).recoveryLock
  assert.notEqual(second, first)
  assert.equal((await current('recovery-lock'))?.value, second)
  h.pass(31 * 24 * hourMs)
  await rest(5)
  assert.notEqual(apple.vaultOf(one).recoveryLock, second, 'its time was over')
  assert.equal((await current('recovery-lock'))?.value, apple.vaultOf(one).recoveryLock)
  assert.deepEqual(await states('recovery-lock'), ['current', 'past', 'past'])
})

test('a password that the Mac took while its answer was lost is found again; by the answer alone it would be gone', async t => {
  const { h, one, rest, current, states, demand, reveal } = await office(t, { model: 'Mac16,12' })
  await demand({ 'recovery-lock': { demand: true, everyDays: null } })
  await rest(4)
  await reveal('recovery-lock')
  one.behavior.push({ does: 'drop', on: 'SetRecoveryLock', times: Number.POSITIVE_INFINITY })
  h.pass(hourMs + 1000)
  await rest(2)
  one.behavior.length = 0
  const { recoveryLock: on } = apple.vaultOf(one)
  // The control: what was confirmed no longer opens the Mac, so a server that keeps a password at the answer has lost it here.
  assert.notEqual((await current('recovery-lock'))?.value, on)
  assert.deepEqual(await states('recovery-lock'), ['pending', 'current'])
  await rest(5)
  assert.equal(
    apple.vaultOf(one).recoveryLock,
    on,
    'the second offer was turned down, as the current password is another',
  )
  assert.equal((await current('recovery-lock'))?.value, on, 'what was kept before it left is proved and current')
})

test('a Mac in Setup Assistant that acknowledges a recovery lock without setting it is not believed', async t => {
  const { h, one, rest, current, states, demand } = await office(t, { model: 'Mac16,12' })
  one.interior.awaitingConfiguration = true
  await demand({ 'recovery-lock': { demand: true, everyDays: null } })
  await rest(3)
  assert.equal(apple.vaultOf(one).recoveryLock, '')
  assert.equal(await current('recovery-lock'), undefined)
  assert.deepEqual(await states('recovery-lock'), ['refused'])
  one.interior.awaitingConfiguration = false
  h.pass(2 * hourMs)
  await rest(4)
  assert.equal((await current('recovery-lock'))?.value, apple.vaultOf(one).recoveryLock)
  assert.notEqual(apple.vaultOf(one).recoveryLock, '')
})

test('a password that somebody changed on the Mac is known to be unknown', async t => {
  const { h, one, rest, current, states, demand, reveal, counted } = await office(t, { model: 'Mac16,12' })
  await demand({ 'recovery-lock': { demand: true, everyDays: null } })
  await rest(4)
  apple.vaultOf(one).recoveryLock = 'set by hand'
  await reveal('recovery-lock')
  h.pass(hourMs + 1000)
  await rest(6)
  assert.equal(await counted('escrow.doubted'), 1)
  assert.equal(await current('recovery-lock'), undefined)
  assert.ok((await states('recovery-lock')).length >= 2, 'nothing was forgotten')
})

test('a firmware password counts once the Mac has been restarted', async t => {
  const { h, one, rest, current, states, demand } = await office(t, {
    model: 'Mac16,1',
    intel: true,
    osVersion: '15.7.2',
  })
  await demand({ firmware: { demand: true, everyDays: null } })
  await rest(4)
  assert.equal(apple.firmwareNow(one), '')
  assert.deepEqual([await current('firmware'), await states('firmware')], [undefined, ['pending']])
  one.interior.restarts += 1
  h.pass(26 * hourMs)
  await rest(4)
  assert.notEqual(apple.firmwareNow(one), '')
  assert.equal((await current('firmware'))?.value, apple.firmwareNow(one))
})

test('the administrator made at set-up gets a password of its own, and another when it is old', async t => {
  const { h, one, rest, current, demand } = await office(t, { model: 'Mac16,12', automaticAdmin: 'muster' })
  await demand({ 'local-admin': { demand: true, everyDays: 7 } })
  one.behavior.push({ does: 'drop', on: 'SetAutoAdminPassword' })
  await rest(6)
  const opens = async (): Promise<boolean> => {
    const inner = dict(dict(decode(apple.vaultOf(one).admin?.hash ?? new Uint8Array()))['SALTED-SHA512-PBKDF2'])
    const { value = '' } = (await current('local-admin')) ?? {}
    const salt = bytes(inner, 'salt') ?? new Uint8Array()
    const derived = pbkdf2Sync(value, salt, num(inner, 'iterations') ?? 1, 128, 'sha512')
    return derived.equals(Buffer.from(bytes(inner, 'entropy') ?? []))
  }
  assert.ok(await opens(), 'the answer was lost once, and nothing with it')
  const first = (await current('local-admin'))?.value
  h.pass(8 * 24 * hourMs)
  await rest(6)
  assert.notEqual((await current('local-admin'))?.value, first)
  assert.ok(await opens())
})

test('a bypass code is fetched at once, and again when the device has made another', async t => {
  const { h, one, rest, current, states } = await office(t, { model: 'iPad15,7' })
  await rest(3)
  const first = apple.vaultOf(one).bypass
  assert.equal((await current('activation-lock'))?.value, first)
  apple.regenerateBypass(one)
  h.pass(4 * 24 * hourMs)
  await rest(4)
  assert.equal((await current('activation-lock'))?.value, apple.vaultOf(one).bypass)
  assert.deepEqual(await states('activation-lock'), ['current', 'past'])
})

test('an unlock token stays when a message comes without one, and those before are kept', async t => {
  const { h, one, enrolled, states } = await office(t, { model: 'iPhone 17' })
  const given = one.enrollment?.unlockToken
  assert.ok(given)
  if (one.enrollment) await apple.updateToken(one, one.enrollment)
  const held = await h.run(ctx => tokens.unlockToken(ctx, enrolled))
  assert.deepEqual(Buffer.from(held ?? []), Buffer.from(given))
  await h.run(ctx => tokens.keep(ctx, enrolled, 'unlock_token', new Uint8Array([1, 2, 3])))
  assert.deepEqual(await states('unlock'), ['current', 'past'])
})
