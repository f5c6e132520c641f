import type { DeviceRow } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { State } from '../../kit/State.tsx'
import { deviceStates } from './words.ts'

/** The state of a device as icon and word; with work under way it says how much waits. */
export function DeviceMark({ device }: { device: Pick<DeviceRow, 'state' | 'waiting'> }) {
  const { t } = useVoice()
  const { tone, icon, label } = deviceStates[device.state]
  if (device.state === 'active' && device.waiting > 0) {
    return (
      <State tone="pending" icon="queued" quiet>
        {t('device.waiting', { n: device.waiting })}
      </State>
    )
  }
  return (
    <State tone={tone} icon={icon} quiet>
      {t(label)}
    </State>
  )
}

/** How far a device is with its policies: all in place, or how many failed or are on the way. */
export function PolicyMark({ policy }: Pick<DeviceRow, 'policy'>) {
  const { t } = useVoice()
  if (policy === null || policy.items === 0) return <span className="muted">–</span>
  if (policy.failed > 0)
    return (
      <State tone="danger" quiet>
        {t('device.policy.nFailed', { n: policy.failed })}
      </State>
    )
  if (policy.waiting > 0)
    return (
      <State tone="pending" quiet>
        {t('device.policy.nWaiting', { n: policy.waiting })}
      </State>
    )
  return (
    <State tone="ok" quiet>
      {t('device.policy.ok')}
    </State>
  )
}
