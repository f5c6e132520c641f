import { useMediaQuery } from '@mantine/hooks'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useVoice } from '../i18n/index.tsx'
import { Icon } from './Icon.tsx'
import { isSelected, rangeOf, type Selection, withSelected } from './selection.ts'

/** One column: the first of a table is the row's header and its link. */
export interface Column<T> {
  id: string
  head: string
  /** Its share of the width, in pixels at 1280. */
  width?: number
  num?: boolean
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
  nameOf(row: T): string
  stickyTop?: number
  /** On a phone a row is a card of at most four columns: first line left and right, second line left and right. */
  card: readonly string[]
}

/** Heights of a row in a table and as a card on a phone. */
const heights = { row: 36, card: 60 }

/** Draws the table; only the rows near the window are in the page. */
export function DataTable<T extends { id: string }>(props: TableProps<T>) {
  const { t } = useVoice()
  const phone = useMediaQuery('(max-width: 40rem)', false, { getInitialValueInEffect: false })
  const body = useRef<HTMLTableSectionElement>(null)
  const [at, setAt] = useState(0)
  const [anchor, setAnchor] = useState<string | null>(null)
  const [top, setTop] = useState(0)
  const { rows, hasMore, loading, onMore } = props
  const virtual = useWindowVirtualizer({ count: rows.length, estimateSize: () => (phone ? heights.card : heights.row), overscan: 12, scrollMargin: top })
  useEffect(() => virtual.measure(), [virtual, phone])
  const items = virtual.getVirtualItems()
  const first = items[0]
  const last = items.at(-1)

  useLayoutEffect(() => {
    setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY)
  }, [])
  useEffect(() => {
    if (hasMore && !loading && (last?.index ?? 0) >= rows.length - 30) onMore()
  }, [hasMore, loading, last?.index, rows.length, onMore])

  const focusRow = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index))
    setAt(next)
    virtual.scrollToIndex(next)
    requestAnimationFrame(() => {
      const link = body.current?.querySelector<HTMLElement>(`[data-index="${next}"] .row-link`)
      link?.focus({ preventScroll: true })
    })
  }
  const toggle = (row: T, range: boolean) => {
    if (!props.selection || !props.onSelection) return
    const ids = range && anchor ? rangeOf(rows.map(r => r.id), anchor, row.id) : [row.id]
    props.onSelection(withSelected(props.selection, ids, range || !isSelected(props.selection, row.id)))
    setAnchor(row.id)
  }
  const onKey = (event: KeyboardEvent, index: number, row: T) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return
    const move: Record<string, number> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1, Home: -index, End: rows.length, PageDown: 15, PageUp: -15 }
    const step = move[event.key]
    if (step !== undefined) {
      event.preventDefault()
      if (event.shiftKey && props.selection) toggle(row, true)
      focusRow(index + step)
    } else if (event.key === 'x' || event.key === ' ') {
      event.preventDefault()
      toggle(row, event.shiftKey)
    } else if (event.key === 'X') {
      event.preventDefault()
      toggle(row, true)
    }
  }

  const widths = props.columns.reduce((sum, column) => sum + (column.width ?? 120), props.selection ? 48 : 0)
  useListKeys(() => focusRow(at))

  return (
    <table className="t list" aria-rowcount={props.total ?? -1}>
      <caption className="vh">{props.caption}</caption>
      <colgroup>
        {props.selection && <col style={{ width: `${4800 / widths}%` }} />}
        {props.columns.map(column => (
          <col key={column.id} style={{ width: `${((column.width ?? 120) / widths) * 100}%` }} />
        ))}
      </colgroup>
      <Head {...props} />
      <tbody ref={body}>
        {first && first.start > top && <Gap height={first.start - top} />}
        {items.map(item => {
          const row = rows[item.index]
          if (!row) return null
          return (
            <Row
              key={row.id}
              {...props}
              row={row}
              index={item.index}
              current={item.index === at}
              onToggle={range => toggle(row, range)}
              onFocus={() => setAt(item.index)}
              onKeyDown={event => onKey(event, item.index, row)}
            />
          )
        })}
        {last && <Gap height={virtual.getTotalSize() + top - last.end} />}
        {loading && <Waiting columns={props.columns.length + (props.selection ? 1 : 0)} label={t('kit.loading')} />}
      </tbody>
    </table>
  )
}

function Gap({ height }: { height: number }) {
  return height > 0 ? <tr aria-hidden="true" className="gap-row" style={{ height: `${height}px` }} /> : null
}

function Waiting(props: { columns: number; label: string }) {
  return [1, 2, 3, 4, 5].map(line => (
    <tr key={line} aria-busy="true">
      <td colSpan={props.columns}>
        <span className={`bone w${(line % 3) + 1}`} />
        {line === 1 && <span className="vh">{props.label}</span>}
      </td>
    </tr>
  ))
}

function Head<T extends { id: string }>(props: TableProps<T>) {
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
              onChange={() => onSelection(selection.all ? { all: false, ids: new Set() } : { all: true, except: new Set() })}
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
    <th scope="col" className={column.num ? 'num' : undefined} style={props.style} {...(direction ? { 'aria-sort': direction } : {})}>
      {name && onSort ? (
        <button type="button" className={direction ? 'sort on' : 'sort'} onClick={() => onSort(sort === name ? `-${name}` : name)}>
          {column.head}
          {direction && <Icon name={direction === 'ascending' ? 'up' : 'down'} />}
        </button>
      ) : (
        column.head
      )}
    </th>
  )
}

function Row<T extends { id: string }>(
  props: TableProps<T> & {
    row: T
    index: number
    current: boolean
    onToggle(range: boolean): void
    onFocus(): void
    onKeyDown(event: KeyboardEvent): void
  },
) {
  const { t } = useVoice()
  const { row, selection } = props
  const chosen = selection ? isSelected(selection, row.id) : false
  const open = (event: MouseEvent) => {
    const inside = (event.target as HTMLElement).closest('a, button, input, label')
    if (!inside && !window.getSelection()?.toString()) props.onOpen?.(row)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the row's own link opens it by keyboard; the wide click is a convenience
    <tr
      data-index={props.index}
      aria-rowindex={props.index + 1}
      className={props.current ? 'at' : undefined}
      {...(selection ? { 'aria-selected': chosen } : {})}
      onClick={open}
      onFocus={event => {
        props.onFocus()
        peek(event.currentTarget, true)
      }}
      onBlur={event => peek(event.currentTarget, false)}
      onKeyDown={props.onKeyDown}
    >
      {selection && (
        <td>
          <input
            type="checkbox"
            className="box"
            tabIndex={-1}
            aria-label={t('kit.select', { name: props.nameOf(row) })}
            checked={chosen}
            onChange={() => undefined}
            onClick={event => props.onToggle(event.shiftKey)}
          />
        </td>
      )}
      {props.columns.map((column, at) => {
        const className = column.num ? 'num' : undefined
        const link = { tabIndex: props.current ? 0 : -1, className: 'row-link' }
        const inside = <span className="cell">{column.cell(row, link)}</span>
        const slot = props.card.indexOf(column.id)
        return at === 0 ? (
          <th key={column.id} scope="row" className={className} data-slot={slot}>
            {inside}
          </th>
        ) : (
          <td key={column.id} className={className} data-slot={slot}>
            {inside}
          </td>
        )
      })}
    </tr>
  )
}

/** Shows cut texts of the focused row in full. */
function peek(row: HTMLElement, shown: boolean) {
  for (const cell of row.querySelectorAll('.cell')) {
    const cut = [cell, ...cell.querySelectorAll('.cut')].some(part => part.scrollWidth > part.clientWidth + 1)
    cell.parentElement?.classList.toggle('peek', shown && cut)
  }
}

/** `j` and `k` enter the list from anywhere on the page that takes no text. */
function useListKeys(enter: () => void) {
  const latest = useRef(enter)
  latest.current = enter
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !['j', 'k'].includes(event.key)) return
      if (event.target !== document.body && !(event.target as HTMLElement).matches('main')) return
      event.preventDefault()
      latest.current()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
