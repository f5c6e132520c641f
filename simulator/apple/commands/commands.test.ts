import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { type Dict, dict, encode, type Plist } from '@muster/wire/plist/plist.ts'
import { type AppleDevice, comeOnline, type DeviceOptions, device, putAway } from '../device.ts'
import { installEnrollment } from '../enroll.ts'
import { keysForTests } from '../testing/keys.ts'
import { connect, settled, unlock } from '../session.ts'
import { type LittleServer, startLittleServer } from '../testing/server.ts'
import { until } from '../../../tools/until.ts'

const keys = await keysForTests(24)

interface Scene {
  server: LittleServer
  machine: AppleDevice
  /** Gives one command and returns the device's last answer. */
  give(command: Dict): Promise<Dict>
}

async function scene(t: TestContext, options: DeviceOptions = {}, mdm: Dict = {}): Promise<Scene> {
  const server = await startLittleServer()
  const machine = device({ seed: 23, keys, ...options })
  t.after(() => {
    putAway(machine)
    return server.close()
  })
  await installEnrollment(machine, server.profile(mdm), {})
  const give = async (command: Dict): Promise<Dict> => {
    const uuid = server.order(command)
    await connect(machine)
    const answer = server.answers.get(uuid)?.at(-1)
    assert.ok(answer, `no answer to ${String(command.RequestType)}`)
    return answer
  }
  return { server, machine, give }
}

const errorOf = (answer: Dict): unknown[] => {
  const [link] = answer.ErrorChain as Dict[]
  return [answer.Status, link?.ErrorDomain, link?.ErrorCode]
}

const plainProfile = (identifier: string): Uint8Array =>
  Buffer.from(
    encode({
      PayloadType: 'Configuration',
      PayloadIdentifier: identifier,
      PayloadUUID: '5D1C9A4E-0B0C-4B7A-8F5D-3C2B1A090807',
      PayloadVersion: 1,
      PayloadDisplayName: 'Wi-Fi',
      PayloadContent: [
        {
          PayloadType: 'com.apple.wifi.managed',
          PayloadIdentifier: `${identifier}.1`,
          PayloadUUID: 'A',
          PayloadVersion: 1,
        },
      ],
    }),
  )

test('DeviceInformation answers what was asked and the model has, and leaves the rest out', async t => {
  const { machine, give } = await scene(t)
  const answer = await give({
    RequestType: 'DeviceInformation',
    Queries: ['SerialNumber', 'IMEI', 'WiFiMAC', 'HostName', 'IsSupervised', 'NoSuchThing', 'toString'],
  })
  const responses = dict(answer.QueryResponses)
  assert.deepEqual(Object.keys(responses).sort(), ['IMEI', 'IsSupervised', 'SerialNumber', 'WiFiMAC'])
  assert.equal(responses.SerialNumber, machine.hardware.serial)
  assert.equal(String(responses.IMEI).replaceAll(' ', ''), machine.hardware.imei)
})

test('each access right that is missing hides its queries or forbids its commands', async t => {
  const { give } = await scene(t, {}, { AccessRights: 1 + 16 })
  const asked = await give({ RequestType: 'DeviceInformation', Queries: ['SerialNumber', 'WiFiMAC', 'PhoneNumber'] })
  assert.deepEqual(Object.keys(dict(asked.QueryResponses)), ['SerialNumber'])
  for (const RequestType of ['DeviceLock', 'EraseDevice', 'InstalledApplicationList', 'SecurityInfo', 'Settings'])
    assert.deepEqual(errorOf(await give({ RequestType, Settings: [] })), ['Error', 'MCMDMErrorDomain', 12_007])
  assert.equal((await give({ RequestType: 'ProfileList' })).Status, 'Acknowledged')
})

test('user enrollment withholds the hardware even when asked', async t => {
  const { give } = await scene(t, {}, { EnrollmentMode: 'BYOD' })
  const answer = await give({
    RequestType: 'DeviceInformation',
    Queries: ['UDID', 'SerialNumber', 'IMEI', 'OSVersion'],
  })
  assert.deepEqual(Object.keys(dict(answer.QueryResponses)), ['OSVersion'])
})

test('the lists of apps, profiles and certificates say what is on the device', async t => {
  const { server, machine, give } = await scene(t)
  const apps = (await give({ RequestType: 'InstalledApplicationList', Items: ['Identifier', 'Name'] }))
    .InstalledApplicationList as Dict[]
  assert.equal(apps.length, machine.interior.apps.length)
  assert.deepEqual(Object.keys(apps[0] ?? {}), ['Identifier', 'Name'])
  await give({ RequestType: 'InstallProfile', Payload: plainProfile('org.example.wifi') })
  const profiles = (await give({ RequestType: 'ProfileList' })).ProfileList as Dict[]
  assert.deepEqual(
    profiles.map(one => one.PayloadIdentifier),
    ['org.example.enroll', 'org.example.wifi'],
  )
  const certificates = (await give({ RequestType: 'CertificateList' })).CertificateList as Dict[]
  assert.deepEqual(
    certificates.map(one => [one.CommonName, one.IsIdentity]),
    [
      ['a device', true],
      ['Example CA', false],
    ],
  )
  assert.equal(server.issued.length, 1)
})

test('SecurityInfo speaks of a passcode on an iPhone and of disk encryption on a Mac', async t => {
  const phone = await scene(t)
  const mac = await scene(t, { model: 'Mac16,12' })
  const told = async ({ give }: Scene): Promise<Dict> =>
    dict((await give({ RequestType: 'SecurityInfo' })).SecurityInfo)
  assert.partialDeepStrictEqual(await told(phone), { PasscodePresent: true, HardwareEncryptionCaps: 3 })
  assert.partialDeepStrictEqual(await told(mac), { FDE_Enabled: true, SystemIntegrityProtectionEnabled: true })
})

test('profiles come, go, and complain when they are broken or unknown, each system in its own words', async t => {
  const phone = await scene(t)
  const mac = await scene(t, { model: 'Mac16,12' })
  for (const { give, machine } of [phone, mac]) {
    await give({ RequestType: 'InstallProfile', Payload: plainProfile('org.example.wifi') })
    assert.deepEqual([...machine.interior.profiles.keys()], ['org.example.wifi'])
    assert.equal((await give({ RequestType: 'RemoveProfile', Identifier: 'org.example.wifi' })).Status, 'Acknowledged')
  }
  const gone = { RequestType: 'RemoveProfile', Identifier: 'org.example.wifi' }
  assert.deepEqual(errorOf(await phone.give(gone)), ['Error', 'MCMDMErrorDomain', 12_013])
  assert.deepEqual(errorOf(await mac.give(gone)), ['Error', 'MDMClientError', 89])
  const broken = await phone.give({ RequestType: 'InstallProfile', Payload: Buffer.from('no profile') })
  assert.deepEqual(errorOf(broken), ['Error', 'MCInstallationErrorDomain', 4000])
})

test('removing the enrollment profile is acknowledged, then the device checks out and forgets', async t => {
  const { server, machine, give } = await scene(t)
  assert.equal((await give({ RequestType: 'RemoveProfile', Identifier: 'org.example.enroll' })).Status, 'Acknowledged')
  assert.equal(server.received.at(-1)?.keys.MessageType, 'CheckOut')
  assert.equal(machine.enrollment, undefined)
})

test('the enrollment profile once more renews the identity: new key, same token, all later messages by the new one', async t => {
  for (const options of [{}, { authenticateOnRenewal: true }, { renewalOrder: 'ack-first' as const }]) {
    const { server, machine, give } = await scene(t, options)
    const before = server.wake
    const answer = await give({ RequestType: 'InstallProfile', Payload: server.profile() })
    assert.equal(answer.Status, 'Acknowledged')
    await connect(machine)
    assert.equal(server.issued.length, 2)
    assert.deepEqual(server.wake, before)
    const [old, renewed] = server.issued
    const acknowledged = server.received.find(({ keys: k }) => k.Status === 'Acknowledged')
    assert.equal(acknowledged?.signer, options.renewalOrder === 'ack-first' ? old : renewed)
    assert.equal(server.received.findLast(({ keys: k }) => k.MessageType === 'TokenUpdate')?.signer, renewed)
    assert.equal(server.received.at(-1)?.signer, renewed)
    const introductions = server.received.filter(({ keys: k }) => k.MessageType === 'Authenticate').length
    assert.equal(introductions, options.authenticateOnRenewal === true ? 2 : 1)
  }
})

test('a renewal that the issuer or the server refuses leaves the old identity in place', async t => {
  const { server, machine, give } = await scene(t)
  server.scep.status = 'failure'
  const Payload = server.profile()
  assert.deepEqual(errorOf(await give({ RequestType: 'InstallProfile', Payload })), [
    'Error',
    'MCInstallationErrorDomain',
    4001,
  ])
  server.scep.status = 'success'
  server.intercept = ({ keys: k }) => (k.MessageType === 'TokenUpdate' ? { status: 400 } : undefined)
  assert.deepEqual(errorOf(await give({ RequestType: 'InstallProfile', Payload })), [
    'Error',
    'MCInstallationErrorDomain',
    4001,
  ])
  server.intercept = undefined
  assert.equal((await connect(machine)).ended, 'empty')
  assert.equal(server.received.at(-1)?.signer, server.issued[0])
})

test('a new token that broke off during a renewal is told first thing in the next conversation', async t => {
  const { server, machine } = await scene(t)
  server.order({ RequestType: 'InstallProfile', Payload: server.profile() })
  machine.behavior.push({ does: 'drop', on: 'TokenUpdate' })
  assert.equal((await connect(machine)).ended, 'unreachable')
  await connect(machine)
  const types = server.received.map(({ keys: k }) => k.MessageType ?? k.Status)
  assert.deepEqual(types, ['Authenticate', 'TokenUpdate', 'Idle', 'TokenUpdate', 'Idle', 'TokenUpdate', 'Acknowledged'])
})

test('what binds a device to its server cannot be changed by a profile, nor can rights be added', async t => {
  const { server, give } = await scene(t, {}, { AccessRights: 4095 })
  const cases: [Dict, Dict, number][] = [
    [{ Topic: 'com.apple.mgmt.External.other' }, {}, 12_012],
    [{ ServerURL: `${server.url}/elsewhere` }, {}, 12_012],
    [{ AccessRights: 8191 }, {}, 12_009],
    [{ AccessRights: 4095, ServerCapabilities: [] }, {}, 12_012],
    [{ AccessRights: 4095 }, { PayloadIdentifier: 'org.example.other' }, 12_001],
  ]
  for (const [mdm, root, code] of cases) {
    const Payload = server.profile(mdm, root)
    assert.equal(errorOf(await give({ RequestType: 'InstallProfile', Payload }))[2], code)
  }
  assert.equal(server.issued.length, 1)
})

test('a Mac locked by command is off the network until somebody knows the PIN', async t => {
  const { server, machine, give } = await scene(t, { model: 'Mac16,12' })
  assert.equal((await give({ RequestType: 'DeviceLock' })).Status, 'Error')
  assert.equal((await give({ RequestType: 'DeviceLock', PIN: '12345' })).Status, 'Error')
  assert.equal((await give({ RequestType: 'DeviceLock', PIN: '123456' })).Status, 'Acknowledged')
  assert.equal((await connect(machine)).ended, 'offline')
  assert.equal(unlock(machine, '000000'), false)
  assert.equal(unlock(machine, '123456'), true)
  assert.equal((await connect(machine)).ended, 'empty')
  assert.equal(server.queue.length, 0)
})

test('an erased device acknowledges and forgets everything but its hardware', async t => {
  const { machine, give } = await scene(t, { supervised: true })
  await give({ RequestType: 'InstallProfile', Payload: plainProfile('org.example.wifi') })
  const { serial } = machine.hardware
  assert.equal((await give({ RequestType: 'EraseDevice' })).Status, 'Acknowledged')
  assert.equal(machine.enrollment, undefined)
  assert.deepEqual(
    [machine.interior.profiles.size, machine.interior.supervised, machine.interior.name],
    [0, false, 'iPhone'],
  )
  assert.equal(machine.hardware.serial, serial)
})

test('an erase happens even when its acknowledgment is lost', async t => {
  const { server, machine } = await scene(t)
  server.order({ RequestType: 'EraseDevice' })
  machine.behavior.push({ does: 'drop', on: 'EraseDevice' })
  await connect(machine)
  assert.equal(machine.enrollment, undefined)
})

test('restart and shutdown take a device off the network, for a moment or until the button is pressed', async t => {
  const { machine, give } = await scene(t, { supervised: true })
  await give({ RequestType: 'RestartDevice' })
  assert.equal((await connect(machine)).ended, 'offline')
  await until('it is back', () => machine.online)
  assert.deepEqual([machine.online, machine.interior.restarts, machine.interior.locked], [true, 1, true])
  await give({ RequestType: 'ShutDownDevice' })
  assert.equal(machine.online, false)
  comeOnline(machine)
  assert.equal((await connect(machine)).ended, 'empty')
  const personal = await scene(t)
  assert.deepEqual(errorOf(await personal.give({ RequestType: 'RestartDevice' })), [
    'Error',
    'MCMDMErrorDomain',
    12_029,
  ])
})

test('only the unlock token of the last TokenUpdate clears the passcode', async t => {
  const { server, machine, give } = await scene(t)
  const UnlockToken = server.received.at(-1)?.keys.UnlockToken as Uint8Array
  const wrong = await give({ RequestType: 'ClearPasscode', UnlockToken: Buffer.from('wrong') })
  assert.deepEqual(errorOf(wrong), ['Error', 'MCPasscodeErrorDomain', 5013])
  assert.equal(machine.interior.passcode, true)
  assert.equal((await give({ RequestType: 'ClearPasscode', UnlockToken })).Status, 'Acknowledged')
  assert.equal(machine.interior.passcode, false)
})

test('a supervised device can be lost, found and heard; its position is told only while it is lost', async t => {
  const { server, machine, give } = await scene(t, { supervised: true })
  assert.equal((await give({ RequestType: 'DeviceLocation' })).Status, 'Error')
  assert.equal((await give({ RequestType: 'EnableLostMode' })).Status, 'CommandFormatError')
  await give({ RequestType: 'EnableLostMode', Message: '見つけた方はご連絡ください', PhoneNumber: '+81 3 0000 0000' })
  const position = await give({ RequestType: 'DeviceLocation' })
  assert.ok(Math.abs(Number(position.Latitude)) <= 90 && typeof position.Timestamp === 'string')
  await give({ RequestType: 'PlayLostModeSound' })
  assert.equal(machine.interior.soundsPlayed, 1)
  assert.equal((await give({ RequestType: 'InstallProfile', Payload: plainProfile('a') })).Status, 'NotNow')
  server.queue = []
  await give({ RequestType: 'DisableLostMode' })
  assert.equal(machine.interior.lostMode, undefined)
  const personal = await scene(t)
  assert.equal((await personal.give({ RequestType: 'EnableLostMode', Message: 'x' })).Status, 'Error')
})

test('settings succeed and fail one by one under one acknowledgment', async t => {
  const { machine, give } = await scene(t, { supervised: true })
  const answer = await give({
    RequestType: 'Settings',
    Settings: [
      { Item: 'DeviceName', DeviceName: 'Åsas telefon' },
      { Item: 'DataRoaming', Enabled: true },
      { Item: 'HostName', HostName: 'mac-only' },
      { Item: 'Bluetooth' },
    ],
  })
  const each = (answer.Settings as Plist[]).map(one => dict(one).Status)
  assert.deepEqual([answer.Status, each], ['Acknowledged', ['Acknowledged', 'Acknowledged', 'Error', 'Error']])
  assert.equal(machine.interior.name, 'Åsas telefon')
  const asked = await give({ RequestType: 'DeviceInformation', Queries: ['DeviceName', 'DataRoamingEnabled'] })
  assert.deepEqual({ ...dict(asked.QueryResponses) }, { DeviceName: 'Åsas telefon', DataRoamingEnabled: true })
  assert.equal((await give({ RequestType: 'Settings', Settings: ['x'] })).Status, 'CommandFormatError')
})

test('DeviceConfigured ends the wait in Setup Assistant and is an error when nobody waits', async t => {
  const { server, give } = await scene(t, { awaitingConfiguration: true })
  assert.equal(server.received.at(-1)?.keys.AwaitingConfiguration, true)
  assert.equal((await give({ RequestType: 'DeviceConfigured' })).Status, 'Acknowledged')
  assert.deepEqual(errorOf(await give({ RequestType: 'DeviceConfigured' })), ['Error', 'MDMDeviceEnrollment', 101])
})

test('DeclarativeManagement is acknowledged, then tokens, items and each declaration are fetched and reported on', async t => {
  const { server, machine, give } = await scene(t)
  const documents: Record<string, unknown> = {
    tokens: { SyncTokens: { DeclarationsToken: 't1', Timestamp: '2026-11-20T10:00:00Z' } },
    'declaration-items': {
      Declarations: {
        Activations: [],
        Assets: [],
        Configurations: [{ Identifier: 'a b/c', ServerToken: 's1' }],
        Management: [],
      },
      DeclarationsToken: 't1',
    },
    'declaration/configuration/a%20b%2Fc': {
      Type: 'com.apple.configuration.management.test',
      Identifier: 'a b/c',
      ServerToken: 's1',
      Payload: { Echo: 'x' },
    },
  }
  const reports: unknown[] = []
  server.intercept = ({ keys: k }) => {
    if (k.MessageType !== 'DeclarativeManagement') return undefined
    if (k.Endpoint === 'status') reports.push(JSON.parse(Buffer.from(k.Data as Uint8Array).toString()))
    return { status: 200, body: JSON.stringify(documents[String(k.Endpoint)] ?? '') }
  }
  assert.equal((await give({ RequestType: 'DeclarativeManagement' })).Status, 'Acknowledged')
  await settled(machine)
  assert.partialDeepStrictEqual(reports, [
    {
      StatusItems: {
        management: { declarations: { configurations: [{ identifier: 'a b/c', 'server-token': 's1' }] } },
      },
    },
  ])
  assert.deepEqual(machine.ledger.troubles, [])
})
