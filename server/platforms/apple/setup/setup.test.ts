import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { encode } from '@muster/wire/plist/plist.ts'
import * as commands from '../../../areas/commands/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import { doorsFor } from '../../../testing/given-doors.ts'

/** A promised device that has just enrolled and waits in its assistant, with a policy it should have. */
async function waiting(t: TestContext, options: apple.DeviceOptions = {}) {
  const doors = await doorsFor(t)
  const { h, authority, promise } = doors
  const wants = () => h.given.assigned({ policies: [{ kind: 'passcode', value: { minLength: 6 } }] })
  const { machine, promised, setup } = await promise(options)
  const come = () => apple.boot(machine, { promised, authority })
  const held = async () => {
    const [claimed] = await h.run(ctx => enrollment.claimed(ctx, machine.hardware.udid))
    return claimed?.enrollment.id ?? ''
  }
  const run = async () => {
    const id = await held()
    return h.run(ctx => enrollment.runOf(ctx, id || 'enr_none'))
  }
  const asked = () => [...machine.ledger.executed.values()].map(e => e.requestType)
  const configured = () => asked().filter(r => r === 'DeviceConfigured').length
  return { ...doors, wants, machine, promised, setup, come, held, run, asked, configured }
}

test('a device is let go on only when it has what it should have, and says how far it is until then', async t => {
  const { h, wants, machine, come, run, rest, configured } = await waiting(t)
  await wants()
  apple.misbehave(machine, { does: 'not-now', on: 'DeclarativeManagement', times: 2 })
  await come()
  await h.settle()
  const early = await run()
  assert.equal(early?.state, 'running')
  assert.notDeepEqual(early?.waitingFor, [])
  assert.equal(configured(), 0)
  await rest([machine], 10)
  assert.equal(machine.interior.awaitingConfiguration, false)
  assert.partialDeepStrictEqual(await run(), { state: 'ready', done: 1, total: 1 })
  assert.equal(configured(), 1)
})

test('at its deadline a device goes on whatever it lacks, and the run says so', async t => {
  const { h, wants, machine, setup, come, run, configured } = await waiting(t)
  await wants()
  apple.misbehave(machine, { does: 'not-now', on: 'DeclarativeManagement', times: 10_000 })
  apple.misbehave(machine, { does: 'not-now', on: 'InstallProfile', times: 10_000 })
  await come()
  for (let minute = 0; minute <= setup.awaitMinutes; minute += 1) {
    h.pass(60_000)
    await h.settle()
    await apple.connect(machine)
  }
  await h.settle()
  await apple.connect(machine)
  assert.equal((await run())?.state, 'timed-out')
  assert.equal(machine.interior.awaitingConfiguration, false)
  assert.equal(configured(), 1)
  const ended = (await h.events()).filter(e => e === 'setup.ended')
  assert.equal(ended.length, 1)
})

test('a device that restarts in its assistant is neither forgotten nor hurried, whatever it says after', async t => {
  for (const saysSo of [true, false]) {
    const { h, machine, come, run, rest, configured } = await waiting(t)
    await come()
    await apple.restartInSetup(machine, saysSo)
    assert.equal((await run())?.state, 'running')
    assert.equal((await h.events()).filter(e => e === 'setup.began').length, 1)
    await rest([machine])
    assert.equal((await run())?.state, 'ready')
    assert.equal(machine.interior.awaitingConfiguration, false)
    assert.equal(configured(), 1)
  }
})

test('a device that did not hear that it may go on is told again, and one that went on says so without harm', async t => {
  const { h, machine, come, run, rest, configured } = await waiting(t)
  await come()
  await rest([machine])
  assert.equal((await run())?.state, 'ready')
  // It was switched off in that moment and wakes up where it was.
  machine.interior.awaitingConfiguration = true
  await apple.restartInSetup(machine, true)
  await apple.restartInSetup(machine, true)
  await rest([machine], 2)
  assert.equal(machine.interior.awaitingConfiguration, false)
  assert.equal(configured(), 2)
  const before = await h.events()
  const device = (await run())?.device ?? ''
  await h.run(ctx => commands.send(ctx, { device, kind: 'setup.release' }))
  await rest([machine], 2)
  const id = (await run())?.enrollment
  assert.ok(id)
  assert.equal(await h.run(ctx => commands.waits(ctx, { enrollment: id, account: '' }, 'setup.release')), false)
  const failed = (await h.events()).slice(before.length).filter(e => e === 'command.failed')
  assert.deepEqual(failed, [])
})

test('the run of a device goes on over a restart of the server, because nothing of it lives in memory', async t => {
  const { h, wants, machine, come, run } = await waiting(t)
  await wants()
  await come()
  apple.goOffline(machine)
  const before = await run()
  assert.equal(before?.state, 'running')
  await h.server.worker.stop()
  h.pass(16 * 60_000)
  const { startJobs } = await import('../../../base/worker.ts')
  const { jobs } = await import('../../../rooms.ts')
  const worker = startJobs(h.base, jobs, { pollMs: null })
  t.after(() => worker.stop())
  await worker.settle()
  assert.equal((await run())?.state, 'timed-out')
  apple.comeOnline(machine)
  await apple.connect(machine)
  assert.equal(machine.interior.awaitingConfiguration, false)
})

test('a device that answers nothing is named as stuck with its cause in less than two minutes', async t => {
  const { h, machine, come, run } = await waiting(t)
  await come()
  apple.goOffline(machine)
  for (let passed = 0; passed < 115_000; passed += 5000) {
    h.pass(5000)
    await h.settle()
  }
  assert.partialDeepStrictEqual(await run(), { state: 'stuck', waitingFor: [{ code: 'silent' }] })
})

test('a Mac gets its first accounts while it waits, with an administrator whose password is kept', async t => {
  const { h, machine, setup, come, rest, run } = await waiting(t, { model: 'MacBook Air (13-inch, M4, 2025)' })
  const owner = await h.given.admin()
  const decide = (body: object) => h.http('PUT', `/api/v1/setups/${setup.id}/apple`, { as: owner.key, body })
  assert.equal((await decide({ primary: 'none' })).status, 422)
  const admin = { shortName: 'itadmin', fullName: 'IT', hidden: true }
  assert.equal((await decide({ primary: 'standard', admin })).status, 200)
  await come()
  await rest([machine], 6)
  const asked = machine.interior.firstAccounts
  assert.equal(asked?.SetPrimarySetupAccountAsRegularUser, true)
  assert.partialDeepStrictEqual((asked?.AutoSetupAdminAccounts as object[] | undefined)?.[0], {
    shortName: 'itadmin',
    hidden: true,
  })
  assert.equal((await run())?.state, 'ready')
  const kept = await h.run(async ctx =>
    escrow.current(
      ctx,
      (await enrollment.claimed(ctx, machine.hardware.udid))[0]?.enrollment.device ?? '',
      'local-admin',
    ),
  )
  assert.equal(kept?.value.length, 23)
})

test('a device that its person erases comes back by itself where its setup says so', async t => {
  const doors = await doorsFor(t)
  for (const returnToService of [true, false]) {
    const { machine, promised, setup } = await doors.promise({ body: { returnToService } })
    const owner = await doors.h.given.admin()
    const wifi = Buffer.from(
      encode({
        PayloadType: 'Configuration',
        PayloadContent: [{ PayloadType: 'com.apple.wifi.managed', SSID_STR: 'Staff' }],
      }),
    ).toString('base64')
    const put = (body: object) => doors.h.http('PUT', `/api/v1/setups/${setup.id}/apple`, { as: owner.key, body })
    assert.equal((await put({ wifi: Buffer.from('no profile').toString('base64') })).status, 422)
    const kept = await put({ wifi })
    assert.equal(kept.body.wifi, true)
    assert.ok(!JSON.stringify(kept.body).includes(wifi))
    await apple.boot(machine, { promised, authority: doors.authority })
    const answer = await apple.askReturnToService(machine)
    assert.equal(answer?.Enabled, returnToService)
    assert.equal(answer?.WiFiProfileData instanceof Uint8Array, returnToService)
  }
  await doors.rest([], 1)
})

test('an iPad that is erased by order comes back by itself, by the network it is given, and is managed again', async t => {
  const { h, promise, rest, authority } = await doorsFor(t)
  const { machine, promised, setup } = await promise({ body: { awaits: false } })
  const owner = await h.given.admin({ passkey: true })
  await apple.boot(machine, { promised, authority })
  await rest([machine], 2)
  const found = await h.http('GET', `/api/v1/devices?filter=serial:${machine.hardware.serial}`, { as: owner.key })
  const { id } = found.body.items[0]
  const look = async () => (await h.http('GET', `/api/v1/devices/${id}/return`, { as: owner.key })).body
  assert.deepEqual(await look(), {
    against: null,
    setup: { id: setup.id, name: setup.name },
    network: false,
    networks: [],
  })
  const wipe = async (args: object) => {
    const body = { kind: 'wipe', args: { confirm: machine.hardware.serial, returnToService: true, ...args } }
    return (await h.http('POST', `/api/v1/devices/${id}/commands`, { as: owner.key, body })).body
  }
  assert.equal((await wipe({ wifiSetup: setup.id })).code, 'wipe.return-no-network')
  const wifi = Buffer.from(
    encode({
      PayloadType: 'Configuration',
      PayloadContent: [{ PayloadType: 'com.apple.wifi.managed', SSID_STR: 'Staff' }],
    }),
  ).toString('base64')
  await h.http('PUT', `/api/v1/setups/${setup.id}/apple`, { as: owner.key, body: { wifi } })
  assert.deepEqual((await look()).networks, [{ id: setup.id, name: setup.name }])
  assert.equal((await wipe({ wifiProfile: Buffer.from('no profile').toString('base64') })).code, 'setup.wifi-wrong')
  const before = machine.enrollment
  const sent = await wipe({ wifiSetup: setup.id })
  assert.ok(sent.id, JSON.stringify(sent))
  assert.ok(!JSON.stringify(sent).includes(wifi), 'the network is never shown back')
  await rest([machine], 4)
  assert.ok(machine.enrollment && machine.enrollment !== before, 'it has enrolled anew')
  const device = (await h.http('GET', `/api/v1/devices/${id}`, { as: owner.key })).body
  assert.equal(device.state, 'active')
  const told = (await h.events()).filter(e => e === 'device.wiped' || e === 'enrollment.activated')
  assert.deepEqual(told, ['enrollment.activated', 'device.wiped', 'enrollment.activated'])
  // Negative control: one that nobody promised, and one whose person signs in first, would not find back.
  const other = await h.given.enrolled({
    platform: 'ipados',
    osVersion: '18.1',
    facts: { 'identity.supervised': true },
  })
  const against = (await h.http('GET', `/api/v1/devices/${other.device.id}/return`, { as: owner.key })).body
  assert.equal(against.against, 'wipe.return-unpromised')
  const refused = await h.http('POST', `/api/v1/devices/${other.device.id}/commands`, {
    as: owner.key,
    body: { kind: 'wipe', args: { confirm: other.device.serial ?? other.device.name, returnToService: true } },
  })
  assert.equal(refused.body.code, 'wipe.return-unpromised')
})
