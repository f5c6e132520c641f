import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { encode, type Dict } from '@muster/wire/plist/plist.ts'
import { signIn } from '../accounts.ts'
import { type AppleDevice, type DeviceOptions, device, misbehave, putAway } from '../device.ts'
import { installEnrollment } from '../enroll.ts'
import { connect, settled } from '../session.ts'
import { removeByHand } from '../shelf.ts'
import { type Declaration, type Declaring, declaringWith } from '../testing/declaring.ts'
import { keysForTests } from '../testing/keys.ts'
import { type LittleServer, startLittleServer } from '../testing/server.ts'
import { lookAgain } from './sync.ts'
import { until } from '../../../tools/until.ts'

const keys = await keysForTests(16)

interface Scene {
  server: LittleServer
  machine: AppleDevice
  declaring: Declaring
  /** Declares these and lets the device take them in. */
  declare(declarations: readonly Declaration[]): Promise<void>
}

async function scene(t: TestContext, options: DeviceOptions = {}): Promise<Scene> {
  const server = await startLittleServer()
  const machine = device({ seed: 23, keys, osVersion: '27.0', ...options })
  t.after(() => {
    putAway(machine)
    return server.close()
  })
  await installEnrollment(machine, server.profile(), {})
  const declaring = declaringWith(server)
  const declare = async (declarations: readonly Declaration[]): Promise<void> => {
    declaring.declare(declarations)
    server.order({ RequestType: 'DeclarativeManagement' })
    await connect(machine)
    await settled(machine)
  }
  return { server, machine, declaring, declare }
}

const configuration = (identifier: string, type: string, payload: object = {}, token = '1'): Declaration => ({
  kind: 'configuration',
  type: `com.apple.configuration.${type}`,
  identifier,
  token,
  payload: { ...payload },
})
const activation = (identifier: string, names: string[], predicate?: string): Declaration => ({
  kind: 'activation',
  type: 'com.apple.activation.simple',
  identifier,
  payload: { StandardConfigurations: names, ...(predicate === undefined ? {} : { Predicate: predicate }) },
})
const passcode = (length: number, token = '1') =>
  configuration('code', 'passcode.settings', { RequirePasscode: true, MinimumLength: length }, token)

const profile = (identifier: string, uuid: string, payloads: Dict[] = []): Uint8Array =>
  encode({
    PayloadType: 'Configuration',
    PayloadIdentifier: identifier,
    PayloadUUID: uuid,
    PayloadVersion: 1,
    PayloadContent: payloads.map(p => ({ PayloadIdentifier: `${identifier}.1`, PayloadUUID: 'A', ...p })),
  })
const wifi: Dict = { PayloadType: 'com.apple.wifi.managed', SSID_STR: 'Corp' }

test('a configuration without an activation is held but never in force', async t => {
  const { declaring, declare } = await scene(t)
  await declare([passcode(8)])
  assert.partialDeepStrictEqual(declaring.word('configurations', 'code'), {
    active: false,
    valid: 'valid',
    reasons: [{ code: 'Info.NotReferencedByActivation' }],
  })
  await declare([passcode(8), activation('on', ['code'])])
  assert.partialDeepStrictEqual(declaring.word('configurations', 'code'), { active: true, valid: 'valid' })
})

test('the first report is full and says what the system supports; later ones say what has changed', async t => {
  const { declaring, declare } = await scene(t)
  await declare([passcode(8), activation('on', ['code'])])
  assert.equal(declaring.reports.at(0)?.FullReport, true)
  assert.partialDeepStrictEqual(declaring.reports.at(0), {
    StatusItems: { management: { 'client-capabilities': { 'supported-versions': ['1.0.0'] } } },
  })
  await declare([passcode(9, '2'), activation('on', ['code'])])
  assert.deepEqual(declaring.reports.at(-1), {
    StatusItems: {
      management: {
        declarations: {
          configurations: [{ identifier: 'code', 'server-token': '2', active: true, valid: 'valid' }],
        },
      },
    },
    Errors: [],
  })
})

test('only what has another token is fetched, and a token that was carried out ends the round', async t => {
  const { declaring, declare, server, machine } = await scene(t)
  await declare([passcode(8), activation('on', ['code'])])
  declaring.asked.length = 0
  server.order({ RequestType: 'DeclarativeManagement' })
  await connect(machine)
  await settled(machine)
  assert.deepEqual(declaring.asked, ['tokens'])
  declaring.asked.length = 0
  await declare([passcode(9, '2'), activation('on', ['code'])])
  assert.deepEqual(declaring.asked, ['tokens', 'declaration-items', 'declaration/configuration/code', 'status'])
})

test('what is listed no more is taken away, with a word that it is gone', async t => {
  const { declaring, declare, server, machine } = await scene(t)
  server.files.set('corp', profile('muster.corp', 'U1', [wifi]))
  const legacy = configuration('corp', 'legacy', { ProfileURL: `${server.url}/files/corp` })
  await declare([legacy, activation('on', ['corp'])])
  assert.deepEqual([...machine.interior.profiles.keys()], ['muster.corp'])
  await declare([])
  assert.deepEqual([...machine.interior.profiles.keys()], [])
  assert.deepEqual(declaring.word('configurations', 'corp'), { identifier: 'corp', _removed: true })
})

test('a legacy profile replaces itself in place, and one that cannot be installed says why', async t => {
  const { declaring, declare, server, machine } = await scene(t)
  server.files.set('one', profile('muster.corp', 'U1', [wifi]))
  server.files.set('two', profile('muster.corp', 'U2', [wifi]))
  const legacy = (file: string) => configuration('corp', 'legacy', { ProfileURL: `${server.url}/files/${file}` }, file)
  await declare([legacy('one'), activation('on', ['corp'])])
  await declare([legacy('two'), activation('on', ['corp'])])
  assert.equal(machine.interior.profiles.get('muster.corp')?.uuid, 'U2')
  misbehave(machine, { does: 'refuse-profile', on: 'com.apple.wifi.managed', code: 4001, text: 'no' })
  server.files.set('three', profile('muster.corp', 'U3', [wifi]))
  await declare([legacy('three'), activation('on', ['corp'])])
  assert.partialDeepStrictEqual(declaring.word('configurations', 'corp'), {
    valid: 'invalid',
    reasons: [{ code: 'Error.ConfigurationCannotBeApplied', details: { Error: { Code: 4001 } } }],
  })
})

test('a profile passes from commands to a declaration of the same identifier, and not back', async t => {
  const { declare, server, machine } = await scene(t)
  const uuid = server.order({ RequestType: 'InstallProfile', Payload: profile('muster.corp', 'U1', [wifi]) })
  await connect(machine)
  assert.equal(server.answers.get(uuid)?.at(-1)?.Status, 'Acknowledged')
  server.files.set('corp', profile('muster.corp', 'U1', [wifi]))
  await declare([
    configuration('corp', 'legacy', { ProfileURL: `${server.url}/files/corp` }),
    activation('on', ['corp']),
  ])
  assert.equal(machine.interior.profiles.get('muster.corp')?.way, 'declarations')
  const again = server.order({ RequestType: 'InstallProfile', Payload: profile('muster.corp', 'U2', [wifi]) })
  await connect(machine)
  assert.equal(server.answers.get(again)?.at(-1)?.Status, 'Error')
})

test('a predicate decides, is looked at again, and a bad one is said to be', async t => {
  const { declaring, declare, machine } = await scene(t)
  const when = '@status(passcode.is-present) == TRUE AND @status(device.operating-system.family) IN {"iOS", "macOS"}'
  machine.interior.passcode = false
  await declare([configuration('x', 'management.test', { Echo: 'x' }), activation('on', ['x'], when)])
  assert.partialDeepStrictEqual(declaring.word('activations', 'on'), {
    active: false,
    reasons: [{ code: 'Info.Predicate' }],
  })
  machine.interior.passcode = true
  const { enrollment } = machine
  assert.ok(enrollment)
  await lookAgain({ device: machine, enrollment, account: undefined })
  assert.partialDeepStrictEqual(declaring.word('configurations', 'x'), { active: true })
  await declare([configuration('x', 'management.test', { Echo: 'x' }), activation('off', ['x'], '@status(a) ==')])
  assert.partialDeepStrictEqual(declaring.word('activations', 'off'), {
    valid: 'invalid',
    reasons: [{ code: 'Error.UnableToParsePredicate' }],
  })
})

test('types the system does not know, references to nothing, and what is listed but not found are told apart', async t => {
  const { declaring, declare } = await scene(t, { osVersion: '18.7.2' })
  declaring.missing.add('ghost')
  await declare([
    configuration('new', 'siri.settings'),
    configuration('ghost', 'management.test'),
    activation('on', ['new']),
    activation('lost', ['nowhere']),
  ])
  assert.partialDeepStrictEqual(declaring.word('configurations', 'new'), {
    valid: 'invalid',
    reasons: [{ code: 'Error.ConfigurationNotSupported' }],
  })
  assert.partialDeepStrictEqual(declaring.word('activations', 'lost'), {
    reasons: [{ code: 'Error.MissingConfigurations' }],
  })
  assert.equal(declaring.word('configurations', 'ghost'), undefined)
})

test('subscribed items come with the report; unknown ones as errors', async t => {
  const { declaring, declare } = await scene(t)
  const items = ['device.operating-system.version', 'passcode.is-compliant', 'device.coffee'].map(Name => ({ Name }))
  await declare([
    configuration('sub', 'management.status-subscriptions', { StatusItems: items }),
    passcode(10),
    activation('on', ['sub', 'code']),
  ])
  assert.partialDeepStrictEqual(declaring.reports.at(-1), {
    StatusItems: { device: { 'operating-system': { version: '27.0' } }, passcode: { 'is-compliant': false } },
    Errors: [{ StatusItem: 'device.coffee' }],
  })
})

test('an owner who complies is reported without being asked', async t => {
  const { declaring, declare, machine } = await scene(t, { complyAfterMs: 20 })
  const items = [{ Name: 'passcode.is-compliant' }]
  await declare([
    configuration('sub', 'management.status-subscriptions', { StatusItems: items }),
    passcode(10),
    activation('on', ['sub', 'code']),
  ])
  await until('it is reported', () => JSON.stringify(declaring.reports.at(-1)).includes('"is-compliant":true'))
  assert.equal(machine.interior.passcodeLength, 10)
  assert.partialDeepStrictEqual(declaring.reports.at(-1), { StatusItems: { passcode: { 'is-compliant': true } } })
})

test('an account has declarations of its own', async t => {
  const { declaring, machine, server } = await scene(t, { model: 'Mac16,12' })
  const account = await signIn(machine)
  declaring.declare([configuration('x', 'management.test', { Echo: 'x' }), activation('on', ['x'])])
  server.order({ RequestType: 'DeclarativeManagement' })
  await connect(machine, account)
  await settled(machine)
  assert.ok(account)
  assert.equal(account.declared.held.size, 2)
  assert.equal(machine.interior.declared.held.size, 0)
})

test('unsupervised devices refuse what is for supervised ones, overlook such restrictions, and obey the rest', async t => {
  const { server, machine } = await scene(t, { supervised: false })
  const give = async (payloads: Dict[], identifier: string): Promise<Dict | undefined> => {
    const uuid = server.order({ RequestType: 'InstallProfile', Payload: profile(identifier, identifier, payloads) })
    await connect(machine)
    return server.answers.get(uuid)?.at(-1)
  }
  assert.equal((await give([{ PayloadType: 'com.apple.app.lock' }], 'kiosk'))?.Status, 'Error')
  const limits = { PayloadType: 'com.apple.applicationaccess', allowCamera: false, allowScreenShot: false }
  assert.equal((await give([limits], 'limits'))?.Status, 'Acknowledged')
  const uuid = server.order({ RequestType: 'Restrictions' })
  await connect(machine)
  assert.deepEqual(server.answers.get(uuid)?.at(-1)?.GlobalRestrictions, {
    restrictedBool: { allowScreenShot: { value: false } },
  })
  assert.equal(removeByHand(machine, 'limits'), true)
  assert.equal(machine.interior.profiles.size, 0)
})

test('a silent device takes things in and says nothing', async t => {
  const { declaring, declare, machine } = await scene(t)
  misbehave(machine, { does: 'keep-silent', on: 'status', times: 1 })
  await declare([passcode(8), activation('on', ['code'])])
  assert.equal(declaring.reports.length, 0)
  assert.equal(machine.interior.declared.held.size, 2)
})
