import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseBuffer } from 'bplist-parser'
import fc from 'fast-check'
import * as npm from 'plist'
import { type Dict, decode, encode, encodeBinary, type Plist, Real } from './plist.ts'

const folder = mkdtempSync(join(tmpdir(), 'wire-plist-'))
const sample = (name: string) => new Uint8Array(readFileSync(new URL(`samples/${name}`, import.meta.url)))
const missing = spawnSync('plistutil', ['--version']).error
  ? 'plistutil (Debian libplist-utils) is not installed'
  : false

const EVERYTHING: Dict = {
  Text: 'Müster & <Söhne>\n’😀',
  Empty: '',
  Yes: true,
  No: false,
  Zero: 0,
  Small: -1,
  Wide: 2n ** 64n - 1n,
  Lowest: -(2n ** 63n),
  Half: new Real(0.5),
  Whole: new Real(2),
  When: new Date('2026-11-20T17:00:00Z'),
  Before: new Date('1901-01-01T00:00:00Z'),
  Bytes: Uint8Array.from({ length: 70 }, (_, i) => i),
  List: [[], {}, ['a', 'a']],
  '': 'empty key',
}

test('the samples say what they said when they were made', () => {
  for (const name of ['everything.plist', 'utf16.plist', 'everything.plistutil.bplist']) {
    assert.deepEqual(decode(sample(name), { exact: true }), EVERYTHING, name)
  }
  assert.deepEqual(encode(EVERYTHING), sample('everything.plist'))
})

// libplist 2.2 reads through C strings and a 2001 clock in 32 bits; within that it must agree with us to the bit.
const legible = (c: string) => (c >= ' ' || c === '\n' || c === '\t') && c !== '\ufffd'
// npm plist drops strings of nothing but white space.
const text = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .filter(s => [...s].every(legible) && (s === '' || /\S/.test(s)))
const when = fc.integer({ min: -1_000_000_000, max: 2_000_000_000 }).map(seconds => new Date(seconds * 1000))
const half = fc.integer({ min: -1e6, max: 1e6 }).map(n => n + 0.5)
const leaf = fc.oneof(
  text,
  fc.maxSafeInteger(),
  half,
  fc.boolean(),
  when,
  fc.uint8Array({ minLength: 1, maxLength: 60 }),
)
const { tree } = fc.letrec<{ tree: Plist }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { maxLength: 5 }),
    fc.dictionary(
      // npm plist trims the white space of keys and folds that inside them.
      text.filter(s => /^[^\s]+$/u.test(s) && s !== '__proto__'),
      tie('tree'),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
}))
const document = fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,9}$/), tree, {
  minKeys: 1,
  maxKeys: 5,
  noNullPrototype: true,
})

function plistutil(bytes: Uint8Array, format: 'xml' | 'bin'): Uint8Array {
  const [from, to] = [join(folder, 'in'), join(folder, 'out')]
  writeFileSync(from, bytes)
  const run = spawnSync('plistutil', ['-i', from, '-f', format, '-o', to])
  assert.equal(run.status, 0, run.stderr?.toString())
  return new Uint8Array(readFileSync(to))
}

test('plistutil reads what we write and we read what it writes, in both forms', { skip: missing }, () => {
  fc.assert(
    fc.property(document, value => {
      for (const ours of [encode(value), encodeBinary(value)]) {
        for (const format of ['xml', 'bin'] as const) assert.deepEqual(decode(plistutil(ours, format)), value)
      }
    }),
    { numRuns: 40 },
  )
})

/** Buffers and plain arrays of bytes are the same to us here. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
}

test('npm plist reads our XML and we read its, where it is right', () => {
  fc.assert(
    fc.property(document, value => {
      assert.deepEqual(plain(npm.parse(new TextDecoder().decode(encode(value)))), value)
      assert.deepEqual(decode(new TextEncoder().encode(npm.build(value as npm.PlistValue))), value)
    }),
  )
})

test('bplist-parser and npm plist read our binary form', () => {
  fc.assert(
    fc.property(document, value => {
      const bytes = Buffer.from(encodeBinary(value))
      assert.deepEqual(plain(parseBuffer(bytes)[0]), value)
      assert.deepEqual(plain(npm.parseBinary(bytes)), value)
      assert.deepEqual(decode(npm.buildBinary(value as npm.PlistValue)), value)
    }),
  )
})
