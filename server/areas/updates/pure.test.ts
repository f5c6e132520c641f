import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueAfter, dueAt, faultOf } from './due.ts'
import { type Candidate, eligible, has } from './eligible.ts'
import { type Counts, etaOf, faultsOf, judge, noCounts, type Terms, wanted } from './judge.ts'
import { driftedFrom, type Foresight, wavesOf } from './foresight.ts'
import { failedSince, fellSilent } from './look.ts'
import { isLoud, noticeAt, noticesDue } from './notice.ts'
import { newest, type Release } from './release.ts'
import { standing } from './tally.ts'
import { compareVersions, partsOf } from './version.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
const now = Date.UTC(2026, 10, 20, 9)

const release = (version: string, more: Partial<Release> = {}): Release => ({
  platform: 'ios',
  version,
  build: `B${version}`,
  background: false,
  open: true,
  hardware: ['iPhone15,2'],
  postedAt: now - 10 * dayMs,
  expiresAt: null,
  goneAt: null,
  ...more,
})

const candidate = (more: Partial<Candidate> = {}): Candidate => ({
  platform: 'ios',
  version: '26.0',
  hardware: ['iPhone15,2'],
  state: 'active',
  availableBytes: 40e9,
  battery: 0.8,
  means: { by: 'demand' },
  silent: false,
  ...more,
})

test('versions compare by number and then by the letter of their supplement', () => {
  assert.deepEqual(partsOf('26.0.1 (a)'), { ...partsOf('26.0.1'), supplement: 'a' })
  assert.equal(partsOf('26.0.1 (a)')?.major, 26)
  const sorted = ['26.1', '26.0.1 (b)', '18.7.2', '26.0.1', '26.0.1 (a)', 'later'].toSorted(compareVersions)
  assert.deepEqual(sorted, ['later', '18.7.2', '26.0.1', '26.0.1 (a)', '26.0.1 (b)', '26.1'])
  assert.equal(compareVersions('26.0', '26.0.0'), 0)
  assert.equal(partsOf('26.1; DROP'), undefined)
  assert.equal(has('26.0.1 (a)', { version: '26.0.1' }), true)
  assert.equal(has('', { version: '26.0.1' }), false)
})

test('the newest is one that everybody can have and that is old enough', () => {
  const all = [
    release('26.1', { postedAt: now - 2 * dayMs }),
    release('26.0.1 (a)', { background: true }),
    release('26.0'),
    release('26.2', { open: false }),
    release('26.3', { expiresAt: now - 1 }),
    release('26.4', { goneAt: now - 1 }),
    release('26.5', { postedAt: now + dayMs }),
    release('18.7.2'),
  ]
  const at = (behindDays: number, major: number | null = null) => newest(all, { now, behindDays, major })?.version
  assert.equal(at(0), '26.1')
  assert.equal(at(7), '26.0', 'minus seven days: the one of two days ago is too fresh')
  assert.equal(at(0, 18), '18.7.2')
  assert.equal(at(30), undefined)
})

test('who can take a version, and if not, why', () => {
  const target = release('26.1')
  const all = [target, release('18.7.2', { hardware: ['iPhone11,2', 'iPhone15,2'] })]
  const why = (more: Partial<Candidate>) => {
    const e = eligible(candidate(more), target, all)
    return e.can ? e.by : `${e.why}${e.known ? '' : '?'}`
  }
  assert.equal(why({}), 'demand')
  assert.equal(why({ means: { by: 'order' } }), 'order')
  assert.equal(why({ hardware: ['iPhone11,2'] }), 'hardware', 'known to an older version, not to this one')
  assert.equal(why({ hardware: ['iPhone99,1'] }), 'hardware-unknown?', 'in no list: it may be newer than the list')
  assert.equal(why({ hardware: [] }), 'hardware-unknown?')
  assert.equal(why({ version: '' }), 'no-version?')
  assert.equal(why({ means: { why: 'supervision' } }), 'supervision')
  assert.equal(why({ availableBytes: 1e9 }), 'storage')
  assert.equal(why({ availableBytes: null, battery: null }), 'demand', 'what is not known stands against nobody')
  assert.equal(why({ battery: 0.1 }), 'battery')
  assert.equal(why({ silent: true }), 'silent?')
  assert.equal(why({ state: 'lost' }), 'lost')
})

const terms: Terms = { waves: [5, 25, 100], watchMs: 4 * hourMs, halts: true, stopAbovePercent: 10, dropPercent: 25 }
const counts = (more: Partial<Counts>): Counts => ({ ...noCounts, eligible: 100, others: 90, reached: 10, ...more })
const judged = (more: Partial<Counts>, passed = 0, with_: Partial<Terms> = {}, wave = 0) => {
  const verdict = judge({ ...terms, ...with_ }, { wave, waveAt: now - passed, now, counts: counts(more) })
  return verdict.do === 'halt' ? `halt ${verdict.why}` : verdict.do
}

test('a campaign halts at failures and at silence, and without the rule at neither', () => {
  assert.equal(judged({ failed: 2 }), 'halt failures')
  assert.equal(judged({ failed: 2 }, 5 * hourMs, { halts: false }), 'advance')
  assert.equal(judged({ failed: 1, reachedDone: 3 }), 'wait', 'one failure is a device’s own')
  assert.equal(judged({ failed: 2, reachedDone: 40, reached: 42 }), 'wait', 'fewer than one in ten')
  assert.equal(judged({ reached: 1, failed: 1 }), 'halt failures', 'of a wave of one')
  assert.equal(judged({ reachedSilent: 6 }), 'halt silence')
  assert.equal(judged({ reached: 2, reachedSilent: 2 }), 'wait', 'two may lie in drawers')
  assert.equal(judged({ reachedSilent: 6, othersSilent: 60 }), 'wait', 'at night everybody is silent')
  assert.equal(judged({ reachedSilent: 6 }, 0, { halts: false }), 'wait')
})

test('a wave goes on when its watch is over and somebody has answered', () => {
  assert.equal(judged({ reachedDone: 8 }), 'wait')
  assert.equal(judged({ reachedDone: 8 }, 5 * hourMs), 'advance')
  assert.equal(judged({}, 5 * hourMs), 'wait', 'nobody has answered')
  assert.equal(judged({}, 13 * hourMs), 'wait', 'the wave grows instead')
  assert.equal(judged({ others: 0 }, 13 * hourMs), 'advance', 'there is nobody else')
  assert.equal(judged({ failed: 1, reached: 3 }, 13 * hourMs), 'wait', 'one failed and nobody has it')
  assert.equal(judged({ reached: 0, eligible: 0, unknown: 5 }, 50 * hourMs), 'wait', 'it has come to nobody')
  assert.equal(judged({ reached: 0, eligible: 0, done: 5 }), 'finish', 'all have it already')
  assert.equal(judged({ eligible: 0, reachedDone: 10 }, 5 * hourMs, {}, 2), 'finish')
  assert.equal(judged({ eligible: 3 }, 500 * hourMs, {}, 2), 'wait')
})

test('waves are shares of those that can, never nobody, and grow while nobody has it', () => {
  const at = (wave: number, of: number, more: object = {}) =>
    wanted(terms, { wave, of, waveAt: now, now, done: 1, ...more })
  assert.deepEqual(
    [0, 1, 2].map(w => at(w, 200)),
    [10, 50, 200],
  )
  assert.deepEqual(
    [0, 1, 2].map(w => at(w, 7)),
    [1, 2, 7],
  )
  assert.equal(at(0, 0), 0)
  assert.equal(at(0, 200, { done: 0, waveAt: now - 25 * hourMs }), 30)
  assert.equal(at(0, 20, { done: 0, waveAt: now - 9 * hourMs }), 3, 'one that is small grows sooner')
  assert.equal(at(0, 7, { done: 0, waveAt: now - 900 * hourMs }), 7)
  assert.equal(faultsOf({ waves: [5, 5, 100] }).length, 1)
  assert.equal(faultsOf({ waves: [5, 25] }).length, 1)
})

test('a date is refused when it has passed or does not exist somewhere', () => {
  const zones = ['UTC', 'Europe/Stockholm', 'Asia/Tokyo']
  assert.equal(faultOf('2026-12-01T20:00', zones, now), undefined)
  assert.equal(faultOf('2026-02-30T20:00', zones, now)?.fault, 'malformed')
  assert.deepEqual(faultOf('2026-11-20T17:30', zones, now), { fault: 'past', zone: 'Asia/Tokyo', instead: null })
  assert.deepEqual(faultOf('2027-03-28T02:30', zones, now), {
    fault: 'skipped',
    zone: 'Europe/Stockholm',
    instead: '2027-03-28T03:00',
  })
  assert.equal(faultOf('2027-03-28T02:30', ['UTC', 'Asia/Tokyo'], now), undefined, 'where no clock jumps it is a time')
  assert.equal(dueAt('2026-12-01T20:00', 'Asia/Tokyo'), Date.UTC(2026, 11, 1, 11))
  assert.equal(dueAfter(now, { days: 7, time: '20:00', zone: 'Europe/Stockholm' }), '2026-11-27T20:00')
  const spring = Date.UTC(2027, 2, 21, 9)
  assert.equal(
    dueAfter(spring, { days: 7, time: '02:30', zone: 'Europe/Stockholm' }),
    '2027-03-28T03:00',
    'a time that is jumped over becomes one that is there',
  )
})

test('a failure counts when it came after the wave', () => {
  const trying = { step: 'failed', tries: 1, failedAt: null, failure: 'install', speaksAgainst: true }
  assert.equal(failedSince(trying, now, 0), true)
  assert.equal(failedSince(trying, now, 1), false, 'it had failed as often before')
  assert.equal(failedSince({ ...trying, failedAt: now + 1 }, now, 1), true)
  assert.equal(failedSince({ ...trying, failure: null }, now, 0), false)
})

test('a device falls silent when it has learned of the version and then is not heard for longer than a night', () => {
  const h11 = now - 11 * hourMs
  assert.equal(fellSilent(now, h11, h11 - 1), true)
  assert.equal(fellSilent(now, now - hourMs, h11), false)
  assert.equal(fellSilent(now, h11, h11 + 1), false, 'it never learned of it')
  assert.equal(fellSilent(now, h11, null), true, 'one that was not reached')
})

test('how a device stands to the newest version of its platform', () => {
  const all = [release('26.1'), release('26.0'), release('18.7.2', { hardware: ['iPhone11,2', 'iPhone15,2'] })]
  const is = (version: string, hardware = ['iPhone15,2']) =>
    standing({ candidate: candidate({ version, hardware }) }, all, now).standing
  assert.equal(is('26.1'), 'latest')
  assert.equal(is('27.0', ['iPhone99,1']), 'latest', 'a beta is newer than the list')
  assert.equal(is('26.0'), 'previous')
  assert.equal(is('18.7.2'), 'behind')
  assert.equal(is('18.7.2', ['iPhone11,2']), 'unsupported')
  assert.equal(is('26.0', ['iPhone99,1']), 'unknown')
  assert.equal(is(''), 'unknown')
})

test('when it will be through follows from the last day', () => {
  const points = [
    { at: now - 10 * hourMs, left: 100 },
    { at: now, left: 50 },
  ]
  assert.equal(etaOf(points, now), now + 10 * hourMs)
  assert.equal(etaOf([{ at: now, left: 50 }], now), null)
  assert.equal(etaOf([...points, { at: now + 1, left: 0 }], now), null)
})

test('a notice that would come at night comes the evening before', () => {
  const zone = 'Europe/Berlin'
  const due = dueAt('2026-12-01T06:00', zone) ?? 0
  const said = (at: number) => new Date(at).toISOString().slice(0, 16)
  assert.deepEqual(
    [72, 24, 3].map(before => said(noticeAt(due, before, zone))),
    ['2026-11-27T18:00', '2026-11-29T18:00', '2026-11-30T18:00'],
  )
  assert.equal(said(noticeAt(dueAt('2026-12-01T20:00', zone) ?? 0, 3, zone)), '2026-12-01T16:00')
  assert.deepEqual(
    ['2026-11-27T17:59', '2026-11-27T18:00', '2026-11-30T18:00', '2026-12-01T05:00'].map(at =>
      noticesDue(due, zone, Date.parse(`${at}Z`)),
    ),
    [0, 1, 3, 0],
  )
  assert.equal(isLoud(Date.parse('2026-11-27T19:30Z'), zone), false)
})

test('waves are whole devices, and the last one comes to the silent as well', () => {
  assert.deepEqual(wavesOf([5, 25, 100], 10, 3), [1, 2, 10])
  assert.deepEqual(wavesOf([100], 0, 0), [0])
})

test('a preview is outdated by another version, or by more than one in twenty devices', () => {
  const seen = { eligible: 90, blocked: 5, done: 5, unknown: 0, excepted: 0, versions: { ios: '26.1' } }
  const now: Foresight = {
    ...seen,
    at: Date.UTC(2026, 10, 20),
    devices: 100,
    reasons: [],
    waves: [],
    offline: [],
    due: '',
    dues: [],
  }
  assert.equal(driftedFrom(seen, now), false)
  assert.equal(driftedFrom(seen, { ...now, eligible: 85, done: 10 }), false)
  assert.equal(driftedFrom(seen, { ...now, eligible: 84, done: 11 }), true)
  assert.equal(driftedFrom(seen, { ...now, versions: { ios: '26.2' } }), true)
  assert.equal(driftedFrom({ ...seen, eligible: 9 }, { ...now, eligible: 8, devices: 10 }), true, 'of few, none')
})
