import type { CatalogTarget } from '@muster/wire/apple/catalog/available.ts'
import { versionNumber } from '../../../areas/devices/index.ts'
import type { Honor } from '../../../areas/policies/index.ts'

/** What of a device decides how an item is said to it. */
export interface AppleTarget {
  readonly platform: 'ios' | 'ipados' | 'macos' | 'tvos'
  /** Null: not known, and then nothing is held back because of it. */
  readonly osVersion: string | null
  readonly supervised: boolean | null
  readonly enrollment: 'device' | 'user-enrollment' | 'shared-ipad'
  /** Whether the enrollment has a channel for the account that is signed in. */
  readonly channels: { readonly user: boolean }
  /** What the client says it supports; null: it has not said. An absent list is not known, which is not the same as none. */
  readonly capabilities: { readonly declarations: { readonly configuration: readonly string[] | null } } | null
}

/** Why a device cannot honor something that its platform can; null when it can. */
export function unmet(honor: Honor | null, on: AppleTarget): string | null {
  if (!honor) return 'no-such-setting'
  if (honor.how === 'no') return honor.reason ?? 'no-such-setting'
  if (honor.enrollments && !honor.enrollments.includes(on.enrollment)) return 'not-in-this-enrollment'
  if (honor.supervised && on.supervised !== true) return 'needs-supervision'
  if (honor.from !== undefined && older(on, honor.from)) return 'needs-newer-os'
  if (honor.until !== undefined && on.osVersion !== null && !older(on, honor.until)) return 'gone-from-os'
  return null
}

/** Whether the device is known to run something older than this version. */
export function older(on: Pick<AppleTarget, 'osVersion'>, version: string): boolean {
  return on.osVersion !== null && versionNumber(on.osVersion) < versionNumber(version)
}

/** The catalog's name of the device's system: iPadOS is iOS there. */
export function systemOf(on: Pick<AppleTarget, 'platform'>): 'ios' | 'macos' | 'tvos' {
  return on.platform === 'ipados' ? 'ios' : on.platform
}

/** The version for this device's system, of versions by system; null where the system is not among them. */
export function sinceOn(on: AppleTarget, versions: { ios?: string; macos?: string; tvos?: string }): boolean {
  const from = versions[systemOf(on)]
  return from !== undefined && on.osVersion !== null && !older(on, from)
}

/** Whether declarations of this type may be sent: the system is known to be new enough, and the client has not said otherwise. */
export function declares(
  on: AppleTarget,
  type: string,
  versions: { ios?: string; macos?: string; tvos?: string },
): boolean {
  if (!sinceOn(on, versions)) return false
  const said = on.capabilities?.declarations.configuration
  return !said || said.includes(type)
}

/** The device as the catalog asks about it. */
export function catalogTarget(on: AppleTarget, channel: 'device' | 'user'): CatalogTarget {
  return {
    system: systemOf(on),
    version: on.osVersion,
    supervised: on.supervised,
    enrollment: on.enrollment === 'user-enrollment' ? 'user' : 'device',
    automated: null,
    approved: null,
    channel,
    sharedIpad: on.enrollment === 'shared-ipad',
    rights: null,
    capabilities: null,
  }
}
