import { generateKeyPairSync } from 'node:crypto'
import { vaultOf } from '../vault.ts'
import { type Dict, type Plist, Real } from '@muster/wire/plist/plist.ts'
import type { AppleDevice } from '../device.ts'
import { type Hardware, spacedImei } from '../hardware.ts'
import type { Language } from '../names.ts'
import { BadCommand, type Knowledge, type Outcome, type Place } from './order.ts'

/** DeviceInformation: each asked key that the device has and the server may know; the others are silently absent. */
export const queryCommands: Record<string, Knowledge> = {
  DeviceInformation: {
    keys: { Queries: 'list' },
    accounts: true,
    carryOut: answerQueries,
  },
}

interface Region {
  country: string
  carrier: string
  mcc: string
  mnc: string
  prefix: string
  timeZone: string
}

const regions: Record<Language, Region> = {
  en: { country: 'gb', carrier: 'O2 - UK', mcc: '234', mnc: '10', prefix: '+44 7700 9', timeZone: 'Europe/London' },
  fr: { country: 'fr', carrier: 'Orange F', mcc: '208', mnc: '01', prefix: '+33 6 39 98 ', timeZone: 'Europe/Paris' },
  sv: {
    country: 'se',
    carrier: 'Telia',
    mcc: '240',
    mnc: '01',
    prefix: '+46 70 174 06 ',
    timeZone: 'Europe/Stockholm',
  },
  ja: { country: 'jp', carrier: 'NTT DOCOMO', mcc: '440', mnc: '10', prefix: '+81 90-0000-', timeZone: 'Asia/Tokyo' },
}

const queryRight = 16
const networkRight = 32

/** Everything a device knows about itself, whatever it was asked and whoever may know. */
export function everythingOf(device: AppleDevice): Dict {
  return {
    ...general(device),
    ...(device.hardware.family === 'Mac' ? mac(device) : handheld(device)),
    ...network(device),
    ...(device.hardware.cellular ? cellular(device) : {}),
  }
}

function answerQueries({ device, enrollment }: Place, command: Dict): Outcome {
  const asked = command.Queries
  if (!Array.isArray(asked) || asked.length === 0) throw new BadCommand('Queries is empty.')
  const rights = enrollment.profile.mdm.accessRights
  const may = (right: number): boolean => (rights & right) === right
  const known: Dict = {
    ...(may(queryRight)
      ? { ...general(device), ...(device.hardware.family === 'Mac' ? mac(device) : handheld(device)) }
      : {}),
    ...(may(networkRight) ? { ...network(device), ...(device.hardware.cellular ? cellular(device) : {}) } : {}),
  }
  // User enrollment withholds whatever would recognize the hardware.
  if (enrollment.enrollmentId !== undefined) for (const key of withheld) delete known[key]
  const answers: Dict = {}
  for (const key of asked) if (typeof key === 'string' && Object.hasOwn(known, key)) answers[key] = known[key] ?? ''
  if (asked.includes('DevicePropertiesAttestation')) Object.assign(answers, attestation(device, command))
  return { keys: { QueryResponses: answers } }
}

/** The chip's word for what the device is; hardware without one leaves the key out. */
function attestation({ options: { maker }, hardware, interior }: AppleDevice, command: Dict): Dict {
  if (!maker) return {}
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const nonce = command.DeviceAttestationNonce
  const { serial, udid } = hardware
  const chain = maker.attest({
    key,
    serial,
    udid,
    osVersion: interior.system.version,
    ...(nonce instanceof Uint8Array ? { freshness: nonce } : {}),
  })
  return { DevicePropertiesAttestation: chain }
}

const withheld = [
  'UDID',
  'SerialNumber',
  'IMEI',
  'MEID',
  'WiFiMAC',
  'BluetoothMAC',
  'EthernetMAC',
  'EthernetMACs',
  'ICCID',
  'PhoneNumber',
  'ServiceSubscriptions',
  'ProvisioningUDID',
]

function general(device: AppleDevice): Dict {
  const { hardware, interior, owner } = device
  const extra = interior.system.extra
  return {
    UDID: hardware.udid,
    ProvisioningUDID: hardware.provisioningUdid,
    DeviceName: interior.name,
    OSVersion: interior.system.version,
    BuildVersion: interior.system.build,
    ...(extra === undefined
      ? {}
      : { SupplementalOSVersionExtra: extra, SupplementalBuildVersion: `${interior.system.build}a` }),
    // iPhones and iPads name only their family; the marketing name follows from ProductName.
    ModelName: { Mac: hardware.modelName, AppleTV: 'Apple TV', iPhone: 'iPhone', iPad: 'iPad' }[hardware.family],
    Model: hardware.model,
    ModelNumber: hardware.model,
    ProductName: hardware.productName,
    SerialNumber: hardware.serial,
    SoftwareUpdateDeviceID: hardware.productName,
    DeviceCapacity: new Real(hardware.capacityGb * 0.93),
    AvailableDeviceCapacity: new Real(interior.availableGb * 0.93),
    IsSupervised: interior.supervised,
    IsActivationLockEnabled: false,
    IsMDMLostModeEnabled: interior.lostMode !== undefined,
    AwaitingConfiguration: interior.awaitingConfiguration,
    HasBattery: interior.battery >= 0,
    BatteryLevel: new Real(interior.battery),
    TimeZone: setting(device, 'TimeZone') ?? regions[owner.language].timeZone,
    DiagnosticSubmissionEnabled: setting(device, 'DiagnosticSubmission') ?? false,
    AppAnalyticsEnabled: setting(device, 'AppAnalytics') ?? false,
    iTunesStoreAccountIsActive: true,
    iTunesStoreAccountHash: Buffer.from(owner.shortName).toString('base64url'),
    OrganizationInfo: setting(device, 'OrganizationInfo') ?? {},
    MDMOptions: setting(device, 'MDMOptions') ?? {},
    Languages: [owner.language],
    Locales: [`${owner.language}_${regions[owner.language].country.toUpperCase()}`],
    DeviceID: hardware.udid,
  }
}

function handheld(device: AppleDevice): Dict {
  const { hardware, interior } = device
  return {
    // 0 none, 1 GSM, 2 CDMA, 3 both.
    CellularTechnology: hardware.cellular ? 3 : 0,
    ...(hardware.imei === undefined ? {} : { IMEI: spacedImei(hardware.imei), ModemFirmwareVersion: '2.40.01' }),
    ...(hardware.meid === undefined ? {} : { MEID: hardware.meid }),
    IsDeviceLocatorServiceEnabled: true,
    IsDoNotDisturbInEffect: false,
    IsCloudBackupEnabled: device.owner.language !== 'sv',
    LastCloudBackupDate: new Date(Math.floor((interior.bootedAt - 30_000_000) / 1000) * 1000),
    EASDeviceIdentifier: hardware.udid.replaceAll('-', ''),
    IsNetworkTethered: false,
    ...(hardware.family === 'iPad' ? { MaximumResidentUsers: setting(device, 'MaximumResidentUsers') ?? 0 } : {}),
  }
}

function mac(device: AppleDevice): Dict {
  const { hardware, interior } = device
  const host = textOr(setting(device, 'HostName'), latinHost(device.owner.shortName))
  return {
    HostName: `${host}.local`,
    LocalHostName: host,
    IsAppleSilicon: device.options.intel !== true,
    SystemIntegrityProtectionEnabled: device.options.weakened !== true,
    SupportsLOMDevice: false,
    SupportsiOSAppInstalls: true,
    PINRequiredForEraseDevice: false,
    PINRequiredForDeviceLock: true,
    OSUpdateSettings: {
      AutoCheckEnabled: true,
      AutomaticAppInstallationEnabled: false,
      AutomaticOSInstallationEnabled: false,
      AutomaticSecurityUpdatesEnabled: true,
      BackgroundDownloadEnabled: true,
      CatalogURL: '',
      IsDefaultCatalog: true,
      PerformPeriodicCheck: true,
      PreviousScanDate: new Date(Math.floor(interior.bootedAt / 1000) * 1000),
      PreviousScanResult: '0',
    },
    ActiveManagedUsers: [...(device.enrollment?.accounts.values() ?? [])].map(({ userId }) => userId),
    AutoSetupAdminAccounts: adminsOf(device),
    EACSPreflight: 'success',
    IsMultiUser: device.interior.multiUser,
    ...(hardware.ethernetMac === undefined ? {} : { EthernetMAC: hardware.ethernetMac }),
  }
}

function adminsOf(device: AppleDevice): Dict[] {
  const { admin } = vaultOf(device)
  return admin === undefined ? [] : [{ GUID: admin.guid, shortName: admin.shortName }]
}

function network(device: AppleDevice): Dict {
  const { hardware } = device
  return {
    BluetoothMAC: hardware.bluetoothMac,
    WiFiMAC: hardware.wifiMac,
    ...(hardware.ethernetMac === undefined ? {} : { EthernetMACs: [hardware.ethernetMac] }),
  }
}

function cellular(device: AppleDevice): Dict {
  const { owner, hardware } = device
  // Without a SIM there is a radio and nobody who answers for it.
  if (device.options.sim === false) return { ServiceSubscriptions: [], IsRoaming: false }
  const region = regions[owner.language]
  const phone = region.prefix + digitsOf(hardware, 4)
  const iccid = `89${region.mcc}${region.mnc}${digitsOf(hardware, 12)}`
  const slot = (imei: string | undefined, name: string): Dict => ({
    CarrierSettingsVersion: '58.0',
    CurrentCarrierNetwork: region.carrier,
    CurrentMCC: region.mcc,
    CurrentMNC: region.mnc,
    ICCID: iccid,
    ...(imei === undefined ? {} : { IMEI: spacedImei(imei) }),
    IsDataPreferred: name === 'CTSubscriptionSlotOne',
    IsRoaming: false,
    IsVoicePreferred: name === 'CTSubscriptionSlotOne',
    Label: 'Primary',
    PhoneNumber: phone,
    Slot: name,
  })
  return {
    ICCID: iccid,
    CurrentCarrierNetwork: region.carrier,
    SIMCarrierNetwork: region.carrier,
    SubscriberCarrierNetwork: region.carrier,
    CarrierSettingsVersion: '58.0',
    PhoneNumber: phone,
    CurrentMCC: region.mcc,
    CurrentMNC: region.mnc,
    SIMMCC: region.mcc,
    SIMMNC: region.mnc,
    SubscriberMCC: region.mcc,
    SubscriberMNC: region.mnc,
    VoiceRoamingEnabled: setting(device, 'VoiceRoaming') ?? false,
    DataRoamingEnabled: setting(device, 'DataRoaming') ?? false,
    PersonalHotspotEnabled: setting(device, 'PersonalHotspot') ?? false,
    IsRoaming: false,
    ServiceSubscriptions: [
      slot(hardware.imei, 'CTSubscriptionSlotOne'),
      ...(hardware.imei2 === undefined ? [] : [slot(hardware.imei2, 'CTSubscriptionSlotTwo')]),
    ],
  }
}

/** What Settings changed, if it did. */
function setting(device: AppleDevice, item: string): Plist | undefined {
  return device.interior.settings.get(item)
}

/** Stable digits for things that belong to the hardware's owner, such as a phone number. */
function digitsOf(hardware: Hardware, length: number): string {
  const seed = [...hardware.udid].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007, 7)
  return String(seed).padStart(12, '4').slice(-length)
}

function textOr(value: Plist | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

function latinHost(shortName: string): string {
  return `${shortName.replaceAll('.', '-')}-mac`
}
