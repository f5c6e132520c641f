import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { keysForTests } from '@muster/simulator/apple/testing/keys.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import { apnsFor } from '../../testing/given-push.ts'
import { listening } from '../../testing/listening.ts'
import { until } from '../../../tools/until.ts'

/** The wire id of a command known by the text of its id. */
const uuidOf = (id: string): string => id.slice(4).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

const keys = await keysForTests(12)

/** A server with its push service, and one enrolled device that has told its inventory. */
async function office(t: TestContext, options: apple.DeviceOptions = {}) {
  const { apns, environment } = await apnsFor(t)
  const h = await listening(t, environment)
  await h.given.pushCertificate()
  const admin = await h.given.admin({ role: 'owner' })
  const one = apple.device({ seed: 7, keys, careless: true, apns, supervised: true, ...options })
  t.after(() => apple.putAway(one))
  const invite = async (): Promise<string> => `${h.url}${(await h.given.invitation({ uses: null })).path}/profile`
  await apple.enroll(one, { profileUrl: await invite() })
  await apple.connect(one)
  const [claimed] = await h.run(ctx => enrollment.claimed(ctx, one.hardware.udid))
  const id = claimed?.enrollment.device ?? ''
  const send = async (kind: string, args: object = {}): Promise<string> => {
    const sent = await h.http('POST', `/api/v1/devices/${id}/commands`, { as: admin.key, body: { kind, args } })
    assert.equal(sent.status, 201, JSON.stringify(sent.body))
    return sent.body.id
  }
  const command = async (of: string) => (await h.http('GET', `/api/v1/commands/${of}`, { as: admin.key })).body
  /** Lets jobs run and time pass, faster when told so, until the command has come to this state. */
  const become = async (of: string, state: string, fasterMs = 0) => {
    let now = await command(of)
    const is = async (): Promise<boolean> => {
      h.pass(Math.max(0, Date.now() - h.now()) + fasterMs)
      await h.settle()
      await apple.settled(one)
      now = await command(of)
      return now.state === state
    }
    await until(() => `it becomes ${state}: ${JSON.stringify(now)}`, is)
    return now
  }
  const device = () => h.run(ctx => devices.get(ctx, id))
  return { h, admin, one, id, invite, send, command, become, device }
}

test('a phone that is online is locked at once, and every step has its time', async t => {
  const { h, one, send, command } = await office(t)
  const id = await send('lock', { message: 'Please return' })
  // Nothing waits for time to pass: the push leaves with the order, and the phone calls when it comes.
  await h.settle()
  await apple.settled(one)
  const done = await command(id)
  assert.equal(done.state, 'done')
  assert.equal(one.interior.locked, true)
  assert.equal(one.interior.lockMessage, 'Please return')
  const steps: { step: string; at: number }[] = done.steps
  assert.deepEqual(
    steps.map(s => s.step),
    ['queued', 'pushed', 'fetched', 'acknowledged'],
  )
  assert.deepEqual(
    steps.map(s => s.at),
    steps.map(s => s.at).toSorted((a, b) => a - b),
  )
  assert.match(done.result.MessageResult, /Success|NoPasscodeSet/)
})

test('a phone that is offline is locked at its next contact', async t => {
  const { h, one, send, become, command } = await office(t)
  apple.goOffline(one)
  const id = await send('lock')
  await h.settle()
  assert.equal((await command(id)).state, 'queued')
  apple.comeOnline(one)
  await apple.connect(one)
  await become(id, 'done')
  assert.equal(one.interior.locked, true)
})

test('a locked Mac opens with the PIN that was kept', async t => {
  const { h, one, id, send, become } = await office(t, { model: 'Mac16,12' })
  await become(await send('lock'), 'done')
  const desk = await h.given.admin({ passkey: true })
  await h.given.stepUp(desk)
  const shown = await h.http('POST', `/api/v1/devices/${id}/secrets/lock-pin/reveal`, {
    headers: { cookie: desk.cookie, 'sec-fetch-site': 'same-origin' },
    body: { purpose: 'the owner is here' },
  })
  assert.equal(apple.unlock(one, '000000x'), false)
  assert.equal(apple.unlock(one, shown.body.value), true)
})

test('lost mode: found by sound and place, and given back', async t => {
  const { h, one, send, become, device } = await office(t)
  await become(await send('lost-mode.enable', { message: 'Lost', phoneNumber: '+81 3' }), 'done')
  assert.equal((await device()).state, 'lost')
  await become(await send('lost-mode.sound'), 'done')
  const place = await become(await send('location.query'), 'done')
  assert.equal(place.result?.Latitude, undefined, 'where it is stays out of the answers of commands')
  const reader = await h.given.admin({ role: 'read-only' })
  const hidden = await h.http('GET', `/api/v1/commands/${place.id}`, { as: reader.key })
  assert.deepEqual([hidden.body.result, hidden.body.resultAbsent], [null, 'withheld'])
  await become(await send('lost-mode.disable'), 'done')
  assert.equal((await device()).state, 'active')
  assert.equal(one.interior.lostMode, undefined)
})

test('an erased phone is ended; when it comes back it is the same device with an empty queue', async t => {
  const { h, admin, one, id, invite, send, become, device } = await office(t)
  await become(await send('wipe', { confirm: one.hardware.serial }), 'done')
  assert.deepEqual([(await device()).state, (await device()).stateReason], ['ended', 'wiped'])
  await apple.enroll(one, { profileUrl: await invite() })
  await apple.connect(one)
  assert.equal((await device()).state, 'active')
  const listed = await h.http('GET', `/api/v1/devices/${id}/commands?filter=kind:wipe`, { as: admin.key })
  assert.deepEqual(
    listed.body.items.map((c: { state: string }) => c.state),
    ['done'],
  )
})

test('what a locked phone puts off is done once it is unlocked', async t => {
  const { one, send, become, command } = await office(t)
  await become(await send('lock'), 'done')
  assert.equal(one.interior.locked, true)
  const [deferred, taken] = [await send('security.query'), await send('device.query')]
  await become(taken, 'done')
  assert.partialDeepStrictEqual(await command(deferred), { state: 'queued', next: 'unlock', notNow: { count: 1 } })
  apple.unlock(one)
  await apple.settled(one)
  assert.equal(
    (await command(deferred)).state,
    'queued',
    'it took something after it had put something off, so it does not call by itself',
  )
  const done = await become(deferred, 'done', 60_000)
  assert.ok(done.answeredAt - done.notNow.lastAt < 7 * 60_000)
})

test('the passcode is cleared with the token the phone gave', async t => {
  const { one, send, become } = await office(t)
  await become(await send('clear-passcode'), 'done')
  assert.equal(one.interior.passcode, false)
})

test('replies that get lost do not lose or double a command', async t => {
  const { one, send, become } = await office(t)
  apple.misbehave(one, { does: 'lose', on: 'Acknowledged', times: 2 })
  apple.misbehave(one, { does: 'duplicate', copies: 3 })
  const ids = [await send('device.query'), await send('restart'), await send('lock')]
  for (const id of ids) {
    await apple.connect(one)
    apple.comeOnline(one)
    await become(id, 'done', 30_000)
  }
  const executed = [...one.ledger.executed.values()]
  // A question may be asked again when its answer was lost; an act may not.
  const questions = ['DeviceInformation', 'ActivationLockBypassCode']
  assert.ok(
    executed.every(e => e.effects <= 1 || questions.includes(e.requestType)),
    JSON.stringify(executed),
  )
})

test('errors and malformed commands end with their explanation', async t => {
  const { one, send, become } = await office(t)
  apple.misbehave(one, { does: 'error', on: 'DeviceLock', code: 12021, domain: 'MCMDMErrorDomain' })
  apple.misbehave(one, { does: 'format-error', on: 'RestartDevice' })
  const refused = await become(await send('lock'), 'failed')
  assert.partialDeepStrictEqual(refused.error, { code: 12021, explained: 'apple.unsupported' })
  const malformed = await become(await send('restart'), 'failed')
  assert.equal(malformed.error.explained, 'apple.command-malformed')
})

test('a phone tells all about itself, whatever its forms', async t => {
  const { h, id, one, device } = await office(t)
  const facts = await h.run(ctx => devices.factRecord(ctx, id))
  assert.equal((await device()).name, one.interior.name)
  assert.ok(Number(facts['storage.capacityBytes']) >= 64e9)
  assert.deepEqual((facts['cellular.imei'] as string[])[0], one.hardware.imei)
  assert.equal(typeof facts['security.passcode'], 'boolean')
  const apps = await h.run(ctx => devices.listOf(ctx, id, 'apps'))
  assert.ok(Array.isArray(apps?.value) && apps.value.length > 0)
})

test('a device that waits in Setup Assistant is let go on after it has told what it is', async t => {
  const { h, one } = await office(t, { awaitingConfiguration: true })
  // What it should have is computed behind its first message.
  for (let i = 0; i < 20 && one.interior.awaitingConfiguration; i += 1) {
    await h.settle()
    await apple.connect(one)
    await apple.settled(one)
  }
  assert.equal(one.interior.awaitingConfiguration, false)
  const asked = [...one.ledger.executed.values()].map(e => e.requestType)
  assert.equal(asked.at(-1), 'DeviceConfigured')
})

test('a hundred orders go over one connection, each once and in order', async t => {
  const { h, one, id, admin } = await office(t)
  apple.goOffline(one)
  const sent: string[] = []
  for (let i = 0; i < 100; i += 1) {
    const body = { kind: 'device.query', args: { queries: [`Key${i}`] } }
    sent.push((await h.http('POST', `/api/v1/devices/${id}/commands`, { as: admin.key, body })).body.id)
  }
  const before = one.ledger.executed.size
  apple.comeOnline(one)
  await apple.settled(one)
  await apple.connect(one)
  const executed = [...one.ledger.executed.values()].slice(before)
  assert.deepEqual(
    executed.map(e => [e.commandUuid, e.effects]),
    sent.map(s => [uuidOf(s), 1]),
  )
})
