/* What the API says about working time. */
import type { Ref } from './policies.ts'

/** Whether it is working time, why, and until when; null: not within sight. */
export interface Phase {
  phase: 'working' | 'off'
  why: 'window' | 'exception' | 'no-windows' | 'outside' | 'holiday'
  until: number | null
  zone: string
  holiday: string | null
  exception: string | null
}

/** A day on which nobody works. */
export interface Holiday {
  day: string
  name: string
}

/** A list of holidays. */
export interface Calendar {
  id: string
  name: string
  unit: { id: string; name: string | null }
  count: number
  firstDay: string | null
  lastDay: string | null
  changedAt: number
  mine: boolean
}

/** A time for which somebody is released from being off, wherever it has come to. */
export interface HourException {
  id: string
  state: 'asked' | 'granted' | 'denied' | 'ended' | 'withdrawn'
  subject: { kind: 'device' | 'user' | 'unit'; id: string; name: string | null }
  user: { id: string; name: string | null } | null
  reason: string
  note: string
  from: number
  until: number
  askedAt: number
  by: { kind: string; id: string | null; name: string | null } | null
  decidedAt: number | null
  endedAt: number | null
}

/** What a value of the kind means for a device or a unit. */
export interface HoursPreview {
  now: Phase
  spans: { from: number; to: number }[]
  holidays: Holiday[]
}

/** A time zone, and the unit it comes from. */
export interface ZoneOf {
  zone: string
  own: boolean
  from: Ref | null
}
