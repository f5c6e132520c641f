import type { DeviceCounts } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Roll } from '../../kit/Roll.tsx'
import { State } from '../../kit/State.tsx'

/** How many devices have what they should: a bar in whole cells and its numbers. */
export function DeviceBar({ counts }: { counts: DeviceCounts | null }) {
  const { t, f } = useVoice()
  if (!counts) return <span className="muted">–</span>
  if (counts.desired === 0) return <span className="muted">{t('policies.noDevices')}</span>
  const { desired, installed, failed, pending } = counts
  // What is neither there, nor failed, nor on its way, the device cannot take at all.
  const unable = Math.max(0, desired - installed - failed - pending)
  return (
    <span className="device-bar">
      <Roll
        cells={14}
        shares={[
          { tone: 'ok', count: installed },
          { tone: 'bad', count: failed },
          { tone: 'pend', count: pending },
          { tone: 'rest', count: unable },
        ]}
      />
      <span>
        {t('policies.installedOf', { installed, desired })}
        {unable > 0 && <span className="muted">{t('policies.unable', { unable })}</span>}
        {failed > 0 && (
          <>
            {' '}
            <State tone="danger">
              {f.number(failed)}
              <span className="vh"> {t('policies.failed')}</span>
            </State>
          </>
        )}
      </span>
    </span>
  )
}
