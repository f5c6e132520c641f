/*
 * What can be set on an Android device, by which road, from which API level, in which way of holding it: facts of the system (DevicePolicyManager,
 * UserManager) and of Google's management API, for every setting of ours. One line per setting and road:
 *   'setCameraDisabled 21 FDCW'   the call or field, the first level, and the modes:
 *   F fully managed, D dedicated, C company-owned with a work profile, W a work profile on somebody's own device
 *   '-reason'                      it cannot be set that way at all
 * A setting without a line is as its kind is (`''`).
 */

/** The ways of holding a device, by their letters. */
export const modeLetters = { F: 'fully-managed', D: 'dedicated', C: 'company-profile', W: 'work-profile' } as const
export type MatrixMode = (typeof modeLetters)[keyof typeof modeLetters]

/** By which road: our own agent, or Google's management API. */
export type MatrixRoad = 'agent' | 'google'

/** What one road makes of a setting. */
export type Ability =
  | { readonly by: string; readonly api: number; readonly modes: readonly MatrixMode[] }
  /** Why not: there is no such call, or only other systems know what it is. */
  | { readonly not: 'no-call' | 'other-system' | 'not-yet' }

type Lines = Readonly<Record<string, readonly [agent: string, google: string]>>

const none = ['-other-system', '-other-system'] as const

const restrictions: Lines = {
  '': none,
  camera: ['setCameraDisabled 21 FDCW', 'cameraAccess 23 FDCW'],
  screenCapture: ['setScreenCaptureDisabled 21 FDCW', 'screenCaptureDisabled 23 FDCW'],
  appInstallation: ['no_install_apps 21 FDCW', 'installAppsDisabled 23 FDCW'],
  appRemoval: ['no_uninstall_apps 21 FDCW', 'uninstallAppsDisabled 23 FDCW'],
  sideloading: ['no_install_unknown_sources 21 FDCW', 'advancedSecurityOverrides 23 FDCW'],
  externalStorage: ['no_physical_media 21 FDC', 'mountPhysicalMediaDisabled 23 FDC'],
  computerPairing: ['no_usb_file_transfer 21 FDC', 'deviceConnectivityManagement 23 FDC'],
  bluetoothChanges: ['no_config_bluetooth 21 FDC', 'bluetoothConfigDisabled 23 FDC'],
  hotspotChanges: ['no_config_tethering 21 FDC', 'deviceConnectivityManagement 23 FDC'],
  vpnCreation: ['no_config_vpn 21 FDCW', 'vpnConfigDisabled 23 FD'],
  printing: ['no_printing 28 FDCW', 'printingPolicy 28 FDCW'],
  accessoriesWhileLocked: ['setUsbDataSignalingEnabled 31 FDC', '-no-call'],
  cloudBackup: ['setBackupServiceEnabled 26 FDCW', '-no-call'],
  nfc: ['no_near_field_communication_radio 36 FDC', '-no-call'],
  biometricUnlock: ['setKeyguardDisabledFeatures 21 FDCW', 'keyguardDisabledFeatures 23 FDCW'],
  autoUnlock: ['setKeyguardDisabledFeatures 21 FDCW', 'keyguardDisabledFeatures 23 FDCW'],
  lockScreenNotifications: ['setKeyguardDisabledFeatures 21 FDCW', 'keyguardDisabledFeatures 23 FDCW'],
  passwordAutoFill: ['no_autofill 26 FDCW', '-no-call'],
  eraseByUser: ['no_factory_reset 21 FDC', 'factoryResetDisabled 23 FD'],
  accountChanges: ['no_modify_accounts 21 FDCW', 'modifyAccountsDisabled 23 FDCW'],
  configurationInstallation: ['no_config_credentials 21 FDCW', 'credentialsConfigDisabled 23 FDCW'],
  wallpaperChanges: ['no_set_wallpaper 24 FD', 'setWallpaperDisabled 24 FD'],
  requireAutomaticTime: ['setAutoTimeEnabled 30 FDC', 'autoDateAndTimeZone 23 FDC'],
  requireKnownWifi: ['no_add_wifi_config 33 FDC', '-no-call'],
  blockedApps: ['setApplicationHidden 21 FDCW', 'applications 23 FDCW'],
  allowedApps: ['setApplicationHidden 21 FDCW', 'playStoreMode 23 FDCW'],
  outgoingCalls: ['no_outgoing_calls 21 FDC', 'outgoingCallsDisabled 23 FD'],
  textMessages: ['no_sms 21 FDC', 'smsDisabled 23 FD'],
  dataRoaming: ['no_data_roaming 24 FDC', 'dataRoamingDisabled 24 FD'],
  airplaneMode: ['no_airplane_mode 28 FDC', 'deviceRadioState 28 FDC'],
  mobileNetworkChanges: ['no_config_mobile_networks 21 FDC', 'mobileNetworksConfigDisabled 23 FD'],
  wifiChanges: ['no_config_wifi 21 FDC', 'deviceConnectivityManagement 23 FD'],
  microphone: ['no_unmute_microphone 21 FDC', 'microphoneAccess 23 FD'],
  volumeChanges: ['no_adjust_volume 21 FD', 'adjustVolumeDisabled 23 FD'],
  debugging: ['no_debugging_features 21 FDCW', 'advancedSecurityOverrides 23 FDCW'],
  safeStart: ['no_safe_boot 23 FDC', 'advancedSecurityOverrides 23 FD'],
  userChanges: ['no_add_user 21 FD', 'addUserDisabled 23 FD'],
  locationChanges: ['no_config_location 28 FDC', 'locationMode 30 FD'],
}

const kinds: Readonly<Record<string, Lines>> = {
  passcode: {
    '': ['setRequiredPasswordComplexity 21 FDCW', 'passwordPolicies 23 FDCW'],
    maxFailedAttempts: ['setMaximumFailedPasswordsForWipe 21 FDCW', 'passwordPolicies 23 FDCW'],
    maxInactivityMinutes: ['setMaximumTimeToLock 21 FDCW', 'maximumTimeToLock 23 FDCW'],
    gracePeriodMinutes: none,
    failedAttemptsResetMinutes: none,
    changeAtNextSignIn: none,
  },
  restrictions,
  wifi: {
    '': ['WifiManager.addNetwork 21 FDCW', 'openNetworkConfiguration 23 FDCW'],
    skipSignInPage: none,
    privateAddress: ['WifiManager.addNetwork 33 FDCW', 'openNetworkConfiguration 33 FDCW'],
  },
  vpn: {
    '': none,
    app: ['setAlwaysOnVpnPackage 24 FDCW', '-not-yet'],
    everything: ['setAlwaysOnVpnPackage 24 FDCW', '-not-yet'],
  },
  email: { '': ['-no-call', '-not-yet'] },
  certificates: { '': ['installCaCert 21 FDCW', 'openNetworkConfiguration 23 FDCW'] },
  identity: { '': ['-not-yet', '-no-call'] },
  encryption: { '': none, required: ['getStorageEncryptionStatus 21 FDCW', 'encryptionPolicy 23 FDCW'] },
  'os-update': {
    '': none,
    deferDays: ['setSystemUpdatePolicy 23 FDC', 'systemUpdate 23 FDC'],
    minimum: ['setSystemUpdatePolicy 23 FDC', '-no-call'],
    installs: ['setSystemUpdatePolicy 23 FDC', 'systemUpdate 23 FDC'],
    window: ['setSystemUpdatePolicy 23 FDC', 'systemUpdate 23 FDC'],
    freezes: ['setFreezePeriods 28 FDC', 'systemUpdate 28 FDC'],
  },
  'web-filter': { '': ['-not-yet', '-not-yet'] },
  'lock-screen': { '': ['setDeviceOwnerLockScreenInfo 24 FDC', 'deviceOwnerLockScreenInfo 24 FDC'] },
  'home-screen': { '': ['-not-yet', '-no-call'] },
  'single-app': { '': none, app: ['setLockTaskPackages 21 FD', 'applications 23 FD'] },
  'managed-domains': { '': none },
  'managed-open-in': { '': none },
  'work-time': { '': ['setPackagesSuspended 24 FDCW', '-no-call'] },
  app: {
    '': ['PackageInstaller 23 FDC', 'applications 23 FDCW'],
    config: ['setApplicationRestrictions 21 FDCW', 'applications 23 FDCW'],
    removable: ['setUninstallBlocked 21 FDCW', 'applications 23 FDCW'],
  },
  kiosk: {
    '': ['setLockTaskPackages 21 FD', 'kioskCustomization 23 FD'],
    features: ['setLockTaskFeatures 28 FD', 'kioskCustomization 28 FD'],
    exitCode: ['stopLockTask 21 FD', '-no-call'],
    awakeWhilePlugged: ['setGlobalSetting 23 FD', 'stayOnPluggedModes 23 FD'],
  },
  'private-dns': { '': ['setGlobalPrivateDnsModeSpecifiedHost 29 FD', 'deviceConnectivityManagement 29 FD'] },
  'app-permissions': {
    '': ['setPermissionGrantState 23 FDCW', 'permissionGrants 23 FDCW'],
    byDefault: ['setPermissionPolicy 23 FDCW', 'defaultPermissionPolicy 23 FDCW'],
  },
}

/** What each road can be ordered. */
const orders: Lines = {
  lock: ['lockNow 21 FDCW', 'LOCK 23 FDCW'],
  restart: ['reboot 24 FD', 'REBOOT 24 FD'],
  'clear-passcode': ['resetPasswordWithToken 26 FDC', 'RESET_PASSWORD 23 FDC'],
  'lost-mode.enable': ['startLockTask 26 FD', 'START_LOST_MODE 30 FDC'],
  'lost-mode.disable': ['stopLockTask 26 FD', 'STOP_LOST_MODE 30 FDC'],
  'lost-mode.sound': ['Ringtone 26 FD', '-no-call'],
  'location.query': ['LocationManager 26 FD', '-no-call'],
  'inventory.query': ['PackageManager 21 FDCW', '-no-call'],
  'app.uninstall': ['PackageInstaller 23 FDC', '-no-call'],
  'message.show': ['NotificationManager 21 FDCW', '-no-call'],
  wipe: ['wipeData 21 FDC', 'WIPE 23 FDC'],
  'enrollment.leave': ['clearDeviceOwnerApp 21 FDCW', 'devices.delete 23 FDCW'],
}

const column: Readonly<Record<MatrixRoad, 0 | 1>> = { agent: 0, google: 1 }
const form = /^(?:-(no-call|other-system|not-yet)|(\S+) (\d+) ([FDCW]+))$/
const read = new Map<string, Ability>()

/** Reads a line; throws on one that is not written as above. */
function abilityIn(line: string): Ability {
  const known = read.get(line)
  if (known) return known
  const [, not, by = '', api = '', letters = ''] = form.exec(line) ?? []
  if (not === undefined && by === '') throw new Error(`not a line of the matrix: ${line}`)
  const modes = [...letters].map(l => modeLetters[l as keyof typeof modeLetters])
  const ability: Ability = not === undefined ? { by, api: Number(api), modes } : { not: not as 'no-call' }
  read.set(line, ability)
  return ability
}

/** What a road makes of a key of a kind of ours (`''`: of the kind as a whole); null where the kind is none of ours. */
export function settingAbility(road: MatrixRoad, kind: string, key: string): Ability | null {
  const lines = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  const [top = ''] = key.split('/')
  const line = lines && (Object.hasOwn(lines, top) ? lines[top] : lines[''])
  return line ? abilityIn(line[column[road]]) : null
}

/** What a road makes of an order; null where it is none that phones take. */
export function orderAbility(road: MatrixRoad, kind: string): Ability | null {
  const line = Object.hasOwn(orders, kind) ? orders[kind] : undefined
  return line ? abilityIn(line[column[road]]) : null
}

/** The kinds and orders it speaks of. */
export const matrixKinds: readonly string[] = Object.keys(kinds)
export const matrixOrders: readonly string[] = Object.keys(orders)

/** The keys of a kind that have a line of their own. */
export const matrixKeys = (kind: string): string[] => Object.keys(kinds[kind] ?? {}).filter(k => k !== '')

/** Why no part of these settings can take effect there: the code an agent would refuse with. Null when some can. An unknown level is enough. */
export function againstSetting(
  road: MatrixRoad,
  of: { readonly kind: string; readonly keys: readonly string[] },
  on: { readonly mode: string; readonly api: number | null },
): 'no-such-setting' | 'management-mode' | 'api-level' | null {
  const all = (of.keys.length === 0 ? [''] : of.keys).map(key => settingAbility(road, of.kind, key))
  // What is none of ours is not for us to judge.
  if (all.some(a => a === null)) return null
  const can = all.flatMap(a => (a === null || 'not' in a ? [] : [a]))
  if (can.length === 0) return 'no-such-setting'
  const here = can.filter(a => a.modes.some(m => m === on.mode))
  if (here.length === 0) return 'management-mode'
  return on.api !== null && here.every(a => a.api > (on.api ?? 0)) ? 'api-level' : null
}
