import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Dict, dict, encode } from '@muster/wire/plist/plist.ts'
import {
  type AppleDevice,
  betrayed,
  changeApps,
  connect,
  device,
  type DeviceOptions,
  installApp,
  installEnrollment,
  misbehave,
  openableApps,
  putAway,
  removeApp,
} from './index.ts'
import { keysForTests } from './testing/keys.ts'
import { startLittleServer } from './testing/server.ts'
import { until } from '../../tools/until.ts'

const keys = await keysForTests(24)

async function scene(t: TestContext, options: DeviceOptions = {}, mdm: Dict = {}) {
  const server = await startLittleServer()
  const machine = device({ seed: 31, keys, supervised: true, ...options })
  t.after(() => {
    putAway(machine)
    return server.close()
  })
  await installEnrollment(machine, server.profile(mdm), {})
  const give = async (command: Dict): Promise<Dict | undefined> => {
    const uuid = server.order(command)
    await connect(machine)
    return server.answers.get(uuid)?.at(-1)
  }
  const limit = (restrictions: Dict) =>
    give({ RequestType: 'InstallProfile', Payload: Buffer.from(encode(profile(restrictions))) })
  return { server, machine, give, limit }
}

const profile = (restrictions: Dict): Dict => ({
  PayloadType: 'Configuration',
  PayloadIdentifier: 'org.example.limits',
  PayloadUUID: crypto.randomUUID().toUpperCase(),
  PayloadVersion: 1,
  PayloadContent: [
    {
      PayloadType: 'com.apple.applicationaccess',
      PayloadIdentifier: 'org.example.limits.1',
      PayloadUUID: '5D1C9A4E-0B0C-4B7A-8F5D-3C2B1A090808',
      PayloadVersion: 1,
      ...restrictions,
    },
  ],
})
const steam = { identifier: 'com.valvesoftware.Steam', name: 'Steam' }
const idsOf = (answer: Dict | undefined): string[] =>
  ((answer?.InstalledApplicationList ?? []) as Dict[]).map(app => String(app.Identifier))

test('apps that the owner installs and takes away are in the next list', async t => {
  const { machine, give } = await scene(t)
  assert.equal(installApp(machine, steam), 'installed')
  assert.equal(installApp(machine, steam), 'there')
  assert.ok(idsOf(await give({ RequestType: 'InstalledApplicationList' })).includes(steam.identifier))
  assert.equal(removeApp(machine, steam.identifier), 'removed')
  assert.equal(removeApp(machine, steam.identifier), 'absent')
  assert.ok(!idsOf(await give({ RequestType: 'InstalledApplicationList' })).includes(steam.identifier))
})

test('what is blocked, or not among the only ones, stays installed and cannot be opened; without supervision nothing of that holds', async t => {
  const supervised = await scene(t)
  const own = await scene(t, { supervised: false })
  for (const { machine, limit } of [supervised, own]) {
    installApp(machine, steam)
    await limit({ blockedAppBundleIDs: [steam.identifier], allowAppInstallation: false })
  }
  const openable = ({ machine }: { machine: AppleDevice }) => openableApps(machine).map(app => app.identifier)
  assert.ok(!openable(supervised).includes(steam.identifier))
  assert.ok(idsOf(await supervised.give({ RequestType: 'InstalledApplicationList' })).includes(steam.identifier))
  assert.ok(openable(own).includes(steam.identifier))
  assert.equal(installApp(supervised.machine, { identifier: 'a.b', name: 'B' }), 'refused')
  assert.equal(installApp(own.machine, { identifier: 'a.b', name: 'B' }), 'installed')
  await supervised.limit({ allowListedAppBundleIDs: [steam.identifier], allowAppRemoval: false })
  assert.deepEqual(openable(supervised), [steam.identifier])
  assert.equal(removeApp(supervised.machine, steam.identifier), 'refused')
})

test('the same seed changes its mind the same way', () => {
  const lives = [1, 2].map(() => {
    const one = device({ seed: 77, keys })
    return Array.from({ length: 30 }, () => changeApps(one))
  })
  assert.deepEqual(lives[0], lives[1])
  assert.ok(
    lives[0]?.some(step => step.did === 'remove'),
    'what came goes again',
  )
})

test('a device in lost mode is carried away, and its battery ends', async t => {
  const { machine, give } = await scene(t, { lost: { metersPerSecond: 200_000, drain: 0.5 } })
  await give({ RequestType: 'EnableLostMode', Message: 'Lost' })
  const first = await give({ RequestType: 'DeviceLocation' })
  await new Promise(resolve => setTimeout(resolve, 60))
  machine.interior.battery = 0.3
  const second = await give({ RequestType: 'DeviceLocation' })
  const at = (answer: Dict | undefined) => [Number(answer?.Latitude), Number(answer?.Longitude)] as const
  const moved = Math.hypot(at(first)[0] - at(second)[0], at(first)[1] - at(second)[1])
  assert.ok(moved > 0.02, `${moved} degrees`)
  assert.deepEqual([machine.interior.battery, machine.online], [0, false], 'that was its last word')
})

test('a device that tells too much says where it is, its number and all its apps, whatever was asked', async t => {
  const { machine, give } = await scene(t, { supervised: false }, { EnrollmentMode: 'BYOD' })
  const asked = { RequestType: 'DeviceInformation', Queries: ['OSVersion'] }
  assert.deepEqual(Object.keys(dict((await give(asked))?.QueryResponses)), ['OSVersion'], 'by itself it does not')
  misbehave(machine, { does: 'tells-too-much', times: Number.POSITIVE_INFINITY })
  const told = await give(asked)
  const responses = dict(told?.QueryResponses)
  assert.equal(Number(told?.Latitude), betrayed.latitude)
  assert.ok(String(responses.PhoneNumber).startsWith('+'))
  assert.equal(responses.SerialNumber, machine.hardware.serial)
  assert.equal(idsOf(told).length, machine.interior.apps.length)
})

test('a device that never answers takes the command and hangs up', async t => {
  const { server, machine, give } = await scene(t)
  misbehave(machine, { does: 'never-answer', on: 'DeviceLock', times: 2 })
  assert.equal(await give({ RequestType: 'DeviceLock' }), undefined)
  assert.equal(server.received.at(-1)?.keys.Status, 'Idle')
})

test('one comes back after it acknowledged the erase, one only says that it was erased', async t => {
  const { machine, give } = await scene(t)
  misbehave(machine, { does: 'fake-erase', on: 'EraseDevice' })
  const before = machine.enrollment
  assert.equal((await give({ RequestType: 'EraseDevice' }))?.Status, 'Acknowledged')
  assert.equal(machine.enrollment, before)
  misbehave(machine, { does: 'come-back', on: 'EraseDevice' })
  machine.enrollment = { ...(before as NonNullable<typeof before>), source: 'http://127.0.0.1:9/gone' }
  assert.equal((await give({ RequestType: 'EraseDevice' }))?.Status, 'Acknowledged')
  assert.equal(machine.enrollment, undefined)
  await until('it tried', () => machine.ledger.troubles.length > 0)
  assert.match(String(machine.ledger.troubles.at(-1)?.what), /did not come back/, 'it tried, where nobody was')
})

test('without a SIM there is no number and no carrier; a weakened Mac says so', async t => {
  const phone = await scene(t, { sim: false })
  const asked = { RequestType: 'DeviceInformation', Queries: ['PhoneNumber', 'ICCID', 'ServiceSubscriptions', 'IMEI'] }
  const told = dict((await phone.give(asked))?.QueryResponses)
  assert.deepEqual(Object.keys(told).sort(), ['IMEI', 'ServiceSubscriptions'])
  assert.deepEqual(told.ServiceSubscriptions, [])
  const mac = await scene(t, { model: 'Mac16,12', weakened: true })
  assert.partialDeepStrictEqual(dict((await mac.give({ RequestType: 'SecurityInfo' }))?.SecurityInfo), {
    SystemIntegrityProtectionEnabled: false,
    AuthenticatedRootVolumeEnabled: false,
    SecureBoot: { SecureBootLevel: 'off' },
  })
})
