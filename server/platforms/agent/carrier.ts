import { againstSetting } from '@muster/wire/android/matrix.ts'
import type * as reconcile from '../../areas/reconcile/index.ts'

/** How things go to agents: all to the device; what no device held in this way can take is known before anything is sent, under the agent's own code. */
export const carrier: reconcile.Carrier = {
  platform: 'agent',
  place: ({ kind, value }, { target, enrollmentKind }) => {
    if (target.platform !== 'android') return 'device'
    const keys = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
    const against = againstSetting('agent', { kind, keys }, { mode: enrollmentKind, api: levelOf(target.osVersion) })
    return against === null ? 'device' : { unsupported: { code: `agent.${against}` } }
  },
}

/** Versions of Android whose level is not their number and 20 more. */
const levels: Readonly<Record<string, number>> = { 5: 21, 6: 23, 7: 24, 8: 26, 9: 28, 10: 29, 11: 30, 12: 31 }

/** The least API level a version of Android has; null where it is not known. */
function levelOf(osVersion: string | null): number | null {
  const [major = ''] = (osVersion ?? '').split('.')
  const number = Number(major)
  return Number.isInteger(number) && number >= 13 ? number + 20 : (levels[major] ?? null)
}
