import type { ReactNode } from 'react'

/** Names with their values, without those that have none; the values are nobody's to translate. */
export function Named({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.flatMap(([label, value]) =>
        value === null
          ? []
          : [
              <div key={label}>
                <dt>{label}</dt>
                <dd data-name>{value}</dd>
              </div>,
            ],
      )}
    </dl>
  )
}
