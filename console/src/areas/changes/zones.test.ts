import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantOf, localOf } from './zones.ts'

test('a wall clock of a zone is an instant, and back', () => {
  assert.equal(instantOf('2026-12-01T00:00', 'Asia/Tokyo'), Date.parse('2026-11-30T15:00:00Z'))
  assert.equal(instantOf('2026-07-01T08:30', 'Europe/Stockholm'), Date.parse('2026-07-01T06:30:00Z'))
  assert.equal(instantOf('2026-01-01T08:30', 'Europe/Stockholm'), Date.parse('2026-01-01T07:30:00Z'))
  assert.equal(localOf(Date.parse('2026-11-30T15:00:00Z'), 'Asia/Tokyo'), '2026-12-01T00:00')
})

test('of an hour that comes twice the first is meant', () => {
  assert.equal(instantOf('2026-10-25T02:30', 'Europe/Stockholm'), Date.parse('2026-10-25T00:30:00Z'))
})

test('an hour that is skipped is the one after it', () => {
  assert.equal(instantOf('2026-03-29T02:30', 'Europe/Stockholm'), Date.parse('2026-03-29T01:30:00Z'))
})
