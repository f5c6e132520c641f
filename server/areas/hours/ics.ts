import { Problem } from '../../base/problem.ts'
import type { Holiday } from './calendar.ts'

/** The most days a calendar holds: a century of holidays. */
export const mostDays = 2000

/**
 * Reads the all-day events of an iCalendar file (RFC 5545) as holidays: each day of those that last several, in the years that are asked for where
 * they come again every year. What has a time of day, other repetitions than yearly, and canceled events are no holidays, and are counted.
 */
export function readCalendarFile(
  text: string,
  years: { from: number; to: number },
): { days: Holiday[]; passedBy: number } {
  const lines = unfolded(text)
  if (!lines.some(line => line.toUpperCase() === 'BEGIN:VCALENDAR')) throw new Problem('calendar.not-a-calendar')
  const days: Holiday[] = []
  let passedBy = 0
  let event: Map<string, { value: string; dated: boolean }> | null = null
  for (const line of lines) {
    const upper = line.toUpperCase()
    if (upper === 'BEGIN:VEVENT') event = new Map()
    else if (upper === 'END:VEVENT' && event !== null) {
      const found = holidaysOf(event, years)
      if (found === null) passedBy += 1
      else days.push(...found)
      if (days.length > mostDays) throw new Problem('calendar.too-many-days', { most: mostDays })
      event = null
    } else if (event !== null) {
      const [, name = '', parameters = '', value = ''] =
        /^([A-Za-z-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)$/s.exec(line) ?? []
      // Of an alarm within the event, and of what is there twice, the first counts.
      if (!event.has(name.toUpperCase()))
        event.set(name.toUpperCase(), { value, dated: /VALUE=DATE(?:;|$)/i.test(parameters) })
    }
  }
  return { days, passedBy }
}

/** Reads a pasted list: a day and its name on each line, as `2026-12-24 Christmas Eve`, `2026-12-24;…`, or `20261224,…`. */
export function readList(text: string): Holiday[] {
  const days = text.split(/\r\n|\r|\n/).flatMap((line, i): Holiday[] => {
    const said = line.trim()
    if (said === '' || said.startsWith('#')) return []
    const [, year, month, day, name = ''] =
      /^"?(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})"?(?:[\s;,:|]+(.*))?$/.exec(said) ?? []
    const date = dateOf(Number(year), Number(month), Number(day))
    if (date === null) throw new Problem('calendar.line-unread', { line: i + 1 })
    return [
      {
        day: date,
        name: name
          .replace(/^"(.*)"$/, '$1')
          .trim()
          .slice(0, 200),
      },
    ]
  })
  if (days.length > mostDays) throw new Problem('calendar.too-many-days', { most: mostDays })
  return days
}

/** A day as `2026-12-24`, if there is one like that. */
function dateOf(year: number, month: number, day: number): string | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString()
  } catch {
    return null
  }
}

/** Longer lines are folded: a line that begins with a space goes on the one before (RFC 5545 §3.1). */
function unfolded(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll(/(?:\r\n|\n|\r)[ \t]/g, '')
    .split(/\r\n|\n|\r/)
    .filter(line => line !== '')
}

type Fields = ReadonlyMap<string, { readonly value: string; readonly dated: boolean }>

function holidaysOf(event: Fields, years: { from: number; to: number }): Holiday[] | null {
  if (event.get('STATUS')?.value.toUpperCase() === 'CANCELLED') return null
  const first = dayIn(event.get('DTSTART')?.value)
  if (first === null) return null
  const end = dayIn(event.get('DTEND')?.value)
  const length = end === null ? 1 : Math.max(1, Math.min(366, first.until(end, { largestUnit: 'day' }).days))
  const name = unescaped(event.get('SUMMARY')?.value ?? '').slice(0, 200)
  const rule = event.get('RRULE')?.value.toUpperCase()
  const starts = rule === undefined ? [first] : yearly(first, rule, years)
  if (starts === null) return null
  return starts.flatMap(start => Array.from({ length }, (_, i) => ({ day: start.add({ days: i }).toString(), name })))
}

/** `20261224` without a time of day. */
function dayIn(value: string | undefined): Temporal.PlainDate | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(value ?? '') ?? []
  const date = dateOf(Number(year), Number(month), Number(day))
  return date === null ? null : Temporal.PlainDate.from(date)
}

/** The same day of every year; null for rules that say more than that. */
function yearly(
  first: Temporal.PlainDate,
  rule: string,
  { from, to }: { from: number; to: number },
): Temporal.PlainDate[] | null {
  const parts = new Map(rule.split(';').map(part => part.split('=', 2) as [string, string | undefined]))
  const known = ['FREQ', 'INTERVAL', 'UNTIL', 'COUNT', 'BYMONTH', 'BYMONTHDAY', 'WKST']
  if (parts.get('FREQ') !== 'YEARLY' || [...parts.keys()].some(key => !known.includes(key))) return null
  if (parts.has('BYMONTH') && Number(parts.get('BYMONTH')) !== first.month) return null
  if (parts.has('BYMONTHDAY') && Number(parts.get('BYMONTHDAY')) !== first.day) return null
  const until = dayIn(parts.get('UNTIL')?.slice(0, 8))
  const step = Number(parts.get('INTERVAL') ?? 1)
  const most = Number(parts.get('COUNT') ?? Number.POSITIVE_INFINITY)
  if (!(step >= 1) || Number.isNaN(most)) return null
  const found: Temporal.PlainDate[] = []
  for (let n = 0, year = first.year; year <= to && n < most; year += step) {
    const date = dateOf(year, first.month, first.day)
    if (date === null) continue
    const day = Temporal.PlainDate.from(date)
    if (until !== null && Temporal.PlainDate.compare(day, until) > 0) break
    n += 1
    if (year >= from) found.push(day)
  }
  return found
}

/** Text of a property (RFC 5545 §3.3.11). */
function unescaped(text: string): string {
  return text.replaceAll(/\\([\\;,nN])/g, (_, c: string) => (c === 'n' || c === 'N' ? ' ' : c)).trim()
}
