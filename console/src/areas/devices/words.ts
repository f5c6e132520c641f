import type { DeviceState, FormFactor } from '../../contract.ts'
import type { Key } from '../../i18n/index.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import type { ToneName } from '../../kit/State.tsx'

/** The drawing of a form factor; never a vendor's logo. */
export function formIcon(form: FormFactor): IconName {
  return form
}

/** How each state of a device looks and is called. */
export const deviceStates: Record<DeviceState, { tone: ToneName; icon: IconName; label: Key }> = {
  active: { tone: 'ok', icon: 'ok', label: 'device.state.active' },
  silent: { tone: 'attention', icon: 'silent', label: 'device.state.silent' },
  lost: { tone: 'danger', icon: 'flag', label: 'device.state.lost' },
  enrolling: { tone: 'pending', icon: 'pending', label: 'device.state.enrolling' },
  ended: { tone: 'none', icon: 'canceled', label: 'device.state.ended' },
}

export { kindNames, platformNames } from '../../kit/platforms.ts'
