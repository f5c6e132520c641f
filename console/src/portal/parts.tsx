import { type ButtonHTMLAttributes, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Refusal } from '../api.ts'
import { Icon, type IconName } from '../kit/Icon.tsx'
import { useVoice } from './voice.tsx'

/** A big button, made for a thumb. */
export function Act({
  icon,
  primary,
  quiet,
  busy,
  children,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { icon?: IconName; primary?: boolean; quiet?: boolean; busy?: boolean }) {
  const look = primary ? ' primary' : quiet ? ' quiet' : ''
  return (
    <button type="button" {...rest} className={`btn big${look}`} disabled={busy || rest.disabled}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** A part of the page with its heading, which takes the focus where it opened just now. */
export function Part(props: { title: string; beside?: ReactNode; open?: boolean; children: ReactNode }) {
  const id = useId()
  const head = useRef<HTMLHeadingElement>(null)
  const { open } = props
  useEffect(() => {
    if (open) head.current?.focus()
  }, [open])
  return (
    <section className={`msec${open ? ' opened' : ''}`} aria-labelledby={id}>
      <div className="sec-head">
        <h2 id={id} ref={head} {...(open ? { tabIndex: -1 } : {})}>
          {props.title}
        </h2>
        {props.beside && <span className="by">{props.beside}</span>}
      </div>
      {props.children}
    </section>
  )
}

/** What was refused, in our own words where we have them. */
export function Refused({ error }: { error: unknown }) {
  const { t, or } = useVoice()
  if (!error) return null
  const problem = error instanceof Refusal ? error.problem : null
  return (
    <div className="note danger" role="alert">
      <Icon name="danger" />
      <div>
        <p>{t(or(`problem.${problem?.code ?? ''}`, 'page.failed'))}</p>
        {problem?.request && <p className="small mono">{problem.request}</p>}
      </div>
    </div>
  )
}

/** One line of text or several, with its label. */
export function Line(props: {
  label: string
  value: string
  onChange(value: string): void
  type?: string
  lines?: number
  code?: boolean
  max?: number
  min?: string
}) {
  const id = useId()
  const common = { id, value: props.value, maxLength: props.max ?? 500 }
  return (
    <div className="field">
      <label className="lab" htmlFor={id}>
        {props.label}
      </label>
      {props.lines ? (
        <textarea
          className="in"
          rows={props.lines}
          {...common}
          onChange={event => props.onChange(event.target.value)}
        />
      ) : (
        <input
          className={`in${props.code ? ' mono' : ''}`}
          type={props.type ?? 'text'}
          {...common}
          {...(props.min ? { min: props.min } : {})}
          {...(props.code ? { inputMode: 'numeric' as const, autoComplete: 'one-time-code' } : {})}
          onChange={event => props.onChange(event.target.value)}
        />
      )}
    </div>
  )
}

/** Runs one piece of work at a time and keeps why it failed. */
export function useWork<A extends unknown[]>(
  work: (...args: A) => Promise<void>,
): { run(...args: A): void; busy: boolean; error: unknown } {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null })
  const run = (...args: A): void => {
    if (state.busy) return
    setState({ busy: true, error: null })
    work(...args).then(
      () => setState({ busy: false, error: null }),
      (error: unknown) => setState({ busy: false, error }),
    )
  }
  return { run, ...state }
}
