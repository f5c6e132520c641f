/** A day and time on the wall clock of a zone. */
export interface WallTime {
  year: number
  /** 1 to 12. */
  month: number
  day: number
  hour: number
  minute: number
}

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()
const quarterMs = 15 * 60_000
const mostOffsets = 20_000

/** Whether a text names a time zone of the IANA database. */
export function isZone(zone: string): boolean {
  try {
    return formatOf(zone) !== undefined
  } catch {
    return false
  }
}

/** How far the wall clock of a zone is ahead of UTC at an instant, in milliseconds. */
export function offsetAt(instant: number, zone: string): number {
  if (zone === 'UTC') return 0
  // Offsets change on quarters of an hour at the most often.
  const quarter = Math.floor(instant / quarterMs)
  const key = `${zone} ${quarter}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  if (offsets.size >= mostOffsets) offsets.clear()
  const at = quarter * quarterMs
  const { year, month, day, hour, minute } = read(at, zone)
  const offset = Date.UTC(year, month - 1, day, hour, minute) - at
  offsets.set(key, offset)
  return offset
}

/** What the wall clock of a zone shows at an instant. */
export function wallTime(instant: number, zone: string): WallTime & { weekday: number } {
  const local = new Date(instant + offsetAt(instant, zone))
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    weekday: local.getUTCDay(),
  }
}

/**
 * The instant at which the wall clock of a zone shows this. Of a time that is shown twice the first; a time that is skipped
 * becomes the instant at which the clock jumps over it. Days beyond the end of a month run on into the next.
 */
export function instantAt({ year, month, day, hour, minute }: WallTime, zone: string): number {
  const wall = Date.UTC(year, month - 1, day, hour, minute)
  const found = [wall - offsetAt(wall - 86_400_000, zone), wall - offsetAt(wall + 86_400_000, zone)]
    .filter(at => at + offsetAt(at, zone) === wall)
    .sort((a, b) => a - b)[0]
  if (found !== undefined) return found
  let low = wall - 2 * 86_400_000
  let high = wall + 2 * 86_400_000
  while (high - low > 60_000) {
    const middle = Math.floor((low + high) / 120_000) * 60_000
    if (middle + offsetAt(middle, zone) < wall) low = middle
    else high = middle
  }
  return high
}

/** The last instant of a day (`2026-03-31`) in a zone; undefined for a text that is no day. */
export function endOfDay(text: string, zone: string): number | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!found) return undefined
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return instantAt({ year, month, day: day + 1, hour: 0, minute: 0 }, zone) - 1
}

/** The day that an instant falls on in a zone, as `2026-03-31`. */
export function dayOf(instant: number, zone: string): string {
  return new Date(instant + offsetAt(instant, zone)).toISOString().slice(0, 10)
}

function read(at: number, zone: string): WallTime {
  const of = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(p => [p.type, Number(p.value)]),
  )
  const part = (type: string): number => of.get(type as Intl.DateTimeFormatPartTypes) ?? 0
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour') % 24, minute: part('minute') }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formats.set(zone, format)
  return format
}
