import { againstSetting } from '@muster/wire/android/matrix.ts'
import type * as reconcile from '../../areas/reconcile/index.ts'
import { levelOf } from './levels.ts'

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
