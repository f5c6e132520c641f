import type { Fields, Part } from './compiled.ts'
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

type Rule = readonly [when: boolean, modes: 'all' | 'org' | 'whole', fields: Fields]

/** What each restriction is where it binds, and which devices can be told: all, the org's own, or whole devices alone. */
const rules: Readonly<Record<string, Rule>> = {
  camera: [false, 'all', { cameraAccess: 'CAMERA_ACCESS_DISABLED' }],
  screenCapture: [false, 'all', { screenCaptureDisabled: true }],
  appInstallation: [false, 'all', { installAppsDisabled: true }],
  appRemoval: [false, 'all', { uninstallAppsDisabled: true }],
  sideloading: [false, 'all', { advancedSecurityOverrides: { untrustedAppsPolicy: 'DISALLOW_INSTALL' } }],
  accountChanges: [false, 'all', { modifyAccountsDisabled: true }],
  configurationInstallation: [false, 'all', { credentialsConfigDisabled: true }],
  biometricUnlock: [false, 'all', { keyguardDisabledFeatures: ['BIOMETRICS'] }],
  lockScreenNotifications: [false, 'all', { keyguardDisabledFeatures: ['NOTIFICATIONS'] }],
  autoUnlock: [false, 'all', { keyguardDisabledFeatures: ['TRUST_AGENTS'] }],
  printing: [false, 'all', { printingPolicy: 'PRINTING_DISALLOWED' }],
  externalStorage: [false, 'org', { mountPhysicalMediaDisabled: true }],
  computerPairing: [false, 'org', { deviceConnectivityManagement: { usbDataAccess: 'DISALLOW_USB_FILE_TRANSFER' } }],
  bluetoothChanges: [false, 'org', { bluetoothConfigDisabled: true }],
  hotspotChanges: [false, 'org', { deviceConnectivityManagement: { tetheringSettings: 'DISALLOW_ALL_TETHERING' } }],
  requireAutomaticTime: [true, 'org', { autoDateAndTimeZone: 'AUTO_DATE_AND_TIME_ZONE_ENFORCED' }],
  vpnCreation: [false, 'whole', { vpnConfigDisabled: true }],
  eraseByUser: [false, 'whole', { factoryResetDisabled: true }],
  wallpaperChanges: [false, 'whole', { setWallpaperDisabled: true }],
}

const told = (to: Rule[1], mode: Mode): boolean =>
  to === 'all' || (to === 'org' ? mode !== 'work-profile' : !inProfile(mode))

/** What people may and may not do. */
export function restrictions(value: Fields, mode: Mode): Part {
  const fields: Fields = {}
  const left: string[] = []
  for (const [key, is] of Object.entries(value)) {
    const rule = rules[key]
    if (key === 'blockedApps' || key === 'allowedApps') continue
    if (!rule || !told(rule[1], mode)) left.push(key)
    else if (is === rule[0]) merge(fields, rule[2])
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

/** When new versions of the system come. Only the org's own devices can be told, and nothing is put off for more than thirty days. */
export function osUpdate(value: Fields, mode: Mode): Part {
  const left = Object.keys(value).filter(k => k !== 'deferDays' && k !== 'installs')
  if (mode === 'work-profile') return { fields: {}, apps: [], left: Object.keys(value) }
  const deferred = typeof value['deferDays'] === 'number'
  if (!deferred && value['installs'] !== 'always') return { fields: {}, apps: [], left }
  return { fields: { systemUpdate: { type: deferred ? 'POSTPONE' : 'AUTOMATIC' } }, apps: [], left }
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
