import type { Json } from '../policies/index.ts'
import { type Weekday, weekdays, type Window } from './windows.ts'

/** The kind of policy that says when people work. */
export const workTimeKind = 'work-time'

/** Whose zone counts: a named one, that of the unit, or that of the person, who may be elsewhere. */
export type ZoneChoice = 'unit' | 'person' | (string & {})

/** When people work, as a policy says it. What is not said is empty. */
export interface WorkTime {
  readonly windows: readonly Window[]
  readonly zone: ZoneChoice
  /** Ids of calendars, and days of the policy's own. */
  readonly calendars: readonly string[]
  readonly holidays: readonly string[]
}

const empty: WorkTime = { windows: [], zone: 'unit', calendars: [], holidays: [] }

/** Reads the value of a policy, or of several that were merged; what does not fit is passed by, because values are checked when they are saved. */
export function workTimeOf(value: Json | undefined): WorkTime {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return empty
  const { windows, zone, calendars, holidays } = value as Readonly<Record<string, Json>>
  return {
    windows: list(windows).flatMap(windowOf),
    zone: typeof zone === 'string' ? zone : 'unit',
    calendars: texts(calendars),
    holidays: texts(holidays),
  }
}

/** The value without what says when: what a device is told is the same however the windows lie. */
export function outsideOf(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => !Object.hasOwn(empty, key)))
}

function windowOf(value: Json): Window[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const { days, from, to } = value as Readonly<Record<string, Json>>
  if (typeof from !== 'string' || typeof to !== 'string') return []
  const named = texts(days).filter((day): day is Weekday => weekdays.some(w => w === day))
  return named.length === 0 ? [] : [{ days: named, from, to }]
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function texts(value: Json | undefined): string[] {
  return list(value).flatMap(v => (typeof v === 'string' ? [v] : []))
}
