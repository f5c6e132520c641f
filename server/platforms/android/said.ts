import { titleOf } from '@muster/wire/android/title.ts'
import { z } from 'zod'
import type * as devices from '../../areas/devices/index.ts'

const text = z.string().max(2000)
const count = z.coerce.number().optional()

/** A device as Google writes it; what it adds later is passed by, and whatever may be missing may be missing. */
export const deviceShape = z.object({
  name: z.string().max(300),
  managementMode: text.optional(),
  ownership: text.optional(),
  state: text.optional(),
  appliedState: text.optional(),
  apiLevel: count,
  enrollmentTokenName: text.default(''),
  enrollmentTokenData: text.default(''),
  previousDeviceNames: z.array(z.string().max(300)).max(100).default([]),
  lastStatusReportTime: text.optional(),
  hardwareInfo: z
    .object({
      brand: text.default(''),
      manufacturer: text.default(''),
      model: text.default(''),
      hardware: text.default(''),
      serialNumber: text.default(''),
      enterpriseSpecificId: text.default(''),
    })
    .default({ brand: '', manufacturer: '', model: '', hardware: '', serialNumber: '', enterpriseSpecificId: '' }),
  softwareInfo: z
    .object({ androidVersion: text, androidBuildNumber: text, securityPatchLevel: text, deviceKernelVersion: text })
    .partial()
    .optional(),
  memoryInfo: z.object({ totalInternalStorage: count, totalRam: count }).optional(),
  networkInfo: z.object({ imei: text, meid: text, wifiMacAddress: text }).partial().optional(),
  deviceSettings: z
    .object({
      isDeviceSecure: z.boolean(),
      encryptionStatus: text,
      adbEnabled: z.boolean(),
      developmentSettingsEnabled: z.boolean(),
      unknownSourcesEnabled: z.boolean(),
      verifyAppsEnabled: z.boolean(),
    })
    .partial()
    .optional(),
  securityPosture: z
    .object({ devicePosture: text, postureDetails: z.array(z.object({ securityRisk: text.optional() })).max(20) })
    .partial()
    .optional(),
  applicationReports: z.array(z.unknown()).max(5000).optional(),
})
export type SaidDevice = z.output<typeof deviceShape>

/** How safe Google holds a device to be. */
const postures: Readonly<Record<string, string>> = {
  SECURE: 'secure',
  AT_RISK: 'at-risk',
  POTENTIALLY_COMPROMISED: 'compromised',
}

const risksOf = (details: readonly { securityRisk?: string | undefined }[]): string[] =>
  [...new Set(details.flatMap(one => one.securityRisk ?? []))]
    .map(risk => risk.toLowerCase().replaceAll('_', '-'))
    .sort()

const encrypted = ['ACTIVE', 'ACTIVE_DEFAULT_KEY', 'ACTIVE_PER_USER']

/** What a device said about itself, in our keys. What it left out is not known. */
export function factsOf(said: SaidDevice): Record<string, devices.JsonValue> {
  const { softwareInfo: soft, networkInfo: net, deviceSettings: settings, securityPosture: posture } = said
  const storage = said.memoryInfo?.totalInternalStorage
  const all: Record<string, devices.JsonValue | undefined> = {
    'os.version': soft?.androidVersion,
    'os.build': soft?.androidBuildNumber,
    'os.patch': soft?.securityPatchLevel,
    'os.kernel': soft?.deviceKernelVersion,
    'os.apiLevel': said.apiLevel,
    'identity.model': said.hardwareInfo.hardware || undefined,
    'identity.modelName': nameOf(said) || undefined,
    'identity.serial': said.hardwareInfo.serialNumber || undefined,
    'identity.enrollmentId': said.hardwareInfo.enterpriseSpecificId || undefined,
    'storage.capacityBytes': storage === undefined || storage <= 0 ? undefined : storage,
    'network.wifiMac': net?.wifiMacAddress,
    'cellular.imei': net?.imei === undefined ? undefined : [net.imei],
    'cellular.meid': net?.meid === undefined ? undefined : [net.meid],
    'security.passcode': settings?.isDeviceSecure,
    'security.encrypted':
      settings?.encryptionStatus === undefined ? undefined : encrypted.includes(settings.encryptionStatus),
    'security.rooted':
      posture?.devicePosture === undefined ? undefined : posture.devicePosture === 'POTENTIALLY_COMPROMISED',
    'security.posture': postures[posture?.devicePosture ?? ''],
    'security.postureRisks': posture?.devicePosture === undefined ? undefined : risksOf(posture.postureDetails ?? []),
    'security.debugging': settings?.adbEnabled,
    'security.developerMode': settings?.developmentSettingsEnabled,
    'security.unknownSources': settings?.unknownSourcesEnabled,
    'security.appsVerified': settings?.verifyAppsEnabled,
    'security.suspended': said.appliedState === undefined ? undefined : said.appliedState === 'DISABLED',
  }
  const facts: Record<string, devices.JsonValue> = {}
  for (const [key, value] of Object.entries(all)) if (value !== undefined) facts[key] = value
  return facts
}

/** The same without what numbers the device: of somebody's own nothing of that is to be known, whatever Google says. */
export function withoutNumbers(said: SaidDevice): SaidDevice {
  const { networkInfo: _, ...rest } = said
  return { ...rest, hardwareInfo: { ...said.hardwareInfo, serialNumber: '' } }
}

/** Its maker and model, as people call it. */
export function nameOf({ hardwareInfo: { brand, manufacturer, model } }: SaidDevice): string {
  return titleOf(manufacturer || brand, model)
}

const report = z.object({
  packageName: z.string().min(1).max(300),
  displayName: text.default(''),
  versionName: text.default(''),
  versionCode: z.coerce.number().default(0),
  state: z.string().default('INSTALLED'),
  applicationSource: text.default(''),
  installerPackageName: text.default(''),
  packageSha256Hash: text.optional(),
  signingKeyCertFingerprints: z.array(text).default([]),
})

/** One app of a report; null for what was taken off or cannot be read. */
export function reportedApp(one: unknown): z.output<typeof report> | null {
  const read = report.safeParse(one)
  return read.success && read.data.state === 'INSTALLED' ? read.data : null
}

/** The apps a device reported, as entries of its list; those that were taken off are not on it. */
export function appsOf(said: SaidDevice, managed: ReadonlySet<string>): devices.JsonValue[] | null {
  if (said.applicationReports === undefined) return null
  return said.applicationReports.flatMap(one => {
    const app = reportedApp(one)
    if (app === null) return []
    const { packageName: identifier, displayName, versionName: version, versionCode: code } = app
    const source = app.applicationSource
    return [
      {
        identifier,
        name: displayName || identifier,
        version,
        code,
        signer: app.signingKeyCertFingerprints[0] ?? null,
        installer: app.installerPackageName || null,
        system: source.startsWith('SYSTEM_APP'),
        hash: app.packageSha256Hash ?? null,
        managed: managed.has(identifier),
      },
    ]
  })
}
