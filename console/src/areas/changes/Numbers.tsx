import type { ReactNode } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import { Roll } from '../../kit/Roll.tsx'
import { State, type ToneName } from '../../kit/State.tsx'

/** One number of the strip; those with a sign have its colour and icon. */
export interface StripCell {
  key: string
  label: string
  n: number
  sign?: 'add' | 'change' | 'remove' | 'error'
}

const signs: Record<NonNullable<StripCell['sign']>, { tone: ToneName; icon: IconName }> = {
  add: { tone: 'ok', icon: 'plus' },
  change: { tone: 'info', icon: 'edit' },
  remove: { tone: 'danger', icon: 'minus' },
  error: { tone: 'danger', icon: 'danger' },
}

/** What a change comes to, in a row of numbers. */
export function Strip(props: { cells: readonly StripCell[]; source?: { label: string; text: ReactNode } }) {
  const { f } = useVoice()
  return (
    <dl className="sum">
      {props.cells.map(cell => (
        <div key={cell.key}>
          <dt>
            {cell.sign && cell.n > 0 ? (
              <State tone={signs[cell.sign].tone} icon={signs[cell.sign].icon}>
                {cell.label}
              </State>
            ) : (
              cell.label
            )}
          </dt>
          <dd>{f.number(cell.n)}</dd>
        </div>
      ))}
      {props.source && (
        <div className="src">
          <dt>{props.source.label}</dt>
          <dd>{props.source.text}</dd>
        </div>
      )}
    </dl>
  )
}

/** How far something is: a bar of whole cells with its numbers. */
export function Progress(props: { label: string; done: number; of: number; failed?: number }) {
  const { t, f } = useVoice()
  const { done, of, failed = 0 } = props
  const share = of === 0 ? 0 : (done + failed) / of
  return (
    <div className="progress-line">
      <span>{props.label}</span>
      <Roll
        shares={[
          { tone: 'ok', count: done },
          { tone: 'bad', count: failed },
          { tone: 'off', count: Math.max(0, of - done - failed) },
        ]}
      />
      <span className="small muted nowrap">
        {t('progress.of', { done: done + failed, of })} <b>{f.percent(Math.floor(share * 100) / 100)}</b>
      </span>
    </div>
  )
}
