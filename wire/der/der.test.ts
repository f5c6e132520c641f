import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Malformed } from '../malformed.ts'
import * as der from './der.ts'

const hex = (text: string): Uint8Array => Uint8Array.fromHex(text.replaceAll(' ', ''))

function refused(input: Uint8Array, code: string, options: der.ReadOptions = {}): void {
  assert.throws(
    () => der.read(input, options),
    (error: unknown) => error instanceof Malformed && error.code === code,
    code,
  )
}

test('integers of any size come back as they went in', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }), n =>
      assert.equal(der.asInt(der.read(der.int(n))), n),
    ),
  )
  assert.equal(der.asInt(der.read(der.int(Uint8Array.of(0, 0, 0x80)))), 128n)
  assert.throws(() => der.asInt(der.read(hex('02020001'))), Malformed)
})

test('object identifiers come back as they went in, also those with huge arcs', () => {
  const arc = fc.oneof(fc.nat(), fc.bigInt({ min: 0n, max: 2n ** 128n }))
  const dotted = fc.tuple(fc.constantFrom('0.9', '1.2', '1.39', '2.5', '2.999'), fc.array(arc, { maxLength: 8 }))
  fc.assert(
    fc.property(dotted, ([root, arcs]) => {
      const oid = [root, ...arcs].join('.')
      assert.equal(der.asOid(der.read(der.oid(oid))), oid)
    }),
  )
})

test('times from year 0 to 9999 come back to the second, in the type RFC 5280 asks for', () => {
  const range = { min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }
  fc.assert(
    fc.property(fc.date(range), date => {
      const node = der.read(der.time(date.getTime()))
      assert.equal(der.asTime(node), Math.floor(date.getTime() / 1000) * 1000)
      const year = date.getUTCFullYear()
      assert.equal(node.tag, year >= 1950 && year < 2050 ? 0x17 : 0x18)
    }),
  )
  const bmp = (text: string) => der.read(der.tlv(0x17, Buffer.from(text)))
  assert.equal(der.asTime(bmp('2601011200+0130')), Date.UTC(2026, 0, 1, 10, 30))
  for (const bad of ['260231000000Z', '26010124', '2601012400Z']) assert.throws(() => der.asTime(bmp(bad)), Malformed)
})

test('what is not DER is refused, and BER only where it is asked for', () => {
  refused(hex('30'), 'der.truncated')
  refused(hex('3003 0500'), 'der.truncated')
  refused(hex('3000 00'), 'der.trailing')
  refused(hex('3081 02 0500'), 'der.length')
  refused(hex('1f8101 00'), 'der.tag')
  refused(hex('0085 0000000001 00'), 'der.length')
  refused(hex('1000'), 'der.tag')
  refused(hex('3080 0500 0000'), 'der.indefinite')
  refused(hex('2403 040141'), 'der.indefinite')
  refused(hex('3080 0500'), 'der.truncated', { ber: true })
  refused(hex('0480 0000'), 'der.length', { ber: true })
})

test('BER with indefinite lengths and strings in pieces reads as the DER it stands for', () => {
  refused(hex('3080 2403 020105 0000'), 'der.tag', { ber: true })
  refused(hex('2308 03020741 03020042'), 'der.bits', { ber: true })
  const good = hex('3080 2480 040141 2403040142 0000 a080 0500 0000 2308 03020041 03020142 0000')
  assert.equal(der.read(good, { ber: true }).raw.toHex(), '300d04024142a00205000303014142')
  const untouched = hex('3081020500')
  const wrapped = Buffer.concat([hex('3080'), untouched, hex('0000')])
  assert.deepEqual(der.read(wrapped, { ber: true }).children[0]?.raw.toHex(), '3081020500')
})

test('depth, nodes and size are bounded, in DER and in BER', () => {
  let deep: Uint8Array = der.nul()
  for (let i = 0; i < 40; i++) deep = der.seq(deep)
  refused(deep, 'der.depth')
  assert.equal(der.read(deep, { maxDepth: 64 }).tag, 0x30)
  refused(Buffer.concat(Array.from({ length: 5000 }, () => hex('3080'))), 'der.depth', { ber: true })
  const wide = der.seq(hex('0500'.repeat(100_001)))
  refused(wide, 'der.nodes')
  refused(new Uint8Array(100), 'der.size', { maxBytes: 99 })
})

test('a value cut off at any byte is malformed, never anything else', () => {
  const whole = der.seq(
    der.int(5),
    der.set(der.utf8('é'), der.oid('1.2.840.113549')),
    der.tagged(1, der.bits(Uint8Array.of(1, 128), 7)),
  )
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => der.read(whole.subarray(0, length)), Malformed)
    assert.throws(() => der.read(whole.subarray(0, length), { ber: true }), Malformed)
  }
})

test('a set is sorted as DER asks', () => {
  assert.equal(der.set(der.int(300), der.int(2), der.nul()).toHex(), '310902010202' + '02012c' + '0500')
})

test('text of every string type is read', () => {
  const read = (tag: number, bytes: string) => der.asText(der.read(der.tlv(tag, hex(bytes))))
  assert.equal(read(0x0c, 'c3a9'), 'é')
  assert.equal(read(0x1e, '00e9'), 'é')
  assert.equal(read(0x14, 'e9'), 'é')
  assert.equal(read(0x1c, '0001f600'), '😀')
  assert.throws(() => read(0x1c, '7fffffff'), Malformed)
  assert.throws(() => der.printable('é'), Malformed)
  assert.throws(() => der.ia5('é'), Malformed)
})

test('parts of a Buffer are plain byte arrays', () => {
  const node = der.read(Buffer.from(der.seq(der.octets(Uint8Array.of(1)))))
  for (const part of [node.raw, node.children[0]?.content]) assert.equal(part?.constructor, Uint8Array)
})
