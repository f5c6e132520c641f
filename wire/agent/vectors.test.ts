import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { canonical } from '../canonical.ts'
import { Malformed } from '../malformed.ts'
import { againstApproval, nextApprovers } from './approval.ts'
import { p256KeyOf } from './compact.ts'
import { takeDocument, takeOrders } from './document.ts'

const file = new URL('../../android/core/src/test/resources/vectors.json', import.meta.url)
const all = JSON.parse(readFileSync(file, 'utf8'))

test('what the agent in Java is tested with is judged here alike', () => {
  const { held, now } = all
  for (const { name, text, expect } of all.documents) {
    const taken = takeDocument(text, held)
    assert.equal(typeof taken === 'string' ? taken : null, expect, name)
  }
  for (const { name, text, expect } of all.orders) {
    const taken = takeOrders(text, held)
    assert.equal(typeof taken === 'string' ? taken : null, expect, name)
  }
  for (const { name, order, approvers, expect } of all.approvals)
    assert.equal(againstApproval(order, { org: held.org, device: held.device, now, approvers }), expect, name)
  for (const { name, known, document, org, taken } of all.endorsements)
    assert.deepEqual(nextApprovers(known, document, org), taken ? document.approvers : null, name)
  for (const value of all.canonical) assert.equal(canonical(JSON.parse(value.text)), value.canonical)
  for (const text of all.unreadable) assert.throws(() => JSON.parse(text), text)
  for (const key of all.notKeys) assert.throws(() => p256KeyOf(key), Malformed)
})
