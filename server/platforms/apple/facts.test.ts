import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode, dict, encodeBinary } from '@muster/wire/plist/plist.ts'
import { house } from '../../testing/house.ts'
import { deviceFacts, securityFacts } from './facts.ts'
import { appsIn, certificatesIn, profilesIn } from './lists.ts'

test('capacities are bytes, whichever gigabyte the system counts in', () => {
  const phone = deviceFacts({
    ProductName: 'iPhone17,1',
    OSVersion: '18.1',
    DeviceCapacity: 128,
    AvailableDeviceCapacity: 37.25,
  })
  assert.deepEqual([phone['storage.capacityBytes'], phone['storage.availableBytes']], [128e9, 37.25e9])
  const old = deviceFacts({ ProductName: 'MacBookPro11,4', OSVersion: '11.7', DeviceCapacity: 2 })
  assert.equal(old['storage.capacityBytes'], 2 * 2 ** 30)
  const text = deviceFacts({ ProductName: 'Mac16,1', OSVersion: '15.1', DeviceCapacity: '2' })
  assert.equal(text['storage.capacityBytes'], 2e9)
})

test('a charge that is not known is no charge', () => {
  assert.deepEqual(deviceFacts({ BatteryLevel: -1 }), {})
  assert.deepEqual(deviceFacts({ BatteryLevel: 0.456 }), { 'battery.level': 0.456 })
  assert.deepEqual(deviceFacts({ BatteryLevel: 80 }), { 'battery.level': 0.8 })
})

test('modems are told by SIM slot, without spaces; old systems have one', () => {
  const two = deviceFacts({
    IMEI: '00 000000 000000 0',
    ServiceSubscriptions: [
      { Slot: 'CTSubscriptionSlotTwo', IMEI: '35 111111 111111 1', IsDataPreferred: true },
      { Slot: 'CTSubscriptionSlotOne', IMEI: '35 222222 222222 2', ICCID: '8946 0000', PhoneNumber: '+46 70' },
    ],
  })
  assert.deepEqual(two['cellular.imei'], ['352222222222222', '351111111111111'])
  assert.deepEqual(two['cellular.iccid'], ['89460000', null])
  assert.deepEqual(two['cellular.phoneNumbers'], ['+46 70', null])
  assert.deepEqual(deviceFacts({ IMEI: '35 333333 333333 3' })['cellular.imei'], ['353333333333333'])
})

test('unknown keys are kept, truths may be numbers, and what is empty says nothing', () => {
  const facts = deviceFacts({
    IsSupervised: 1,
    Novelty: { A: [1] },
    MDMOptions: {},
    PushToken: new Uint8Array([1]),
    HostName: '',
  })
  assert.deepEqual(facts, { 'identity.supervised': true, 'other.Novelty': { A: [1] } })
})

test('protection is read through its nested dictionaries, and keys that open a disk are dropped', () => {
  const facts = securityFacts({
    HardwareEncryptionCaps: 3,
    PasscodePresent: true,
    FDE_Enabled: true,
    FDE_PersonalRecoveryKeyCMS: new Uint8Array([1]),
    FirewallSettings: { FirewallEnabled: false, Applications: [] },
    ManagementStatus: { EnrolledViaDEP: true },
    SecureBoot: { SecureBootLevel: 'full' },
    PasscodeLockGracePeriod: 60,
    Later: 5,
  })
  assert.deepEqual(facts, {
    'security.hardwareEncryption': 3,
    'security.passcode': true,
    'security.encrypted': true,
    'security.firewall': false,
    'security.automatedEnrollment': true,
    'security.secureBoot': 'full',
    'security.lockGraceSeconds': 60,
    'security.Later': 5,
  })
})

test('lists skip what is no entry, and a certificate that cannot be read is still named', () => {
  const xml = (body: string) => dict(decode(Buffer.from(`<plist version="1.0"><dict>${body}</dict></plist>`)))
  const apps = appsIn(
    xml(
      '<key>InstalledApplicationList</key><array><string>?</string><dict><key>Identifier</key><string>a.b</string><key>BundleSize</key><string>12</string></dict></array>',
    ),
  )
  assert.equal(apps.length, 1)
  assert.partialDeepStrictEqual(apps[0] as object, { identifier: 'a.b', bundleSize: 12, name: null })
  assert.deepEqual(profilesIn({ ProfileList: 'nothing' }), [])
  const [one] = certificatesIn({ CertificateList: [{ CommonName: 'X', IsIdentity: false, Data: new Uint8Array([1]) }] })
  assert.partialDeepStrictEqual(one as object, { commonName: 'X', subject: null })
})

test('a NUL in what a device says neither loses the answer nor blocks its queue, on either database', async t => {
  const h = await house(t)
  await h.given.pushCertificate()
  const phone = await h.given.enrolledTalker()
  const offered = dict(decode((await phone.report({ Status: 'Idle' })).bytes))
  assert.equal(dict(offered.Command).RequestType, 'DeviceInformation')
  const said = {
    UDID: phone.udid,
    Status: 'Acknowledged',
    CommandUUID: String(offered.CommandUUID),
    QueryResponses: { DeviceName: 'El\u0000in', 'Od\u0000d': '\u0000' },
  }
  const next = await phone.report({}, { bytes: encodeBinary(said) })
  assert.equal(next.status, 200)
  assert.notEqual(dict(decode(next.bytes)).CommandUUID, offered.CommandUUID)
  const { key } = await h.given.admin()
  assert.equal((await h.http('GET', '/api/v1/devices', { as: key })).body.items[0].name, 'Elin')
})
