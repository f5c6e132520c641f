import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formats, tagOf } from './format.ts'
import { fold, french, say, sayLoosely, sayRich } from './messages.ts'

const min = 60_000
const hour = 60 * min
const day = 24 * hour
const at = Date.UTC(2026, 10, 20, 9, 42, 5, 207)
const en = formats('en', 'en-GB', 'UTC')
const fr = formats('fr', 'fr-FR', 'UTC')
const ja = formats('ja', 'ja-JP', 'UTC')

test('ages are one short unit', () => {
  assert.equal(en.age(25_000), '25\u00a0s')
  assert.equal(en.age(3 * min), '3\u00a0min')
  assert.equal(en.age(2 * hour + 10 * min), '2\u00a0h')
  assert.equal(en.age(16 * day), '16\u00a0d')
  assert.equal(fr.age(16 * day), '16\u00a0j')
  assert.equal(ja.age(3 * min), '3分')
  assert.equal(en.age(-5), '0\u00a0s')
})

test('spans are the two largest units', () => {
  assert.equal(en.span(16), '16\u00a0ms')
  assert.equal(en.span(1600), '1.6\u00a0s')
  assert.equal(en.span(8 * min + 40_000), '8\u00a0min 40\u00a0s')
  assert.equal(en.span(6 * day + 23 * hour + 48 * min), '6\u00a0d 23\u00a0h')
  assert.equal(fr.span(1600), '1,6\u00a0s')
})

test('exact times have milliseconds in every language', () => {
  assert.equal(en.exact(at), '09:42:05.207')
  assert.match(ja.exact(at), /^0?9:42:05\.207$/)
})

test('dates name the year only when it is another one', () => {
  assert.equal(en.date(at, at), '20 Nov')
  assert.equal(en.date(at + 365 * day, at), '20 Nov 2027')
})

test('relative times go both ways', () => {
  assert.equal(en.relative(at - 3 * min, at), '3\u00a0min ago')
  assert.match(en.relative(at + 2 * hour, at), /^in 2\u00a0h/)
  assert.equal(ja.relative(at - 3 * min, at), '3\u00a0分前')
})

test('English follows the region of the reader', () => {
  assert.equal(tagOf('en', ['sv', 'en-US']), 'en-US')
  assert.equal(tagOf('en', ['fr']), 'en-GB')
  assert.equal(tagOf('sv', ['en-US']), 'sv-SE')
})

test('bytes are decimal, as devices are sold', () => {
  assert.equal(en.bytes(256e9), '256 GB')
  assert.equal(en.bytes(4.5e6), '4.5 MB')
})

test('French treats zero and one as singular, Japanese has one form', () => {
  const devices = '{n, plural, one {# appareil} other {# appareils}}'
  assert.equal(say(devices, 'fr', { n: 0 }), '0 appareil')
  assert.equal(say(devices, 'fr', { n: 2 }), '2 appareils')
  assert.equal(say('{n, plural, other {# 台}}', 'ja', { n: 1 }), '1 台')
})

test('what the server left out leaves a gap, not a fault', () => {
  assert.equal(
    sayLoosely('Woken {times, plural, one {once} other {# times}} by {who}', 'en', { times: 2 }),
    'Woken 2 times by ',
  )
  assert.throws(() => say('by {who}', 'en', {}))
})

test('tags become parts', () => {
  assert.deepEqual(
    sayRich<{ bold: string }>('a <b>{n}</b> c', 'en', { n: 'x' }, { b: inside => ({ bold: inside.join('') }) }),
    ['a ', { bold: 'x' }, ' c'],
  )
})

test('search folds width, kana and case', () => {
  assert.equal(fold('ＴＹＯ－ＩＰ'), fold('tyo-ip'))
  assert.equal(fold('ｶﾒﾗ'), fold('カメラ'))
})

test('French gets its no-break spaces', () => {
  assert.deepEqual(french({ a: 'Effacer ?', b: 'Langue : {name}', c: '« x »', d: '95 %' }), {
    a: 'Effacer\u202f?',
    b: 'Langue\u00a0: {name}',
    c: '«\u00a0x\u00a0»',
    d: '95\u00a0%',
  })
})
