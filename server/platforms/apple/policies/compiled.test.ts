import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Artifact as Catalogued, Field } from '@muster/wire/apple/catalog/catalog.ts'
import { factsOn } from '@muster/wire/apple/catalog/available.ts'
import { fromPlist } from '@muster/wire/apple/catalog/plist.ts'
import { validate } from '@muster/wire/apple/catalog/validate.ts'
import { decode, dict } from '@muster/wire/plist/plist.ts'
import { findPolicyKind, type Json } from '../../../areas/policies/index.ts'
import '../../../main.ts'
import { catalog } from '../catalog.ts'
import { type Artifact, isRefused, profileOf } from './artifact.ts'
import { compile } from './compile.ts'
import { lintDevice } from './lint.ts'
import { isValues } from './pen.ts'
import { restrictionWords } from './restrictions.ts'
import type { AppleTarget } from './target.ts'
import { samples } from './testing/samples.ts'
import { phone, resources, targets } from './testing/targets.ts'
import { contentOf } from './vendor-check.ts'

const restrictions = Object.fromEntries(
  (findPolicyKind('restrictions')?.settings?.() ?? []).map(key => [
    key,
    /Apps$/.test(key) && key !== 'managedAppsCloud' ? ['com.example.game'] : key.startsWith('require'),
  ]),
)
const all: readonly (readonly [string, Json, string?])[] = [
  ...samples,
  ['restrictions', { ...restrictions, managedAppsCloud: false }],
]

const itemOf = (kind: string, value: Json, instance: string | null = null) => ({
  item: instance === null ? kind : `${kind}#${instance}`,
  kind,
  instance,
  value,
})

/** A tunnel for apps has the keys of any tunnel beside its own, which the published table says in prose alone. */
function parted(known: Catalogued, value: { readonly [key: string]: Json }): [Catalogued, Json][] {
  const tunnel = known.id === 'com.apple.vpn.managed.applayer' ? catalog.find('payload', 'com.apple.vpn.managed') : null
  if (!tunnel) return [[known, value]]
  const own = new Set((known.fields ?? []).map(f => f.name))
  const [mine, theirs] = [true, false].map(is => Object.entries(value).filter(([key]) => own.has(key) === is))
  return [
    [known, Object.fromEntries(mine ?? [])],
    [tunnel, Object.fromEntries(theirs ?? [])],
  ]
}

/** What the catalog finds wrong with everything an artifact says. */
function wrongIn(artifact: Artifact): string[] {
  const read = dict(decode(profileOf(artifact, { organization: 'Havsten' }), { exact: true }))
  const payloads = Array.isArray(read['PayloadContent']) ? read['PayloadContent'] : []
  const said = payloads.flatMap(payload => {
    const type = String(dict(payload)['PayloadType'])
    const known = catalog.find('payload', type)
    assert.ok(known, type)
    const value = fromPlist(known, payload)
    return isValues(value) ? parted(known, contentOf(value)) : []
  })
  const declared = [artifact.native, artifact.beside].flatMap(set =>
    (set?.configuration ?? []).map(({ type, payload }) => {
      const known = catalog.find('declaration', type)
      assert.ok(known, type)
      return [known, payload] as [Catalogued, Json]
    }),
  )
  return [...said, ...declared].flatMap(([known, value]) =>
    validate(known, value)
      // Opened secrets are in the clear here, and nowhere else.
      .filter(f => f.code !== 'secret-in-clear')
      // The tunnel of an always-on VPN stands among its interfaces, which the published table leaves out.
      .filter(f => !(f.code === 'unknown-key' && f.path.startsWith('/AlwaysOn/TunnelConfigurations/')))
      .map(f => `${known.id} ${f.path} ${f.severity} ${f.code} ${JSON.stringify(f.facts ?? {})}`),
  )
}

test('every kind of ours is sampled, with all its keys, and its samples are sound', () => {
  const seen = new Map<string, Set<string>>()
  for (const [kind, value] of all) {
    const found = findPolicyKind(kind)
    assert.ok(found, kind)
    assert.deepEqual(
      found.check(value).filter(f => f.severity === 'error'),
      [],
      kind,
    )
    const keys = seen.get(kind) ?? new Set()
    seen.set(kind, keys.union(new Set(isValues(value) ? Object.keys(value) : [])))
  }
  for (const [kind, keys] of seen) {
    const top = (findPolicyKind(kind)?.settings?.() ?? []).filter(key => !key.includes('/'))
    assert.deepEqual(
      top.filter(key => !keys.has(key)),
      [],
      kind,
    )
  }
})

for (const [name, on] of Object.entries(targets))
  test(`what is said to an ${name} is sound by the catalog, and every device can do what it is told`, () => {
    const wrong = all.flatMap(([kind, value, instance]) => {
      const artifact = compile(itemOf(kind, value, instance), on, resources)
      if (isRefused(artifact)) return /^[a-z-]+$/.test(artifact.refused) ? [] : [artifact.refused]
      const lint = lintDevice([artifact], on).filter(f => f.severity !== 'note')
      return [...wrongIn(artifact), ...lint.map(f => `${f.item} ${f.code} ${JSON.stringify(f.facts)}`)]
    })
    assert.deepEqual(wrong, [])
  })

test('what we say of restrictions is what the catalog says of the keys they become', () => {
  const payload = catalog.find('payload', 'com.apple.applicationaccess')
  assert.ok(payload)
  for (const [kind, words] of Object.entries(restrictionWords))
    for (const [key, keys] of Object.entries(words))
      for (const platform of ['ios', 'macos', 'tvos'] as const) {
        const honor = findPolicyKind(kind)?.honors(platform, key)
        const [word = ''] = keys
        const old = { blockedApps: 'blacklistedAppBundleIDs', allowedApps: 'whitelistedAppBundleIDs' }[key]
        const field: Field | undefined = payload.fields?.find(f => f.name === (old ?? word).replace('!', ''))
        assert.ok(field, word)
        const facts = factsOn([payload.os, field.os ?? {}], platform)
        const at = `${key} on ${platform}`
        assert.equal(honor?.how !== 'no', facts !== null, at)
        if (!facts || !honor) continue
        assert.equal(Number.parseFloat(honor.from ?? '0') >= Number.parseFloat(facts.introduced ?? '0') - 1, true, at)
        assert.equal(honor.supervised ?? false, facts.supervised ?? false, at)
        assert.equal(honor.enrollments !== undefined, facts.userEnrollment === 'forbidden', at)
      }
})

test('the UUID of a profile changes exactly when what it says does', () => {
  const key = fc.constantFrom(...Object.keys(restrictions).filter(k => !k.endsWith('Apps')))
  const value = fc.dictionary(key, fc.boolean(), { minKeys: 1, maxKeys: 12 })
  const made = (of: Json): Artifact | null => {
    const artifact = compile(itemOf('restrictions', of), phone, resources)
    return isRefused(artifact) ? null : artifact
  }
  const content = (artifact: Artifact): string =>
    JSON.stringify(artifact.payloads.map(({ PayloadUUID: _, ...rest }) => Object.entries(rest)))
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [one, other] = [made(a), made(b)]
      if (!one || !other) return
      assert.equal(one.uuid === other.uuid, content(one) === content(other))
      assert.equal(one.identifier, other.identifier)
    }),
    { numRuns: 300 },
  )
})

const set = (kind: string, value: Json, on: AppleTarget = phone, instance: string | null = null): Artifact => {
  const artifact = compile(itemOf(kind, value, instance), on, resources)
  assert.ok(!isRefused(artifact), JSON.stringify(artifact))
  return artifact
}
const codes = (artifacts: Artifact[], on = phone): string[] =>
  lintDevice(artifacts, on).map(f => `${f.item} ${f.severity} ${f.code}`)

test('two things of which a device has one are found across all its items', () => {
  const lock = set('lock-screen', { message: 'A' })
  const own = set('apple.payload:com.apple.shareddeviceconfiguration', { LockScreenFootnote: 'B' })
  assert.deepEqual(codes([lock, own]), ['apple.payload:com.apple.shareddeviceconfiguration warning device.only-one'])
  assert.deepEqual(codes([lock]), [])
})

test('a passcode that is declared and also in a profile is found', () => {
  const declared = set('passcode', { required: true })
  const profile = set('apple.payload:com.apple.mobiledevice.passwordpolicy', { forcePIN: true }, phone, 'pol_1')
  assert.deepEqual(codes([declared, profile]), [
    'apple.payload:com.apple.mobiledevice.passwordpolicy#pol_1 warning device.passcode-twice',
  ])
})

test('profiles that replace each other, keys that the system lacks and references into nothing are found', () => {
  const profile = {
    PayloadIdentifier: 'com.example.profile',
    PayloadContent: [
      { PayloadType: 'com.apple.wifi.managed', PayloadUUID: 'A', SSID_STR: 'X', PayloadCertificateUUID: 'B' },
      { PayloadType: 'com.apple.applicationaccess', PayloadUUID: 'C', allowWritingTools: false },
    ],
  }
  const old = { ...phone, osVersion: '16.0' }
  const one = set('apple.profile', profile, old, 'com.example.profile')
  const two = { ...one, item: 'apple.profile#other' }
  assert.deepEqual(
    new Set(codes([one, two], old)),
    new Set([
      'apple.profile#other error device.identifier-twice',
      'apple.profile#com.example.profile warning device.reference-missing',
      'apple.profile#other warning device.reference-missing',
      'apple.profile#com.example.profile warning device.key-ignored',
      'apple.profile#other warning device.key-ignored',
    ]),
  )
})

test('an update deadline is declared beside a profile where only the deadline can be declared', () => {
  const value = { deferDays: 7, minimum: { ios: { version: '17.5', by: '2026-12-01T12:00' } } }
  const now = set('os-update', value)
  assert.deepEqual(
    now.native?.configuration.map(c => c.name),
    ['updates', 'enforcement'],
  )
  assert.equal(now.beside, undefined)
  const before = set('os-update', value, { ...phone, osVersion: '17.4' })
  assert.equal(before.native, undefined)
  assert.equal(before.beside?.configuration[0]?.name, 'enforcement')
  const only = set('os-update', { minimum: value.minimum }, { ...phone, osVersion: '17.4' })
  assert.deepEqual([only.payloads.length, only.native?.configuration.length], [0, 1])
})

test('mail goes to the person on a Mac, and waits where nobody is signed in', () => {
  const mail = all.find(([kind]) => kind === 'email')
  assert.ok(mail)
  const there = compile(itemOf(...mail), targets['Mac 15'] ?? phone, resources)
  assert.ok(!isRefused(there) && there.channel === 'user')
  assert.equal(dict(decode(profileOf(there)))['PayloadScope'], 'User')
  const nobody = compile(itemOf(...mail), targets['Mac 12, nobody signed in'] ?? phone)
  assert.deepEqual(nobody, { refused: 'needs-user-channel' })
})
