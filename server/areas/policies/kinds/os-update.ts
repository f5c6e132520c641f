import { define, fault, isValues, type Values } from './define.ts'
import { address, flag, group, needed, one, plain, several, whole } from './form.ts'

const minimum = group({
  version: needed(plain(20, { pattern: /^\d{1,5}(?:\.\d{1,6}){0,3}$/ })),
  build: plain(20, { pattern: /^[0-9A-Za-z.]+$/ }),
  // The device's own time, without a zone: "by Monday noon" is noon wherever the device is.
  by: needed(plain(19, { pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/ })),
})
const clock = plain(5, { pattern: /^(?:[01]\d|2[0-3]):[0-5]\d$/ })
const dayOfYear = plain(5, { pattern: /^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/ })
const automatic = ['user', 'always', 'never'] as const
const systems = ['ios', 'ipados', 'macos', 'tvos', 'android', 'windows', 'linux'] as const

/** When new versions of the system come, and by when they must be there. */
export const osUpdate = define({
  kind: 'os-update',
  merge: 'settings',
  keys: {
    deferDays: whole(1, 90, { unit: 'days' }),
    deferMajorDays: whole(1, 90, { unit: 'days' }),
    minimum: group(Object.fromEntries(systems.map(system => [system, minimum]))),
    details: address(),
    downloads: one(automatic, { default: 'user' }),
    installs: one(automatic, { default: 'user' }),
    securityResponses: flag({ default: true }),
    removingSecurityResponses: flag({ default: true }),
    allNotices: flag({ default: true }),
    standardUsers: flag({ default: true }),
    beta: flag({ default: true }),
    window: group({ from: needed(clock), to: needed(clock) }),
    freezes: several(group({ from: needed(dayOfYear), to: needed(dayOfYear) }), 12),
  },
  honors: {
    deferDays: 'i11.3S! m10.13.4! t12.2S a5~thirty-days w10 l',
    deferMajorDays: 'm11.3! w10',
    minimum: 'i17! m14! t18.4! a5~automatic-only w10 l',
    details: 'i17! m14! w10',
    downloads: 'i18S! m10.7! w10 l',
    installs: 'i18S! m10.7! a5 w10 l',
    securityResponses: 'i16S! m13!',
    removingSecurityResponses: 'i16S! m13!',
    allNotices: 'i18! m15! w10',
    standardUsers: 'm15!',
    beta: 'i18S! w10',
    window: 'a6',
    freezes: 'a9',
  },
  also: value => [...impossibleDates(value), ...longFreezes(value)],
})

const longestFreeze = 90
const betweenFreezes = 60
const year = 365

/** The day of a year that has no leap day, counted from 0; the system counts so, too. */
function dayIn(text: unknown): number {
  const [month = 1, day = 1] = String(text).split('-').map(Number)
  return Math.round(
    (Date.UTC(2026, month - 1, Math.min(day, month === 2 ? 28 : day)) - Date.UTC(2026, 0, 1)) / 86_400_000,
  )
}

/** A device may stand still for 90 days at most, and then not again for 60 (Android: SystemUpdatePolicy.setFreezePeriods). */
function longFreezes({ freezes }: Values) {
  if (!Array.isArray(freezes)) return []
  const all = freezes.map((one, at) => {
    const { from, to } = isValues(one) ? one : {}
    const [first, last] = [dayIn(from), dayIn(to)]
    return { at, first, days: ((last - first + year) % year) + 1 }
  })
  const long = all.filter(f => f.days > longestFreeze).map(f => fault('os-update.freeze-too-long', `/freezes/${f.at}`))
  const close = all.filter(f =>
    all.some(o => {
      const gap = (o.first - (f.first + f.days) + 2 * year) % year
      return o !== f && (gap < betweenFreezes || gap > year - f.days)
    }),
  )
  return [...long, ...close.map(f => fault('os-update.freezes-too-close', `/freezes/${f.at}`))]
}

/** A pattern cannot tell that there is no thirtieth of February. */
function impossibleDates({ minimum: all }: Values) {
  if (!isValues(all)) return []
  return Object.entries(all).flatMap(([system, each]) => {
    const by = isValues(each) ? String(each['by']) : ''
    const full = by.length === 16 ? `${by}:00` : by
    const read = new Date(`${full}Z`)
    const same = !Number.isNaN(read.getTime()) && read.toISOString().startsWith(full)
    return same ? [] : [fault('value.malformed', `/minimum/${system}/by`)]
  })
}
