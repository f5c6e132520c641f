import type { ReactNode } from 'react'

/** One column of a short table. */
export interface ListColumn<T> {
  id: string
  head: string
  width?: number
  num?: boolean
  /** The head is only for readers of the screen, as over a column of buttons. */
  quiet?: boolean
  /** Stands aside on a phone, where three columns are shown. */
  aside?: boolean
  /** On a phone it stands below the row, since it needs more room than is left. */
  under?: boolean
  /** What is long goes on in a second line instead of being cut off. */
  wraps?: boolean
  cell(row: T): ReactNode
}

/** A short table that fits in memory: no virtual rows, edge to edge, scrolls sideways by itself on a phone. */
export function ListTable<T>(props: {
  caption: string
  columns: readonly ListColumn<T>[]
  rows: readonly T[]
  keyOf(row: T): string
  inset?: boolean
  /** Draws a row below one that is open. */
  below?(row: T): ReactNode
}) {
  const folds = props.columns.some(column => column.aside)
  return (
    // biome-ignore lint/a11y/useSemanticElements: not a set of fields; a name for what scrolls
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="scroll-x" role="group" tabIndex={0} aria-label={props.caption}>
      <table className={`t short${props.inset ? ' inset' : ''}${folds ? ' folds' : ''}`}>
        <caption className="vh">{props.caption}</caption>
        <colgroup>
          {props.columns.map(column => (
            <col key={column.id} style={column.width ? { width: `${column.width}px` } : {}} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {props.columns.map(column => (
              <th key={column.id} scope="col" className={cellClass(column)}>
                {column.quiet ? <span className="vh">{column.head}</span> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map(row => (
            <Rows key={props.keyOf(row)} row={row} columns={props.columns} below={props.below?.(row)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const cellClass = (column: Pick<ListColumn<never>, 'num' | 'aside' | 'wraps' | 'under'>): string | undefined =>
  [column.num && 'num', column.aside && 'aside', column.wraps && 'wraps', column.under && 'under']
    .filter(Boolean)
    .join(' ') || undefined

function Rows<T>({ row, columns, below }: { row: T; columns: readonly ListColumn<T>[]; below: ReactNode }) {
  return (
    <>
      <tr className={below ? 'open' : undefined}>
        {columns.map((column, at) =>
          at === 0 ? (
            <th key={column.id} scope="row" className={cellClass(column)}>
              {column.cell(row)}
            </th>
          ) : (
            <td key={column.id} className={cellClass(column)}>
              {column.cell(row)}
            </td>
          ),
        )}
      </tr>
      {below && (
        <tr className="panel">
          <td colSpan={columns.length}>{below}</td>
        </tr>
      )}
    </>
  )
}
