import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Malformed } from '../malformed.ts'
import { decode, encodeBinary, type Limits, type Plist, Real, Uid } from './plist.ts'

/** A binary property list of the given object bytes, one-byte offsets and references. */
function binary(objects: readonly (readonly number[])[], top = 0): Uint8Array {
  const head = [...Buffer.from('bplist00')]
  const offsets: number[] = []
  for (const object of objects) {
    offsets.push(head.length)
    head.push(...object)
  }
  const trailer = new Uint8Array(32)
  trailer.set([1, 1], 6)
  trailer[15] = objects.length
  trailer[23] = top
  trailer[31] = head.length
  return Uint8Array.from([...head, ...offsets, ...trailer])
}

function refuses(code: string, bytes: Uint8Array, limits?: Limits): void {
  assert.throws(
    () => decode(bytes, limits),
    (error: unknown) => error instanceof Malformed && error.code === code,
    code,
  )
}

test('each kind of object reads as Apple writes it', () => {
  const cases: [number[], Plist][] = [
    [[0x08], false],
    [[0x09], true],
    [[0x10, 0xff], 255],
    [[0x11, 0x80, 0], 32768],
    [[0x12, 0x80, 0, 0, 0], 2 ** 31],
    [[0x13, 255, 255, 255, 255, 255, 255, 255, 254], -2],
    [[0x14, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255], 2n ** 64n - 1n],
    [[0x22, 0x3f, 0xc0, 0, 0], 1.5],
    [[0x23, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], 1.5],
    [[0x33, 0, 0, 0, 0, 0, 0, 0, 0], new Date('2001-01-01T00:00:00Z')],
    [[0x42, 1, 2], Uint8Array.of(1, 2)],
    [[0x52, 0x61, 0x62], 'ab'],
    [[0x61, 0x20, 0x19], '’'],
    [[0x62, 0xd8, 0x3d, 0xde, 0], '😀'],
    [[0x61, 0xfe, 0xff], '\ufeff'],
    [[0x81, 1, 0], new Uid(256)],
    [[0x5f, 0x10, 2, 0x61, 0x62], 'ab'],
  ]
  for (const [bytes, value] of cases) assert.deepEqual(decode(binary([bytes])), value)
  assert.deepEqual(decode(binary([[0xa2, 1, 1], [0x09]])), [true, true])
  assert.deepEqual(decode(binary([[0xc1, 1], [0x09]])), [true])
  assert.deepEqual(decode(binary([[0xd1, 1, 2], [0x51, 0x61], [0x09]])), { a: true })
  assert.deepEqual(decode(binary([[0x23, 0x40, 0, 0, 0, 0, 0, 0, 0]]), { exact: true }), new Real(2))
})

test('kinds we do not know, and dates and integers out of range, are refused', () => {
  for (const marker of [0x00, 0x0f, 0x15, 0x21, 0x24, 0x30, 0x32, 0x90, 0xe0, 0xf0])
    refuses('plist.type', binary([[marker, ...new Array(32).fill(0)]]))
  refuses('plist.date', binary([[0x33, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0]]))
  refuses('plist.date', binary([[0x33, 0x7f, 0xe0, 0, 0, 0, 0, 0, 0]]))
  refuses('plist.integer', binary([[0x14, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]]))
})

test('milliseconds come back, as far as a double can tell them', () => {
  const range = {
    min: new Date('-009999-01-01T00:00:00Z'),
    max: new Date('+009999-01-01T00:00:00Z'),
    noInvalidDate: true,
  }
  fc.assert(
    fc.property(fc.date(range), date => assert.deepEqual(decode(encodeBinary(date)), date)),
    { numRuns: 2000 },
  )
  refuses('plist.integer', binary([[0x8e, ...new Array(15).fill(255)]]))
})

test('a list that holds itself is refused, directly and around a corner', () => {
  refuses('plist.depth', binary([[0xa1, 0]]))
  refuses(
    'plist.depth',
    binary([
      [0xa1, 1],
      [0xd1, 2, 0],
      [0x51, 0x61],
    ]),
  )
})

test('a small file may not stand for a huge value', () => {
  const levels = Array.from({ length: 20 }, (_, i) => [0xaa, ...new Array(10).fill(i + 1)])
  refuses('plist.nodes', binary([...levels, [0x09]]))
  const long = binary([
    [0xae, ...new Array(14).fill(1)],
    [0x5f, 0x10, 100, ...new Array(100).fill(65)],
  ])
  refuses('plist.size', long, { maxBytes: 1000 })
  assert.equal((decode(long, { maxBytes: 1400 }) as string[]).length, 14)
  const data = binary([
    [0xa2, 1, 1],
    [0x42, 1, 2],
  ])
  assert.deepEqual(decode(data), [Uint8Array.of(1, 2), Uint8Array.of(1, 2)])
})

test('keys are text, references lead to objects, lengths end within', () => {
  refuses('plist.key', binary([[0xd1, 1, 1], [0x09]]))
  refuses('plist.reference', binary([[0xa1, 7]]))
  refuses('plist.truncated', binary([[0x5f, 0x10, 200, 65]]))
  refuses('plist.truncated', binary([[0xaf, 0x13, 0, 0, 0, 1, 0, 0, 0, 0]]))
  refuses('plist.truncated', binary([[0x4f, 0x13, 255, 255, 255, 255, 255, 255, 255, 255]]))
  refuses('plist.length', binary([[0x5f, 0x20, 1, 65]]))
  refuses('plist.trailer', binary([[0x09]], 1))
  refuses('plist.version', Buffer.from(`bplist15${'\0'.repeat(40)}`))
})

test('every trailer that lies is refused', () => {
  const good = binary([[0x09]])
  for (let i = good.length - 24; i < good.length; i++) {
    for (const value of [0xff, 0x80, 2]) {
      const bad = new Uint8Array(good)
      bad[i] = value
      if (bad[i] !== good[i]) assert.throws(() => decode(bad), Malformed, `byte ${i}`)
    }
  }
})

test('a file cut off at any byte is malformed', () => {
  const whole = encodeBinary({ a: [1, 2.5, 'x', new Date(0)], b: { c: 'é'.repeat(300) } })
  for (let length = 0; length < whole.length; length++)
    assert.throws(() => decode(whole.subarray(0, length)), Malformed)
})

test('equal strings are stored once, and long lists and wide references come back', () => {
  const once = encodeBinary(['hello world', 'hello world'])
  assert.equal(Buffer.from(once).toString('latin1').split('hello').length, 2)
  const wide = Array.from({ length: 70_000 }, (_, i) => i)
  assert.deepEqual(decode(encodeBinary(wide)), wide)
  assert.deepEqual(decode(encodeBinary(new Uid(70_000))), new Uid(70_000))
})

test('what has no form is refused when written', () => {
  for (const value of [null, undefined, { a: undefined }, new Uid(-1), '\ud800', 2n ** 64n, new Date(Number.NaN)]) {
    assert.throws(
      () => encodeBinary(value as Plist),
      (error: unknown) => error instanceof Malformed && error.code === 'plist.unwritable',
    )
  }
})
