import type { Finding } from '../kind.ts'
import { define, fault, isValues, type Values, warning } from './define.ts'
import { flag, one, plain, several, whole } from './form.ts'

const appId = plain(200, { pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/ })
/** The kind of an account, as apps name it: `com.example`. */
const accountType = plain(200, { pattern: /^[A-Za-z0-9][\w.-]*$/ })
const work = { section: 'between' } as const
const personal = { section: 'personal' } as const

/**
 * What passes between the work side and the personal side of a device that has both, and what little may be said about the personal side. That is
 * only ever about a device of the organization's; of somebody's own, no road can say any of it.
 */
export const workAndPersonal = define({
  kind: 'work-and-personal',
  merge: 'settings',
  keys: {
    copyPaste: flag({ default: true, words: 'allow', ...work }),
    sharing: one(['none', 'to-work', 'both'], { default: 'to-work', ...work }),
    contacts: flag({ default: true, words: 'allow', ...work }),
    personalCamera: flag({ default: true, words: 'allow', ...personal }),
    personalScreenCapture: flag({ default: true, words: 'allow', ...personal }),
    personalBlockedApps: several(appId, 200, personal),
    daysWorkOff: whole(3, 365, { unit: 'days', ...personal }),
  },
  rules: { personalBlockedApps: { rule: 'union' }, daysWorkOff: { rule: 'strictest', by: 'least' } },
  honors: {
    '': 'a8~work-profile',
    copyPaste: 'a8~work-profile',
    sharing: 'a9~work-profile',
    contacts: 'a8~work-profile',
    personalCamera: 'a11~company-with-profile',
    personalScreenCapture: 'a11~company-with-profile',
    personalBlockedApps: 'a11~company-with-profile',
    daysWorkOff: 'a11~company-with-profile',
  },
  also: suspending,
})

/** Taking somebody's apps away because work is off is not legal everywhere. */
function suspending({ daysWorkOff }: Values): Finding[] {
  return daysWorkOff === undefined ? [] : [warning('work-and-personal.suspends', '/daysWorkOff')]
}

/** Whether the device knows where it is. Where it is told to nobody by this. */
export const location = define({
  kind: 'location',
  merge: 'settings',
  keys: { services: one(['user', 'on', 'off'], { default: 'user' }) },
  honors: { services: 'a11' },
})

/** Which kinds of accounts people may not add. */
export const accounts = define({
  kind: 'accounts',
  merge: 'settings',
  keys: { blockedTypes: several(accountType, 50), personalBlockedTypes: several(accountType, 50) },
  rules: { blockedTypes: { rule: 'union' }, personalBlockedTypes: { rule: 'union' } },
  honors: { blockedTypes: 'a5', personalBlockedTypes: 'a11~company-with-profile' },
  also: value => [...repeated(value, 'blockedTypes'), ...repeated(value, 'personalBlockedTypes')],
})

/** Who can set up a device again that somebody erased from outside: the accounts that unlock it. */
export const resetProtection = define({
  kind: 'reset-protection',
  merge: 'settings',
  keys: {
    emails: several(plain(254, { pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/ }), 20),
    accountIds: several(plain(40, { pattern: /^\d{5,40}$/ }), 20),
    off: flag({ default: false }),
  },
  rules: { emails: { rule: 'union' }, accountIds: { rule: 'union' } },
  honors: { emails: 'a5', accountIds: 'a11', off: 'a11' },
  also: value => [...repeated(value, 'emails'), ...repeated(value, 'accountIds'), ...nobody(value)],
})

function repeated(value: Values, key: string): Finding[] {
  const list = value[key]
  if (!Array.isArray(list)) return []
  return list.flatMap((one, at) => (list.indexOf(one) === at ? [] : [fault('value.repeated', `/${key}/${at}`)]))
}

/** Off and accounts at once say nothing together. */
function nobody(value: Values): Finding[] {
  const named = ['emails', 'accountIds'].some(key => isValues(value) && Array.isArray(value[key]))
  return value['off'] === true && named ? [warning('reset-protection.off', '/off')] : []
}
