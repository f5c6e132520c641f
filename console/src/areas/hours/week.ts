/** Days of the week as policies name them, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** A part of some days, by the clock on the wall; one that ends at or before its beginning ends on the next day. */
export interface Window {
  days: Weekday[]
  from: string
  to: string
}

/** Minutes of a day, from its midnight; beyond 1440 it is the next day's. */
interface Stretch {
  from: number
  to: number
}

/** The windows of each day, by when they begin. */
type Week = Stretch[][]

export const dayMinutes = 1440

/** Minutes of `09:30`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** `09:30`; the end of a day is `24:00`. */
export function timeOf(minutes: number): string {
  const within = minutes === dayMinutes ? dayMinutes : minutes % dayMinutes
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`
}

/** Whether a window ends on the day after the one it begins on. */
export const crosses = ({ from, to }: Pick<Window, 'from' | 'to'>): boolean => to <= from

/** Whether some window is open for the whole of a part of a day. */
export function isOpen(windows: readonly Window[], day: number, from: number, to: number): boolean {
  const week = weekOf(windows)
  const [own, eve] = [week[day] ?? [], week[(day + 6) % 7] ?? []]
  const all = joined([...own, ...eve.map(s => ({ from: s.from - dayMinutes, to: s.to - dayMinutes }))])
  return all.some(s => s.from <= from && s.to >= to)
}

/** The windows with a part of a day opened or closed; windows that say the same of several days stand together again. */
export function painted(
  windows: readonly Window[],
  part: { day: number; from: number; to: number },
  open: boolean,
): Window[] {
  const { day, from, to } = part
  const week = weekOf(windows)
  const eve = (day + 6) % 7
  if (open) week[day] = joined([...(week[day] ?? []), { from, to }])
  else {
    week[day] = without(week[day] ?? [], { from, to })
    week[eve] = without(week[eve] ?? [], { from: from + dayMinutes, to: to + dayMinutes })
  }
  return windowsOf(week)
}

function weekOf(windows: readonly Window[]): Week {
  const week: Week = weekdays.map(() => [])
  for (const { days, from, to } of windows) {
    if (!/^\d\d:\d\d$/.test(from) || !/^\d\d:\d\d$/.test(to)) continue
    const [begin, end] = [minutesOf(from), minutesOf(to)]
    for (const day of days)
      week[weekdays.indexOf(day)]?.push({ from: begin, to: end <= begin ? end + dayMinutes : end })
  }
  return week.map(joined)
}

function windowsOf(week: Week): Window[] {
  const found = new Map<string, Window>()
  for (const [at, stretches] of week.entries())
    for (const { from, to } of stretches.flatMap(short)) {
      const [begin, end] = [timeOf(from), timeOf(to)]
      const day = weekdays[at]
      const known = found.get(`${begin} ${end}`)
      if (day === undefined) continue
      if (known) known.days.push(day)
      else found.set(`${begin} ${end}`, { days: [day], from: begin, to: end })
    }
  return [...found.values()]
}

/** A window is no longer than a day. */
function short({ from, to }: Stretch): Stretch[] {
  return to - from > dayMinutes ? [{ from, to: from + dayMinutes }] : [{ from, to }]
}

function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = []
  for (const one of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last && one.from <= last.to) last.to = Math.max(last.to, one.to)
    else all.push({ ...one })
  }
  return all
}

function without(stretches: readonly Stretch[], gone: Stretch): Stretch[] {
  return stretches.flatMap(({ from, to }) =>
    [
      { from, to: Math.min(to, gone.from) },
      { from: Math.max(from, gone.to), to },
    ].filter(s => s.to > s.from),
  )
}
