import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Counts, faultsOf, judge, type Terms } from './wave.ts'

const terms: Terms = { waves: [5, 25, 100], watchMs: 30_000, stopAbovePercent: 2, minHeardPercent: 50 }
const counts = (of: number, heard: number, installed: number, failed: number): Counts => ({
  of,
  heard,
  installed,
  failed,
})
const at = (now: number, given: Counts, wave = 0) =>
  judge(terms, wave, { counts: given, waveAt: 0, now, behind: false })

test('what is done with a wave, by how its devices fare and how long it is out', () => {
  const rows: [now: number, given: Counts, wave: number, expected: object][] = [
    [10, counts(20, 0, 0, 0), 0, { do: 'wait', until: 30_000 }],
    [10, counts(20, 20, 20, 0), 0, { do: 'wait', until: 30_000 }],
    [10, counts(20, 3, 2, 1), 0, { do: 'stop', why: 'failures', percent: 33.3 }],
    [10, counts(200, 100, 98, 2), 0, { do: 'wait', until: 30_000 }],
    [10, counts(200, 100, 97, 3), 0, { do: 'stop', why: 'failures', percent: 3 }],
    [30_000, counts(20, 9, 9, 0), 0, { do: 'stop', why: 'silence', percent: 45 }],
    [30_000, counts(20, 10, 9, 0), 0, { do: 'advance' }],
    [30_000, counts(20, 20, 20, 0), 1, { do: 'advance' }],
    [30_000, counts(20, 20, 20, 0), 2, { do: 'finish' }],
    [10, counts(0, 0, 0, 0), 0, { do: 'wait', until: 30_000 }],
    [30_000, counts(0, 0, 0, 0), 0, { do: 'advance' }],
    [30_000, counts(0, 0, 0, 0), 2, { do: 'finish' }],
  ]
  for (const [now, given, wave, expected] of rows)
    assert.deepEqual(at(now, given, wave), expected, JSON.stringify(given))
})

test('silence stops nothing where it is not asked for', () => {
  const patient = { ...terms, minHeardPercent: 0 }
  assert.deepEqual(judge(patient, 0, { counts: counts(20, 0, 0, 0), waveAt: 0, now: 30_000, behind: false }), {
    do: 'advance',
  })
})

test('while it is not worked out who has what, nothing but failures is judged', () => {
  const look = { waveAt: 0, now: 40_000, behind: true }
  assert.deepEqual(judge(terms, 0, { counts: counts(20, 20, 20, 0), ...look }), { do: 'wait', until: 45_000 })
  assert.partialDeepStrictEqual(judge(terms, 0, { counts: counts(20, 20, 10, 10), ...look }), { do: 'stop' })
})

test('waves grow and end with everyone', () => {
  assert.deepEqual(faultsOf(terms), [])
  assert.equal(faultsOf({ ...terms, waves: [5, 5, 100] }).length, 1)
  assert.equal(faultsOf({ ...terms, waves: [5, 50] }).length, 1)
  assert.equal(faultsOf({ ...terms, waves: [50, 20] }).length, 2)
})
