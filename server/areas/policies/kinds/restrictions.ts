import type { z } from 'zod'
import { define, type Values, warning } from './define.ts'
import { flag, plain, several } from './form.ts'

type Key = readonly [name: string, honors: string]

/** What is allowed unless somebody says otherwise, by section of the form: `true` allows, `false` forbids. */
const allowed: Readonly<Record<string, readonly Key[]>> = {
  screen: [
    ['camera', 'i4! m10.11! t17 a5~personal-in-work-profile w10'],
    ['screenCapture', 'i3.1 m10.14.4 a5~personal-in-work-profile'],
    ['screenObservation', 'i9.3 m10.14.4'],
    ['receiveMirroring', 'm12.3! t10.2S'],
    ['phoneMirroring', 'i18S! m15!'],
  ],
  apps: [
    ['appInstallation', 'i4S! a5 w10~store-only'],
    ['appStore', 'i9S! w10'],
    ['appRemoval', 'i4.2.1S! a5'],
    ['systemAppRemoval', 'i11S!'],
    ['otherStores', 'i17.4S!'],
    ['sideloading', 'i9! a5 w10'],
    ['inAppPurchases', 'i4!'],
    ['explicitContent', 'i4S! t11.3S'],
  ],
  sharing: [
    ['nearbySharing', 'i7S! m10.13!'],
    ['accessoriesWhileLocked', 'i11.4.1S!~can-only-allow m13!~can-only-allow a12'],
    ['externalStorage', 'i13S! m-vendor-kind a5 w10 l'],
    ['networkDrives', 'i13.1S! m-vendor-kind'],
    ['computerPairing', 'i7S! a5'],
    ['bluetoothChanges', 'i11S! m13! a5'],
    ['hotspotChanges', 'i12.2S! a5 w10'],
    ['vpnCreation', 'i11S! a5 w10'],
    ['nfc', 'i14.2S! a16'],
    ['printing', 'i11S! a9'],
  ],
  cloud: [
    ['cloudBackup', 'i5! a8'],
    ['cloudDocuments', 'i5S! m10.11! w10'],
    ['cloudKeychain', 'i7! m10.12!'],
    ['cloudPhotos', 'i9! m10.12!'],
    ['cloudRelay', 'i15S! m12!'],
    ['managedAppsCloud', 'i8'],
  ],
  unlocking: [
    ['biometricUnlock', 'i7! m10.12.4! a5 w10'],
    ['biometricChanges', 'i8.3S! m14!'],
    ['autoUnlock', 'i14.5! m10.12! a5'],
    ['passcodeChanges', 'i9S! m10.13!'],
    ['lockScreenNotifications', 'i7 a5 w10'],
    ['lockScreenControls', 'i7'],
    ['assistantWhileLocked', 'i5.1 w10'],
    ['passwordAutoFill', 'i12S! m10.14! a8'],
    ['passwordSharing', 'i12S! m10.14!'],
    ['untrustedCertificates', 'i5!'],
  ],
  intelligence: [
    ['assistant', 'i5 m14! w10'],
    ['writingTools', 'i18S! m15!'],
    ['imageGeneration', 'i18S! m15!'],
    ['diagnostics', 'i6 m10.13 w10'],
    ['videoCalls', 'i4S!'],
  ],
  radio: [
    ['outgoingCalls', 'a5'],
    ['textMessages', 'a5'],
    ['dataRoaming', 'a7'],
    ['airplaneMode', 'a9'],
    ['mobileNetworkChanges', 'a5'],
    ['wifiChanges', 'a5'],
  ],
  device: [
    ['microphone', 'a5'],
    ['volumeChanges', 'a5'],
    ['debugging', 'a5'],
    ['safeStart', 'a6'],
    ['userChanges', 'a5'],
    ['locationChanges', 'a9'],
  ],
  changes: [
    ['eraseByUser', 'i8S! m12! a5'],
    ['accountChanges', 'i7S! m14! a5 w10'],
    ['configurationInstallation', 'i6S! m13! a5'],
    ['deviceNameChanges', 'i9S! m14! t11S'],
    ['wallpaperChanges', 'i9S! m10.13! a7'],
  ],
}

/** What is demanded only where somebody says so. */
const required: readonly (readonly [section: string, ...Key])[] = [
  ['cloud', 'requireEncryptedBackup', 'i4'],
  ['changes', 'requireAutomaticTime', 'i12S! t12.2S a5'],
  ['sharing', 'requireKnownWifi', 'i14.5S! a13'],
  ['sharing', 'requireWifiOn', 'i13S!'],
  ['intelligence', 'requireOnDeviceDictation', 'i14.5 m14'],
  ['intelligence', 'requireLimitedAds', 'i7! w10'],
]

const appId = plain(200, { pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/ })
const lists: readonly Key[] = [
  ['blockedApps', 'i9.3S! t11S a5 w10'],
  ['allowedApps', 'i9.3S! t11S a5 w10'],
]

const keys: Readonly<Record<string, z.ZodType>> = Object.fromEntries([
  ...Object.entries(allowed).flatMap(([section, of]) =>
    of.map(([name]) => [name, flag({ default: name !== 'accessoriesWhileLocked', section, words: 'allow' })] as const),
  ),
  ...required.map(([section, name]) => [name, flag({ default: false, section })] as const),
  ...lists.map(([name]) => [name, several(appId, 500, { section: 'apps' })] as const),
])

/** What people may and may not do with a device. The nearest unit decides key by key; lists of apps are put together. */
export const restrictions = define({
  kind: 'restrictions',
  merge: 'settings',
  keys,
  rules: { blockedApps: { rule: 'union' }, allowedApps: { rule: 'union' } },
  honors: Object.fromEntries([
    ...Object.values(allowed).flat(),
    ...required.map(([, name, line]) => [name, line] as const),
    ...lists,
  ]),
  also: value => [...bothLists(value)],
})

/** An app cannot be the only one allowed and blocked. */
function bothLists(value: Values) {
  const blocked = value['blockedApps']
  const only = value['allowedApps']
  if (!Array.isArray(blocked) || !Array.isArray(only)) return []
  return blocked.flatMap((app, at) =>
    only.includes(app) ? [warning('restrictions.blocked-and-allowed', `/blockedApps/${at}`, { app: String(app) })] : [],
  )
}
