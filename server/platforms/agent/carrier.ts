import * as previews from '../../areas/previews/index.ts'
import type * as reconcile from '../../areas/reconcile/index.ts'

/** How things go to agents: all to the device; what no device held in this way can take is known before anything is sent, under the agent's own code. */
export const carrier: reconcile.Carrier = {
  platform: 'agent',
  place: (item, { target, enrollmentKind }) => {
    const [gap] = previews.gapsIn(item, { ...target, road: 'agent', mode: enrollmentKind })
    return gap?.key === '' && gap.how === 'no' && target.platform === 'android'
      ? { unsupported: { code: previews.codeOf(gap.reason) } }
      : 'device'
  },
}
