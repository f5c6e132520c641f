import { availability } from '@muster/wire/apple/catalog/available.ts'
import type { Dict } from '@muster/wire/plist/plist.ts'
import { findPolicyKind } from '../../../areas/policies/index.ts'
import { catalog } from '../catalog.ts'
import { flagOf, type Pen, textsOf, type Values, type Writer } from './pen.ts'
import { type AppleTarget, catalogTarget, older, systemOf, unmet } from './target.ts'

/** Our keys in the words of the restrictions payload; `!` before one that says the opposite. */
const words: Readonly<Record<string, readonly string[]>> = {
  camera: ['allowCamera'],
  screenCapture: ['allowScreenShot'],
  screenObservation: ['allowRemoteScreenObservation'],
  receiveMirroring: ['allowAirPlayIncomingRequests'],
  phoneMirroring: ['allowiPhoneMirroring'],
  appInstallation: ['allowAppInstallation'],
  appStore: ['allowUIAppInstallation'],
  appRemoval: ['allowAppRemoval'],
  systemAppRemoval: ['allowSystemAppRemoval'],
  otherStores: ['allowMarketplaceAppInstallation', 'allowWebDistributionAppInstallation'],
  sideloading: ['allowEnterpriseAppTrust'],
  inAppPurchases: ['allowInAppPurchases'],
  explicitContent: ['allowExplicitContent'],
  nearbySharing: ['allowAirDrop'],
  accessoriesWhileLocked: ['!allowUSBRestrictedMode'],
  externalStorage: ['allowFilesUSBDriveAccess'],
  networkDrives: ['allowFilesNetworkDriveAccess'],
  computerPairing: ['allowHostPairing'],
  bluetoothChanges: ['allowBluetoothModification'],
  hotspotChanges: ['allowPersonalHotspotModification'],
  vpnCreation: ['allowVPNCreation'],
  nfc: ['allowNFC'],
  printing: ['allowAirPrint'],
  cloudBackup: ['allowCloudBackup'],
  cloudDocuments: ['allowCloudDocumentSync'],
  cloudKeychain: ['allowCloudKeychainSync'],
  cloudPhotos: ['allowCloudPhotoLibrary'],
  cloudRelay: ['allowCloudPrivateRelay'],
  managedAppsCloud: ['allowManagedAppsCloudSync'],
  biometricUnlock: ['allowFingerprintForUnlock'],
  biometricChanges: ['allowFingerprintModification'],
  autoUnlock: ['allowAutoUnlock'],
  passcodeChanges: ['allowPasscodeModification'],
  lockScreenNotifications: ['allowLockScreenNotificationsView'],
  lockScreenControls: ['allowLockScreenControlCenter'],
  assistantWhileLocked: ['allowAssistantWhileLocked'],
  passwordAutoFill: ['allowPasswordAutoFill'],
  passwordSharing: ['allowPasswordSharing'],
  untrustedCertificates: ['allowUntrustedTLSPrompt'],
  assistant: ['allowAssistant'],
  writingTools: ['allowWritingTools'],
  imageGeneration: ['allowImagePlayground', 'allowGenmoji'],
  diagnostics: ['allowDiagnosticSubmission'],
  videoCalls: ['allowVideoConferencing'],
  eraseByUser: ['allowEraseContentAndSettings'],
  accountChanges: ['allowAccountModification'],
  configurationInstallation: ['allowUIConfigurationProfileInstallation'],
  deviceNameChanges: ['allowDeviceNameModification'],
  wallpaperChanges: ['allowWallpaperModification'],
  requireEncryptedBackup: ['forceEncryptedBackup'],
  requireAutomaticTime: ['forceAutomaticDateAndTime'],
  requireKnownWifi: ['forceWiFiToAllowedNetworksOnly'],
  requireWifiOn: ['forceWiFiPowerOn'],
  requireOnDeviceDictation: ['forceOnDeviceOnlyDictation'],
  requireLimitedAds: ['forceLimitAdTracking'],
  blockedApps: ['blockedAppBundleIDs'],
  allowedApps: ['allowListedAppBundleIDs'],
}

/** What may pass between the org's apps and people's own, in the same payload. */
const passing: Readonly<Record<string, readonly string[]>> = {
  managedToPersonal: ['allowOpenFromManagedToUnmanaged'],
  personalToManaged: ['allowOpenFromUnmanagedToManaged'],
  personalReadsContacts: ['allowUnmanagedToReadManagedContacts'],
  managedWritesContacts: ['allowManagedToWriteUnmanagedContacts'],
  clipboardFollows: ['requireManagedPasteboard'],
  nearbySharingIsPersonal: ['forceAirDropUnmanaged'],
}

/** The words of both kinds, by kind and key. */
export const restrictionWords = { restrictions: words, 'managed-open-in': passing }

/** Lists of apps had other names before 15 (Apple: Restrictions, deprecated keys). */
const before15: Readonly<Record<string, string>> = {
  blockedAppBundleIDs: 'blacklistedAppBundleIDs',
  allowListedAppBundleIDs: 'whitelistedAppBundleIDs',
}

/** What people may and may not do. */
export const restrictions: Writer = (value, pen) =>
  restrict(value, pen, { kind: 'restrictions', words, name: 'Restrictions' })

/** What may pass between the org's apps and people's own. */
export const managedOpenIn: Writer = (value, pen) =>
  restrict(value, pen, { kind: 'managed-open-in', words: passing, name: 'Sharing between apps' })

interface Vocabulary {
  kind: string
  words: Readonly<Record<string, readonly string[]>>
  name: string
}

/** Writes what a kind of restrictions says, in the maker's words, as far as the device takes it. */
export function restrict(
  value: Values,
  pen: Pen,
  { kind: kindName, words: theirs, name }: Vocabulary,
): ReturnType<Writer> {
  const kind = findPolicyKind(kindName)
  const content: Dict = {}
  let refused = 'no-such-setting'
  let needsSupervision = false
  for (const [key, is] of Object.entries(value)) {
    const honor = kind?.honors(pen.on.platform, key) ?? null
    const why = unmet(honor, pen.on)
    if (why !== null) {
      refused = why
      pen.leaveOut(key, why)
      continue
    }
    needsSupervision ||= honor?.supervised === true
    for (const word of theirs[key] ?? []) write(content, pen.on, word, Array.isArray(is) ? textsOf(is) : flagOf(is))
  }
  if (Object.keys(content).length === 0) return { refused }
  pen.add('com.apple.applicationaccess', kindName, content, name)
  return { displayName: name, needsSupervision }
}

function write(content: Dict, on: AppleTarget, word: string, is: boolean | string[] | undefined): void {
  if (is === undefined) return
  const opposite = word.startsWith('!')
  const name = opposite ? word.slice(1) : word
  const old = systemOf(on) !== 'macos' && older(on, '15') ? before15[name] : undefined
  if (!isThere(old ?? name, on)) return
  content[old ?? name] = typeof is === 'boolean' && opposite ? !is : is
}

/** One of ours may be several of theirs, of which some came later. */
function isThere(name: string, on: AppleTarget): boolean {
  const payload = catalog.find('payload', 'com.apple.applicationaccess')
  return !payload || availability(payload, catalogTarget(on, 'device'), `/${name}`).can !== 'no'
}
