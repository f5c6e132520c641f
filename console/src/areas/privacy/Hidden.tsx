import type { Device } from '../../contract.ts'
import type { DataType } from '../../contract/privacy.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Note } from '../../kit/State.tsx'
import { GatePanel } from './GatePanel.tsx'

// What else is hidden has its own place: apps in their list, positions in incidents, secrets beside protection.
const here: readonly DataType[] = ['phone-number', 'network', 'cellular', 'accounts', 'usage']

/** What of the device is read with a purpose, what is never collected of it, and whether its data is held. */
export function Hidden({ device }: { device: Device }) {
  const { t, f } = useVoice()
  const gated = device.gated.filter(type => here.includes(type))
  return (
    <div className="pad below-tabs">
      {device.held && (
        <Note tone="attention" icon="held">
          <p>{t('privacy.heldHere', { reason: device.held.reason })}</p>
        </Note>
      )}
      {gated.length > 0 && <GatePanel device={device.id} what={gated} />}
      {device.never.length > 0 && (
        <p className="small muted">
          {t('privacy.neverHere', { what: f.list(device.never.map(type => t(`privacy.type.${type}`))) })}
        </p>
      )}
    </div>
  )
}
