import { canonical } from '../canonical.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Malformed } from '../malformed.ts'
import {
  classOf,
  type Declaration,
  declarationsToken,
  decodeEndpoint,
  encodeItems,
  encodeTokens,
  longestToken,
  serverToken,
} from './declaration.ts'
import type { Json } from './result.ts'

const some: Declaration[] = [
  { type: 'com.apple.configuration.legacy', identifier: 'b', token: '1', payload: { ProfileURL: 'https://x' } },
  { type: 'com.apple.activation.simple', identifier: 'a', token: '2', payload: {} },
]

test('the token of a set depends on its pairs alone, not on their order or number', () => {
  const pair = fc.record({ identifier: fc.string(), token: fc.string() })
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 8 }), fc.nat(), (set, turn) => {
      const turned = set.map((_, i) => set[(i + turn) % set.length] as (typeof set)[number])
      const token = declarationsToken(set)
      assert.equal(declarationsToken([...turned, ...set]), token)
      assert.ok(Buffer.byteLength(token) <= longestToken)
      const more = { identifier: 'new'.repeat(30), token: 't' }
      assert.notEqual(declarationsToken([...set, more]), token)
    }),
  )
})

test('identifier and token cannot run into each other', () => {
  const one = declarationsToken([{ identifier: 'a:b', token: 'c' }])
  assert.notEqual(declarationsToken([{ identifier: 'a', token: 'b:c' }]), one)
  assert.notEqual(
    declarationsToken([{ identifier: 'a"', token: 'c' }]),
    declarationsToken([{ identifier: 'a', token: '"c' }]),
  )
})

test('a ServerToken changes with type, payload or epoch, and not with the order of keys', () => {
  const token = serverToken('t', { a: 1, b: { c: [1, 2], d: null } })
  assert.equal(serverToken('t', { b: { d: null, c: [1, 2] }, a: 1 }), token)
  const others = [
    serverToken('u', { a: 1, b: { c: [1, 2], d: null } }),
    serverToken('t', { a: 1, b: { c: [2, 1], d: null } }),
    serverToken('t', { a: 1, b: { c: [1, 2], d: null } }, '1'),
  ]
  assert.equal(new Set([token, ...others]).size, 4)
})

test('canonical JSON reads as the same value again', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      assert.deepEqual(JSON.parse(canonical(value)), JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('all four arrays are always there, also when they are empty', () => {
  assert.deepEqual(JSON.parse(encodeItems([], 't')), {
    Declarations: { Activations: [], Configurations: [], Assets: [], Management: [] },
    DeclarationsToken: 't',
  })
  assert.deepEqual(JSON.parse(encodeItems(some, 't')).Declarations, {
    Activations: [{ Identifier: 'a', ServerToken: '2' }],
    Configurations: [{ Identifier: 'b', ServerToken: '1' }],
    Assets: [],
    Management: [],
  })
  assert.equal(encodeItems(some.toReversed(), 't'), encodeItems(some, 't'))
})

test('the time of a token is in UTC and whole seconds', () => {
  assert.equal(
    encodeTokens('t', Date.UTC(2026, 10, 20, 10, 0, 0, 123)),
    '{"SyncTokens":{"DeclarationsToken":"t","Timestamp":"2026-11-20T10:00:00Z"}}',
  )
})

test('only the first two slashes of an endpoint divide it, and escapes are undone beside what stands there', () => {
  const asked = (identifier: string): unknown => decodeEndpoint(`declaration/configuration/${identifier}`)
  const of = (...identifiers: string[]): unknown => ({ asks: 'declaration', of: 'configuration', identifiers })
  assert.deepEqual(asked('a/b/c'), of('a/b/c'))
  assert.deepEqual(asked('a%2Fb'), of('a%2Fb', 'a/b'))
  assert.deepEqual(asked('100% #1 ü'), of('100% #1 ü'))
  assert.deepEqual(asked('100%25%20%23%C3%BC'), of('100%25%20%23%C3%BC', '100% #ü'))
  assert.deepEqual(asked('%E0%A4'), of('%E0%A4'))
  for (const wrong of [
    '',
    'token',
    'declaration',
    'declaration/asset',
    'declaration/asset/',
    'declaration/app/x',
    'Tokens',
  ])
    assert.throws(() => decodeEndpoint(wrong), Malformed)
})

test('the class of a type is told by its third part', () => {
  assert.equal(classOf('com.apple.configuration.management.test'), 'configuration')
  assert.equal(classOf('com.apple.asset.credential.scep'), 'asset')
  assert.equal(classOf('com.example.configuration.x'), undefined)
})
