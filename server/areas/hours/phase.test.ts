import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { agenda, type Around, nextBoundary, offBetween, phaseAt } from './phase.ts'
import { weekdays, type Window } from './windows.ts'
import { type WorkTime, workTimeOf } from './work-time.ts'

const office: Window = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:30' }
const week = (...windows: Window[]): WorkTime => ({ ...workTimeOf({}), windows })
const around = (more: Partial<Around> = {}): Around => ({
  zone: 'Europe/Stockholm',
  holidays: new Map(),
  exceptions: [],
  ...more,
})
const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds
const said = (phase: ReturnType<typeof phaseAt>, zone = 'Europe/Stockholm'): string =>
  `${phase.phase} ${phase.why} ${phase.until === null ? 'null' : Temporal.Instant.fromEpochMilliseconds(phase.until).toZonedDateTimeISO(zone).toPlainDateTime().toString()}`

test('inside a window it is working time until the window ends, outside it is not until the next begins', () => {
  const ask = (text: string) => said(phaseAt(week(office), around(), at(`${text}[Europe/Stockholm]`)))
  assert.equal(ask('2026-11-27T09:00'), 'working window 2026-11-27T17:30:00')
  assert.equal(ask('2026-11-27T08:59:59.999'), 'off outside 2026-11-27T09:00:00')
  assert.equal(ask('2026-11-27T17:30'), 'off outside 2026-11-30T09:00:00')
  assert.equal(said(phaseAt(week(), around(), 0)), 'working no-windows null')
})

test('a window over midnight belongs to the day it begins on, also where that is a holiday or the last of a year', () => {
  const night = week({ days: ['thu', 'fri'], from: '22:00', to: '06:00' })
  const ask = (text: string, more: Partial<Around> = {}) =>
    said(phaseAt(night, around(more), at(`${text}[Europe/Stockholm]`)))
  assert.equal(ask('2026-11-28T05:59'), 'working window 2026-11-28T06:00:00')
  assert.equal(ask('2026-11-29T05:59'), 'off outside 2026-12-03T22:00:00')
  const holidays = new Map([['2026-11-27', 'Quiet Friday']])
  assert.equal(ask('2026-11-27T03:00', { holidays }), 'working window 2026-11-27T06:00:00')
  assert.equal(ask('2026-11-27T22:30', { holidays }), 'off holiday 2026-12-03T22:00:00')
  // 2026-12-31 is a Thursday.
  assert.equal(ask('2027-01-01T00:30'), 'working window 2027-01-01T06:00:00')
})

test('windows that overlap or meet are one, and those of every hour have no end', () => {
  const two = week(
    { ...office, to: '13:00' },
    { ...office, from: '12:00', to: '18:00' },
    { ...office, from: '18:00', to: '20:00' },
  )
  assert.equal(
    said(phaseAt(two, around(), at('2026-11-27T10:00[Europe/Stockholm]'))),
    'working window 2026-11-27T20:00:00',
  )
  const always = week({ days: weekdays, from: '00:00', to: '24:00' })
  assert.equal(nextBoundary(always, around(), at('2026-11-27T10:00[Europe/Stockholm]')), null)
  const holidays = new Map([['2026-12-25', 'Christmas']])
  assert.equal(
    said(phaseAt(always, around({ holidays }), at('2026-11-27T10:00[Europe/Stockholm]'))),
    'working window 2026-12-25T00:00:00',
  )
})

test('where the clocks leap over the beginning it begins with the leap; where they show it twice the window has both', () => {
  const early = week({ days: weekdays, from: '02:30', to: '10:00' })
  const late = week({ days: weekdays, from: '00:30', to: '02:30' })
  const zone = 'Europe/Stockholm'
  const spring = at('2026-03-29T00:00[Europe/Stockholm]')
  assert.equal(nextBoundary(early, around(), spring), at('2026-03-29T03:00[Europe/Stockholm]'))
  assert.equal(
    nextBoundary(late, around(), at('2026-03-29T01:00[Europe/Stockholm]')),
    at('2026-03-29T03:00[Europe/Stockholm]'),
  )
  const wall = Temporal.PlainDateTime.from('2026-10-25T02:30')
  const [first, second] = (['earlier', 'later'] as const).map(
    disambiguation => wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
  )
  assert.equal(nextBoundary(early, around(), at('2026-10-25T00:00[Europe/Stockholm]')), first)
  assert.equal(nextBoundary(late, around(), at('2026-10-25T01:00[Europe/Stockholm]')), second)
  // Santiago leaps over midnight itself.
  const whole = week({ days: ['sun'], from: '00:00', to: '24:00' })
  const santiago = around({ zone: 'America/Santiago' })
  const leap = at('2026-09-06T01:00[America/Santiago]')
  assert.equal(nextBoundary(whole, santiago, leap - 1000), leap)
})

test('an exception ends by itself, or goes over into the window that follows', () => {
  const friday = at('2026-11-27T19:00[Europe/Stockholm]')
  const exceptions = [{ id: 'ask_1', from: friday, to: friday + 3_600_000 }]
  const phase = phaseAt(week(office), around({ exceptions }), friday)
  assert.deepEqual([phase.why, phase.until, phase.exception], ['exception', friday + 3_600_000, 'ask_1'])
  assert.equal(nextBoundary(week(office), around({ exceptions }), friday - 60_000), friday)
  const morning = at('2026-11-30T08:00[Europe/Stockholm]')
  const into = [{ id: 'ask_2', from: morning, to: morning + 2 * 3_600_000 }]
  assert.equal(
    said(phaseAt(week(office), around({ exceptions: into }), morning)),
    'working exception 2026-11-30T17:30:00',
  )
})

test('the same instant is another phase in another zone', () => {
  const instant = at('2026-11-27T10:00[Europe/Stockholm]')
  assert.equal(phaseAt(week(office), around(), instant).phase, 'working')
  assert.equal(phaseAt(week(office), around({ zone: 'Asia/Tokyo' }), instant).phase, 'off')
})

const clock = fc
  .integer({ min: 0, max: 95 })
  .map(q => `${String(Math.floor(q / 4)).padStart(2, '0')}:${String((q % 4) * 15).padStart(2, '0')}`)
const window = fc.record({ days: fc.subarray([...weekdays], { minLength: 1 }), from: clock, to: clock })
const zone = fc.constantFrom(
  'Europe/Stockholm',
  'America/New_York',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kathmandu',
  'UTC',
  'Pacific/Apia',
)
const instant = fc
  .integer({ min: Date.UTC(2025, 11, 20) / 60_000, max: Date.UTC(2027, 0, 15) / 60_000 })
  .map(m => m * 60_000)

/** By the clock on the wall alone, with another library: what a person would say. Null within a day of a change of the clocks, where a person hesitates. */
function byWall(
  windows: readonly Window[],
  zoneName: string,
  holidays: ReadonlySet<string>,
  when: number,
): boolean | null {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zoneName, dateStyle: 'short', timeStyle: 'short' })
  const offset = (ms: number): number =>
    Date.parse(`${format.format(ms).replace(' ', 'T')}Z`) - Math.floor(ms / 60_000) * 60_000
  if (offset(when - 30 * 3_600_000) !== offset(when + 3 * 3_600_000)) return null
  const [day = '', time = ''] = format.format(when).split(' ')
  const eve = new Date(Date.parse(`${day}T00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  const on = (date: string) => weekdays[(new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7] ?? 'mon'
  return windows.some(w => {
    const crosses = w.to <= w.from
    const today = w.days.includes(on(day)) && !holidays.has(day)
    const before = w.days.includes(on(eve)) && !holidays.has(eve)
    return crosses ? (today && time >= w.from) || (before && time < w.to) : today && time >= w.from && time < w.to
  })
}

test('the phase is what the clock on the wall says', () => {
  const holiday = fc
    .integer({ min: 0, max: 380 })
    .map(d => new Date(Date.UTC(2025, 11, 20) + d * 86_400_000).toISOString().slice(0, 10))
  let asked = 0
  fc.assert(
    fc.property(
      fc.array(window, { minLength: 1, maxLength: 4 }),
      zone,
      instant,
      fc.array(holiday, { maxLength: 200 }),
      (windows, name, when, days) => {
        const told = byWall(windows, name, new Set(days), when)
        if (told === null) return
        asked += 1
        const holidays = new Map(days.map(d => [d, 'x']))
        assert.equal(phaseAt(week(...windows), around({ zone: name, holidays }), when).phase, told ? 'working' : 'off')
      },
    ),
    { numRuns: 400 },
  )
  assert.ok(asked > 250, 'most questions were asked')
})

test('nothing changes before the next boundary, and everything does at it', () => {
  const stretch = fc.record({ from: instant, hours: fc.integer({ min: 1, max: 60 }) })
  fc.assert(
    fc.property(
      fc.array(window, { minLength: 1, maxLength: 3 }),
      zone,
      instant,
      fc.array(stretch, { maxLength: 3 }),
      (windows, name, when, releases) => {
        const exceptions = releases.map((r, i) => ({ id: `ask_${i}`, from: r.from, to: r.from + r.hours * 3_600_000 }))
        const value = week(...windows)
        const where = around({ zone: name, exceptions })
        const { phase, until } = phaseAt(value, where, when)
        if (until === null) return
        assert.ok(until > when)
        for (const share of [0.1, 0.5, 0.9, 1]) {
          const between: number = share === 1 ? until - 1 : when + Math.floor((until - when) * share)
          assert.equal(phaseAt(value, where, between).phase, phase)
        }
        assert.notEqual(phaseAt(value, where, until).phase, phase)
        const [first] = agenda(value, where, when, 14)
        if (phase === 'working' && until < when + 14 * 86_400_000) assert.deepEqual(first, { from: when, to: until })
        if (phase === 'off' && until < when + 14 * 86_400_000) assert.equal(first?.from, until)
      },
    ),
    { numRuns: 200 },
  )
})

test('the times that a device is told for weeks ahead are those at which it is off', () => {
  const run = fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), zone, instant, (windows, name, from) => {
    const until = from + 14 * 86_400_000
    const holidays = new Map([[Temporal.Instant.fromEpochMilliseconds(from).toString().slice(0, 10), 'x']])
    const exceptions = [{ id: 'one', from: from + 3_600_000, to: from + 90_000_000 }]
    const [value, there] = [week(...windows), around({ zone: name, holidays, exceptions })]
    const off = offBetween(value, there, from, until)
    for (let when = from; when < until; when += 7 * 3_600_000) {
      const told = off.some(s => s.from <= when && when < s.to)
      assert.equal(told ? 'off' : 'working', phaseAt(value, there, when).phase, new Date(when).toISOString())
    }
  })
  fc.assert(run, { numRuns: 8 })
  assert.deepEqual(offBetween(week(), around(), 0, 86_400_000), [])
})
