import { versionNumber } from '../../../areas/devices/index.ts'
import type { AppleTarget } from '../policies/target.ts'

// First versions that take declarations from a server where the whole device is managed, and where only work data is.
const since = { ios: '16.0', ipados: '16.0', macos: '13.0', tvos: '16.0' } as const
const sinceForWork = { ...since, ios: '15.0', ipados: '15.0' } as const

/** Whether the channel knows declarations, as far as the system tells; one whose version is not known is not asked to. */
export function declarable(
  on: Pick<AppleTarget, 'platform' | 'osVersion' | 'enrollment'>,
  onAccount: boolean,
): boolean {
  const { platform, osVersion, enrollment } = on
  // Accounts have channels of their own on Macs and on iPads that are shared.
  if (onAccount && platform !== 'macos' && enrollment !== 'shared-ipad') return false
  const first = enrollment === 'user-enrollment' ? sinceForWork[platform] : since[platform]
  return osVersion !== null && versionNumber(osVersion) >= versionNumber(first)
}
