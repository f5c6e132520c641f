import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decode, encode, Real } from '../../plist/plist.ts'
import { Malformed } from '../../malformed.ts'
import { answerOf, type Artifact, type Family, type Json, placeOf, rootOf } from './catalog.ts'
import { fromPlist, plainFromPlist, plainToPlist, toJson, toPlist } from './plist.ts'
import { readCatalog } from './testing/open.ts'
import { bounds, drift, validate } from './validate.ts'

const catalog = readCatalog()

function get(family: Family, id: string): Artifact {
  const found = catalog.find(family, id)
  assert.ok(found, `${family} ${id}`)
  return found
}

/** Findings in short. */
const found = (artifact: Artifact, value: Json): string[] =>
  validate(artifact, value).map(f => `${f.severity} ${f.code} ${f.path}`)

const wifi = get('payload', 'com.apple.wifi.managed')
const restrictions = get('payload', 'com.apple.applicationaccess')

test('forms are taken where the type of what they stand for fits', () => {
  assert.deepEqual(found(wifi, { SSID_STR: 'Corp', Password: { $secret: 'sec_1' }, EncryptionType: 'WPA' }), [])
  assert.deepEqual(found(wifi, { SSID_STR: { $text: ['Corp-', { $var: 'unit.name' }] } }), [])
  assert.deepEqual(found(wifi, { SSID_STR: 'Corp', AutoJoin: { $secret: 'sec_1' } }), [
    'error form-misplaced /AutoJoin',
  ])
  assert.deepEqual(found(wifi, { SSID_STR: 'Corp', AutoJoin: { $var: 'user.attribute.joins' } }), [])
  assert.deepEqual(found(wifi, { SSID_STR: 'Corp', Password: { $newSecret: 'abc', name: 'PSK' } }), [])
  assert.deepEqual(found(wifi, { SSID_STR: { $data: 'AQID' } }), ['error form-misplaced /SSID_STR'])
  assert.deepEqual(found(wifi, { SSID_STR: { $nothing: 1 } }), ['error bad-form /SSID_STR'])
  assert.deepEqual(found(wifi, { SSID_STR: { $text: ['a', { $secret: 'sec_1' }] } }), ['error bad-form /SSID_STR'])
})

test('a secret written in clear is a warning, as it would be shown to everyone who may read the policy', () => {
  assert.deepEqual(found(wifi, { SSID_STR: 'Corp', Password: 'open sesame' }), ['warning secret-in-clear /Password'])
})

test('a required key that only some systems have is asked for softly', () => {
  const erase = get('checkin', 'TokenUpdate')
  const sent = { MessageType: 'TokenUpdate', Topic: 't', Token: { $data: 'AQID' }, PushMagic: 'm' }
  assert.ok(found(erase, sent).includes('warning missing /UDID'))
  assert.ok(found(erase, { ...sent, Topic: { $data: '' } }).includes('error form-misplaced /Topic'))
})

test('a key that is not known is a warning; its value is still looked at', () => {
  assert.deepEqual(found(restrictions, { allowTeleport: true }), ['warning unknown-key /allowTeleport'])
  assert.deepEqual(found(restrictions, { allowTeleport: { deep: null } }), [
    'warning unknown-key /allowTeleport',
    'error type /allowTeleport/deep',
  ])
})

test('keys that shut each other out are found, and that one of them is missing', () => {
  const app = get('declaration', 'com.apple.configuration.app.managed')
  assert.deepEqual(found(app, { AppStoreID: '1' }), [])
  assert.deepEqual(found(app, { AppStoreID: '1', BundleID: 'a.b' }), ['error exclusive /BundleID'])
  assert.deepEqual(found(app, {}), ['error one-of '])
  const update = get('command', 'ScheduleOSUpdate')
  const plan = { InstallAction: 'Default', ProductKey: 'k', ProductVersion: '18.1' }
  assert.deepEqual(found(update, { Updates: [plan] }), [], 'nobody says that these two shut each other out')
  assert.deepEqual(found(update, { Updates: [{ InstallAction: 'Default' }] }), ['error one-of /Updates/0'])
})

test('settings are told apart by their Item', () => {
  const settings = get('command', 'Settings')
  assert.deepEqual(found(settings, { Settings: [{ Item: 'Bluetooth', Enabled: true }] }), [])
  assert.deepEqual(found(settings, { Settings: [{ Item: 'Bluetooth' }] }), ['error missing /Settings/0/Enabled'])
  assert.deepEqual(found(settings, { Settings: [{ Item: 'Sing' }] }), ['error unknown-case /Settings/0/Item'])
  assert.deepEqual(found(settings, { Settings: [{}] }), ['error missing /Settings/0/Item'])
  assert.deepEqual(found(settings, { Settings: [{ Item: 'DefaultApplications', Any: 1 }] }), [
    'note unverified /Settings/0',
  ])
})

test('queries have names; one that is not known may be newer than we are', () => {
  const query = get('command', 'DeviceInformation')
  assert.deepEqual(found(query, { Queries: ['UDID', 'OSVersion'] }), [])
  assert.deepEqual(found(query, { Queries: ['Mood'] }), ['warning not-allowed /Queries/0'])
})

test('several definitions of one type are told apart by what is fixed in them, and may be mixed where nothing is', () => {
  const sso = get('payload', 'com.apple.extensiblesso')
  const kerberos = {
    ExtensionIdentifier: 'com.apple.AppSSOKerberos.KerberosExtension',
    TeamIdentifier: 'apple',
    Type: 'Credential',
    Realm: 'EXAMPLE.ORG',
    ExtensionData: { useSiteAutoDiscovery: 'yes' },
  }
  assert.ok(found(sso, kerberos).includes('error type /ExtensionData/useSiteAutoDiscovery'))
  const other = {
    ExtensionIdentifier: 'com.example.sso',
    TeamIdentifier: 'ABCDE',
    Type: 'Redirect',
    URLs: ['https://a.example'],
  }
  assert.deepEqual(found(sso, { ...other, ExtensionData: { useSiteAutoDiscovery: 'yes' } }), [])
  const mcx = get('payload', 'com.apple.MCX')
  assert.deepEqual(found(mcx, { DisableGuestAccount: true, timeServer: 'time.example.org' }), [])
})

test('a value that stands beside a range is allowed, and one that is in neither is not', () => {
  const mcx = get('payload', 'com.apple.MCX')
  const timer = (minutes: number) => ({ 'com.apple.EnergySaver.desktop.ACPower': { 'Display Sleep Timer': minutes } })
  const wrong = (minutes: number) => validate(mcx, timer(minutes)).some(f => f.path.endsWith('Display Sleep Timer'))
  assert.deepEqual([0, 1, 180, 181, -1].map(wrong), [false, false, false, true, true])
})

test('an artifact whose keys nobody has told us takes any dictionary, with a note', () => {
  const siri = get('declaration', 'com.apple.configuration.siri.settings')
  assert.deepEqual(found(siri, { Whatever: { a: [1] } }), ['note unverified '])
  assert.deepEqual(found(siri, 'text'), ['note unverified ', 'error type '])
})

test('what is too deep, too big or has too many faults ends in time', () => {
  let deep: Json = 1
  for (let i = 0; i < 2000; i++) deep = [deep]
  assert.ok(found(restrictions, { x: deep }).some(f => f.startsWith('error too-deep')))
  assert.ok(
    found(restrictions, { x: Array.from({ length: bounds.nodes + 5 }, () => 1) }).some(f =>
      f.startsWith('error too-big'),
    ),
  )
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, null]))
  assert.ok(found(restrictions, many).length <= bounds.findings)
})

test('what a device sends never throws and is never an error', () => {
  const answers = [...catalog.family('command').values()].filter(a => a.answer)
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom(...answers), (value, artifact) => {
      const field = answerOf(artifact)
      assert.ok(field)
      for (const finding of drift(artifact, field, value)) assert.notEqual(finding.severity, 'error')
    }),
    { numRuns: 400 },
  )
  const checkin = get('checkin', 'TokenUpdate')
  const sent = { MessageType: 'TokenUpdate', Topic: 7, Token: new Uint8Array([1]), PushMagic: 'x', New: 1 }
  assert.deepEqual(
    drift(checkin, rootOf(checkin), sent).map(f => `${f.code} ${f.path}`),
    ['type /Topic', 'unknown-key /New'],
  )
})

test('integers stay integers and reals reals, whatever the number looks like', () => {
  assert.ok(encodeText(toPlist(restrictions, { safariAcceptCookies: 2 })).includes('<real>2</real>'))
  assert.ok(encodeText(toPlist(restrictions, { enforcedSoftwareUpdateDelay: 30 })).includes('<integer>30</integer>'))
  assert.ok(encodeText(plainToPlist({ a: { $real: 1 } })).includes('<real>1</real>'))
  assert.deepEqual(plainFromPlist({ a: new Real(1), b: 1, c: 2n ** 63n }), {
    a: { $real: 1 },
    b: 1,
    c: { $integer: '9223372036854775808' },
  })
})

const encodeText = (plist: Parameters<typeof encode>[0]): string => new TextDecoder().decode(encode(plist))

test('text is escaped by the codec; keys that reach for the prototype are only keys', () => {
  const value = { SSID_STR: '</string><key>x</key>&', ['__proto__']: 1 }
  const back = fromPlist(wifi, decode(encode(toPlist(wifi, JSON.parse(JSON.stringify(value)))), { exact: true }))
  assert.deepEqual(Object.entries(back as object), Object.entries(value))
})

test('nothing half-filled becomes a property list or a declaration', () => {
  for (const form of [{ $var: 'user.email' }, { $text: ['a'] }, { $secret: 'sec_1' }]) {
    assert.throws(() => toPlist(wifi, { SSID_STR: form }), new Malformed('catalog.unfilled', Object.keys(form)[0]))
    assert.throws(() => toJson({ a: [form] }), Malformed)
  }
  assert.deepEqual(toJson({ a: [{ $data: 'AQID' }, { $real: 2 }, { $date: '2026-11-20T09:00:00Z' }] }), {
    a: ['AQID', 2, '2026-11-20T09:00:00Z'],
  })
})

test('keys that the overlay names exist in their artifact', () => {
  for (const artifact of catalog.all())
    for (const rule of artifact.exclusive ?? []) {
      const at = rule.at.replaceAll('*', '0')
      for (const key of rule.of)
        assert.ok(placeOf(artifact, rootOf(artifact), `${at}/${key}`), `${artifact.id} ${rule.at}/${key}`)
    }
})
