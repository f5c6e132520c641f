import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding, Json, PolicyKind } from '../kind.ts'
import { readHonors, spoken } from './honor.ts'
import { ours } from './ours.ts'

function kind(name: string): PolicyKind {
  const found = ours.find(name)
  assert.ok(found, name)
  return found
}
const errors = (name: string, value: Json): string[] => told(kind(name).check(value), 'error')
const told = (findings: readonly Finding[], severity: Finding['severity']): string[] =>
  findings.filter(f => f.severity === severity).map(f => `${f.path} ${f.code}`)

test('every kind has a schema, keys, and an answer for every platform and key', () => {
  for (const one of ours.list()) {
    assert.ok(one.schema !== null && (one.settings?.() ?? []).length > 0, one.kind)
    for (const platform of spoken)
      for (const key of ['', ...(one.settings?.() ?? [])]) {
        const honor = one.honors(platform, key)
        assert.ok(honor, `${one.kind} ${key} on ${platform}`)
        assert.equal(honor.reason === undefined, honor.how === 'full', `${one.kind} ${key} on ${platform}: a reason`)
      }
    assert.equal(one.honors('amiga', ''), null)
  }
})

test('rules and honors name keys that exist', () => {
  for (const one of ours.list())
    for (const key of Object.keys(one.rules ?? {})) assert.ok(one.settings?.().includes(key), `${one.kind} ${key}`)
})

test('a line of honors that is not one is a mistake of ours, not a platform without the setting', () => {
  assert.throws(() => readHonors('i7 x3'))
  assert.deepEqual(readHonors('p7S!~some-reason').get('ipados'), {
    how: 'partly',
    reason: 'some-reason',
    from: '7',
    supervised: true,
    enrollments: ['device', 'shared-ipad'],
  })
})

test('what is wrong is said with its place and in the words of what was meant', () => {
  assert.deepEqual(errors('passcode', { required: true, minLength: 3, foo: 1 }), [
    '/minLength value.too-small',
    '/foo value.unknown-key',
  ])
  assert.deepEqual(errors('passcode', { required: 'yes', minLength: { $var: 7 } }), [
    '/required value.type',
    '/minLength/$var value.type',
  ])
  assert.deepEqual(errors('passcode', []), [' value.type'])
  assert.deepEqual(errors('wifi', {}), ['/ssid value.missing', '/security value.missing'])
  assert.deepEqual(errors('wifi', { ssid: 'A', security: 'wep' }), ['/security value.not-offered'])
  assert.deepEqual(errors('wifi', { ssid: 'A', security: 'wpa2', password: { $nonsense: 1 } }), [
    '/password value.form',
  ])
})

test('a variable stands wherever its type fits, a secret only where something is secret', () => {
  assert.deepEqual(
    errors('passcode', { required: { $var: 'user.attribute.strict' }, minLength: { $var: 'user.attribute.n' } }),
    [],
  )
  assert.deepEqual(errors('wifi', { ssid: 'A', security: 'wpa2', password: 'hunter22' }), [
    '/password value.secret-in-the-open',
  ])
  for (const password of [
    { $secret: 'sec_1' },
    { $newSecret: 'hunter22', name: 'Wi-Fi' },
    { $var: 'user.attribute.psk' },
  ])
    assert.deepEqual(errors('wifi', { ssid: 'A', security: 'wpa2', password }), [])
  assert.deepEqual(errors('wifi', { ssid: { $secret: 'sec_1' }, security: 'open' }), ['/ssid value.type'])
})

test('what says what devices do anyway can be taken out without effect', () => {
  assert.deepEqual(told(kind('restrictions').check({ camera: true, screenCapture: false }), 'note'), [
    '/camera value.is-default',
  ])
})

test('a network needs what its security asks for and nothing else', () => {
  assert.deepEqual(errors('wifi', { ssid: 'A', security: 'wpa3' }), ['/password value.missing'])
  assert.deepEqual(errors('wifi', { ssid: 'A', security: 'open', password: { $secret: 'sec_1' } }), [
    '/password wifi.not-with-open',
  ])
  assert.deepEqual(errors('wifi', { ssid: 'A', security: 'enterprise-wpa2' }), ['/eap value.missing'])
  assert.deepEqual(errors('wifi', { ssid: 'A', security: 'enterprise-wpa2', eap: { method: 'tls' } }), [
    '/eap/identity value.missing',
  ])
  assert.deepEqual(
    errors('wifi', { ssid: 'A', security: 'enterprise-wpa2', eap: { method: 'tls', identity: { source: 'scep' } } }),
    ['/eap/identity/url value.missing', '/eap/identity/commonName value.missing'],
  )
  assert.deepEqual(errors('wifi', { ssid: '日本語日本語日本語日本語', security: 'open' }), ['/ssid wifi.name-too-long'])
  assert.deepEqual(errors('wifi', { ssid: 'A', security: 'open', proxy: { mode: 'manual' } }), [
    '/proxy/server value.missing',
    '/proxy/port value.missing',
  ])
})

test('the strictest of passcode rules counts, the nearest of restrictions, and lists of apps are put together', () => {
  assert.deepEqual(kind('passcode').rules?.['minLength'], { rule: 'strictest', by: 'most' })
  assert.deepEqual(kind('passcode').rules?.['maxInactivityMinutes'], { rule: 'strictest', by: 'least' })
  assert.deepEqual(kind('passcode').rules?.['simple'], { rule: 'strictest', by: 'false' })
  assert.equal(kind('restrictions').rules?.['camera'], undefined)
  assert.deepEqual(kind('restrictions').rules?.['blockedApps'], { rule: 'union' })
  assert.equal(kind('wifi').identity?.({ ssid: 'Corp' }), 'Corp')
})

test('a device stands still for ninety days at most, and a kiosk of one app has one', () => {
  const freezes = (...all: [string, string][]) =>
    errors('os-update', { freezes: all.map(([from, to]) => ({ from, to })) }).map(e => e.split(' ')[1])
  assert.deepEqual(freezes(['11-20', '01-10']), [])
  assert.deepEqual(freezes(['10-01', '12-29']), [])
  assert.deepEqual(freezes(['10-01', '12-30']), ['os-update.freeze-too-long'])
  assert.deepEqual(freezes(['01-01', '01-31'], ['04-01', '04-30']), ['os-update.freezes-too-close'])
  assert.deepEqual(freezes(['01-01', '01-31'], ['04-02', '04-30']), [])
  assert.deepEqual(freezes(['13-01', '01-31']), ['value.malformed'])
  const kiosk = (value: Json) => errors('kiosk', value)
  assert.deepEqual(kiosk({ apps: ['org.example.till'], mode: 'single', features: ['home'] }), [])
  assert.deepEqual(kiosk({ apps: ['org.example.a', 'org.example.b'], mode: 'single' }), ['/apps/1 kiosk.one-app'])
  assert.deepEqual(kiosk({ apps: [] }), ['/apps value.missing'])
  assert.deepEqual(kiosk({ apps: ['org.example.a'], exitCode: '1234' }), ['/exitCode value.secret-in-the-open'])
  assert.deepEqual(told(kind('kiosk').check({ apps: ['a.b'], features: ['overview'] }), 'warning'), [
    '/features/0 kiosk.needs-home',
  ])
  assert.deepEqual(errors('private-dns', { mode: 'resolver' }), ['/resolver value.missing'])
  const camera = { app: 'org.example.a', permission: 'android.permission.CAMERA', state: 'deny' }
  assert.deepEqual(errors('app-permissions', { apps: [camera, camera] }), ['/apps/1 app-permissions.twice'])
})
