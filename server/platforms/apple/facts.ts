import { modelNameOf } from '@muster/wire/apple/models.ts'
import { type Json, toJson } from '@muster/wire/apple/result.ts'
import { bool, type Dict, list, num, str } from '@muster/wire/plist/plist.ts'
import { isDict } from '@muster/wire/plist/value.ts'

type Facts = Record<string, Json>

// What each answer of DeviceInformation is called among us. Whatever is not named here is kept as other.<key>.
const deviceKeys: Readonly<Record<string, string>> = {
  UDID: 'identity.udid',
  ProvisioningUDID: 'identity.provisioningUdid',
  DeviceName: 'identity.name',
  ModelName: 'identity.modelName',
  ProductName: 'identity.model',
  Model: 'identity.partNumber',
  ModelNumber: 'identity.modelNumber',
  SerialNumber: 'identity.serial',
  IsSupervised: 'identity.supervised',
  HostName: 'identity.hostName',
  LocalHostName: 'identity.localHostName',
  AutoSetupAdminAccounts: 'accounts.automatic',
  IsAppleSilicon: 'identity.appleSilicon',
  IsMultiUser: 'identity.shared',
  TimeZone: 'identity.timeZone',
  EASDeviceIdentifier: 'identity.easId',
  OSVersion: 'os.version',
  SupplementalOSVersionExtra: 'os.supplementalVersion',
  BuildVersion: 'os.build',
  SupplementalBuildVersion: 'os.supplementalBuild',
  SoftwareUpdateDeviceID: 'os.updateId',
  HasBattery: 'battery.present',
  WiFiMAC: 'network.wifiMac',
  BluetoothMAC: 'network.bluetoothMac',
  EthernetMAC: 'network.ethernetMac',
  IsNetworkTethered: 'network.tethered',
  PersonalHotspotEnabled: 'network.hotspot',
  ModemFirmwareVersion: 'cellular.modemFirmware',
  CurrentCarrierNetwork: 'cellular.network',
  SubscriberCarrierNetwork: 'cellular.carrier',
  CarrierSettingsVersion: 'cellular.carrierSettings',
  PhoneNumber: 'cellular.phoneNumber',
  IsRoaming: 'cellular.roaming',
  DataRoamingEnabled: 'cellular.dataRoaming',
  VoiceRoamingEnabled: 'cellular.voiceRoaming',
  IsActivationLockEnabled: 'security.activationLock',
  IsActivationLockSupported: 'security.activationLockSupported',
  IsDeviceLocatorServiceEnabled: 'security.findMy',
  IsMDMLostModeEnabled: 'security.lostMode',
  IsCloudBackupEnabled: 'security.cloudBackup',
  LastCloudBackupDate: 'security.lastCloudBackup',
  SystemIntegrityProtectionEnabled: 'security.systemIntegrity',
  PINRequiredForEraseDevice: 'security.pinRequiredForErase',
  PINRequiredForDeviceLock: 'security.pinRequiredForLock',
  IsDoNotDisturbInEffect: 'other.doNotDisturb',
}

/** What an answer of DeviceInformation or SecurityInfo is called among us; undefined when it has no name of ours. */
export function factNameOf(key: string): string | undefined {
  if (Object.hasOwn(deviceKeys, key)) return deviceKeys[key]
  if (Object.hasOwn(securityKeys, key)) return securityKeys[key]
  for (const inner of Object.values(nested)) if (Object.hasOwn(inner, key)) return inner[key]
  return Object.hasOwn(ownNames, key) ? ownNames[key] : undefined
}

const truths = new Set(
  'IsSupervised IsAppleSilicon IsMultiUser HasBattery IsNetworkTethered PersonalHotspotEnabled IsRoaming DataRoamingEnabled VoiceRoamingEnabled IsActivationLockEnabled IsActivationLockSupported IsDeviceLocatorServiceEnabled IsMDMLostModeEnabled IsCloudBackupEnabled SystemIntegrityProtectionEnabled PINRequiredForEraseDevice PINRequiredForDeviceLock IsDoNotDisturbInEffect'.split(
    ' ',
  ),
)

// Answered below in units and forms of our own.
const ownNames: Readonly<Record<string, string>> = {
  DeviceCapacity: 'storage.capacityBytes',
  AvailableDeviceCapacity: 'storage.availableBytes',
  BatteryLevel: 'battery.level',
  CellularTechnology: 'cellular.technology',
  IMEI: 'cellular.imei',
  MEID: 'cellular.meid',
  ICCID: 'cellular.iccid',
  ServiceSubscriptions: 'cellular.plans',
}

/** What a device said about itself (Apple: Device Information Command), in our keys and units. What it left out is not known, not false. */
export function deviceFacts(said: Dict): Facts {
  const facts: Facts = { ...storage(said), ...battery(said), ...cellular(said) }
  for (const [key, value] of Object.entries(jsonOf(said))) {
    if (Object.hasOwn(ownNames, key)) continue
    const fact = truths.has(key) ? (bool(said, key) ?? null) : plain(value)
    if (fact !== null) facts[Object.hasOwn(deviceKeys, key) ? String(deviceKeys[key]) : `other.${key}`] = fact
  }
  const named = modelNameOf(str(said, 'ProductName'), str(said, 'ModelName'))
  if (named !== undefined) facts['identity.modelName'] = named
  return facts
}

/** Capacities in bytes: devices speak of decimal gigabytes, Macs up to macOS 11 of binary ones. */
function storage(said: Dict): Facts {
  const mac = /mac/i.test(str(said, 'ProductName') ?? '')
  const major = Number.parseInt(str(said, 'OSVersion') ?? '', 10)
  const unit = mac && major < 12 ? 2 ** 30 : 1e9
  const total = num(said, 'DeviceCapacity')
  const free = num(said, 'AvailableDeviceCapacity')
  return {
    ...(total !== undefined && total > 0 ? { 'storage.capacityBytes': Math.round(total * unit) } : {}),
    ...(free !== undefined && free >= 0 ? { 'storage.availableBytes': Math.round(free * unit) } : {}),
  }
}

/** The charge from 0 to 1; devices that cannot tell say -1, and some tell per cent. */
function battery(said: Dict): Facts {
  const level = num(said, 'BatteryLevel')
  if (level === undefined || level < 0 || level > 100) return {}
  return { 'battery.level': Math.round((level > 1 ? level / 100 : level) * 1000) / 1000 }
}

const technologies = ['none', 'gsm', 'cdma', 'gsm+cdma']
const slots = ['CTSubscriptionSlotOne', 'CTSubscriptionSlotTwo']

/** Identities of the modem, one per SIM slot: from ServiceSubscriptions, or the single keys of systems before iOS 12. */
function cellular(said: Dict): Facts {
  const facts: Facts = {}
  const technology = num(said, 'CellularTechnology')
  if (technology !== undefined) facts['cellular.technology'] = technologies[technology] ?? String(technology)
  const plans = (list(said, 'ServiceSubscriptions') ?? []).filter(isDict)
  for (const [key, fact] of [
    ['IMEI', 'cellular.imei'],
    ['MEID', 'cellular.meid'],
    ['EID', 'cellular.eid'],
    ['ICCID', 'cellular.iccid'],
    ['PhoneNumber', 'cellular.phoneNumbers'],
  ] as const) {
    const perSlot = bySlot(plans, key)
    const single = key === 'PhoneNumber' ? undefined : digits(str(said, key))
    if (perSlot.some(v => v !== null)) facts[fact] = perSlot
    else if (single) facts[fact] = [single]
  }
  if (plans.length > 0) facts['cellular.plans'] = plans.map(planOf)
  return facts
}

function bySlot(plans: readonly Dict[], key: string): (string | null)[] {
  const values: (string | null)[] = []
  plans.forEach((plan, place) => {
    const named = slots.indexOf(str(plan, 'Slot') ?? '')
    const value = key === 'PhoneNumber' ? str(plan, key)?.trim() : digits(str(plan, key))
    values[named >= 0 ? named : place] = value || null
  })
  return Array.from(values, v => v ?? null)
}

function planOf(plan: Dict): Json {
  const texts = { carrier: 'SubscriberCarrierNetwork', network: 'CurrentCarrierNetwork', label: 'Label', slot: 'Slot' }
  return {
    ...Object.fromEntries(Object.entries(texts).map(([name, key]) => [name, str(plan, key) ?? null])),
    roaming: bool(plan, 'IsRoaming') ?? null,
    data: bool(plan, 'IsDataPreferred') ?? null,
    voice: bool(plan, 'IsVoicePreferred') ?? null,
  }
}

/** IMEI, MEID, EID and ICCID without the spaces that iOS groups them with. */
function digits(text: string | undefined): string | undefined {
  return text?.replaceAll(/[\s-]/g, '').toUpperCase() || undefined
}

const securityKeys: Readonly<Record<string, string>> = {
  PasscodePresent: 'security.passcode',
  PasscodeCompliant: 'security.passcodeCompliant',
  PasscodeCompliantWithProfiles: 'security.passcodeCompliantWithProfiles',
  PasscodeLockGracePeriod: 'security.lockGraceSeconds',
  PasscodeLockGracePeriodEnforced: 'security.lockGraceEnforcedSeconds',
  AutoLockTime: 'security.autoLockSeconds',
  FDE_Enabled: 'security.encrypted',
  FDE_HasPersonalRecoveryKey: 'security.personalRecoveryKey',
  FDE_HasInstitutionalRecoveryKey: 'security.institutionalRecoveryKey',
  SystemIntegrityProtectionEnabled: 'security.systemIntegrity',
  RemoteDesktopEnabled: 'security.remoteDesktop',
  AuthenticatedRootVolumeEnabled: 'security.sealedSystem',
  IsRecoveryLockEnabled: 'security.recoveryLock',
}

const numbers = new Set(['PasscodeLockGracePeriod', 'PasscodeLockGracePeriodEnforced', 'AutoLockTime'])
const nested: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ManagementStatus: {
    EnrolledViaDEP: 'security.automatedEnrollment',
    UserApprovedEnrollment: 'security.userApproved',
    IsUserEnrollment: 'security.userEnrollment',
    IsActivationLockManageable: 'security.activationLockManageable',
  },
  FirewallSettings: {
    FirewallEnabled: 'security.firewall',
    BlockAllIncoming: 'security.firewallBlocksAll',
    StealthMode: 'security.firewallStealth',
  },
  FirmwarePasswordStatus: { PasswordExists: 'security.firmwarePassword' },
}

/** How a device says that it is protected (Apple: Security Info Command), in our keys. */
export function securityFacts(said: Dict): Facts {
  const facts: Facts = {}
  const caps = num(said, 'HardwareEncryptionCaps')
  // 1: per block, 2: per file, 3: both. iOS encrypts per file once there is a passcode.
  if (caps !== undefined) facts['security.hardwareEncryption'] = caps
  for (const [key, shown] of Object.entries(jsonOf(said))) {
    const value = said[key] ?? ''
    const inner = Object.hasOwn(nested, key) ? nested[key] : undefined
    if (inner && isDict(value)) Object.assign(facts, truthsOf(value, inner))
    else if (key === 'SecureBoot' && isDict(value)) Object.assign(facts, bootOf(value))
    else if (key !== 'HardwareEncryptionCaps') put(facts, said, key, shown)
  }
  return facts
}

function put(facts: Facts, said: Dict, key: string, shown: Json): void {
  const name = Object.hasOwn(securityKeys, key) ? securityKeys[key] : undefined
  if (name === undefined) {
    const kept = plain(shown)
    if (kept !== null) facts[`security.${key}`] = kept
    return
  }
  const fact = numbers.has(key) ? num(said, key) : bool(said, key)
  if (fact !== undefined) facts[name] = fact
}

function truthsOf(from: Dict, keys: Readonly<Record<string, string>>): Facts {
  const pairs = Object.entries(keys).map(([key, name]) => [name, bool(from, key)] as const)
  return Object.fromEntries(pairs.filter((p): p is readonly [string, boolean] => p[1] !== undefined))
}

function bootOf(boot: Dict): Facts {
  const level = str(boot, 'SecureBootLevel')
  const outside = str(boot, 'ExternalBootLevel')
  return {
    ...(level ? { 'security.secureBoot': level } : {}),
    ...(outside ? { 'security.externalBoot': outside } : {}),
  }
}

function jsonOf(said: Dict): { [key: string]: Json } {
  const json = toJson(said)
  return json !== null && typeof json === 'object' && !Array.isArray(json) ? json : {}
}

/** A value worth keeping: not empty text, not an empty dictionary, and no secret, which toJson has made null. */
function plain(json: Json): Json {
  if (typeof json === 'string') return json.trim() === '' ? null : json.slice(0, 4000)
  if (json !== null && typeof json === 'object' && Object.keys(json).length === 0) return null
  return json
}
