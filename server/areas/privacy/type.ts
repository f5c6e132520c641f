/** What may be known of a device and of who carries it, in the kinds a charter speaks of. */
export const dataTypes = [
  'location',
  'phone-number',
  'apps',
  'managed-apps',
  'network',
  'identifiers',
  'cellular',
  'accounts',
  'certificates',
  'profiles',
  'secrets',
  'contact',
  'hardware',
  'system',
  'security',
  'usage',
] as const
export type DataType = (typeof dataTypes)[number]

/** Whose a device is, as the charter tells devices apart. */
export const owned = ['company', 'personal', 'unknown'] as const
export type Owned = (typeof owned)[number]

/** What nobody has classed may be anything a person does, so it counts as what they do. */
export const strictest: DataType = 'usage'

// The whole key, else its group. What is in a group and says more than the group's other facts is named here.
const exact: Readonly<Record<string, DataType>> = {
  'identity.udid': 'identifiers',
  'identity.provisioningUdid': 'identifiers',
  'identity.enrollmentId': 'identifiers',
  'identity.serial': 'identifiers',
  'identity.easId': 'identifiers',
  'identity.name': 'identifiers',
  'identity.hostName': 'identifiers',
  'identity.localHostName': 'identifiers',
  'identity.model': 'hardware',
  'identity.modelName': 'hardware',
  'identity.modelNumber': 'hardware',
  'identity.partNumber': 'hardware',
  'identity.platform': 'hardware',
  'identity.formFactor': 'hardware',
  'identity.appleSilicon': 'hardware',
  'identity.supervised': 'system',
  'identity.shared': 'system',
  'identity.timeZone': 'usage',
  'network.wifiMac': 'identifiers',
  'network.bluetoothMac': 'identifiers',
  'network.ethernetMac': 'identifiers',
  'network.tethered': 'network',
  'network.hotspot': 'network',
  'network.ssid': 'network',
  'network.ipAddress': 'network',
  'cellular.imei': 'identifiers',
  'cellular.meid': 'identifiers',
  'cellular.phoneNumber': 'phone-number',
  'cellular.phoneNumbers': 'phone-number',
  'cellular.technology': 'hardware',
  'cellular.modemFirmware': 'hardware',
  'security.lastCloudBackup': 'usage',
  'other.doNotDisturb': 'usage',
  // How many things a list has, not which.
  'other.apps': 'hardware',
  'other.profiles': 'profiles',
  'other.certificates': 'certificates',
  'ddm.stalled': 'system',
}

const groups: Readonly<Record<string, DataType>> = {
  os: 'system',
  storage: 'hardware',
  battery: 'hardware',
  cellular: 'cellular',
  location: 'location',
  accounts: 'accounts',
}

// Facts about protection that no platform folder has named are unclassed like others: a vendor may add anything there.
const protection = new Set(
  'activationLock activationLockSupported activationLockManageable findMy lostMode cloudBackup systemIntegrity pinRequiredForErase pinRequiredForLock passcode passcodeCompliant passcodeCompliantWithProfiles lockGraceSeconds lockGraceEnforcedSeconds autoLockSeconds encrypted personalRecoveryKey institutionalRecoveryKey remoteDesktop sealedSystem recoveryLock hardwareEncryption automatedEnrollment userApproved userEnrollment firewall firewallBlocksAll firewallStealth firmwarePassword secureBoot externalBoot jailbroken rooted attested attestedWhy attestedOs attestation.level attestation.boot attestation.bootKey attestation.locked attestation.patch resetToken suspended posture postureRisks debugging developerMode unknownSources appsVerified'.split(
    ' ',
  ),
)

/** The kind of what a fact tells; of a fact nobody has classed, the strictest that makes sense. Pure. */
export function typeOf(factKey: string): DataType {
  const named = Object.hasOwn(exact, factKey) ? exact[factKey] : undefined
  if (named) return named
  const [group = '', ...rest] = factKey.split('.')
  if (group === 'security') return protection.has(rest.join('.')) ? 'security' : strictest
  return (Object.hasOwn(groups, group) ? groups[group] : undefined) ?? strictest
}

/** The kinds of what lists tell, by the name of the list. */
export function typeOfList(list: string): DataType {
  return list === 'apps' || list === 'profiles' || list === 'certificates' ? list : strictest
}

/** Facts without which a device could not be told from others or spoken to at all: kept whatever a charter says. */
export const essential: ReadonlySet<string> = new Set([
  'identity.udid',
  'identity.enrollmentId',
  'identity.serial',
  'identity.platform',
  'identity.formFactor',
  'identity.model',
  'identity.modelName',
  'identity.supervised',
  'identity.shared',
  'os.version',
  'ddm.stalled',
])
/** The same for identifiers, by kind. */
export const essentialIdentifiers: ReadonlySet<string> = new Set(['udid', 'enrollment-id', 'serial'])
