import { useState } from 'react'
import type { DeviceRow } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { countSelected, isSelected, type Selection } from '../../kit/selection.ts'
import { State } from '../../kit/State.tsx'
import { refresh } from './queries.ts'

/** How many devices one browser asks, one after the other; larger batches are for the server. */
const most = 200

/** What can be done with the chosen rows. Asking for fresh facts touches nothing on a device, so it needs no preview. */
export function SelectionBar(props: { selection: Selection; rows: readonly DeviceRow[]; total: number; onClear(): void }) {
  const { t } = useVoice()
  const [progress, setProgress] = useState<{ asked: number; refused: number; of: number } | null>(null)
  const count = countSelected(props.selection, props.total)
  const loaded = props.rows.filter(row => isSelected(props.selection, row.id))
  const over = loaded.filter(row => row.state === 'ended').length
  const can = loaded.filter(row => row.state !== 'ended').slice(0, most)
  const ask = async () => {
    let asked = 0
    let refused = 0
    for (const row of can) {
      setProgress({ asked, refused, of: can.length })
      await refresh(row.id).then(
        () => {
          asked += 1
        },
        () => {
          refused += 1
        },
      )
    }
    setProgress({ asked, refused, of: can.length })
  }
  const running = progress !== null && progress.asked + progress.refused < progress.of
  return (
    <section className="bulk" aria-label={t('devices.selection')}>
      <div className="bulk-l">
        <p>
          <b>{props.selection.all ? t('devices.selectedAll', { n: count }) : t('devices.selected', { n: count })}</b>{' '}
          <button type="button" className="link" onClick={props.onClear}>
            {t('devices.clear')}
          </button>
        </p>
        <p className="split" role="status">
          {progress ? (
            <State tone={running ? 'pending' : progress.refused > 0 ? 'attention' : 'ok'} {...(running ? { icon: 'send' as const } : {})}>
              {t('devices.asked', { n: progress.asked, of: progress.of, refused: progress.refused })}
            </State>
          ) : (
            <>
              <State tone="ok">{t('devices.canAsk', { n: can.length })}</State>
              {over > 0 && <State tone="attention">{t('devices.cannotAsk', { n: over })}</State>}
            </>
          )}
        </p>
      </div>
      <div className="acts">
        <Button variant="primary" icon="refresh" disabled={can.length === 0} busy={running} onClick={() => void ask()}>
          {t('devices.ask', { n: can.length })}
        </Button>
      </div>
    </section>
  )
}
