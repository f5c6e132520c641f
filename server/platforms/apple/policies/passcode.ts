import type { Json } from '../../../areas/policies/index.ts'
import { findPolicyKind } from '../../../areas/policies/index.ts'
import type { DeclarationSet } from './artifact.ts'
import { flagOf, given, type Values, wholeOf, type Writer } from './pen.ts'
import { declares, sinceOn, unmet } from './target.ts'

const payloadType = 'com.apple.mobiledevice.passwordpolicy'
const nativeType = 'com.apple.configuration.passcode.settings'

/** Devices count to fifteen; what is stricter than asked is what they are given. */
const mostIdleMinutes = 15

/** Passcode rules. */
export const passcode: Writer = (value, pen) => {
  const kind = findPolicyKind('passcode')
  const kept: Record<string, Json> = {}
  let reason = 'no-such-setting'
  for (const [key, is] of Object.entries(value)) {
    const why = unmet(kind?.honors(pen.on.platform, key) ?? null, pen.on)
    reason = why ?? reason
    if (why === null) kept[key] = is
    else pen.leaveOut(key, why)
  }
  if (Object.keys(kept).length === 0) return { refused: reason }
  const simple = flagOf(kept['simple'])
  const idle = wholeOf(kept['maxInactivityMinutes'])
  pen.add(
    payloadType,
    'passcode',
    given({
      forcePIN: flagOf(kept['required']),
      allowSimple: simple,
      requireAlphanumeric: flagOf(kept['alphanumeric']),
      minLength: wholeOf(kept['minLength']),
      minComplexChars: wholeOf(kept['minComplexCharacters']),
      maxPINAgeInDays: wholeOf(kept['maxAgeDays']),
      pinHistory: wholeOf(kept['history']),
      maxFailedAttempts: wholeOf(kept['maxFailedAttempts']),
      maxInactivity: idle === undefined ? undefined : Math.min(idle, mostIdleMinutes),
      maxGracePeriod: wholeOf(kept['gracePeriodMinutes']),
      minutesUntilFailedLoginReset: wholeOf(kept['failedAttemptsResetMinutes']),
      changeAtNextAuth: flagOf(kept['changeAtNextSignIn']),
    }),
    'Passcode',
  )
  const native =
    declares(pen.on, nativeType, { ios: '15', macos: '13' }) && pen.on.enrollment !== 'shared-ipad'
      ? declared(kept, simple, idle)
      : null
  // Keys that came later: the profile says them to older systems, the declaration cannot.
  const all = sinceOn(pen.on, { ios: '16.2', macos: '13.1' }) || !laterKeys.some(key => kept[key] !== undefined)
  return { displayName: 'Passcode', native: native && all ? native : undefined }
}

const laterKeys = [
  'alphanumeric',
  'minComplexCharacters',
  'maxAgeDays',
  'failedAttemptsResetMinutes',
  'changeAtNextSignIn',
]

function declared(value: Values, simple: boolean | undefined, idle: number | undefined): DeclarationSet {
  const payload: Record<string, Json | undefined> = {
    RequirePasscode: flagOf(value['required']),
    RequireAlphanumericPasscode: flagOf(value['alphanumeric']),
    RequireComplexPasscode: simple === undefined ? undefined : !simple,
    MinimumLength: wholeOf(value['minLength']),
    MinimumComplexCharacters: wholeOf(value['minComplexCharacters']),
    MaximumFailedAttempts: wholeOf(value['maxFailedAttempts']),
    FailedAttemptsResetInMinutes: wholeOf(value['failedAttemptsResetMinutes']),
    MaximumGracePeriodInMinutes: wholeOf(value['gracePeriodMinutes']),
    MaximumInactivityInMinutes: idle === undefined ? undefined : Math.min(idle, mostIdleMinutes),
    MaximumPasscodeAgeInDays: wholeOf(value['maxAgeDays']),
    PasscodeReuseLimit: wholeOf(value['history']),
    ChangeAtNextAuth: flagOf(value['changeAtNextSignIn']),
  }
  return { configuration: [{ name: 'passcode', type: nativeType, payload: said(payload) }], assets: [] }
}

/** A JSON object without what is undefined. */
export function said(entries: Readonly<Record<string, Json | undefined>>): Values {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, is]): [string, Json][] => (is === undefined ? [] : [[key, is]])),
  )
}
