import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeEndpoint } from '@muster/wire/apple/declaration.ts'
import { checkActivation } from './check.ts'
import { type Declarable, declare, type Ground, prefixOf } from './declare.ts'
import { gradeItem } from './grade.ts'
import { explainReason, isFailure, reasonExplanations } from './reasons.ts'
import { factsIn, subscriptionsOf } from './status-items.ts'

const ground: Ground = {
  epoch: 0,
  organization: { Name: 'Havsten' },
  properties: { unit: 'Sales' },
  status: ['b', 'a'],
}
const part = (type: string, payload: Declarable['parts'][number]['payload'] = {}, name = 'one') => ({
  name,
  type,
  payload,
})
const item = (name: string, ...parts: Declarable['parts']): Declarable => ({
  item: name,
  version: '1',
  epoch: 0,
  parts,
})
const passcode = part('com.apple.configuration.passcode.settings', { MinimumLength: 6 })

test('a set is a value of its own: the same for the same state, whatever the order', () => {
  const items = [
    item('passcode', passcode),
    item('wifi#Corp', part('com.apple.configuration.legacy', { ProfileURL: 'x' })),
  ]
  assert.equal(declare(items, ground).token, declare(items.toReversed(), ground).token)
  assert.notEqual(declare(items, ground).token, declare(items, { ...ground, epoch: 1 }).token)
  assert.notEqual(declare(items, ground).token, declare(items.slice(1), ground).token)
  const again = declare([{ ...items[0], epoch: 1 } as Declarable, items[1] as Declarable], ground)
  assert.notEqual(again.token, declare(items, ground).token)
})

test('names of items become names that no address takes for something else, each its own', () => {
  const names = [
    'a/b',
    'a%2Fb',
    'a b',
    'a#b',
    'aüb',
    'a~b',
    'a.b',
    'a',
    'ab',
    '日本',
    'x'.repeat(300),
    `${'x'.repeat(300)}y`,
  ]
  const all = declare(
    names.map(n => item(n, passcode)),
    ground,
  ).declarations
  assert.equal(new Set(all.map(d => d.identifier)).size, all.length)
  for (const { identifier } of all) {
    assert.match(identifier, /^[A-Za-z0-9._~-]{1,200}$/)
    assert.deepEqual(decodeEndpoint(`declaration/asset/${encodeURIComponent(identifier)}`), {
      asks: 'declaration',
      of: 'asset',
      identifiers: [identifier],
    })
  }
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      assert.equal(prefixOf(a) === prefixOf(b), a === b)
    }),
  )
})

test('one identifier never changes its type: another type is another name', () => {
  const legacy = declare([item('passcode', part('com.apple.configuration.legacy', { ProfileURL: 'x' }))], ground)
  const native = declare([item('passcode', passcode)], ground)
  const types = new Map<string, string>()
  for (const { identifier, type } of [...legacy.declarations, ...native.declarations]) {
    assert.equal(types.get(identifier) ?? type, type)
    types.set(identifier, type)
  }
})

test('parts refer to each other by name, and to other items by theirs', () => {
  const asset = part('com.apple.asset.useridentity', { FullName: 'Ada' }, 'who')
  const mail = part('com.apple.configuration.account.mail', { UserIdentityAssetReference: 'who' }, 'mail')
  const other = part('com.apple.configuration.account.ldap', { UserIdentityAssetReference: 'mail#Work' }, 'ldap')
  const { declarations, dangling } = declare([item('mail#Work', asset, mail), item('ldap', other)], ground)
  const found = (type: string) => declarations.find(d => d.type === type)
  const id = found('com.apple.asset.useridentity')?.identifier
  assert.equal(found('com.apple.configuration.account.mail')?.payload.UserIdentityAssetReference, id)
  assert.equal(found('com.apple.configuration.account.ldap')?.payload.UserIdentityAssetReference, id)
  assert.equal(dangling.size, 0)
})

test('what refers to nothing is not declared, nor what refers to that; the rest is', () => {
  const mail = part('com.apple.configuration.account.mail', { UserIdentityAssetReference: 'nobody' })
  const activation = part('com.apple.activation.simple', { StandardConfigurations: ['mail'] })
  const { dangling, items } = declare(
    [item('mail', mail), item('rule', activation), item('passcode', passcode)],
    ground,
  )
  assert.deepEqual(
    [...dangling],
    [
      ['mail', 'nobody'],
      ['rule', 'mail'],
    ],
  )
  assert.deepEqual([...items.keys()], ['passcode'])
})

test("an activation of someone's own decides alone about what it names", () => {
  const rule = part('com.apple.activation.simple', {
    StandardConfigurations: ['passcode'],
    Predicate: '@property(unit) == "Sales"',
  })
  const { declarations } = declare([item('passcode', passcode), item('rule', rule)], ground)
  const naming = declarations.filter(d =>
    JSON.stringify(d.payload.StandardConfigurations ?? []).includes(prefixOf('passcode')),
  )
  assert.deepEqual(
    naming.map(d => d.payload.Predicate),
    ['@property(unit) == "Sales"'],
  )
})

test('every reason has an explanation, and only errors are failures', () => {
  const declared = [{ identifier: 'a', type: 't', token: '1', payload: {} }]
  const said = (more: object) => [
    { identifier: 'a', token: '1', class: 'configuration', active: 1, valid: 'valid', reasons: [], at: 0, ...more },
  ]
  const reason = (code: string) => [{ code, description: null, details: null }]
  assert.equal(gradeItem(declared, said({})).is, 'installed')
  assert.equal(gradeItem(declared, said({ active: 0, reasons: reason('Info.Predicate') })).is, 'inactive')
  assert.equal(gradeItem(declared, said({ valid: 'invalid', active: 0 })).is, 'failed')
  assert.equal(gradeItem(declared, said({ valid: 'unknown' })).is, 'pending')
  assert.equal(gradeItem(declared, said({ token: '0' })).is, 'pending')
  assert.equal(gradeItem(declared, []).is, 'pending')
  assert.partialDeepStrictEqual(gradeItem(declared, said({ active: 0, reasons: reason('Error.MissingAssets') })), {
    is: 'failed',
    code: 'ddm.asset-missing',
  })
  assert.equal(explainReason('Error.SomethingNew'), 'ddm.unknown')
  assert.equal(explainReason('constructor'), 'ddm.unknown')
  assert.ok(!isFailure('Info.NotReferencedByActivation') && isFailure('Error.X'))
  assert.ok(reasonExplanations.length >= 15)
})

test('status is asked for where the system and the enrollment allow it, and nothing else is learned', () => {
  const by = { platform: 'ios', osVersion: '17.2', kind: 'device', onAccount: false, supported: null } as const
  const names = subscriptionsOf(by)
  assert.ok(names.includes('device.power.battery-health') && names.includes('passcode.is-present'))
  assert.ok(!subscriptionsOf({ ...by, osVersion: '16.0' }).includes('device.power.battery-health'))
  assert.deepEqual(subscriptionsOf({ ...by, osVersion: null }), [])
  assert.deepEqual(subscriptionsOf({ ...by, onAccount: true }), [])
  assert.deepEqual(subscriptionsOf({ ...by, supported: ['passcode.is-present'] }), ['passcode.is-present'])
  assert.deepEqual(subscriptionsOf({ ...by, kind: 'user-enrollment' }), [
    'device.operating-system.version',
    'device.operating-system.build-version',
    'device.operating-system.supplemental.build-version',
    'device.operating-system.supplemental.extra-version',
    'passcode.is-compliant',
    'app.managed.list',
  ])
  const tree = {
    passcode: { 'is-present': true, 'is-compliant': 'yes' },
    device: { power: { 'battery-health': 'normal' } },
  }
  assert.deepEqual(factsIn(tree, by), { 'security.passcode': true, 'battery.health': 'normal' })
  assert.deepEqual(factsIn(tree, { ...by, kind: 'user-enrollment' }), {})
})

test('an activation whose predicate cannot be read is refused with the place', () => {
  const check = (payload: Record<string, string | string[]>) =>
    checkActivation(payload, name => name === 'device.model.family')
  const configurations = { StandardConfigurations: ['passcode'] }
  assert.deepEqual(check({ ...configurations, Predicate: "@status(device.model.family) == 'iPad'" }), [])
  assert.partialDeepStrictEqual(check({ ...configurations, Predicate: "@status(device.model.family) = = 'iPad'" }), [
    { severity: 'error', code: 'predicate.invalid', path: '/Predicate', facts: { at: 31 } },
  ])
  assert.partialDeepStrictEqual(check({ ...configurations, Predicate: '@status(new.item) == 1' }), [
    { severity: 'warning', code: 'predicate.status-unknown', facts: { name: 'new.item' } },
  ])
  assert.partialDeepStrictEqual(check({}), [{ severity: 'error', code: 'activation.empty' }])
})

test('others may be named as their policies are, unless two are named so', () => {
  const named = (name: string, alias: string) => ({ ...item(name, passcode), aliases: [alias] })
  const rule = item('rule', part('com.apple.activation.simple', { StandardConfigurations: ['Codes'] }))
  assert.equal(declare([named('passcode', 'Codes'), rule], ground).dangling.size, 0)
  assert.deepEqual(
    [...declare([named('passcode', 'Codes'), named('other', 'Codes'), rule], ground).dangling],
    [['rule', 'Codes']],
  )
})
