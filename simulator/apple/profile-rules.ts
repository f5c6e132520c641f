import { bool, type Dict, num, type Plist, str } from '@muster/wire/plist/plist.ts'
import type { AppleDevice } from './device.ts'
import { type Profile, ProfileRefused } from './profile.ts'

/** Payloads that an iPhone or iPad takes when it is supervised only. */
const supervisedOnly = new Set([
  'com.apple.SetupAssistant.managed',
  'com.apple.app.lock',
  'com.apple.conferenceroomdisplay',
  'com.apple.homescreenlayout',
  'com.apple.notificationsettings',
  'com.apple.profileRemovalPassword',
  'com.apple.proxy.http.global',
  'com.apple.shareddeviceconfiguration',
  'com.apple.tvremote',
])

/** Payloads of which a device has one at most, over all its profiles. */
const onlyOne = new Set([
  'com.apple.app.lock',
  'com.apple.homescreenlayout',
  'com.apple.proxy.http.global',
  'com.apple.notificationsettings',
  'com.apple.SoftwareUpdate',
  'com.apple.MCX.FileVault2',
  'com.apple.shareddeviceconfiguration',
])

/** Payloads that exist for an account of a Mac only. */
const macAccountOnly = new Set([
  'com.apple.caldav.account',
  'com.apple.carddav.account',
  'com.apple.ews.account',
  'com.apple.ldap.account',
  'com.apple.mail.managed',
  'com.apple.screensaver.user',
  'com.apple.security.certificatepreference',
  'com.apple.security.identitypreference',
  'com.apple.webClip.managed',
])

/** Payloads that exist for a Mac as a whole only. */
const macDeviceOnly = new Set([
  'com.apple.MCX.FileVault2',
  'com.apple.TCC.configuration-profile-policy',
  'com.apple.loginwindow',
  'com.apple.proxy.http.global',
  'com.apple.security.FDERecoveryKeyEscrow',
  'com.apple.security.firewall',
  'com.apple.servicemanagement',
  'com.apple.syspolicy.kernel-extension-policy',
  'com.apple.system-extension-policy',
  'com.apple.systempolicy.control',
])

/** Restrictions that a device without supervision overlooks without a word. */
const supervisedKeys = new Set([
  'allowAirDrop',
  'allowAppInstallation',
  'allowAppRemoval',
  'allowBookstore',
  'allowChat',
  'allowEraseContentAndSettings',
  'allowHostPairing',
  'allowUIConfigurationProfileInstallation',
  'allowUSBRestrictedMode',
  'allowPasscodeModification',
  'allowAccountModification',
  'allowAirPrint',
  'allowCamera',
  'allowSafari',
  'blockedAppBundleIDs',
  'allowListedAppBundleIDs',
])

/** Refuses what a device of this kind and standing does not take. (Apple: each payload's page says where it is allowed.) */
export function refuseUnfit(device: AppleDevice, profile: Profile, held: readonly Profile[], account: boolean): void {
  const { hardware, interior } = device
  const handheld = hardware.family === 'iPhone' || hardware.family === 'iPad'
  for (const payload of profile.payloads) {
    const type = str(payload, 'PayloadType') ?? ''
    if (handheld && supervisedOnly.has(type) && !interior.supervised)
      throw new ProfileRefused(4031, `“${type}” is for supervised devices only.`)
    if (hardware.family === 'Mac' && account && macDeviceOnly.has(type))
      throw new ProfileRefused(4032, `“${type}” must be installed for the device.`)
    if (hardware.family === 'Mac' && !account && macAccountOnly.has(type))
      throw new ProfileRefused(4033, `“${type}” must be installed for a user.`)
    const rival = held.find(
      other => other.identifier !== profile.identifier && other.payloads.some(p => p.PayloadType === type),
    )
    if (onlyOne.has(type) && rival)
      throw new ProfileRefused(4034, `“${type}” is installed already by “${rival.displayName}”.`)
  }
}

/** What the restriction payloads on the device come to together: of two, the stricter holds. */
export function restrictionsIn(profiles: Iterable<Profile>, supervised: boolean): Map<string, boolean> {
  const together = new Map<string, boolean>()
  for (const payload of payloadsOf(profiles, 'com.apple.applicationaccess'))
    for (const [key, value] of Object.entries(payload)) {
      if (typeof value !== 'boolean' || /^Payload/.test(key) || (supervisedKeys.has(key) && !supervised)) continue
      // `allow…` is strict when false, `force…` when true.
      const strict = /^force/.test(key)
      const before = together.get(key)
      together.set(key, before === undefined ? value : strict ? before || value : before && value)
    }
  return together
}

/**
 * Which apps may be seen and opened, by the restriction payloads on a supervised device: all but the blocked, and where there are lists of the only
 * ones, those that are on every list. The names of the keys were others before 15.
 */
export function appListsIn(
  profiles: Iterable<Profile>,
  supervised: boolean,
): { allowed: readonly string[] | undefined; blocked: ReadonlySet<string> } {
  const blocked = new Set<string>()
  let allowed: readonly string[] | undefined
  if (!supervised) return { allowed, blocked }
  for (const payload of payloadsOf(profiles, 'com.apple.applicationaccess')) {
    for (const app of textsIn(payload.blockedAppBundleIDs ?? payload.blacklistedAppBundleIDs)) blocked.add(app)
    const only = payload.allowListedAppBundleIDs ?? payload.whitelistedAppBundleIDs
    if (only === undefined) continue
    const texts = textsIn(only)
    allowed = allowed === undefined ? texts : allowed.filter(app => texts.includes(app))
  }
  return { allowed, blocked }
}

function textsIn(value: Plist | undefined): string[] {
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
}

/** The shortest passcode that all passcode payloads allow, and whether one is demanded at all. */
export function passcodeDemanded(profiles: Iterable<Profile>): { required: boolean; minLength: number } {
  let required = false
  let minLength = 0
  for (const payload of payloadsOf(profiles, 'com.apple.mobiledevice.passwordpolicy')) {
    required ||= bool(payload, 'forcePIN') ?? false
    minLength = Math.max(minLength, num(payload, 'minLength') ?? 0)
  }
  return { required: required || minLength > 0, minLength }
}

/** Names of the Wi-Fi networks the device knows from its profiles. */
export function networksIn(profiles: Iterable<Profile>): string[] {
  return payloadsOf(profiles, 'com.apple.wifi.managed').flatMap(p => str(p, 'SSID_STR') ?? [])
}

function payloadsOf(profiles: Iterable<Profile>, type: string): Dict[] {
  return [...profiles].flatMap(p => p.payloads.filter(payload => payload.PayloadType === type))
}
