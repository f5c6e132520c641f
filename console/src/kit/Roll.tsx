import { useEffect, useRef, useState } from 'react'
import { wholeCells } from './cells.ts'

/** One part of a bar: its colour, and how many it stands for. */
export interface Share {
  tone: 'ok' | 'bad' | 'att' | 'rest' | 'pend' | 'acc' | 'off'
  count: number
}

const step = 5

/** A bar of small upright cells, like the mark. Whole cells only; its numbers always stand beside it. */
export function Roll(props: { shares: Share[]; label?: string; large?: boolean; cells?: number }) {
  const ref = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState((props.cells ?? 0) * step)
  useEffect(() => {
    const bar = ref.current
    if (!bar || props.cells) return
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(bar)
    return () => observer.disconnect()
  }, [props.cells])
  const cells = wholeCells(
    props.shares.map(share => share.count),
    props.cells ?? Math.floor(width / step),
  )
  const named = props.label ? { role: 'img', 'aria-label': props.label } : { 'aria-hidden': true as const }
  return (
    <div className={props.large ? 'roll lg' : 'roll'} ref={ref} {...named}>
      {props.shares.map((share, at) => (
        <i key={share.tone} className={share.tone} style={{ width: `${(cells[at] ?? 0) * step}px` }} />
      ))}
    </div>
  )
}
