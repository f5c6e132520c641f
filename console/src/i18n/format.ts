import type { Locale } from '../contract.ts'

/** Writes dates, times, ages and numbers the way the reader's language does, in the reader's zone. */
export interface Formats {
  number(value: number): string
  percent(share: number): string
  /** `Friday 20 November 2026, 09:42` */
  full(at: number): string
  /** `20 Nov 2026, 09:42` */
  dateTime(at: number): string
  /** `Monday 23 November 2026` */
  day(at: number): string
  /** `23 Nov`, with the year when it is not this one. */
  date(at: number, now?: number): string
  /** `09:42` */
  time(at: number): string
  /** `09:42:07` */
  seconds(at: number): string
  /** `09:31:02.114`, for steps and machines. */
  exact(at: number): string
  /** `3 min`, `16 d`: how long ago, for a column. */
  age(ms: number): string
  /** `6 d 23 h`: a length of time in its two largest units. */
  span(ms: number): string
  /** `3 min ago`, `in 2 h` */
  relative(at: number, now: number): string
  bytes(value: number): string
  list(parts: string[]): string
  /** `iOS or iPadOS` */
  either(parts: string[]): string
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Short unit marks, the same in ages and spans. */
const marks: Record<Locale, [string, string, string, string, string]> = {
  en: ['s', 'min', 'h', 'd', 'ms'],
  fr: ['s', 'min', 'h', 'j', 'ms'],
  sv: ['s', 'min', 'h', 'd', 'ms'],
  ja: ['秒', '分', '時間', '日', 'ミリ秒'],
}

/** The tag dates and numbers are written with: English follows the reader's region, day before month by default. */
export function tagOf(locale: Locale, languages: readonly string[] = []): string {
  if (locale !== 'en') return { fr: 'fr-FR', sv: 'sv-SE', ja: 'ja-JP' }[locale]
  return languages.find(tag => /^en-[A-Z]{2}$/.test(tag)) ?? 'en-GB'
}

/** Makes the formats of one language; `zone` is for tests, the reader's own is the default. */
export function formats(locale: Locale, tag: string, zone?: string): Formats {
  const base: Intl.DateTimeFormatOptions = zone ? { timeZone: zone } : {}
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, { ...base, ...options })
  const half = new Intl.DateTimeFormat(tag, { hour: 'numeric' }).resolvedOptions().hour12 === true
  const time = { hour: half ? 'numeric' : '2-digit', minute: '2-digit' } as const
  const full = dates({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', ...time })
  const dateTime = dates({ day: 'numeric', month: 'short', year: 'numeric', ...time })
  const dayOf = dates({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const near = dates({ day: 'numeric', month: 'short' })
  const far = dates({ day: 'numeric', month: 'short', year: 'numeric' })
  const clock = dates(time)
  const toTheSecond = dates({ ...time, second: '2-digit' })
  const precise = dates({ ...time, second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' })
  const numbers = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 })
  const percents = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 })
  const relatives = new Intl.RelativeTimeFormat(tag, { numeric: 'always', style: 'short' })
  const lists = new Intl.ListFormat(tag, { type: 'conjunction' })
  const choices = new Intl.ListFormat(tag, { type: 'disjunction' })
  const gap = locale === 'ja' ? '' : '\u00a0'
  const unit = (value: number, mark: string) => `${numbers.format(value)}${gap}${mark}`
  const [s, min, h, d, ms] = marks[locale]
  const span = (length: number) => {
    const left = Math.max(0, length)
    const two = (first: number, firstMark: string, rest: number, restMark: string) =>
      rest > 0 ? `${unit(first, firstMark)} ${unit(rest, restMark)}` : unit(first, firstMark)
    if (left < second) return unit(Math.round(left), ms)
    if (left < minute) return unit(Math.round(left / 100) / 10, s)
    if (left < hour) return two(Math.floor(left / minute), min, Math.floor((left % minute) / second), s)
    if (left < day) return two(Math.floor(left / hour), h, Math.floor((left % hour) / minute), min)
    return two(Math.floor(left / day), d, left > 30 * day ? 0 : Math.floor((left % day) / hour), h)
  }
  return {
    number: value => numbers.format(value),
    percent: share => percents.format(share),
    full: at => full.format(at),
    dateTime: at => dateTime.format(at),
    day: at => dayOf.format(at),
    date: (at, now) =>
      (now !== undefined && new Date(at).getFullYear() === new Date(now).getFullYear() ? near : far).format(at),
    time: at => clock.format(at),
    seconds: at => toTheSecond.format(at),
    exact: at => precise.format(at),
    age: length => {
      const [value, step] = largest(Math.max(0, length))
      return unit(value, { second: s, minute: min, hour: h, day: d }[step])
    },
    span,
    relative: (at, now) => {
      const [value, step] = largest(Math.abs(now - at))
      return relatives.format(at <= now ? -value : value, step).replace(/(\d) /, '$1\u00a0')
    },
    bytes: value => bytes(value, tag),
    list: parts => lists.format(parts),
    either: parts => choices.format(parts),
  }
}

function largest(length: number): [number, 'second' | 'minute' | 'hour' | 'day'] {
  if (length < minute) return [Math.floor(length / second), 'second']
  if (length < hour) return [Math.floor(length / minute), 'minute']
  if (length < 2 * day) return [Math.floor(length / hour), 'hour']
  return [Math.floor(length / day), 'day']
}

function bytes(value: number, tag: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
  let at = 0
  let left = value
  while (left >= 1000 && at < units.length - 1) {
    left /= 1000
    at += 1
  }
  const options = {
    style: 'unit',
    unit: units[at] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: left < 10 ? 1 : 0,
  } as const
  return new Intl.NumberFormat(tag, options).format(left)
}
