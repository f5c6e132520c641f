import { timeOf } from './clock.ts'
import { runCommands } from './commands.ts'
import { notify } from './enterprises.ts'
import { judge } from './judge.ts'
import { listIn, type Table, tableIn } from './refusal.ts'
import type { Phone, World } from './world.ts'

const minutes = 60_000
/** A phone that finds no policy waits so long before it is reset. */
const withoutPolicyMs = 5 * minutes

/** The phone will contact the API soon, if it is on. */
export function planContact(world: World, phone: Phone): void {
  if (phone.planned || !phone.online || phone.gone) return
  phone.planned = true
  world.clock.at(world.clock.now() + world.pullMs, () => {
    phone.planned = false
    if (phone.online && !phone.gone) contact(world, phone)
  })
}

/** What a phone does at a contact: it leaves if it was deleted, else takes state and policy, obeys, and reports. */
export function contact(world: World, phone: Phone): void {
  if (phone.deleted) {
    leave(world, phone)
    return
  }
  pull(world, phone)
  runCommands(world, phone)
  if (!phone.gone) report(world, phone)
}

/** Takes the policy of the moment and makes it so, as far as this phone can. */
function pull(world: World, phone: Phone): void {
  const policy = phone.enterprise.policies.get(phone.policyName)
  if (!policy) return
  if (phone.appliedState !== 'LOST') phone.appliedState = phone.state
  const judged = judge(phone, policy.body)
  phone.apps = judged.apps
  phone.problems = judged.problems
  phone.appliedPolicy = { name: policy.name, version: policy.version }
  phone.syncedAt = world.clock.now()
}

/** The phone tells how it is. */
export function report(world: World, phone: Phone): void {
  phone.reportedAt = world.clock.now()
  notify(world, phone.enterprise, 'STATUS_REPORT', phoneTold(phone))
}

/** A phone that has just enrolled says so, and waits for its policy. */
export function arrive(world: World, phone: Phone): void {
  notify(world, phone.enterprise, 'ENROLLMENT', phoneTold(phone))
  planContact(world, phone)
  world.clock.at(phone.enrolledAt + withoutPolicyMs, () => {
    if (!phone.appliedPolicy && !phone.gone && phone.online) leave(world, phone)
  })
}

/** The phone is reset, or its work profile is gone; the API tells it once. */
export function leave(world: World, phone: Phone): void {
  if (phone.gone) return
  phone.gone = true
  phone.deleted = true
  phone.lost = false
  phone.appliedState = 'DELETED'
  notify(world, phone.enterprise, world.deletedBy, phoneTold(phone))
}

/** The phone as the API tells of it: only what its policy has it report, and of a person's own phone nothing that tells it from others. */
export function phoneTold(phone: Phone): Table {
  const policy = phone.appliedPolicy && phone.enterprise.policies.get(phone.appliedPolicy.name)
  const reporting = tableIn(policy?.body['statusReportingSettings']) ?? {}
  const personal = phone.ownership === 'PERSONALLY_OWNED'
  return {
    name: phone.name,
    managementMode: phone.mode,
    ownership: phone.ownership,
    state: phone.deleted ? 'DELETED' : phone.state,
    appliedState: phone.appliedState,
    ...(phone.disabledReason ? { disabledReason: phone.disabledReason } : {}),
    policyName: phone.policyName,
    policyCompliant: phone.appliedPolicy !== null && phone.problems.length === 0,
    ...(phone.problems.length > 0 ? { nonComplianceDetails: phone.problems } : {}),
    ...(phone.appliedPolicy
      ? { appliedPolicyName: phone.appliedPolicy.name, appliedPolicyVersion: String(phone.appliedPolicy.version) }
      : {}),
    enrollmentTime: timeOf(phone.enrolledAt),
    enrollmentTokenName: phone.token.name,
    ...(phone.token.body['additionalData'] === undefined
      ? {}
      : { enrollmentTokenData: phone.token.body['additionalData'] }),
    lastStatusReportTime: timeOf(phone.reportedAt),
    ...(phone.syncedAt === null ? {} : { lastPolicySyncTime: timeOf(phone.syncedAt) }),
    apiLevel: phone.apiLevel,
    hardwareInfo: hardware(phone, personal),
    securityPosture: phone.posture,
    userName: `${phone.enterprise.name}/users/${phone.name.split('/').pop()}`,
    ...reported(phone, reporting, personal),
  }
}

function hardware(phone: Phone, personal: boolean): Table {
  return {
    brand: phone.brand,
    manufacturer: phone.brand,
    model: phone.model,
    hardware: phone.model.toLowerCase().replaceAll(' ', ''),
    ...(personal ? {} : { serialNumber: phone.serial }),
    ...(phone.apiLevel >= 31 ? { enterpriseSpecificId: `esid-${phone.name.split('/').pop()}` } : {}),
  }
}

function reported(phone: Phone, reporting: Table, personal: boolean): Table {
  const on = (key: string): boolean => reporting[key] === true
  return {
    ...(on('applicationReportsEnabled') ? { applicationReports: [...phone.apps.values()] } : {}),
    ...(on('softwareInfoEnabled')
      ? {
          softwareInfo: {
            androidVersion: phone.androidVersion,
            androidBuildNumber: `MUSTER.${phone.apiLevel}`,
            securityPatchLevel: '2026-11-05',
            androidDevicePolicyVersionCode: 10_000,
            androidDevicePolicyVersionName: '100.00',
            primaryLanguageCode: 'en-US',
            systemUpdateInfo: { updateStatus: 'UP_TO_DATE' },
          },
        }
      : {}),
    ...(on('memoryInfoEnabled')
      ? { memoryInfo: { totalRam: '8000000000', totalInternalStorage: '128000000000' } }
      : {}),
    ...(on('networkInfoEnabled') && !personal
      ? { networkInfo: { imei: `35${phone.serial.padStart(13, '0').slice(-13)}`, wifiMacAddress: '02:00:00:00:00:01' } }
      : {}),
    ...(on('deviceSettingsEnabled')
      ? {
          deviceSettings: {
            isDeviceSecure: phone.password !== 'none',
            unknownSourcesEnabled: false,
            developmentSettingsEnabled: false,
            adbEnabled: false,
            isEncrypted: true,
            encryptionStatus: 'ACTIVE_PER_USER',
            verifyAppsEnabled: true,
          },
        }
      : {}),
  }
}

/** Says something in a phone's log, if its organization reads logs. */
export function log(world: World, phone: Phone, event: Table): void {
  world.count += 1
  notify(world, phone.enterprise, 'USAGE_LOGS', {
    device: phone.name,
    user: `${phone.enterprise.name}/users/${phone.name.split('/').pop()}`,
    retrievalTime: timeOf(world.clock.now()),
    usageLogEvents: [{ eventId: String(world.count), eventTime: timeOf(world.clock.now()), ...event }],
  })
}

/** Whether the policy has logs of a kind collected. */
export function collects(phone: Phone, kind: string): boolean {
  const policy = phone.enterprise.policies.get(phone.policyName)
  return listIn(tableIn(policy?.body['usageLog'])?.['enabledLogTypes']).includes(kind)
}
