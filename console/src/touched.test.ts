import assert from 'node:assert/strict'
import { test } from 'node:test'
import { touched } from './touched.ts'

test('an event about a device refreshes its page at once and the lists soon', () => {
  const { now, soon } = touched({
    type: 'command.done',
    about: { kind: 'device', id: 'dev_1', name: null },
    data: { command: 'cmd_1' },
  })
  assert.deepEqual(now, [
    ['device', 'dev_1'],
    ['command', 'cmd_1'],
  ])
  assert.deepEqual(soon, [['home'], ['events'], ['commands'], ['incidents'], ['devices']])
})

test('an event about people leaves devices alone', () => {
  const { now, soon } = touched({ type: 'unit.added', about: { kind: 'unit', id: 'unt_1', name: 'Lyon' }, data: null })
  assert.deepEqual(now, [])
  assert.deepEqual(soon, [['home'], ['events'], ['units']])
})
