import type { ReactNode } from 'react'
import { Age } from './Age.tsx'

/** One line of facts: what, its value, and when it was reported (or by what means it is known). */
export interface FactLine {
  key: string
  label: ReactNode
  value: ReactNode
  /** When the device said so; absent where age has no meaning. */
  at?: number | null
  by?: ReactNode
  mono?: boolean
}

/** A reported value older than a week is shown as old. */
const oldAfterMs = 7 * 24 * 3_600_000

/** Facts with their ages. `plain` drops the column of ages, `wrap` lets values run over lines. */
export function Facts(props: { lines: FactLine[]; plain?: boolean; wrap?: boolean }) {
  return (
    <dl className={`facts${props.plain ? ' two' : ''}${props.wrap ? ' wrap' : ''}`}>
      {props.lines.map(line => (
        <div key={line.key}>
          <dt>{line.label}</dt>
          <dd
            className={line.mono ? 'mono' : undefined}
            title={typeof line.value === 'string' ? line.value : undefined}
          >
            {line.value}
          </dd>
          {!props.plain && (
            <dd className="when">
              {line.by ?? (line.at === undefined ? null : <Age at={line.at} oldAfterMs={oldAfterMs} focusable />)}
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
