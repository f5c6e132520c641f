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

/** Facts with their ages; long values run over lines, nothing is cut. `plain` drops the column of ages. */
export function Facts(props: { lines: FactLine[]; plain?: boolean }) {
  return (
    <dl className={props.plain ? 'facts two' : 'facts'}>
      {props.lines.map(line => (
        <div key={line.key}>
          <dt>{line.label}</dt>
          <dd className={line.mono ? 'mono' : undefined}>{line.value}</dd>
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
