import { define, fault, isValues, type Values } from './define.ts'
import { address, flag, group, needed, one, plain, whole } from './form.ts'

const minimum = group({
  version: needed(plain(20, { pattern: /^\d{1,5}(?:\.\d{1,6}){0,3}$/ })),
  build: plain(20, { pattern: /^[0-9A-Za-z.]+$/ }),
  // The device's own time, without a zone: "by Monday noon" is noon wherever the device is.
  by: needed(plain(19, { pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/ })),
})
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
  },
  also: value => [...impossibleDates(value)],
})

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
