import { z } from 'zod'
import { instantAt, isZone, type WallTime, wallTime } from '../../base/zone.ts'

/** When a report is made by itself, on the wall clock of a zone. `day`: of the week, 0 for Sunday, or of the month; the 31st is the last day of shorter months. */
export const scheduleShape = z
  .strictObject({
    every: z.enum(['day', 'week', 'month']),
    day: z.number().int().min(0).max(31).default(1),
    hour: z.number().int().min(0).max(23),
    minute: z.number().int().min(0).max(59).default(0),
    zone: z.string().max(60).refine(isZone, 'is no time zone'),
    /** Addresses that the file is mailed to. */
    to: z.array(z.string().max(254)).max(20).default([]),
  })
  .refine(s => s.every !== 'week' || s.day <= 6, { path: ['day'], message: 'is no day of the week' })
  .refine(s => s.every !== 'month' || s.day >= 1, { path: ['day'], message: 'is no day of the month' })

export type Schedule = z.output<typeof scheduleShape>

type Rhythm = Pick<Schedule, 'every' | 'day' | 'hour' | 'minute' | 'zone'>

/** The first instant after this one at which the schedule falls due. Pure; a time that a zone skips is due when its clock jumps. */
export function nextAfter(schedule: Rhythm, instant: number): number {
  const now = wallTime(instant, schedule.zone)
  for (let step = 0; ; step += 1) {
    const at = instantAt({ ...candidate(schedule, now, step) }, schedule.zone)
    if (at > instant) return at
  }
}

function candidate({ every, day, hour, minute }: Rhythm, now: WallTime & { weekday: number }, step: number): WallTime {
  const { year, month } = now
  if (every === 'month') {
    const first = new Date(Date.UTC(year, month - 1 + step, 1))
    const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
    const on = Math.min(day, last)
    return { year: first.getUTCFullYear(), month: first.getUTCMonth() + 1, day: on, hour, minute }
  }
  const ahead = every === 'day' ? step : ((day - now.weekday + 7) % 7) + 7 * step
  return { year, month, day: now.day + ahead, hour, minute }
}

/** How long a period is that a report of this rhythm looks back over, beginning where the one before ended. */
export function periodBefore(schedule: Rhythm, due: number): { from: number; to: number } {
  const days = { day: 1, week: 7, month: 31 }[schedule.every]
  let from = due - (days + 1) * 86_400_000
  for (let next = nextAfter(schedule, from); next < due; next = nextAfter(schedule, next)) from = next
  return { from, to: due }
}
