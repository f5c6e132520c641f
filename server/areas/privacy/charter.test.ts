import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandingBy, collectingBy, type Rules } from './charter.ts'
import { preset, presetNames } from './presets.ts'
import { dataTypes, typeOf } from './type.ts'

const at = (ownership: string, mode: string | null = 'device', unitPath = '/unt_a/unt_b/') => ({
  ownership,
  mode,
  unitPath,
})

test('a device of somebody is never located, searched or erased, whatever a charter says', () => {
  const open: Rules = preset('dedicated')
  const loosest: Rules = {
    ...open,
    collect: open.collect.map(r => ({ ...r, collect: 'shown' as const })),
    command: open.command.map(r => ({ ...r, commanding: 'allow' as const })),
  }
  for (const place of [at('personal'), at('company', 'user-enrollment'), at('unknown', 'user-enrollment')]) {
    const may = collectingBy(loosest, place)
    for (const type of ['location', 'apps', 'phone-number', 'network', 'accounts', 'usage'] as const)
      assert.equal(may(type), 'never', type)
    assert.equal(may('secrets'), 'sealed')
    assert.equal(may('hardware'), 'shown')
    const order = commandingBy(loosest, place)
    for (const action of ['wipe', 'clear-passcode', 'lost-mode.enable', 'location.query'])
      assert.equal(order(action), 'never', action)
    assert.equal(order('lock'), 'allow')
  }
  const company = collectingBy(loosest, at('company'))
  assert.equal(company('location'), 'shown')
  assert.equal(commandingBy(loosest, at('company'))('wipe'), 'allow')
})

test('the nearest unit decides, and in it the rule that names how a device is managed', () => {
  const rules = preset('balanced')
  const base = { type: 'network', ownership: 'company' } as const
  rules.collect.push(
    { ...base, mode: null, unit: 'unt_a', collect: 'never' },
    { ...base, mode: 'shared-ipad', unit: null, collect: 'sealed' },
    { ...base, mode: null, unit: 'unt_b', collect: 'shown' },
    { ...base, mode: 'shared-ipad', unit: 'unt_b', collect: 'hidden' },
  )
  const network = (mode: string, path: string) => collectingBy(rules, at('company', mode, path))('network')
  assert.equal(network('device', '/unt_r/'), 'hidden')
  assert.equal(network('shared-ipad', '/unt_r/'), 'sealed')
  assert.equal(network('device', '/unt_r/unt_a/'), 'never')
  assert.equal(network('shared-ipad', '/unt_r/unt_a/'), 'never')
  assert.equal(network('device', '/unt_r/unt_a/unt_b/'), 'shown')
  assert.equal(network('shared-ipad', '/unt_r/unt_a/unt_b/'), 'hidden')
  assert.equal(network('device', '/unt_r/unt_ab/'), 'hidden')
})

test('every preset says something of every kind of datum, and what a charter leaves out is never collected', () => {
  for (const name of presetNames)
    for (const ownership of ['company', 'personal', 'unknown'])
      for (const type of dataTypes)
        assert.equal(preset(name).collect.filter(r => r.type === type && r.ownership === ownership).length, 1)
  const empty = { ...preset('balanced'), collect: [] }
  for (const type of dataTypes) assert.equal(collectingBy(empty, at('company'))(type), 'never')
})

test('what nobody has classed counts as what a person does', () => {
  for (const key of ['other.Favorites', 'security.Strange', 'network.newThing', 'x', '', 'identity.__proto__'])
    assert.equal(typeOf(key), 'usage', key)
  assert.equal(typeOf('cellular.somethingNew'), 'cellular')
  assert.equal(typeOf('location.latitude'), 'location')
})
