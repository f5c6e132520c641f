import type { Phase } from '../../contract/hours.ts'
import type { Key, Voice } from '../../i18n/index.tsx'
import { tagOf } from '../../i18n/format.ts'
import type { ToneName } from '../../kit/State.tsx'
import { type Weekday, weekdays } from './week.ts'

/** Writes days and times as the clocks of a zone show them, whoever reads them. */
export function clockIn({ locale }: Pick<Voice, 'locale'>, zone: string) {
  const tag = tagOf(locale, navigator.languages)
  const made = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { timeZone: zone, hourCycle: 'h23', ...options })
    return (at: number): string => format.format(at)
  }
  return {
    time: made({ hour: '2-digit', minute: '2-digit' }),
    day: made({ weekday: 'short', day: 'numeric', month: 'short' }),
    moment: made({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
  }
}

/** The day, as `2026-12-24`, that an instant falls on in a zone. */
export const dayIn = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at)

/** Names of the days of the week, Monday first. */
export function dayNames({ locale }: Pick<Voice, 'locale'>, weekday: 'long' | 'short' | 'narrow'): string[] {
  const format = new Intl.DateTimeFormat(tagOf(locale, navigator.languages), { weekday, timeZone: 'UTC' })
  // 2024-01-01 was a Monday.
  return weekdays.map((_, at) => format.format(Date.UTC(2024, 0, 1 + at)))
}

/** Days in words: the name of one, the ends of several in a row, or all of them. */
export function sayDays(voice: Voice, days: readonly Weekday[]): string {
  const names = dayNames(voice, 'short')
  const at = weekdays.flatMap((day, i) => (days.includes(day) ? [i] : []))
  const [first, last] = [at[0], at.at(-1)]
  if (first === undefined || last === undefined) return voice.t('hours.noDays')
  if (at.length === 7) return voice.t('hours.everyDay')
  if (at.length > 2 && last - first === at.length - 1) return `${names[first]}–${names[last]}`
  return at.map(i => names[i]).join(', ')
}

/** The tone of a phase: being off is no fault. */
export const phaseTone = ({ phase }: Phase): ToneName => (phase === 'working' ? 'ok' : 'info')

/** A phase in one sentence: what it is, why, and until when by the clocks there. */
export function sayPhase(voice: Voice, phase: Phase): string {
  const { t } = voice
  const until = phase.until === null ? '' : clockIn(voice, phase.zone).moment(phase.until)
  const key: Key = `hours.phase.${phase.why}`
  const why = t(key, { holiday: phase.holiday || t('hours.unnamedHoliday') })
  return phase.until === null ? why : t('hours.untilThen', { why, until })
}
