/** Days of the week as policies name them, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** A part of some days of the week: `from` to `to` by the clock on the wall. One that ends at or before its beginning ends on the day after. */
export interface Window {
  readonly days: readonly Weekday[]
  readonly from: string
  readonly to: string
}

/** A stretch of time, its end not in it. Unix ms. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Days on which no window begins, with what they are called. */
export type Holidays = ReadonlyMap<string, string>

/** Where windows are laid out. */
export interface Calendar {
  readonly zone: string
  readonly holidays: Holidays
}

/** The day, as `2026-12-24`, that the instant falls on in a zone. */
export function dayOf(instant: number, zone: string): string {
  return dateAt(instant, zone).toString()
}

/** Whether windows would begin on this day if it were no holiday. */
export function hasWindows(windows: readonly Window[], day: string): boolean {
  const weekday = weekdayOf(Temporal.PlainDate.from(day))
  return windows.some(w => w.days.includes(weekday))
}

/**
 * The stretches in which some window is open, in order and without overlaps, from those that are open two days before the instant on, for so
 * many days. A window belongs to the day it begins on: a holiday takes away those that begin on it, not the end of a night that began before.
 */
export function* spansFrom(
  windows: readonly Window[],
  { zone, holidays }: Calendar,
  instant: number,
  days: number,
): Generator<Span> {
  let held: Span | undefined
  let day = dateAt(instant, zone).subtract({ days: 2 })
  for (let i = 0; i < days + 2; i += 1, day = day.add({ days: 1 })) {
    if (holidays.has(day.toString())) continue
    for (const span of spansOn(windows, day, zone)) {
      if (held !== undefined && span.from > held.to) yield held
      if (held === undefined || span.from > held.to) held = span
      else if (span.to > held.to) held = { from: held.from, to: span.to }
    }
  }
  if (held !== undefined) yield held
}

function spansOn(windows: readonly Window[], day: Temporal.PlainDate, zone: string): Span[] {
  const weekday = weekdayOf(day)
  return windows
    .filter(w => w.days.includes(weekday))
    .map(({ from, to }): Span => {
      const ends = to <= from ? day.add({ days: 1 }) : day
      return { from: atWall(day, from, zone, 'earlier'), to: atWall(ends, to, zone, 'later') }
    })
    .filter(span => span.to > span.from)
    .sort((a, b) => a.from - b.from)
}

/**
 * The instant at which the clocks of a zone show a time of a day. Where they show it twice, a window has the longer of the two ways to read it;
 * where they leap over it, it is the instant of the leap.
 */
function atWall(day: Temporal.PlainDate, time: string, zone: string, which: 'earlier' | 'later'): number {
  const wall =
    time === '24:00' ? day.add({ days: 1 }).toPlainDateTime() : day.toPlainDateTime(Temporal.PlainTime.from(time))
  const found = wall.toZonedDateTime(zone, { disambiguation: which })
  if (found.toPlainDateTime().equals(wall)) return found.epochMilliseconds
  const before = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  return before.getTimeZoneTransition('next')?.epochMilliseconds ?? found.epochMilliseconds
}

function dateAt(instant: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate()
}

function weekdayOf(day: Temporal.PlainDate): Weekday {
  return weekdays[day.dayOfWeek - 1] ?? 'mon'
}
