import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { wallTime } from '../../base/zone.ts'
import { nextAfter, periodBefore, scheduleShape } from './schedule.ts'

const iso = (at: number): string => new Date(at).toISOString()
const rhythm = (more: object) => scheduleShape.parse({ every: 'day', hour: 7, zone: 'Europe/Stockholm', ...more })

function following(schedule: ReturnType<typeof rhythm>, instant: number, times: number): string[] {
  if (times === 0) return []
  const next = nextAfter(schedule, instant)
  return [iso(next), ...following(schedule, next, times - 1)]
}

test('a schedule keeps to the wall clock over the changes of the clock', () => {
  const daily = rhythm({ hour: 2, minute: 30 })
  const days = following(daily, Date.UTC(2026, 2, 27, 12), 4)
  // On 29 March 02:30 is skipped: due when the clock jumps from 02:00 to 03:00.
  assert.deepEqual(days, [
    '2026-03-28T01:30:00.000Z',
    '2026-03-29T01:00:00.000Z',
    '2026-03-30T00:30:00.000Z',
    '2026-03-31T00:30:00.000Z',
  ])
  // On 25 October 02:30 comes twice: due once.
  assert.deepEqual(following(daily, Date.UTC(2026, 9, 24, 12), 2), [
    '2026-10-25T00:30:00.000Z',
    '2026-10-26T01:30:00.000Z',
  ])
})

test('weeks and months, and months that are too short', () => {
  const weekly = rhythm({ every: 'week', day: 1 })
  assert.equal(iso(nextAfter(weekly, Date.UTC(2026, 10, 27, 12))), '2026-11-30T06:00:00.000Z')
  assert.equal(iso(nextAfter(weekly, Date.UTC(2026, 10, 30, 6))), '2026-12-07T06:00:00.000Z')
  const monthly = rhythm({ every: 'month', day: 31, zone: 'Asia/Tokyo' })
  assert.equal(iso(nextAfter(monthly, Date.UTC(2027, 1, 1))), '2027-02-27T22:00:00.000Z')
  assert.deepEqual(Object.values(periodBefore(monthly, Date.UTC(2027, 1, 27, 22))).map(iso), [
    '2027-01-30T22:00:00.000Z',
    '2027-02-27T22:00:00.000Z',
  ])
  assert.equal(scheduleShape.safeParse({ every: 'week', day: 9, hour: 1, zone: 'UTC' }).success, false)
  assert.equal(scheduleShape.safeParse({ every: 'day', hour: 1, zone: 'Mars' }).success, false)
})

test('whatever the schedule and the instant, the next is later, on its wall clock, and nothing lies between', () => {
  const schedules = fc.record({
    every: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
    day: fc.integer({ min: 1, max: 6 }),
    hour: fc.integer({ min: 3, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    zone: fc.constantFrom('UTC', 'Asia/Tokyo', 'Europe/Paris', 'America/New_York'),
  })
  const instants = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2034, 0, 1) })
  fc.assert(
    fc.property(schedules, instants, (schedule, instant) => {
      const next = nextAfter(schedule, instant)
      assert.ok(next > instant)
      assert.partialDeepStrictEqual(wallTime(next, schedule.zone), { hour: schedule.hour, minute: schedule.minute })
      assert.equal(nextAfter(schedule, next - 1), next)
      assert.ok(nextAfter(schedule, instant - 3_600_000) <= next)
    }),
  )
})
