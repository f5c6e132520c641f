import { instantAt, type WallTime, wallTime } from '../../base/zone.ts'

/** What keeps a local time from being used as a date by which devices must be done. */
export type DueFault = 'malformed' | 'past' | 'skipped'

const form = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/

/** The least time that devices are given from now. */
export const leastNoticeMs = 3_600_000

/** Reads `2026-12-01T20:00`; undefined for what is no day and time. */
export function wallOf(text: string): WallTime | undefined {
  const found = form.exec(text)
  if (!found) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number)
  const same = new Date(Date.UTC(year, month - 1, day, hour, minute))
  const real = same.getUTCMonth() === month - 1 && same.getUTCDate() === day && hour < 24 && minute < 60
  return real ? { year, month, day, hour, minute } : undefined
}

/**
 * Whether a local time makes sense in all of these zones: it is still ahead, by an hour at the least, and no clock jumps over it.
 * Answers the first fault with its zone. Pure.
 */
export function faultOf(
  due: string,
  zones: readonly string[],
  now: number,
): { fault: DueFault; zone: string; instead: string | null } | undefined {
  const wall = wallOf(due)
  if (!wall) return { fault: 'malformed', zone: '', instead: null }
  for (const zone of zones) {
    const at = instantAt(wall, zone)
    if (at < now + leastNoticeMs) return { fault: 'past', zone, instead: null }
    const shown = wallTime(at, zone)
    if (shown.hour !== wall.hour || shown.minute !== wall.minute)
      return { fault: 'skipped', zone, instead: textOf(shown) }
  }
  return undefined
}

/** The instant at which a local time comes in a zone; a time that is skipped comes when the clock jumps. Pure. */
export function dueAt(due: string, zone: string): number | null {
  const wall = wallOf(due)
  return wall ? instantAt(wall, zone) : null
}

/** The local time so many days from an instant on, by the clock of a zone: never a time that clocks jump over there. Pure. */
export function dueAfter(now: number, { days, time, zone }: { days: number; time: string; zone: string }): string {
  const today = wallTime(now, zone)
  const [hour = 20, minute = 0] = time.split(':').map(Number)
  const at = instantAt({ ...today, day: today.day + days, hour, minute }, zone)
  return textOf(wallTime(at, zone))
}

function textOf({ year, month, day, hour, minute }: WallTime): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`
}
