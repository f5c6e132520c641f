import { accessRights } from '@muster/wire/apple/profile.ts'
import type { Subject } from '../../../areas/commands/index.ts'
import { versionNumber } from '../../../areas/devices/index.ts'
import type { ProblemCode } from '../../../base/problem.ts'

export type ApplePlatform = 'ios' | 'ipados' | 'macos' | 'tvos'

/** A right that the enrollment grants (Apple: MDM payload, AccessRights). */
export type Right = keyof typeof accessRights

/** What a command asks of the device that takes it. */
export interface Terms {
  /** Platform → first version that knows the command, and whether it must be supervised. */
  readonly on: Partial<Record<ApplePlatform, { since: string; supervised?: true }>>
  /** Rights that must all be granted. */
  readonly rights?: readonly Right[]
  /** At least one of these must be granted. */
  readonly anyRight?: readonly Right[]
  /** Allowed where only work data is managed (User Enrollment). */
  readonly userEnrollment?: true
  /** Also goes by an account's channel, on these platforms. */
  readonly accounts?: readonly ApplePlatform[]
  /** Never offered on a device that belongs to the person who uses it. */
  readonly company?: true
}

/** iPhones and iPads from this version on. */
export const mobile = (since: string, supervised?: true): Terms['on'] => {
  const one = supervised ? { since, supervised } : { since }
  return { ios: one, ipados: one }
}

/** The platforms the terms name. */
export function platformsOf(terms: Terms): ApplePlatform[] {
  return Object.keys(terms.on) as ApplePlatform[]
}

/** Whether the device meets the terms, else what stands against it, the hardest to change first. */
export function meets(terms: Terms, subject: Subject): true | ProblemCode {
  const { device, enrollment, account } = subject
  const platform = device.platform as ApplePlatform
  const asked = Object.hasOwn(terms.on, platform) ? terms.on[platform] : undefined
  if (!asked) return 'command.platform'
  if (account !== '' && !terms.accounts?.includes(platform)) return 'command.channel'
  if (terms.company && device.ownership === 'personal') return 'command.personal-device'
  if (enrollment.kind === 'user-enrollment' && !terms.userEnrollment) return 'command.user-enrollment'
  if (device.osVersion !== null && versionNumber(device.osVersion) < versionNumber(asked.since))
    return 'command.os-too-old'
  if (asked.supervised && device.supervised !== true) return 'command.not-supervised'
  const rights = enrollment.accessRights
  // User Enrollment ignores AccessRights (Apple: MDM payload); null means that nobody counted them.
  if (rights === null || enrollment.kind === 'user-enrollment') return true
  const granted = (right: Right): boolean => (rights & accessRights[right]) !== 0
  const all = terms.rights?.every(granted) ?? true
  const any = terms.anyRight?.some(granted) ?? true
  return all && any ? true : 'command.access-right'
}
