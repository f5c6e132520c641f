import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Malformed } from '../malformed.ts'
import {
  bool,
  bytes,
  type Dict,
  decode,
  dict,
  encode,
  encodeBinary,
  list,
  num,
  type Plist,
  Real,
  str,
} from './plist.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

function xml(inner: string): Uint8Array {
  return new TextEncoder().encode(`${HEAD}<plist version="1.0">${inner}</plist>`)
}

const legible = (c: string) => c >= ' ' || c === '\n' || c === '\t' || c === '\r'
const text = fc.string({ unit: 'grapheme' }).filter(s => [...s].every(legible))
const leaf = fc.oneof(
  text,
  fc.maxSafeInteger(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
  fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
  fc.boolean(),
  fc.double().map(value => new Real(value)),
  fc.date({ noInvalidDate: true }).map(d => new Date(Math.floor(d.getTime() / 1000) * 1000)),
  fc.uint8Array({ maxLength: 40 }),
)
const key = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'toString', ''))
const { tree } = fc.letrec<{ tree: Plist }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { maxLength: 6 }),
    fc.array(fc.tuple(key, tie('tree')), { maxLength: 6 }).map(pairs => Object.fromEntries(pairs) as Dict),
  ),
}))

test('every value comes back from XML as it went in', () => {
  fc.assert(fc.property(tree, value => assert.deepEqual(decode(encode(value), { exact: true }), value)))
})

test('every value comes back from binary as it went in', () => {
  fc.assert(fc.property(tree, value => assert.deepEqual(decode(encodeBinary(value), { exact: true }), value)))
})

test('a plain decode gives reals as numbers and keeps big integers exact', () => {
  const input = xml('<array><real>1.5</real><integer>9007199254740993</integer><integer>-0x10</integer></array>')
  assert.deepEqual(decode(input), [1.5, 9007199254740993n, -16])
})

test('__proto__ stays an own key and pollutes nothing', () => {
  const value = dict(decode(xml('<dict><key>__proto__</key><dict><key>x</key><true/></dict></dict>')))
  assert.deepEqual(Object.keys(value), ['__proto__'])
  assert.equal(Object.getPrototypeOf(value), Object.prototype)
  assert.equal('x' in {}, false)
})

test('getters take what devices send instead of the type they promise', () => {
  const d = dict(
    decode(
      xml(
        '<dict><key>n</key><string> 12 </string><key>b</key><integer>1</integer><key>t</key><string>true</string><key>s</key><integer>5</integer><key>l</key><array/><key>d</key><data>AQI=</data></dict>',
      ),
    ),
  )
  assert.equal(num(d, 'n'), 12)
  assert.equal(bool(d, 'b'), true)
  assert.equal(bool(d, 't'), true)
  assert.equal(bool(d, 'd'), undefined)
  assert.equal(str(d, 's'), '5')
  assert.equal(str(d, 'toString'), undefined)
  assert.deepEqual(list(d, 'l'), [])
  assert.deepEqual(bytes(d, 'd'), Uint8Array.of(1, 2))
  assert.throws(() => dict('x'), Malformed)
})

test('getters know the spellings devices use, and take nothing else', () => {
  const d: Dict = {
    yes: 'YES',
    no: 'no',
    zero: 0,
    maybe: 'maybe',
    real: new Real(1),
    big: 2n ** 60n,
    text: '1.5',
    word: 'x',
    truth: true,
    data: Uint8Array.of(1),
  }
  assert.deepEqual(
    ['yes', 'no', 'zero', 'maybe', 'real', 'data', 'none'].map(k => bool(d, k)),
    [true, false, false, undefined, true, undefined, undefined],
  )
  assert.deepEqual(
    ['real', 'big', 'text', 'word', 'truth'].map(k => num(d, k)),
    [1, 2 ** 60, 1.5, undefined, undefined],
  )
  assert.deepEqual(
    ['real', 'big', 'truth', 'data'].map(k => str(d, k)),
    ['1', String(2n ** 60n), undefined, undefined],
  )
  assert.deepEqual([bytes(d, 'text'), list(d, 'data'), bytes(d, 'data')], [undefined, undefined, Uint8Array.of(1)])
  for (const value of [[], new Date(0), new Real(1), Uint8Array.of(1), 'x', undefined])
    assert.throws(() => dict(value), Malformed)
})
