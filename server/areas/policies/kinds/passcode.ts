import { define, type Values, warning } from './define.ts'
import { flag, whole } from './form.ts'

/** What people must type to unlock a device. Of several that speak about one key, the strictest counts. */
export const passcode = define({
  kind: 'passcode',
  merge: 'settings',
  keys: {
    required: flag({ default: false }),
    minLength: whole(4, 16, { unit: 'characters' }),
    alphanumeric: flag({ default: false }),
    minComplexCharacters: whole(0, 4, { default: 0, unit: 'characters' }),
    simple: flag({ default: true }),
    maxAgeDays: whole(1, 730, { unit: 'days' }),
    history: whole(1, 50, { unit: 'passcodes' }),
    maxFailedAttempts: whole(2, 10, { unit: 'attempts' }),
    maxInactivityMinutes: whole(1, 60, { unit: 'minutes' }),
    gracePeriodMinutes: whole(0, 240, { unit: 'minutes' }),
    failedAttemptsResetMinutes: whole(1, 1440, { unit: 'minutes' }),
    changeAtNextSignIn: flag({ default: false }),
  },
  rules: {
    required: { rule: 'strictest', by: 'true' },
    minLength: { rule: 'strictest', by: 'most' },
    alphanumeric: { rule: 'strictest', by: 'true' },
    minComplexCharacters: { rule: 'strictest', by: 'most' },
    simple: { rule: 'strictest', by: 'false' },
    maxAgeDays: { rule: 'strictest', by: 'least' },
    history: { rule: 'strictest', by: 'most' },
    maxFailedAttempts: { rule: 'strictest', by: 'least' },
    maxInactivityMinutes: { rule: 'strictest', by: 'least' },
    gracePeriodMinutes: { rule: 'strictest', by: 'least' },
    failedAttemptsResetMinutes: { rule: 'strictest', by: 'most' },
    changeAtNextSignIn: { rule: 'strictest', by: 'true' },
  },
  honors: {
    required: 'i4# m10.7! a5 w10 l',
    minLength: 'i4!# m10.7! a5 w10 l',
    alphanumeric: 'i4!# m10.7! a5 w10 l',
    minComplexCharacters: 'i4!# m10.7! a5 w10 l',
    simple: 'i4!# m10.7! w10',
    maxAgeDays: 'i4!# m10.7! a5 w10 l',
    history: 'i4!# m10.7! a5 w10 l',
    maxFailedAttempts: 'i4!# m10.7!~locks-not-erases a5 w10~locks-not-erases l~locks-not-erases',
    maxInactivityMinutes: 'i4!#~fifteen-minutes m10.7!~fifteen-minutes a5 w10 l~desktop-session',
    gracePeriodMinutes: 'i4!# m10.7! l~desktop-session',
    failedAttemptsResetMinutes: 'm10.10! l',
    changeAtNextSignIn: 'm10.13! l',
  },
  also: value => [...asksForNothing(value), ...needsLetters(value)],
})

/** Rules for a passcode that nobody must have bind only those who set one. */
function asksForNothing(value: Values) {
  const rules = Object.keys(value).filter(
    key => !['required', 'maxInactivityMinutes', 'gracePeriodMinutes'].includes(key),
  )
  return rules.length > 0 && value['required'] !== true ? [warning('passcode.not-required', '/required')] : []
}

function needsLetters(value: Values) {
  const complex = value['minComplexCharacters']
  return typeof complex === 'number' && complex > 0 && value['alphanumeric'] === false
    ? [warning('passcode.complex-not-alphanumeric', '/alphanumeric')]
    : []
}
