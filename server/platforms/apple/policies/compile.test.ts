import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode, type Dict, dict } from '@muster/wire/plist/plist.ts'
import type { Json } from '../../../areas/policies/index.ts'
import '../../../main.ts'
import { type Artifact, isRefused, profileOf, type Resources } from './artifact.ts'
import { compile, needsOf } from './compile.ts'
import type { AppleTarget } from './target.ts'

const phone: AppleTarget = {
  platform: 'ios',
  osVersion: '18.1',
  supervised: true,
  enrollment: 'device',
  channels: { user: false },
  capabilities: null,
}
const mac: AppleTarget = { ...phone, platform: 'macos', osVersion: '15.1', channels: { user: true } }
const resources: Resources = {
  secrets: new Map([['sec_1', { value: 'correct horse', version: 1 }]]),
  identity: { scepUrl: 'https://mdm.example/scep/1', challenge: 'once', authorityName: 'Havsten', subject: 'TYO-1' },
}

function item(kind: string, value: Json, instance: string | null = null) {
  return { item: instance === null ? kind : `${kind}#${instance}`, kind, instance, value }
}
function made(kind: string, value: Json, on = phone, instance: string | null = null, with_ = resources): Artifact {
  const result = compile(item(kind, value, instance), on, with_)
  assert.ok(!isRefused(result), JSON.stringify(result))
  return result
}
function refusal(kind: string, value: Json, on: AppleTarget): string {
  const result = compile(item(kind, value), on)
  return isRefused(result) ? result.refused : 'none'
}
const payload = (artifact: Artifact, type: string): Dict => dict(artifact.payloads.find(p => p['PayloadType'] === type))

test('a passcode policy becomes the payload and the declaration that say the same', () => {
  const artifact = made('passcode', { required: true, minLength: 6, simple: false, maxInactivityMinutes: 60 })
  const said = payload(artifact, 'com.apple.mobiledevice.passwordpolicy')
  assert.partialDeepStrictEqual(said, { forcePIN: true, minLength: 6, allowSimple: false, maxInactivity: 15 })
  assert.deepEqual(artifact.native?.configuration[0], {
    name: 'passcode',
    type: 'com.apple.configuration.passcode.settings',
    payload: { RequirePasscode: true, RequireComplexPasscode: true, MinimumLength: 6, MaximumInactivityInMinutes: 15 },
  })
})

test('a declaration is not offered where the system or the client does not know it, or not all it says', () => {
  const value = { required: true, maxAgeDays: 90 }
  assert.equal(made('passcode', value, { ...phone, osVersion: '14.8' }).native, undefined)
  assert.equal(made('passcode', value, { ...phone, osVersion: '16.1' }).native, undefined)
  assert.ok(made('passcode', value, { ...phone, osVersion: '16.2' }).native)
  const silent = { ...phone, capabilities: { declarations: { configuration: null } } }
  assert.ok(made('passcode', value, silent).native)
  assert.equal(
    made('passcode', value, { ...phone, capabilities: { declarations: { configuration: [] } } }).native,
    undefined,
  )
})

test('what a device cannot do is left out with the reason, and refused when nothing remains', () => {
  const value = { camera: false, appRemoval: false, receiveMirroring: false }
  const personal = made('restrictions', value, { ...phone, supervised: false })
  assert.deepEqual(personal.leftOut, [
    { key: 'appRemoval', reason: 'needs-supervision' },
    { key: 'receiveMirroring', reason: 'no-such-setting' },
  ])
  assert.equal(payload(personal, 'com.apple.applicationaccess')['allowCamera'], false)
  assert.equal(personal.needsSupervision, false)
  assert.equal(made('restrictions', value).needsSupervision, true)
  assert.equal(refusal('restrictions', { appRemoval: false }, { ...phone, supervised: false }), 'needs-supervision')
  assert.equal(refusal('restrictions', { appRemoval: false }, { ...phone, supervised: null }), 'needs-supervision')
  assert.equal(refusal('restrictions', { writingTools: false }, { ...phone, osVersion: '17.7' }), 'needs-newer-os')
  assert.equal(
    refusal('restrictions', { camera: false }, { ...phone, enrollment: 'user-enrollment' }),
    'not-in-this-enrollment',
  )
  assert.equal(refusal('passcode', { required: true }, { ...phone, platform: 'tvos' }), 'no-such-setting')
  assert.equal(refusal('no-such-kind', {}, phone), 'platform-not-built')
})

test('lists of apps go by the name of the system', () => {
  const value = { blockedApps: ['com.example.game'] }
  const now = payload(made('restrictions', value), 'com.apple.applicationaccess')
  assert.deepEqual(now['blockedAppBundleIDs'], ['com.example.game'])
  const then = payload(made('restrictions', value, { ...phone, osVersion: '14.8' }), 'com.apple.applicationaccess')
  assert.deepEqual(then['blacklistedAppBundleIDs'], ['com.example.game'])
})

const corp = {
  ssid: 'Corp',
  security: 'enterprise-wpa3',
  eap: { method: 'tls', identity: { source: 'built-in' }, serverNames: ['radius.example'] },
}

test('a network with a certificate per device refers to the payload that fetches it', () => {
  assert.deepEqual(needsOf(item('wifi', corp, 'Corp')), { identity: true, recipient: false, secrets: [] })
  const artifact = made('wifi', corp, mac, 'Corp')
  const network = payload(artifact, 'com.apple.wifi.managed')
  const scep = payload(artifact, 'com.apple.security.scep')
  assert.equal(network['PayloadCertificateUUID'], scep['PayloadUUID'])
  assert.deepEqual(network['SetupModes'], ['System'])
  assert.partialDeepStrictEqual(scep['PayloadContent'], { URL: 'https://mdm.example/scep/1', Challenge: 'once' })
  assert.deepEqual(dict(scep['PayloadContent'])['Subject'], [[['CN', 'TYO-1']]])
})

test('another challenge is the same profile, another version of a secret is another', () => {
  const again = { ...resources, identity: { ...required(resources.identity), challenge: 'twice' } }
  assert.equal(made('wifi', corp, mac, 'Corp').uuid, made('wifi', corp, mac, 'Corp', again).uuid)
  const psk = { ssid: 'Guest', security: 'wpa2', password: { $secret: 'sec_1' } }
  const first = made('wifi', psk, phone, 'Guest')
  assert.equal(payload(first, 'com.apple.wifi.managed')['Password'], 'correct horse')
  const rotated = { ...resources, secrets: new Map([['sec_1', { value: 'other', version: 2 }]]) }
  const second = made('wifi', psk, phone, 'Guest', rotated)
  assert.notEqual(first.uuid, second.uuid)
  assert.equal(first.identifier, second.identifier)
  assert.doesNotMatch(JSON.stringify(compile(item('wifi', psk, 'Guest'), phone)), /correct horse/)
  assert.throws(() => compile(item('wifi', psk, 'Guest'), phone, { secrets: new Map() }))
})

test('the bytes of a profile say what the artifact says', () => {
  const artifact = made('wifi', corp, mac, 'Corp')
  const read = dict(decode(profileOf(artifact, { organization: 'Havsten' })))
  assert.deepEqual(read['PayloadContent'], artifact.payloads)
  assert.partialDeepStrictEqual(read, {
    PayloadType: 'Configuration',
    PayloadIdentifier: artifact.identifier,
    PayloadUUID: artifact.uuid,
    PayloadScope: 'System',
    PayloadOrganization: 'Havsten',
    PayloadDisplayName: 'Corp',
  })
  assert.match(artifact.uuid, /^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/)
})

function required<T>(value: T | undefined): T {
  assert.ok(value !== undefined)
  return value
}
