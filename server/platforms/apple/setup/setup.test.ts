import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { encode } from '@muster/wire/plist/plist.ts'
import * as commands from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import { doorsFor } from '../../../testing/given-doors.ts'
import { keep } from '../tokens.ts'
import { until } from '../../../../tools/until.ts'

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
    assert.equal(kept.body.network, 'Staff')
    // A network is as well given by its name; its password is nowhere to be read.
    const named = await put({ wifi: { network: 'Guests', password: 'a password of ours' } })
    assert.deepEqual([named.body.wifi, named.body.network], [true, 'Guests'])
    assert.equal((await put({ wifi: { network: 'Guests', password: 'short' } })).status, 400)
    assert.equal((await put({})).body.network, 'Guests')
    const read = await doors.h.http('GET', `/api/v1/setups/${setup.id}/apple`, { as: owner.key })
    assert.ok(!JSON.stringify([named.body, read.body]).includes('of ours'))
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
  // As iPads entrust one from 26 on; without it an iPad that comes back would lose its apps.
  const [held] = await h.run(ctx => enrollment.claimed(ctx, machine.hardware.udid))
  const token = Buffer.from('what an iPad entrusts')
  await h.run(ctx => keep(ctx, held?.enrollment.id ?? '', 'bootstrap_token', token))
  const forged = await wipe({ wifiSetup: setup.id, bootstrapToken: 'AAAA' })
  assert.ok(forged.code, 'nobody but the device gives it one')
  const sent = await wipe({ wifiSetup: setup.id })
  assert.ok(sent.id, JSON.stringify(sent))
  assert.ok(!JSON.stringify(sent).includes(wifi), 'the network is never shown back')
  // It comes back in its own time, beside the calls of those that are there.
  await until(
    () => `it enrolls anew: ${machine.ledger.troubles.map(w => w.what).join(', ')}`,
    () => machine.enrollment !== undefined && machine.enrollment !== before,
    { meanwhile: () => rest([machine], 1) },
  )
  assert.deepEqual(Buffer.from(machine.interior.keptAppsBy ?? []), token, 'it was told how to keep its apps')
  assert.ok(!JSON.stringify(sent).includes(token.toString('base64')), 'and nobody else was')
  await rest([machine], 2)
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

test('an iPad that people share is told how while it waits, and knows its people; later it takes no other division', async t => {
  const { h, authority, promise, rest } = await doorsFor(t)
  const owner = await h.given.admin()
  const person = await h.given.user({ displayName: 'Ada' })
  const { machine, promised, setup, entry } = await promise({ body: { sharedDevice: true } })
  await h.http('PATCH', `/api/v1/roster/${entry.id}`, { as: owner.key, body: { user: person.id } })
  const put = (shared: object) => h.http('PUT', `/api/v1/setups/${setup.id}/apple`, { as: owner.key, body: { shared } })
  assert.equal((await put({ users: 2, quotaMb: 4096 })).status, 400)
  assert.equal((await put({ users: 2, signOutMinutes: 5, domains: ['havsten.example'] })).status, 200)
  await apple.boot(machine, { promised, authority })
  await rest([machine])
  assert.deepEqual(machine.interior.settings.get('SharedDeviceConfiguration'), {
    ResidentUsers: 2,
    TemporarySessionOnly: false,
    UserSessionTimeout: 300,
    ManagedAppleIDDefaultDomains: ['havsten.example'],
  })
  const order = [...machine.ledger.executed.values()].map(e => e.requestType)
  assert.ok(order.indexOf('Settings') < order.indexOf('DeviceConfigured'), order.join(' '))
  assert.equal(machine.interior.awaitingConfiguration, false)
  const [claimed] = await h.run(ctx => enrollment.claimed(ctx, machine.hardware.udid))
  assert.equal(claimed?.enrollment.kind, 'shared-ipad')
  const device = claimed?.enrollment.device ?? ''
  assert.partialDeepStrictEqual(await h.run(ctx => devices.get(ctx, device)), { shared: true, user: null })

  const said = async (command: object) => {
    const sent = await h.http('POST', `/api/v1/devices/${device}/commands`, {
      as: owner.key,
      body: { kind: 'apple.raw', args: { command } },
    })
    assert.equal(sent.status, 201, JSON.stringify(sent.body))
    await rest([machine], 1)
    return (await h.http('GET', `/api/v1/commands/${sent.body.id}`, { as: owner.key })).body
  }
  for (const shortName of ['ada@havsten.example', 'bo@havsten.example', 'cy@havsten.example'])
    await apple.signIn(machine, { shortName })
  // The third took the place of the first, whose data is in the cloud.
  // Who uses it is read with a purpose.
  assert.equal((await said({ RequestType: 'UserList' })).resultAbsent, 'gated')
  const look = { what: 'accounts', purpose: 'Somebody lost their work' }
  const looks = `/api/v1/devices/${device}/looks`
  assert.equal((await h.http('POST', looks, { as: owner.key, body: look })).status, 201)
  const listed = await said({ RequestType: 'UserList' })
  assert.deepEqual(
    listed.result.Users.map((u: { UserName: string; IsLoggedIn: boolean }) => [u.UserName, u.IsLoggedIn]),
    [
      ['bo@havsten.example', false],
      ['cy@havsten.example', true],
    ],
  )
  const bo = { RequestType: 'DeleteUser', UserName: 'bo@havsten.example' }
  const left = machine.interior.residents.get(bo.UserName)
  assert.ok(left)
  left.unsynced = true
  assert.equal((await said(bo)).state, 'failed')
  assert.equal((await said({ ...bo, ForceDeletion: true })).state, 'done')
  assert.deepEqual([...machine.interior.residents.keys()], ['cy@havsten.example'])
  const again = { Item: 'SharedDeviceConfiguration', ResidentUsers: 9 }
  assert.equal((await said({ RequestType: 'Settings', Settings: [again] })).state, 'failed')
})

test('a Mac with a cable goes through its assistant without anybody, in its language; without one somebody sits there', async t => {
  const { h, authority, promise, rest } = await doorsFor(t)
  const owner = await h.given.admin()
  const unit = h.root.id
  const make = (body: object) =>
    h.http('POST', '/api/v1/setups', { as: owner.key, body: { name: 'Alone', unit, body } })
  const refused = async (body: object) =>
    (await make({ autoAdvance: true, ...body })).body.fields.map((f: { path: string }) => f.path)
  assert.deepEqual(await refused({ language: 'sv' }), ['body.language'])
  assert.deepEqual(await refused({ language: 'sv', region: 'SE', signIn: 'web' }), ['body.signIn'])
  const body = { autoAdvance: true, language: 'sv', region: 'SE', skip: ['Siri'] }
  const model = 'MacBook Air (13-inch, M4, 2025)'
  for (const [options, by] of [
    [{ model, ethernet: true }, 'itself'],
    [{ model: 'Apple TV 4K (3rd generation)', ethernet: true }, 'itself'],
    [{ model }, 'person'],
    [{ ethernet: true }, 'person'],
  ] as const) {
    const { machine, promised } = await promise({ ...options, body })
    await apple.boot(machine, { promised, authority })
    await rest([machine], 3)
    const skipped = by === 'itself' ? 'all' : ['Siri']
    assert.deepEqual(machine.interior.assistant, { by, skipped, language: 'sv', region: 'SE' })
    assert.equal(machine.interior.awaitingConfiguration, false)
  }
})
