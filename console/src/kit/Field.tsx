import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'
import { Icon } from './Icon.tsx'

interface Labels {
  label: ReactNode
  hint?: ReactNode
  error?: string | null | undefined
  mono?: boolean
}

function Frame(props: Labels & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label className="lab" htmlFor={props.id}>
        {props.label}
      </label>
      {props.children}
      {props.hint && !props.error && (
        <p className="hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.error && (
        <p className="err" id={`${props.id}-error`} role="alert">
          <Icon name="danger" />
          {props.error}
        </p>
      )}
    </div>
  )
}

function wiring(id: string, labels: Labels) {
  const describedBy = labels.error ? `${id}-error` : labels.hint ? `${id}-hint` : undefined
  return {
    id,
    className: `in${labels.mono ? ' mono' : ''}${labels.error ? ' bad' : ''}`,
    ...(labels.error ? { 'aria-invalid': true } : {}),
    ...(describedBy ? { 'aria-describedby': describedBy } : {}),
  }
}

/** One line of text with its label, hint and refusal. */
export function TextField({ label, hint, error, mono, ...rest }: InputHTMLAttributes<HTMLInputElement> & Labels) {
  const id = useId()
  const labels = { label, hint, error, ...(mono ? { mono } : {}) }
  return (
    <Frame id={id} {...labels}>
      <input type="text" {...rest} {...wiring(id, labels)} />
    </Frame>
  )
}

/** Several lines of text. */
export function TextArea({ label, hint, error, mono, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement> & Labels) {
  const id = useId()
  const labels = { label, hint, error, ...(mono ? { mono } : {}) }
  return (
    <Frame id={id} {...labels}>
      <textarea rows={3} {...rest} {...wiring(id, labels)} />
    </Frame>
  )
}

/** A choice of a few; `options` are values with their words. */
export function SelectField({
  label,
  hint,
  error,
  options,
  ...rest
}: SelectHTMLAttributes<HTMLSelectElement> & Labels & { options: readonly { value: string; label: string }[] }) {
  const id = useId()
  const labels = { label, hint, error }
  return (
    <Frame id={id} {...labels}>
      <span className="pick">
        <select {...rest} {...wiring(id, labels)}>
          {options.map(option => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </Frame>
  )
}

/** A box to tick, or a switch for what takes effect at once. */
export function Tick({
  label,
  hint,
  toggle,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & { label: ReactNode; hint?: ReactNode; toggle?: boolean }) {
  const id = useId()
  return (
    <div className="field">
      <label className="ck">
        <input
          type="checkbox"
          className={toggle ? 'switch' : 'box'}
          {...(toggle ? { role: 'switch' } : {})}
          {...(hint ? { 'aria-describedby': id } : {})}
          {...rest}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p className="hint indent" id={id}>
          {hint}
        </p>
      )}
    </div>
  )
}

/** A few exclusive choices side by side. */
export function Segments<T extends string>(props: {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange(value: T): void
}) {
  return (
    <fieldset className="seg">
      <legend className="vh">{props.label}</legend>
      {props.options.map(option => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === props.value}
          onClick={() => props.onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}
