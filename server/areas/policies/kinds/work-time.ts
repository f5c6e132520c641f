import type { z } from 'zod'
import { address, flag, group, needed, one, plain, several, text } from './form.ts'
import { define, fault, isValues, type Values, warning } from './define.ts'

const time = needed(plain(5, { pattern: /^(?:[01]\d|2[0-3]):[0-5]\d$/ }))
const end = needed(plain(5, { pattern: /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/ }))
const day = needed(one(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
const appId = plain(200, { pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/ })

/** What stays possible outside working time unless it is forbidden, with what platforms make of it. */
const functions: Readonly<Record<string, string>> = {
  camera: 'i4! m10.11! a5 w-platform-not-built',
  screenCapture: 'i3.1 m10.14.4 a5',
  nearbySharing: 'i7S! m10.13!',
  assistant: 'i5 m14!',
  cloudDocuments: 'i5S! m10.11!',
  appInstallation: 'i4S! a5',
}

const flags: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  Object.keys(functions).map(name => [name, flag({ default: true, section: 'outside', words: 'allow' })] as const),
)
/** The windows themselves are kept by the server, which tells devices when they begin and end. */
const kept = 'i m a w-platform-not-built'

/** When people work, and what of a device remains outside of that. The nearest unit decides key by key: a unit may have hours of its own and leave the rest. */
export const workTime = define({
  kind: 'work-time',
  merge: 'settings',
  keys: {
    windows: several(group({ days: needed(several(day, 7)), from: time, to: end }), 50, { section: 'when' }),
    zone: plain(64, { default: 'unit', section: 'when' }),
    calendars: several(plain(40, { pattern: /^cal_[0-9a-f]{32}$/ }), 10, { section: 'when' }),
    holidays: several(plain(10, { pattern: /^\d{4}-\d{2}-\d{2}$/ }), 400, { section: 'when' }),
    allowedApps: several(appId, 200, { section: 'outside' }),
    ...flags,
    ask: group({ label: needed(text(60)), url: needed(address()) }, { section: 'outside' }),
  },
  honors: {
    '': 'i m~functions-only a~some-settings w-platform-not-built',
    windows: kept,
    zone: kept,
    calendars: kept,
    holidays: kept,
    allowedApps: 'i9.3S! m-no-app-list a7~own-agent-only w-platform-not-built',
    ...functions,
    ask: 'i4#',
  },
  also: value => [...zoneFaults(value), ...dayFaults(value), ...dead(value)],
})

function zoneFaults({ zone }: Values) {
  if (typeof zone !== 'string' || zone === 'unit' || zone === 'person' || isZone(zone)) return []
  return [fault('work-time.zone-unknown', '/zone', { zone })]
}

/** Whether it is the name of a time zone (IANA). */
export function isZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}

/** Days that no year has. */
function dayFaults({ holidays }: Values) {
  if (!Array.isArray(holidays)) return []
  return holidays.flatMap((on, i) => {
    const read = typeof on === 'string' ? new Date(`${on}T00:00Z`) : null
    const there = read !== null && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(String(on))
    return there ? [] : [fault('work-time.no-such-day', `/holidays/${i}`)]
  })
}

/** What says nothing, because the other half of it is missing: a policy may leave it to one above. */
function dead(value: Values) {
  const { windows } = value
  const hasWindows = Array.isArray(windows) && windows.some(w => isValues(w))
  const restricts = value['allowedApps'] !== undefined || Object.keys(functions).some(key => value[key] === false)
  if (hasWindows === restricts) return []
  return [warning(hasWindows ? 'work-time.nothing-outside' : 'work-time.no-windows', '')]
}
