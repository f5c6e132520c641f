import type { WorkTime } from './work-time.ts'
import { dayOf, hasWindows, type Holidays, type Span, spansFrom } from './windows.ts'

/** A time for which somebody is released from being off. */
export interface Release extends Span {
  readonly id: string
}

/** What beside the policy decides whether it is working time for a device. */
export interface Around {
  readonly zone: string
  readonly holidays: Holidays
  readonly exceptions: readonly Release[]
}

/** Whether it is working time for a device, why, and until when; `until: null` is longer than anyone looks ahead. */
export interface Phase {
  readonly phase: 'working' | 'off'
  /** `no-windows`: nobody has said when, so it always is. `exception` only where no window is open. */
  readonly why: 'window' | 'exception' | 'no-windows' | 'outside' | 'holiday'
  readonly until: number | null
  /** The name of the holiday. */
  readonly holiday?: string
  readonly exception?: string
}

/** How far is looked ahead for the next change. */
const horizonDays = 400

/** Whether it is working time at an instant. Pure. */
export function phaseAt(value: WorkTime, around: Around, instant: number): Phase {
  const { windows } = value
  if (windows.length === 0) return { phase: 'working', why: 'no-windows', until: null }
  const spans = spansFrom(windows, around, instant, horizonDays)
  const most = instant + (horizonDays - 2) * 86_400_000
  let next: number | null = null
  let open: Span | undefined
  for (const span of spans) {
    if (span.to <= instant) continue
    if (span.from <= instant) open = span
    next = span.from > instant ? span.from : next
    break
  }
  const release = around.exceptions.find(e => e.from <= instant && instant < e.to)
  if (open === undefined && release === undefined) {
    const starts = around.exceptions.filter(e => e.from > instant && e.to > e.from).map(e => e.from)
    const until = [next, ...starts].filter(at => at !== null)
    const off = { phase: 'off', until: until.length === 0 ? null : Math.min(...until) } as const
    const day = dayOf(instant, around.zone)
    const holiday = hasWindows(windows, day) ? around.holidays.get(day) : undefined
    return holiday === undefined ? { ...off, why: 'outside' } : { ...off, why: 'holiday', holiday }
  }
  const end = endOf(value, around, instant)
  const until = end > most ? null : end
  if (open !== undefined) return { phase: 'working', why: 'window', until }
  return { phase: 'working', why: 'exception', until, ...(release ? { exception: release.id } : {}) }
}

/** The next instant after this at which it begins or ceases to be working time; null when none is in sight. Pure. */
export function nextBoundary(value: WorkTime, around: Around, instant: number): number | null {
  return phaseAt(value, around, instant).until
}

/** The working time of some days from an instant on, in order; what is open at the instant begins with it. Pure. */
export function agenda(value: WorkTime, around: Around, instant: number, days: number): Span[] {
  const end = instant + days * 86_400_000
  const spans = [...spansFrom(value.windows, around, instant, days + 2)]
  return together([...spans, ...around.exceptions])
    .filter(s => s.to > instant && s.from < end)
    .map(s => ({ from: Math.max(s.from, instant), to: Math.min(s.to, end) }))
}

/** The times between two instants that are no working time, in order. Pure. */
export function offBetween(value: WorkTime, around: Around, from: number, until: number): Span[] {
  if (value.windows.length === 0) return []
  const days = Math.ceil((until - from) / 86_400_000)
  const bounds = agenda(value, around, from, days).flatMap(s => [s.from, s.to])
  const all = [from, ...bounds.map(at => Math.min(at, until)), until]
  const pairs = Array.from({ length: all.length / 2 }, (_, i) => ({
    from: all[2 * i] ?? until,
    to: all[2 * i + 1] ?? until,
  }))
  return pairs.filter(s => s.to > s.from)
}

/** When what is open at the instant ends: windows and exceptions that follow on each other are one. */
function endOf({ windows }: WorkTime, around: Around, instant: number): number {
  let end = instant
  for (;;) {
    let grown = end
    for (const e of around.exceptions) if (e.from <= grown && e.to > grown) grown = e.to
    for (const span of spansFrom(windows, around, grown, horizonDays)) {
      if (span.to <= grown) continue
      if (span.from <= grown) grown = span.to
      break
    }
    if (grown === end || grown > instant + horizonDays * 86_400_000) return grown
    end = grown
  }
}

function together(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const span of spans.filter(s => s.to > s.from).sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last !== undefined && span.from <= last.to)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else joined.push({ from: span.from, to: span.to })
  }
  return joined
}
