import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Malformed } from '../malformed.ts'
import { bypassCode, bypassHash, bypassKey } from './bypass.ts'

const count = Uint8Array.from({ length: 16 }, (_, at) => at)
/** Computed with another language's base 32 and PBKDF2. */
const vectors: [Uint8Array, string, string][] = [
  [
    new Uint8Array(16),
    '00000-00000-0000-0000-0000-0000',
    'deab860d28deb5b7121d6d8fcf0f78e1471756d1b2c566c03277c23ea8930b4f',
  ],
  [count, '000H4-0R40M-30F2-0918-5HR3-8F1W', 'c5ced1d0c51459c1a887866a5868dd3e9e6f4fc4a8c244f3f9eb9383c0f8aecb'],
  [
    new Uint8Array(16).fill(255),
    'ZZZZZ-ZZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZW',
    'ed6cfc1588b175d652d1dd6705ba7fec058b5c76facdd8ff41285ca0d341bd25',
  ],
]

test('a bypass code says its sixteen bytes, and Apple is given their derivation', () => {
  for (const [key, code, hash] of vectors) {
    assert.equal(bypassCode(key), code)
    assert.deepEqual(bypassKey(code.toLowerCase().replaceAll('-', ' ')), key)
    assert.equal(bypassHash(code), hash)
  }
})

test('what is no bypass code is refused', () => {
  for (const text of [
    '',
    '000H4',
    '000H4-0R40M-30F2-0918-5HR3-8F1B',
    '000H4-0R40M-30F2-0918-5HR3-8F1Z',
    '0'.repeat(27),
  ])
    assert.throws(() => bypassKey(text), Malformed)
  assert.throws(() => bypassCode(new Uint8Array(15)), TypeError)
})
