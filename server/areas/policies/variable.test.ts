import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fill, isVariable, type Json, secretsIn, variablesIn } from './index.ts'

test('variables keep their type alone and become text among pieces', () => {
  const value: Json = {
    mail: { $var: 'user.email' },
    seats: { $var: 'user.attribute.seats' },
    label: { $text: ['Hi ', { $var: 'user.displayName' }, ', seat ', { $var: 'user.attribute.seats' }] },
    list: [{ $var: 'device.serial' }, 'plain'],
  }
  const bindings = {
    'user.email': 'mei@havsten.example',
    'user.displayName': 'Mei <"&',
    'user.attribute.seats': 7,
    'device.serial': 'C1',
  }
  assert.deepEqual(fill(value, bindings), {
    value: {
      mail: 'mei@havsten.example',
      seats: 7,
      label: 'Hi Mei <"&, seat 7',
      list: ['C1', 'plain'],
    },
    missing: [],
  })
  assert.deepEqual(variablesIn(value), ['device.serial', 'user.attribute.seats', 'user.displayName', 'user.email'])
})

test('what has no value is named, each once; an empty text is no value', () => {
  const value: Json = [{ $var: 'user.email' }, { $text: ['x', { $var: 'user.email' }] }, { $var: 'user.yomi' }]
  const filled = fill(value, { 'user.email': undefined, 'user.yomi': '' })
  assert.deepEqual(filled.missing, ['user.email', 'user.yomi'])
  // What everything inherits is bound to nothing.
  assert.deepEqual(fill({ $var: 'constructor' }, {}).missing, ['constructor'])
})

test('secrets, bytes and instants stay as they are', () => {
  const value: Json = { psk: { $secret: 'sec_1' }, icon: { $data: 'AAAA' }, at: { $date: '2026-11-20T09:00:00Z' } }
  assert.deepEqual(fill(value, {}), { value, missing: [] })
  assert.deepEqual(secretsIn([value, { again: { $secret: 'sec_1' } }, { $secret: 7 }]), ['sec_1'])
})

test('a value without variables is filled into itself, whatever its keys', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), json => {
      const value = JSON.parse(JSON.stringify(json)) as Json
      if (variablesIn(value).length > 0 || JSON.stringify(value).includes('$text')) return
      assert.deepEqual(fill(value, {}), { value, missing: [] })
    }),
  )
  const odd = JSON.parse('{"__proto__": {"a": 1}}') as Json
  assert.equal(JSON.stringify(fill(odd, {}).value), '{"__proto__":{"a":1}}')
})

test('names of variables are those that are known, and attributes of any script', () => {
  for (const name of ['user.email', 'device.imei', 'org.name', 'user.attribute.座席', 'user.attribute.cost center'])
    assert.equal(isVariable(name), true, name)
  for (const name of ['user.password', 'user.attribute.', 'user.attribute. x', 'env.PATH', ''])
    assert.equal(isVariable(name), false, name)
})
