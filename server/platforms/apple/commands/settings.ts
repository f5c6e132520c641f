import { encodeCommand } from '@muster/wire/apple/command.ts'
import { chainOf } from '@muster/wire/apple/result.ts'
import { explain } from '@muster/wire/apple/errors.ts'
import { type Dict, dict, list, str } from '@muster/wire/plist/plist.ts'
import { isDict } from '@muster/wire/plist/value.ts'
import { z } from 'zod'
import type { CommandError, CommandKind } from '../../../areas/commands/index.ts'
import { Problem } from '../../../base/problem.ts'
import { type ApplePlatform, meets, mobile, platformsOf, type Terms } from './eligibility.ts'

const text = z.string().min(1).max(255)
const args = z
  .strictObject({
    deviceName: text.optional(),
    hostName: text.optional(),
    dataRoaming: z.boolean().optional(),
    voiceRoaming: z.boolean().optional(),
    personalHotspot: z.boolean().optional(),
    bluetooth: z.boolean().optional(),
    diagnosticSubmission: z.boolean().optional(),
    appAnalytics: z.boolean().optional(),
    timeZone: z
      .string()
      .regex(/^[A-Za-z0-9_+-]+(?:\/[A-Za-z0-9_+-]+)*$/)
      .max(64)
      .optional(),
    lockGraceSeconds: z.int().min(0).max(86_400).optional(),
    wallpaper: z
      .strictObject({
        image: z
          .base64()
          .min(1)
          .max(6 * 1024 * 1024),
        where: z.enum(['lock', 'home', 'both']),
      })
      .optional(),
    organization: z
      .strictObject({
        name: text,
        shortName: text.optional(),
        address: text.optional(),
        phone: text.optional(),
        email: text.optional(),
      })
      .optional(),
    activationLockAllowed: z.boolean().optional(),
    maximumUsers: z.int().min(1).max(99).optional(),
    accessibility: z
      .strictObject({
        boldText: z.boolean().optional(),
        increaseContrast: z.boolean().optional(),
        reduceMotion: z.boolean().optional(),
        reduceTransparency: z.boolean().optional(),
        textSize: z.int().min(0).max(11).optional(),
        touchAccommodations: z.boolean().optional(),
        voiceOver: z.boolean().optional(),
        zoom: z.boolean().optional(),
        grayscale: z.boolean().optional(),
      })
      .optional(),
  })
  .refine(a => Object.values(a).some(v => v !== undefined), { message: 'names no setting' })

type Args = z.infer<typeof args>
type Name = keyof Args

const terms: Terms = {
  on: { ...mobile('5.0'), macos: { since: '10.9' }, tvos: { since: '9.0' } },
  rights: ['settings'],
  userEnrollment: true,
}

interface Setting {
  readonly on: Terms['on']
  readonly shared?: true
  readonly item: (args: Args) => Dict
}

const supervised = (since: string): Terms['on'] => mobile(since, true)
const enabled =
  (item: string, name: Name): Setting['item'] =>
  given => ({ Item: item, Enabled: given[name] === true })
const whole = { ...mobile('5.0'), macos: { since: '10.9' }, tvos: { since: '9.0' } } as const

/** Each setting: where it exists, and how it is said (Apple: Settings Command). */
const settingsOf: Readonly<Record<Name, Setting>> = {
  deviceName: {
    on: { ...supervised('5.0'), macos: { since: '10.10' }, tvos: { since: '9.0' } },
    item: given => ({ Item: 'DeviceName', DeviceName: given.deviceName ?? '' }),
  },
  hostName: {
    on: { macos: { since: '10.11' } },
    item: given => ({ Item: 'HostName', HostName: given.hostName ?? '' }),
  },
  dataRoaming: { on: mobile('5.0'), item: enabled('DataRoaming', 'dataRoaming') },
  voiceRoaming: { on: mobile('5.0'), item: enabled('VoiceRoaming', 'voiceRoaming') },
  personalHotspot: { on: mobile('7.0'), item: enabled('PersonalHotspot', 'personalHotspot') },
  bluetooth: { on: { ...supervised('11.3'), macos: { since: '10.13.4' } }, item: enabled('Bluetooth', 'bluetooth') },
  diagnosticSubmission: {
    on: { ipados: { since: '9.3' } },
    shared: true,
    item: enabled('DiagnosticSubmission', 'diagnosticSubmission'),
  },
  appAnalytics: { on: { ipados: { since: '9.3.2' } }, shared: true, item: enabled('AppAnalytics', 'appAnalytics') },
  timeZone: {
    on: { ...supervised('14.0'), tvos: { since: '14.0', supervised: true } },
    item: given => ({ Item: 'TimeZone', TimeZone: given.timeZone ?? '' }),
  },
  lockGraceSeconds: {
    on: { ipados: { since: '9.3.2' } },
    shared: true,
    item: given => ({ Item: 'PasscodeLockGracePeriod', PasscodeLockGracePeriod: given.lockGraceSeconds ?? 0 }),
  },
  wallpaper: { on: supervised('8.0'), item: given => wallpaperOf(given.wallpaper) },
  organization: { on: whole, item: given => organizationOf(given.organization) },
  activationLockAllowed: {
    on: { ...mobile('7.0'), macos: { since: '10.15' } },
    item: given => ({
      Item: 'MDMOptions',
      MDMOptions: { ActivationLockAllowedWhileSupervised: given.activationLockAllowed === true },
    }),
  },
  maximumUsers: {
    on: { ipados: { since: '9.3' } },
    shared: true,
    item: given => ({ Item: 'MaximumResidentUsers', MaximumResidentUsers: given.maximumUsers ?? 1 }),
  },
  accessibility: { on: supervised('16.0'), item: given => accessibilityOf(given.accessibility) },
}

/** Changes settings of the device; a device answers for each of them, and one that was refused makes the command fail. */
export const settings: CommandKind<Args> = {
  kind: 'settings',
  permission: 'devices:configure',
  impact: 'reversible',
  destructive: false,
  args,
  loggable: ['deviceName', 'hostName', 'dataRoaming', 'voiceRoaming', 'personalHotspot', 'bluetooth', 'timeZone'],
  secret: [],
  expiresInMs: 30 * 24 * 3_600_000,
  platforms: platformsOf(terms),
  eligible: subject => meets(terms, subject),
  prepare: (_ctx, subject, given) => {
    for (const name of named(given)) {
      const setting = settingsOf[name]
      const met = meets({ on: setting.on }, subject)
      const refused =
        met === true && setting.shared && subject.enrollment.kind !== 'shared-ipad' ? 'command.shared-ipad-only' : met
      if (refused !== true) throw new Problem(refused, { setting: name })
    }
    return given
  },
  encode: (given, uuid) =>
    encodeCommand(uuid, { RequestType: 'Settings', Settings: named(given).map(name => settingsOf[name].item(given)) }),
  judge: result => firstRefusal(dict(result as never)),
}

/** Platforms that know this setting, for forms. */
export const platformsOfSetting = (name: Name): ApplePlatform[] => platformsOf({ on: settingsOf[name].on })

function named(given: Args): Name[] {
  return (Object.keys(settingsOf) as Name[]).filter(name => given[name] !== undefined)
}

/** The response holds one entry per setting, each with a Status of its own; the whole is acknowledged all the same. */
export function firstRefusal(result: Dict): CommandError | null {
  for (const entry of (list(result, 'Settings') ?? []).filter(isDict)) {
    if ((str(entry, 'Status') ?? 'Acknowledged') === 'Acknowledged') continue
    const chain = chainOf(entry)
    const { code, domain, message } = chain[0] ?? { code: null, domain: null, message: null }
    const explained = chain.length > 0 ? explain('Error', chain) : 'apple.refused'
    const item = str(entry, 'Item')
    return { code, domain, message: [item, message].filter(Boolean).join(': ') || null, explained }
  }
  return null
}

const places = { lock: 1, home: 2, both: 3 } as const

function wallpaperOf(wallpaper: Args['wallpaper']): Dict {
  return {
    Item: 'Wallpaper',
    Image: new Uint8Array(Buffer.from(wallpaper?.image ?? '', 'base64')),
    Where: places[wallpaper?.where ?? 'both'],
  }
}

function organizationOf(organization: Args['organization']): Dict {
  const { name, shortName, address, phone, email } = organization ?? { name: '' }
  return {
    Item: 'OrganizationInfo',
    OrganizationInfo: {
      OrganizationName: name,
      ...(shortName ? { OrganizationShortName: shortName } : {}),
      ...(address ? { OrganizationAddress: address } : {}),
      ...(phone ? { OrganizationPhone: phone } : {}),
      ...(email ? { OrganizationEmail: email } : {}),
    },
  }
}

const accessibilityKeys = {
  boldText: 'BoldTextEnabled',
  increaseContrast: 'IncreaseContrastEnabled',
  reduceMotion: 'ReduceMotionEnabled',
  reduceTransparency: 'ReduceTransparencyEnabled',
  textSize: 'TextSize',
  touchAccommodations: 'TouchAccommodationsEnabled',
  voiceOver: 'VoiceOverEnabled',
  zoom: 'ZoomEnabled',
  grayscale: 'GrayscaleEnabled',
} as const

function accessibilityOf(given: Args['accessibility']): Dict {
  const out: Dict = { Item: 'AccessibilitySettings' }
  for (const [name, key] of Object.entries(accessibilityKeys)) {
    const value = given?.[name as keyof typeof accessibilityKeys]
    if (value !== undefined) out[key] = value
  }
  return out
}
