import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { Icon, type IconName } from './Icon.tsx'

/** One panel with its tab. */
export interface TabLine {
  id: string
  label: string
  icon?: IconName
  count?: string
  panel: ReactNode
}

/** Panels of one page, one shown at a time; arrows move between tabs. */
export function Tabs(props: { label: string; tabs: TabLine[]; current: string; onChange(id: string): void }) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const shown = props.tabs.find(tab => tab.id === props.current) ?? props.tabs[0]
  const onKey = (event: KeyboardEvent) => {
    const at = props.tabs.findIndex(tab => tab.id === shown?.id)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: props.tabs.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = props.tabs[(to + props.tabs.length) % props.tabs.length]
    if (!next) return
    props.onChange(next.id)
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus()
  }
  return (
    <>
      <div className="tabs" role="tablist" aria-label={props.label} ref={list} onKeyDown={onKey}>
        {props.tabs.map(tab => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            data-tab={tab.id}
            id={`${id}-${tab.id}`}
            aria-selected={tab.id === shown?.id}
            {...(tab.id === shown?.id ? { 'aria-controls': `${id}-panel` } : {})}
            tabIndex={tab.id === shown?.id ? 0 : -1}
            onClick={() => props.onChange(tab.id)}
          >
            {tab.icon && <Icon name={tab.icon} />}
            {tab.label}
            {tab.count && <span className="n">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown?.id}`}>
        {shown?.panel}
      </div>
    </>
  )
}
