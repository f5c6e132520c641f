import assert from 'node:assert/strict'
import { test } from 'node:test'
import { address, readProblem } from './api.ts'

test('empty values do not stand in an address', () => {
  assert.equal(
    address('/devices', { filter: 'os<18 "a b"', cursor: '', limit: 50, sort: undefined }),
    '/api/v1/devices?filter=os%3C18+%22a+b%22&limit=50',
  )
  assert.equal(address('/home'), '/api/v1/home')
})

test('a problem document is read with its facts', () => {
  const problem = readProblem(409, {
    type: 'urn:x',
    title: 'Refused',
    code: 'push.topic-differs',
    current: 'a',
    devices: 3,
    fields: [],
    next: 'Renew',
  })
  assert.equal(problem.code, 'push.topic-differs')
  assert.deepEqual(problem.facts, { current: 'a', devices: 3 })
  assert.equal(problem.next, 'Renew')
})

test('an answer that is no problem document still is a problem', () => {
  assert.equal(readProblem(502, undefined).code, 'http.502')
  assert.equal(readProblem(500, '<html>').title, '')
})
