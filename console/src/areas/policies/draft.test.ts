import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesOf, putBack, same, withoutSecrets } from './draft.ts'

test('a draft names what is new, changed and gone, and nothing that only moved', () => {
  const before = { camera: true, airDrop: { b: 1, a: [1, 2] }, old: 1 }
  const after = { airDrop: { a: [1, 2], b: 1 }, camera: false, fresh: null }
  assert.deepEqual(changesOf(before, after), [
    { key: 'camera', how: 'changed', before: true, after: false },
    { key: 'fresh', how: 'new', before: null, after: null },
    { key: 'old', how: 'gone', before: 1, after: null },
  ])
  assert.equal(same([1, 2], [2, 1]), false)
})

test('putting back restores the old value, or takes out what was not there', () => {
  const before = { camera: true }
  assert.deepEqual(putBack({ camera: false, fresh: 1 }, before, 'camera'), { camera: true, fresh: 1 })
  assert.deepEqual(putBack({ camera: false, fresh: 1 }, before, 'fresh'), { camera: false })
})

test('a secret that was typed is not kept in the browser; one that is sealed is', () => {
  const value = { ssid: 'Corp', password: { $newSecret: 'hunter2' }, list: [{ key: { $newSecret: 'x' }, a: 1 }] }
  assert.deepEqual(withoutSecrets(value), { ssid: 'Corp', list: [{ a: 1 }] })
  assert.deepEqual(withoutSecrets({ password: { $secret: 'sec_1' } }), { password: { $secret: 'sec_1' } })
})
