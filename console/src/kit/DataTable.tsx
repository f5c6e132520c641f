import { useMediaQuery } from '@mantine/hooks'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useVoice } from '../i18n/index.tsx'
import { isSelected, rangeOf, withSelected } from './selection.ts'
import { type TableProps, TableHead } from './TableHead.tsx'

export type { Column, TableProps } from './TableHead.tsx'

/** Heights of a row in a table and as a card on a phone. */
const heights = { row: 36, card: 60 }

/** Draws the table; only the rows near the window are in the page. */
export function DataTable<T extends { id: string }>(props: TableProps<T>) {
  const { t } = useVoice()
  const phone = useMediaQuery('(max-width: 40rem)', false, { getInitialValueInEffect: false })
  const body = useRef<HTMLTableSectionElement>(null)
  const [at, setAt] = useState(0)
  // Where the keys have led to; the focus follows with the next picture, and a quick hand is faster than that.
  const aim = useRef(0)
  const [anchor, setAnchor] = useState<string | null>(null)
  const [top, setTop] = useState(0)
  const { rows, hasMore, loading, onMore } = props
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (phone ? heights.card : heights.row),
    overscan: 12,
    scrollMargin: top,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width, other heights
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
    aim.current = next
    setAt(next)
    virtual.scrollToIndex(next)
    requestAnimationFrame(() => {
      const link = body.current?.querySelector<HTMLElement>(`[data-index="${next}"] .row-link`)
      link?.focus({ preventScroll: true })
    })
  }
  const toggle = (row: T, range: boolean) => {
    if (!props.selection || !props.onSelection) return
    const ids =
      range && anchor
        ? rangeOf(
            rows.map(r => r.id),
            anchor,
            row.id,
          )
        : [row.id]
    props.onSelection(withSelected(props.selection, ids, range || !isSelected(props.selection, row.id)))
    setAnchor(row.id)
  }
  const onKey = (event: KeyboardEvent) => {
    const index = aim.current
    const row = rows[index]
    if (!row) return
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return
    const move: Record<string, number> = {
      j: 1,
      k: -1,
      ArrowDown: 1,
      ArrowUp: -1,
      Home: -index,
      End: rows.length,
      PageDown: 15,
      PageUp: -15,
    }
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
      <TableHead {...props} />
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
              onFocus={() => {
                aim.current = item.index
                setAt(item.index)
              }}
              onKeyDown={onKey}
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
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus
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
      {...(props.onDrag ? { draggable: true, onDragStart: event => props.onDrag?.(row, event) } : {})}
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
      {props.columns.map((column, at) => (
        <Cell key={column.id} first={at === 0} num={column.num === true} slot={props.card.indexOf(column.id)}>
          {column.cell(row, { tabIndex: props.current ? 0 : -1, className: 'row-link' })}
        </Cell>
      ))}
    </tr>
  )
}

function Cell(props: { first: boolean; num: boolean; slot: number; children: ReactNode }) {
  const className = props.num ? 'num' : undefined
  const inside = <span className="cell">{props.children}</span>
  return props.first ? (
    <th scope="row" className={className} data-slot={props.slot}>
      {inside}
    </th>
  ) : (
    <td className={className} data-slot={props.slot}>
      {inside}
    </td>
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
