import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Dict, decode, dict, encode } from '@muster/wire/plist/plist.ts'
import * as commands from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import { house } from '../../../testing/house.ts'

type Given = NonNullable<Parameters<Awaited<ReturnType<typeof house>>['given']['enrolled']>[0]>

/** What a device is told when it is sent this. */
async function told(t: TestContext, given: Given, kind: string, args: object = {}): Promise<Dict> {
  const h = await house(t)
  const { device, enrollment } = await h.given.enrolled(given)
  if (given.facts?.['identity.supervised'] === undefined && given.platform !== 'macos')
    await h.run(ctx => devices.learn(ctx, device.id, 'test', { 'identity.supervised': true }))
  const filled = 'confirm' in args ? { ...args, confirm: device.name } : args
  await h.run(ctx => commands.send(ctx, { device: device.id, kind, args: filled }))
  const next = await h.run(ctx => commands.next(ctx, { enrollment, account: '', after: 'contact' }))
  assert.ok(next)
  const body = dict(decode(next.kind.encode(next.args, next.uuid)))
  assert.equal(body.CommandUUID, next.uuid)
  return dict(body.Command)
}

const mac: Given = { platform: 'macos', modelName: 'Mac mini', osVersion: '15.1' }

test('a phone is locked without a PIN, a Mac with one', async t => {
  assert.deepEqual(await told(t, {}, 'lock', { message: 'Hej', phoneNumber: '+46' }), {
    RequestType: 'DeviceLock',
    Message: 'Hej',
    PhoneNumber: '+46',
  })
  assert.match(String((await told(t, mac, 'lock')).PIN), /^\d{6}$/)
  await assert.rejects(told(t, {}, 'lock', { pin: '123456' }), { code: 'request.malformed' })
  await assert.rejects(told(t, mac, 'lock', { pin: '12345' }), { code: 'request.malformed' })
})

test('erasing says what was asked for, and a Mac that needs no PIN gets none', async t => {
  assert.deepEqual(await told(t, {}, 'wipe', { confirm: '', preserveDataPlan: true }), {
    RequestType: 'EraseDevice',
    PreserveDataPlan: true,
  })
  assert.match(String((await told(t, mac, 'wipe', { confirm: '' })).PIN), /^\d{6}$/)
  const fresh = { ...mac, facts: { 'security.pinRequiredForErase': false } }
  assert.deepEqual(await told(t, fresh, 'wipe', { confirm: '', obliteration: 'DoNotObliterate' }), {
    RequestType: 'EraseDevice',
    ObliterationBehavior: 'DoNotObliterate',
  })
})

test('lost mode needs words for the finder', async t => {
  assert.deepEqual(await told(t, {}, 'lost-mode.enable', { message: 'Lost', footnote: 'Thanks' }), {
    RequestType: 'EnableLostMode',
    Message: 'Lost',
    Footnote: 'Thanks',
  })
  await assert.rejects(told(t, {}, 'lost-mode.enable', { footnote: 'Thanks' }), { code: 'request.malformed' })
})

test('settings are said item by item, and refused where they do not exist', async t => {
  const said = await told(t, {}, 'settings', {
    deviceName: '棚卸 1',
    bluetooth: false,
    wallpaper: { image: 'AQI=', where: 'lock' },
  })
  assert.deepEqual(said, {
    RequestType: 'Settings',
    Settings: [
      { Item: 'DeviceName', DeviceName: '棚卸 1' },
      { Item: 'Bluetooth', Enabled: false },
      { Item: 'Wallpaper', Image: new Uint8Array([1, 2]), Where: 1 },
    ],
  })
  await assert.rejects(told(t, mac, 'settings', { wallpaper: { image: 'AQI=', where: 'lock' } }), {
    code: 'command.platform',
  })
  await assert.rejects(told(t, {}, 'settings', { maximumUsers: 3 }), { code: 'command.platform' })
  await assert.rejects(told(t, { platform: 'ipados' }, 'settings', { maximumUsers: 3 }), {
    code: 'command.shared-ipad-only',
  })
  await assert.rejects(told(t, {}, 'settings', {}), { code: 'request.malformed' })
})

const profile = (types: string[], extra: Dict = {}) =>
  Buffer.from(
    encode({
      PayloadType: 'Configuration',
      PayloadIdentifier: 'com.example.one',
      PayloadUUID: 'U',
      PayloadContent: types.map(PayloadType => ({ PayloadType })),
      ...extra,
    }),
  ).toString('base64')

test('a profile is looked at before it is sent; one that manages the device is refused', async t => {
  const good = profile(['com.apple.wifi.managed'])
  const said = await told(t, {}, 'profile.install', { profile: good })
  assert.deepEqual(Buffer.from(said.Payload as Uint8Array).toString('base64'), good)
  await assert.rejects(told(t, {}, 'profile.install', { profile: profile(['com.apple.mdm']) }), {
    code: 'command.profile-manages',
  })
  for (const wrong of [
    profile([], { PayloadType: 'Other' }),
    'AAAA',
    'MIIB',
    Buffer.from('<plist>').toString('base64'),
  ])
    await assert.rejects(told(t, {}, 'profile.install', { profile: wrong }), { code: 'command.profile-malformed' })
  await assert.rejects(told(t, {}, 'profile.install', { profile: 'not base64' }), { code: 'request.malformed' })
})

test('any command of Apple can be sent as JSON or as a property list', async t => {
  const command = { RequestType: 'RefreshCellularPlans', eSIMServerURL: 'https://esim.example' }
  assert.deepEqual(await told(t, {}, 'apple.raw', { command }), command)
  const plist = Buffer.from(encode({ CommandUUID: 'mine', Command: command })).toString()
  assert.deepEqual(await told(t, {}, 'apple.raw', { command: plist }), command)
  const person = { ownership: 'personal' } as const
  const refused = {
    EraseDevice: 'privacy.forbids',
    ClearPasscode: 'privacy.forbids',
    DeviceLock: 'command.personal-device',
  }
  for (const [RequestType, code] of Object.entries(refused))
    await assert.rejects(told(t, person, 'apple.raw', { command: { RequestType }, confirm: '' }), { code })
})

test('a device asked about itself is asked for everything it may know; a personal one only for what the org put there', async t => {
  const asked = await told(t, mac, 'device.query')
  assert.ok((asked.Queries as string[]).includes('PINRequiredForEraseDevice'))
  assert.deepEqual(await told(t, {}, 'device.query', { queries: ['OSVersion'] }), {
    RequestType: 'DeviceInformation',
    Queries: ['OSVersion'],
  })
  assert.deepEqual(await told(t, { ownership: 'personal' }, 'apps.query'), {
    RequestType: 'InstalledApplicationList',
    ManagedAppsOnly: true,
  })
})
