import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayOf, endOfDay, instantAt, isZone, wallTime } from './zone.ts'

const zones = ['UTC', 'Europe/Stockholm', 'Asia/Tokyo', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']
const iso = (at: number): string => new Date(at).toISOString()

test('the wall clock of any zone and back is the same instant, except the second of a time that is shown twice', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) }),
      fc.constantFrom(...zones),
      (at, zone) => {
        const minute = Math.floor(at / 60_000) * 60_000
        const back = instantAt(wallTime(minute, zone), zone)
        assert.ok(
          back === minute || (back < minute && minute - back <= 3_600_000),
          `${iso(minute)} ${zone} ${iso(back)}`,
        )
      },
    ),
  )
})

test('a time that is skipped is when the clock jumps; one shown twice is its first', () => {
  const at = (hour: number, month: number, day: number) => ({ year: 2026, month, day, hour, minute: 30 })
  assert.equal(iso(instantAt(at(2, 3, 29), 'Europe/Stockholm')), '2026-03-29T01:00:00.000Z')
  assert.equal(iso(instantAt(at(2, 10, 25), 'Europe/Stockholm')), '2026-10-25T00:30:00.000Z')
  assert.equal(iso(instantAt(at(1, 11, 1), 'America/New_York')), '2026-11-01T05:30:00.000Z')
})

test('a day ends where the next begins, in its zone', () => {
  assert.equal(iso(endOfDay('2026-03-31', 'Asia/Tokyo') ?? 0), '2026-03-31T14:59:59.999Z')
  assert.equal(iso(endOfDay('2026-12-31', 'America/New_York') ?? 0), '2027-01-01T04:59:59.999Z')
  assert.equal(dayOf(Date.UTC(2026, 2, 31, 15), 'Asia/Tokyo'), '2026-04-01')
  assert.equal(endOfDay('2026-02-30', 'UTC'), undefined)
  assert.equal(endOfDay('yesterday', 'UTC'), undefined)
  assert.ok(isZone('Asia/Tokyo') && !isZone('Mars/Olympus'))
})
