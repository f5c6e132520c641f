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
