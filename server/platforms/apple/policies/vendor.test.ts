import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { sign } from '@muster/wire/cms/signed.ts'
import { decode, dict, encode, type Plist, Real } from '@muster/wire/plist/plist.ts'
import { issueCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import { allPolicyKinds, type Finding, findPolicyKind, type Json } from '../../../areas/policies/index.ts'
import '../../../main.ts'
import { catalog } from '../catalog.ts'
import { type Artifact, isRefused, profileOf, type Resources } from './artifact.ts'
import { compile } from './compile.ts'
import { isValues } from './pen.ts'
import { readProfile } from './profile-import.ts'
import { mac, phone } from './testing/targets.ts'

const kind = (name: string) => {
  const found = findPolicyKind(name)
  assert.ok(found, name)
  return found
}
const told = (findings: readonly Finding[]): string[] => findings.map(f => `${f.path} ${f.severity} ${f.code}`)
const check = (name: string, value: Json): string[] => told(kind(name).check(value))
const secrets = (value: string): Resources => ({ secrets: new Map([['sec_1', { value, version: 1 }]]) })

function made(name: string, value: Json, on = phone, with_ = secrets('correct horse')): Artifact {
  const instance = kind(name).identity?.(value) ?? null
  const artifact = compile({ item: `${name}#${instance}`, kind: name, instance, value }, on, with_)
  assert.ok(!isRefused(artifact), JSON.stringify(artifact))
  return artifact
}

test('every payload type and declaration of the catalog is a kind, but not the payload of the enrollment', () => {
  const names = new Set(allPolicyKinds().map(k => k.kind))
  for (const id of catalog.family('payload').keys())
    assert.equal(names.has(`apple.payload:${id}`), id !== 'com.apple.mdm', id)
  for (const id of catalog.family('declaration').keys()) assert.ok(names.has(`apple.declaration:${id}`), id)
  assert.equal(findPolicyKind('apple.payload:com.apple.mdm'), undefined)
  assert.equal(findPolicyKind('apple.declaration:com.apple.nonsense'), undefined)
})

test('every vendor kind answers for every key on every platform of the vendor, and for no other', () => {
  for (const one of allPolicyKinds().filter(k => k.family === 'apple'))
    for (const key of ['', ...(one.settings?.() ?? [])]) {
      for (const platform of ['ios', 'ipados', 'macos', 'tvos'])
        assert.ok(one.honors(platform, key), `${one.kind} ${key}`)
      assert.equal(one.honors('windows', key), null)
    }
})

test('what a device has once is merged key by key as the device would, and the rest stands side by side', () => {
  assert.equal(kind('apple.payload:com.apple.wifi.managed').merge, 'instances')
  assert.equal(kind('apple.payload:com.apple.app.lock').merge, 'settings')
  assert.equal(kind('apple.declaration:com.apple.configuration.account.mail').merge, 'instances')
  const passcode = kind('apple.declaration:com.apple.configuration.passcode.settings')
  assert.equal(passcode.merge, 'settings')
  assert.deepEqual(passcode.rules?.['MinimumLength'], { rule: 'strictest', by: 'most' })
  assert.deepEqual(passcode.rules?.['MaximumInactivityInMinutes'], { rule: 'strictest', by: 'least' })
  const updates = kind('apple.declaration:com.apple.configuration.softwareupdate.settings')
  assert.deepEqual(updates.rules?.['Notifications'], { rule: 'strictest', by: 'false' })
  assert.deepEqual(updates.rules?.['RecommendedCadence'], { rule: 'strictest', by: ['Newest', 'Oldest', 'All'] })
  const items = kind('apple.declaration:com.apple.configuration.management.status-subscriptions')
  assert.deepEqual(items.rules?.['StatusItems'], { rule: 'union' })
})

test('a payload is checked by the catalog, in the words of all kinds', () => {
  assert.deepEqual(
    check('apple.payload:com.apple.wifi.managed', { SSID_STR: 'A', EncryptionType: 'WPA9', AutoJoin: 'yes' }),
    ['/EncryptionType error value.not-offered', '/AutoJoin error value.type'],
  )
  const password = 'apple.payload:com.apple.wifi.managed'
  assert.deepEqual(check(password, { SSID_STR: 'A', Password: 'hunter22' }), [
    '/Password error value.secret-in-the-open',
  ])
  assert.deepEqual(check(password, { SSID_STR: 'A', Password: { $newSecret: 'hunter22', name: 'Wi-Fi' } }), [])
  assert.deepEqual(
    check(password, { SSID_STR: { $var: 'user.email' }, PayloadUUID: 'A', PayloadCertificateUUID: uuid }),
    ['/PayloadUUID warning payload.set-by-server', '/PayloadCertificateUUID warning payload.refers-outside'],
  )
  assert.deepEqual(check('apple.payload:org.example.app', { anything: 1 }), [' warning payload.not-in-catalog'])
})

test('whole numbers, reals, bytes and instants keep their types on the wire', () => {
  const browser = made('apple.payload:com.apple.applicationaccess', { safariAcceptCookies: 2, ratingApps: 200 })
  const [payload] = browser.payloads
  assert.ok(payload?.['safariAcceptCookies'] instanceof Real)
  assert.equal(payload['ratingApps'], 200)
  const loose = made(
    'apple.payload:org.example.app',
    { at: { $date: '2026-11-20T09:00:00Z' }, key: { $data: 'AQID' } },
    mac,
  )
  assert.deepEqual(loose.payloads[0]?.['at'], new Date('2026-11-20T09:00:00Z'))
  assert.deepEqual(loose.payloads[0]?.['key'], new Uint8Array([1, 2, 3]))
})

test('a secret is text where the key holds text and bytes where it holds bytes', () => {
  const value = {
    UserDefinedName: 'A',
    VPNType: 'IPSec',
    IPSec: { RemoteAddress: 'a', SharedSecret: { $secret: 'sec_1' } },
  }
  const typed = made('apple.payload:com.apple.vpn.managed', value)
  assert.deepEqual(dict(typed.payloads[0]?.['IPSec'])['SharedSecret'], new Uint8Array(Buffer.from('correct horse')))
  const kept = made('apple.payload:com.apple.vpn.managed', value, phone, secrets('base64:AQID'))
  assert.deepEqual(dict(kept.payloads[0]?.['IPSec'])['SharedSecret'], new Uint8Array([1, 2, 3]))
})

test('a declaration goes as it is, refused where the device or its client does not know it', () => {
  const name = 'apple.declaration:com.apple.configuration.math.settings'
  const value = { Calculator: { BasicMode: { AddSquareRoot: true } } }
  assert.deepEqual(made(name, value).native?.configuration, [
    { name: 'declaration', type: 'com.apple.configuration.math.settings', payload: value },
  ])
  const refusal = (on: typeof phone): string => {
    const result = compile({ item: name, kind: name, instance: null, value }, on)
    return isRefused(result) ? result.refused : 'none'
  }
  assert.equal(refusal({ ...phone, osVersion: '17.0' }), 'needs-newer-os')
  assert.equal(refusal({ ...phone, supervised: false }), 'needs-supervision')
  assert.equal(refusal({ ...phone, platform: 'tvos' }), 'no-such-setting')
  assert.equal(refusal({ ...phone, capabilities: { declarations: { configuration: [] } } }), 'client-cannot')
})

test('what belongs to people goes by their channel', () => {
  const clip = { Label: 'Intranet', URL: 'https://intranet.example' }
  assert.equal(made('apple.payload:com.apple.webClip.managed', clip).channel, 'device')
  assert.equal(made('apple.payload:com.apple.webClip.managed', clip, mac).channel, 'user')
  const alone = { ...mac, channels: { user: false } }
  const name = 'apple.payload:com.apple.webClip.managed'
  assert.deepEqual(compile({ item: name, kind: name, instance: null, value: clip }, alone), {
    refused: 'needs-user-channel',
  })
  assert.equal(made('apple.payload:com.apple.dock', { tilesize: 40, PayloadScope: 'User' }, mac).channel, 'user')
})

const uuid = '11111111-1111-4111-8111-111111111111'
const file = (more: { [key: string]: Plist } = {}, payloads: Plist[] = [network]) => ({
  PayloadType: 'Configuration',
  PayloadVersion: 1,
  PayloadIdentifier: 'com.example.office',
  PayloadUUID: '22222222-2222-4222-8222-222222222222',
  PayloadDisplayName: 'Office',
  PayloadContent: payloads,
  ...more,
})
const network: Plist = {
  PayloadType: 'com.apple.wifi.managed',
  PayloadVersion: 1,
  PayloadIdentifier: 'com.example.office.wifi',
  PayloadUUID: uuid,
  PayloadDisplayName: 'Wi-Fi',
  SSID_STR: 'Office & <Lab>',
  Password: 'hunter22',
  EncryptionType: 'WPA2',
}

test('a profile made elsewhere comes back as it went in, its passwords on their way to be put away', () => {
  const read = readProfile(encode(file()))
  assert.ok(read)
  assert.deepEqual([read.kind, read.name], ['apple.profile', 'Office'])
  assert.deepEqual(check('apple.profile', read.value), [])
  assert.equal(kind('apple.profile').identity?.(read.value), 'com.example.office')
  assert.doesNotMatch(
    JSON.stringify(read.value).replaceAll(/\{"\$newSecret":"hunter22","name":"Password"\}/g, ''),
    /hunter22/,
  )
  const stored = JSON.parse(JSON.stringify(read.value).replace(/\{"\$newSecret"[^}]*\}/, '{"$secret":"sec_1"}'))
  const again = dict(decode(profileOf(made('apple.profile', stored, phone, secrets('hunter22')))))
  assert.equal(again['PayloadIdentifier'], 'com.example.office')
  assert.deepEqual(again['PayloadContent'], [network])
})

test('a signed profile is read as what was signed', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const der = issueCertificate({
    subject: [['CN', 'Signer']],
    spki: spkiOf(publicKey),
    issuer: { key: privateKey },
    serial: '01',
    notBefore: 1_700_000_000_000,
    notAfter: 1_900_000_000_000,
  })
  const signed = sign({ content: encode(file()), certificate: der, key: privateKey })
  assert.equal(readProfile(signed)?.name, 'Office')
  const broken = new Uint8Array(signed)
  broken.set([(broken[broken.length - 1] ?? 0) ^ 1], broken.length - 1)
  assert.equal(readProfile(broken), null)
})

test('what is no profile is left for other readers', () => {
  for (const bytes of [Buffer.from('hello'), Buffer.from([0x30, 0x03, 2, 1, 1]), encode({ a: 1 }), new Uint8Array()])
    assert.equal(readProfile(new Uint8Array(bytes)), null)
})

test('profiles that enroll, that nobody can read, or that would replace our own are refused', () => {
  const verdict = (content: Plist): string[] => {
    const read = readProfile(encode(content))
    assert.ok(read)
    return check('apple.profile', read.value)
  }
  const mdm = { PayloadType: 'com.apple.mdm', PayloadUUID: uuid, ServerURL: 'https://other.example' }
  assert.deepEqual(verdict(file({}, [mdm])), ['/PayloadContent/0 error profile.enrolls'])
  const { PayloadContent: _, ...rest } = file({ EncryptedPayloadContent: new Uint8Array([1]) })
  assert.deepEqual(verdict(rest), ['/EncryptedPayloadContent error profile.encrypted'])
  assert.deepEqual(verdict(file({ PayloadIdentifier: 'muster.org_1.management' })), [
    '/PayloadIdentifier error profile.reserved',
  ])
  assert.deepEqual(verdict(file({}, [])), ['/PayloadContent error value.missing'])
  assert.deepEqual(verdict(file({}, [network, network])), ['/PayloadContent/1/PayloadUUID error profile.uuid-twice'])
})

test('variables of other products and types that nobody published are remarked', () => {
  const read = readProfile(
    encode(
      file({}, [
        {
          PayloadType: 'org.example.app',
          PayloadUUID: uuid,
          user: '${user.email}',
          serial: '$SERIALNUMBER',
          price: '$5',
        },
      ]),
    ),
  )
  assert.deepEqual(check('apple.profile', read?.value ?? null), [
    '/PayloadContent/0 warning payload.not-in-catalog',
    '/PayloadContent/0/user note profile.foreign-variable',
    '/PayloadContent/0/serial note profile.foreign-variable',
  ])
  assert.ok(read && isValues(read.value))
})
