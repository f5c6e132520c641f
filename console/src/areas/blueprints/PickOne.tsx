import { type KeyboardEvent, useId, useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { langOf } from '../../kit/names.ts'

/** One thing that can be chosen. */
export interface PickLine {
  id: string
  name: string
  sub?: string | null
}

/** Finds one thing by typing: a combobox whose list opens below it. */
export function PickOne(props: {
  label: string
  placeholder?: string
  text: string
  options: readonly PickLine[]
  /** What Enter takes when nothing in the list fits, such as a new tag. */
  free?: boolean
  onText(text: string): void
  onPick(id: string, name: string): void
}) {
  const { t } = useVoice()
  const id = useId()
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const { options, text } = props
  const pick = (line: PickLine | undefined) => {
    if (line) props.onPick(line.id, line.name)
    else if (props.free && text.trim() !== '') props.onPick(text.trim(), text.trim())
    else return
    props.onText('')
    setAt(0)
    setOpen(false)
  }
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setOpen(true)
      setAt(now => (now + step + options.length) % Math.max(1, options.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      pick(open || !props.free ? options[at] : undefined)
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
    }
  }
  const shown = open && options.length > 0
  return (
    <div className="pick-one">
      <div className="in-wrap">
        <Icon name="search" />
        <input
          className="in"
          role="combobox"
          aria-label={props.label}
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={shown ? `${id}-${at}` : undefined}
          placeholder={props.placeholder ?? props.label}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={event => {
            props.onText(event.target.value)
            setAt(0)
            setOpen(true)
          }}
          // Not with the focus, which comes back when a dialog closes and would lay the list over the page.
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKey}
        />
      </div>
      <div className={shown ? 'pop pick-list' : 'vh'} id={`${id}-list`} role="listbox" aria-label={props.label}>
        {shown &&
          options.map((line, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox moves and chooses by keyboard
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox, which names the active option
            <div
              key={line.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              className="palette-hit"
              onMouseDown={event => event.preventDefault()}
              onMouseMove={() => setAt(index)}
              onClick={() => pick(line)}
            >
              <span className="cut" lang={langOf(line.name)}>
                {line.name}
              </span>
              {line.sub && <span className="small muted cut push">{line.sub}</span>}
            </div>
          ))}
      </div>
      {open && text.trim() !== '' && options.length === 0 && !props.free && (
        <p className="small muted pick-none">{t('palette.none', { text })}</p>
      )}
    </div>
  )
}
