import { Link } from '@tanstack/react-router'
import type { DeviceRow } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { severities } from './words.ts'

/** How many alerts a device has that have not ended; leads to them. `brief` shows only the drawing. */
export function DeviceAlerts({ device, brief }: { device: Pick<DeviceRow, 'id' | 'alerts'>; brief?: boolean }) {
  const { t } = useVoice()
  if (!device.alerts) return null
  const { tone, icon } = severities[device.alerts.severity]
  const words = t('alerts.onDevice', { n: device.alerts.count })
  return (
    <Link
      to="/alerts"
      search={{ filter: `device:${device.id} -state:resolved` }}
      className={brief ? `alert-mark s-${tone}` : `badge alert-mark s-${tone}`}
      {...(brief ? { 'aria-label': words, title: words, tabIndex: -1 } : {})}
    >
      <Icon name={icon} />
      {!brief && words}
    </Link>
  )
}
