import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { isOpen, painted, timeOf, weekdays, type Window } from './week.ts'
import { dayNames } from './words.ts'

const step = 30
const cells = 48

interface Place {
  day: number
  cell: number
}

/** The week as a grid of half hours: the pointer paints, arrow keys go, space opens and closes, with shift as one goes. */
export function WeekGrid(props: { windows: readonly Window[]; readOnly: boolean; onChange(windows: Window[]): void }) {
  const voice = useVoice()
  const { t } = voice
  const { windows, readOnly } = props
  const [at, setAt] = useState<Place>({ day: 0, cell: 18 })
  const [painting, setPainting] = useState<boolean | null>(null)
  const grid = useRef<HTMLTableElement>(null)
  const focusing = useRef(false)
  const names = dayNames(voice, 'long')
  const short = dayNames(voice, 'short')
  const openAt = ({ day, cell }: Place) => isOpen(windows, day, cell * step, (cell + 1) * step)
  const paint = ({ day, cell }: Place, open: boolean) => {
    if (!readOnly && openAt({ day, cell }) !== open)
      props.onChange(painted(windows, { day, from: cell * step, to: (cell + 1) * step }, open))
  }
  useEffect(() => {
    if (!focusing.current) return
    focusing.current = false
    grid.current?.querySelector<HTMLElement>(`[data-day="${at.day}"][data-cell="${at.cell}"]`)?.focus()
  }, [at])
  useEffect(() => {
    if (painting === null) return
    const end = () => setPainting(null)
    window.addEventListener('pointerup', end)
    return () => window.removeEventListener('pointerup', end)
  }, [painting])
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      Home: [0, -at.cell],
      End: [0, cells - 1 - at.cell],
    }
    const move = moves[event.key]
    if (move) {
      event.preventDefault()
      const next = {
        day: Math.min(6, Math.max(0, at.day + move[0])),
        cell: Math.min(cells - 1, Math.max(0, at.cell + move[1])),
      }
      if (event.shiftKey) paint(next, openAt(at))
      focusing.current = true
      setAt(next)
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault()
      paint(at, !openAt(at))
    }
  }
  const placeOf = (event: PointerEvent): Place | null => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')
    return cell ? { day: Number(cell.dataset['day']), cell: Number(cell.dataset['cell']) } : null
  }
  return (
    <div className="week-wrap">
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are opened and closed is a grid (ARIA)
        role="grid"
        className="week"
        aria-label={t('hours.grid')}
        aria-readonly={readOnly}
        onKeyDown={onKeyDown}
        onPointerDown={event => {
          const place = placeOf(event)
          if (!place || readOnly || event.pointerType === 'touch') return
          event.preventDefault()
          const open = !openAt(place)
          setPainting(open)
          focusing.current = true
          setAt(place)
          paint(place, open)
        }}
        onPointerOver={event => {
          const place = placeOf(event)
          if (place && painting !== null) paint(place, painting)
        }}
      >
        <thead>
          <tr>
            <td />
            {Array.from({ length: 8 }, (_, i) => (
              <th key={timeOf(i * 180)} scope="col" colSpan={6}>
                {timeOf(i * 180)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((name, day) => (
            <tr key={name}>
              <th scope="row" aria-label={names[day]}>
                {short[day]}
              </th>
              {Array.from({ length: cells }, (_, cell) => {
                const open = openAt({ day, cell })
                return (
                  <td
                    key={timeOf(cell * step)}
                    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the cell of a grid
                    role="gridcell"
                    data-day={day}
                    data-cell={cell}
                    tabIndex={at.day === day && at.cell === cell ? 0 : -1}
                    aria-selected={open}
                    aria-label={t(open ? 'hours.cellOpen' : 'hours.cellClosed', {
                      day: names[day] ?? '',
                      from: timeOf(cell * step),
                      to: timeOf((cell + 1) * step),
                    })}
                  />
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
