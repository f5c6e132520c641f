import { settingAbility } from '@muster/wire/android/matrix.ts'
import { type Fields, isFields, type Part } from './compiled.ts'
import type { Mode } from './modes.ts'

const inProfile = (mode: Mode): boolean => mode === 'work-profile' || mode === 'company-profile'
const daySeconds = 86_400

/** What people must type. In a work profile it is the profile's own. */
export function passcode(value: Fields, mode: Mode): Part {
  const { minLength, minComplexCharacters, history, maxAgeDays, maxFailedAttempts, maxInactivityMinutes } = value
  const number = (is: unknown): number | null => (typeof is === 'number' ? is : null)
  const rules: Fields = {
    passwordScope: inProfile(mode) ? 'SCOPE_PROFILE' : 'SCOPE_DEVICE',
    passwordQuality: qualityOf(value),
    ...optional('passwordMinimumLength', number(minLength)),
    ...optional('passwordMinimumSymbols', number(minComplexCharacters) || null),
    ...optional('passwordHistoryLength', number(history)),
    ...optional('maximumFailedPasswordsForWipe', number(maxFailedAttempts)),
    ...(typeof maxAgeDays === 'number' ? { passwordExpirationTimeout: `${maxAgeDays * daySeconds}s` } : {}),
  }
  const asked = value['required'] === true
  return {
    fields: {
      ...(asked ? { passwordPolicies: [rules] } : {}),
      // Sixty-four bits are said as text. (JSON mapping of Protocol Buffers)
      ...(typeof maxInactivityMinutes === 'number' ? { maximumTimeToLock: String(maxInactivityMinutes * 60_000) } : {}),
    },
    apps: [],
    left: ['gracePeriodMinutes', 'failedAttemptsResetMinutes', 'changeAtNextSignIn'].filter(k => k in value),
  }
}

function optional(key: string, is: number | null): Fields {
  return is === null ? {} : { [key]: is }
}

function qualityOf(value: Fields): string {
  if (typeof value['minComplexCharacters'] === 'number' && value['minComplexCharacters'] > 0) return 'COMPLEX'
  if (value['alphanumeric'] === true) return 'ALPHANUMERIC'
  if (value['simple'] === false) return 'NUMERIC_COMPLEX'
  return typeof value['minLength'] === 'number' ? 'NUMERIC' : 'SOMETHING'
}

/** A field of a policy with the value that binds, as the matrix writes it down: `a.b=VALUE`; a flag without one. */
function binding(by: string, value: string | null): Fields {
  const [leaf = '', ...above] = by.split('.').toReversed()
  const is = value === null ? true : leaf === 'keyguardDisabledFeatures' ? [value] : value
  return above.reduce<Fields>((inner, name) => ({ [name]: inner }), { [leaf]: is })
}

/** What people may and may not do. */
export function restrictions(value: Fields, mode: Mode): Part {
  const fields: Fields = {}
  const left: string[] = []
  for (const [key, is] of Object.entries(value)) {
    if (key === 'blockedApps' || key === 'allowedApps') continue
    const ability = settingAbility('google', 'restrictions', key)
    if (ability === null || 'not' in ability || !ability.modes.includes(mode)) left.push(key)
    // What is allowed binds where it is not, what is demanded where it is.
    else if (is === key.startsWith('require')) merge(fields, binding(ability.by, ability.value))
  }
  const names = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : [])
  const blocked = names(value['blockedApps'])
  const allowed = names(value['allowedApps']).filter(name => !blocked.includes(name))
  if (allowed.length > 0) fields['playStoreMode'] = 'WHITELIST'
  else if (blocked.length > 0) fields['playStoreMode'] = 'BLACKLIST'
  return {
    fields,
    apps: [
      ...blocked.map(packageName => ({ packageName, installType: 'BLOCKED' })),
      ...allowed.map(packageName => ({ packageName, installType: 'AVAILABLE' })),
    ],
    left,
  }
}

function merge(into: Fields, more: Fields): void {
  for (const [key, value] of Object.entries(more)) {
    const known = into[key]
    if (Array.isArray(known) && Array.isArray(value)) into[key] = [...known, ...value]
    else if (typeof known === 'object' && known !== null && typeof value === 'object' && value !== null)
      into[key] = { ...known, ...value }
    else into[key] = value
  }
}

const minutesOf = (clock: unknown): number => {
  const [hours = 0, minutes = 0] = String(clock).split(':').map(Number)
  return hours * 60 + minutes
}

const dayOf = (text: unknown): Fields => {
  const [month = 1, day = 1] = String(text).split('-').map(Number)
  return { month, day }
}

/** When new versions of the system come. Only the org's own devices can be told, and nothing is put off for more than thirty days. */
export function osUpdate(value: Fields, mode: Mode): Part {
  const { deferDays, installs, window, freezes } = value
  const known = ['deferDays', 'installs', 'window', 'freezes']
  const left = Object.keys(value).filter(k => !known.includes(k))
  if (mode === 'work-profile') return { fields: {}, apps: [], left: Object.keys(value) }
  const type =
    typeof deferDays === 'number' || installs === 'never'
      ? { type: 'POSTPONE' }
      : isFields(window)
        ? { type: 'WINDOWED', startMinutes: minutesOf(window['from']), endMinutes: minutesOf(window['to']) }
        : installs === 'always'
          ? { type: 'AUTOMATIC' }
          : null
  const periods = (Array.isArray(freezes) ? freezes : []).filter(isFields)
  const freezePeriods = periods.map(p => ({ startDate: dayOf(p['from']), endDate: dayOf(p['to']) }))
  const fields = { ...type, ...(freezePeriods.length > 0 ? { freezePeriods } : {}) }
  return { fields: Object.keys(fields).length > 0 ? { systemUpdate: fields } : {}, apps: [], left }
}

/** What a locked device says to whoever finds it. */
export function lockScreen(value: Fields, mode: Mode): Part {
  if (inProfile(mode)) return { fields: {}, apps: [], left: Object.keys(value) }
  const text = [value['message'], value['assetTag']].filter(t => typeof t === 'string' && t !== '').join('\n')
  return { fields: { deviceOwnerLockScreenInfo: { defaultMessage: text } }, apps: [], left: [] }
}

/** One app in front, and no way out of it. */
export function singleApp(value: Fields, mode: Mode): Part {
  if (inProfile(mode)) return { fields: {}, apps: [], left: Object.keys(value) }
  const app = { packageName: String(value['app']), installType: 'KIOSK' }
  return { fields: {}, apps: [app], left: Object.keys(value).filter(k => k !== 'app') }
}
