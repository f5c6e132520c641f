import type { DragEvent, ReactNode } from 'react'
import { useVoice } from '../i18n/index.tsx'
import { Icon } from './Icon.tsx'
import type { Selection } from './selection.ts'

/** One column: the first of a table is the row's header and its link. */
export interface Column<T> {
  id: string
  head: string
  /** Its share of the width, in pixels at 1280. */
  width?: number
  num?: boolean
  /** The head is only for readers of the screen, as over a column of menus. */
  quiet?: boolean
  /** The name the API sorts by; absent when it cannot. */
  sort?: string
  /** Draws the value; the link of a row header takes `tabIndex`, so that a table is one stop on the way of Tab. */
  cell(row: T, link: { tabIndex: number; className: string }): ReactNode
}

/** A server-side table: virtual rows, sticky head, sorting, selection and the keyboard of a list. */
export interface TableProps<T extends { id: string }> {
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  total: number | null
  loading: boolean
  hasMore: boolean
  onMore(): void
  sort?: string
  onSort?(sort: string): void
  onOpen?(row: T): void
  selection?: Selection
  onSelection?(selection: Selection): void
  /** Rows can be dragged; this says what is carried. */
  onDrag?(row: T, event: DragEvent): void
  nameOf(row: T): string
  stickyTop?: number
  /** On a phone a row is a card of at most four columns: first line left and right, second line left and right. */
  card: readonly string[]
}

/** The sticky head of a table: names, sorting, and the box that chooses everything that matches. */
export function TableHead<T extends { id: string }>(props: TableProps<T>) {
  const { t } = useVoice()
  const { selection, onSelection } = props
  const some = selection && (selection.all ? selection.except.size > 0 : selection.ids.size > 0)
  const style = props.stickyTop ? { top: `${props.stickyTop}px` } : {}
  return (
    <thead>
      <tr>
        {selection && onSelection && (
          <th scope="col" style={style}>
            <input
              type="checkbox"
              className={some ? 'box mixed' : 'box'}
              aria-label={t('kit.selectAll', { n: props.total ?? props.rows.length })}
              checked={selection.all && !some}
              onChange={() =>
                onSelection(selection.all ? { all: false, ids: new Set() } : { all: true, except: new Set() })
              }
            />
          </th>
        )}
        {props.columns.map(column => (
          <HeadCell key={column.id} column={column} style={style} {...props} />
        ))}
      </tr>
    </thead>
  )
}

function HeadCell<T extends { id: string }>(props: TableProps<T> & { column: Column<T>; style: object }) {
  const { column, sort, onSort } = props
  const name = column.sort
  const direction = name && sort === name ? 'ascending' : name && sort === `-${name}` ? 'descending' : undefined
  return (
    <th
      scope="col"
      className={column.num ? 'num' : undefined}
      style={props.style}
      {...(direction ? { 'aria-sort': direction } : {})}
    >
      {name && onSort ? (
        <button
          type="button"
          className={direction ? 'sort on' : 'sort'}
          onClick={() => onSort(sort === name ? `-${name}` : name)}
        >
          {column.head}
          {direction && <Icon name={direction === 'ascending' ? 'up' : 'down'} />}
        </button>
      ) : column.quiet ? (
        <span className="vh">{column.head}</span>
      ) : (
        column.head
      )}
    </th>
  )
}
