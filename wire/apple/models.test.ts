import assert from 'node:assert/strict'
import { test } from 'node:test'
import { modelNameOf } from './models.ts'

test('a device that only says its family gets the name people know; one that says more keeps it', () => {
  assert.equal(modelNameOf('iPhone18,3', 'iPhone'), 'iPhone 17')
  assert.equal(modelNameOf('iPad15,7', undefined), 'iPad (A16)')
  assert.equal(modelNameOf('Mac16,12', 'MacBook Air (13-inch, M4, 2025)'), 'MacBook Air (13-inch, M4, 2025)')
  assert.equal(modelNameOf('iPhone99,9', 'iPhone'), 'iPhone')
  assert.equal(modelNameOf(undefined, undefined), undefined)
})
