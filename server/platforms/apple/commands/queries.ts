const everywhere =
  'UDID DeviceName OSVersion SupplementalOSVersionExtra BuildVersion SupplementalBuildVersion ModelName Model ModelNumber ProductName SerialNumber BatteryLevel IsSupervised AwaitingConfiguration MDMOptions OrganizationInfo BluetoothMAC WiFiMAC TimeZone'
const mobile =
  'ProvisioningUDID DeviceCapacity AvailableDeviceCapacity IMEI MEID ModemFirmwareVersion CellularTechnology IsMultiUser IsDeviceLocatorServiceEnabled IsActivationLockEnabled IsDoNotDisturbInEffect DeviceID EASDeviceIdentifier IsCloudBackupEnabled LastCloudBackupDate IsMDMLostModeEnabled DiagnosticSubmissionEnabled AppAnalyticsEnabled ICCID CurrentCarrierNetwork SubscriberCarrierNetwork CarrierSettingsVersion PhoneNumber DataRoamingEnabled VoiceRoamingEnabled PersonalHotspotEnabled IsNetworkTethered IsRoaming SubscriberMCC SubscriberMNC CurrentMCC CurrentMNC ServiceSubscriptions iTunesStoreAccountIsActive SoftwareUpdateDeviceID SoftwareUpdateSettings AccessibilitySettings MaximumResidentUsers EstimatedResidentUsers QuotaSize ResidentUsers UserSessionTimeout TemporarySessionTimeout TemporarySessionOnly'
const desktop =
  'ProvisioningUDID IsAppleSilicon DeviceCapacity AvailableDeviceCapacity HasBattery IsActivationLockEnabled IsActivationLockSupported ActiveManagedUsers LocalHostName HostName AutoSetupAdminAccounts SystemIntegrityProtectionEnabled SupportsLOMDevice EthernetMAC PINRequiredForEraseDevice PINRequiredForDeviceLock SupportsiOSAppInstalls SoftwareUpdateDeviceID iTunesStoreAccountIsActive'
const tv = 'DeviceID IsDeviceLocatorServiceEnabled IsActivationLockEnabled'

const byPlatform: Readonly<Record<string, string>> = { ios: mobile, ipados: mobile, macos: desktop, tvos: tv }

/** Everything a device of this platform may say about itself; what it does not know or may not say it leaves out of its answer. */
export function queriesFor(platform: string): string[] {
  const own = Object.hasOwn(byPlatform, platform) ? (byPlatform[platform] ?? '') : mobile
  return `${everywhere} ${own}`.split(' ')
}
