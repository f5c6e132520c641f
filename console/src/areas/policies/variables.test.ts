import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromText, toText } from './variables.ts'

test('text with variables is typed with braces and kept as pieces', () => {
  assert.deepEqual(fromText('Property of {org.name}, {user.displayName}'), {
    $text: ['Property of ', { $var: 'org.name' }, ', ', { $var: 'user.displayName' }],
  })
  assert.deepEqual(fromText('{user.email}'), { $var: 'user.email' })
  assert.deepEqual(fromText('{user.attribute.desk}'), { $var: 'user.attribute.desk' })
})

test('braces around anything else stay braces', () => {
  assert.equal(fromText('a {b} c'), 'a {b} c')
  assert.equal(fromText('{'), '{')
  assert.equal(fromText('{{user.email}'), '{user.email}')
})

test('what was typed is read back the same', () => {
  for (const text of ['plain', 'a {user.email} b', '{device.serial}', '{{user.email}', '{{x}']) {
    assert.equal(toText(fromText(text)), text)
  }
})
