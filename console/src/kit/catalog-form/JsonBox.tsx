import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Icon } from '../Icon.tsx'
import { type ControlProps, useHold } from './hold.ts'
import { same } from './value.ts'

/** Any value as JSON. What is typed counts as soon as it can be read. */
export function JsonBox({ value, name, onChange }: ControlProps) {
  return <JsonText value={value} name={name} onChange={onChange} />
}

/** A text box with JSON in it; what cannot be read yet is kept, and said. */
export function JsonText(props: {
  value: ControlProps['value']
  name: string
  rows?: number
  onChange(value: ControlProps['value']): void
}) {
  const { t } = useVoice()
  const { readOnly } = useHold()
  const [text, setText] = useState(() => written(props.value))
  const [of, setOf] = useState(props.value)
  const read = readJson(text)
  if (of !== props.value) {
    setOf(props.value)
    if (read.ok ? !same(read.value, props.value) : false) setText(written(props.value))
  }
  return (
    <div className="cf-json wide">
      <textarea
        className={read.ok ? 'in mono' : 'in mono bad'}
        aria-label={props.name}
        aria-invalid={!read.ok}
        disabled={readOnly}
        rows={props.rows ?? Math.min(14, Math.max(2, text.split('\n').length))}
        spellCheck={false}
        value={text}
        onChange={event => {
          setText(event.target.value)
          const next = readJson(event.target.value)
          if (next.ok) props.onChange(next.value)
        }}
      />
      {!read.ok && (
        <p className="err" role="alert">
          <Icon name="danger" />
          {t('form.badJson')}
        </p>
      )}
    </div>
  )
}

const written = (value: ControlProps['value']): string => (value === undefined ? '' : JSON.stringify(value, null, 2))

function readJson(text: string): { ok: true; value: ControlProps['value'] } | { ok: false } {
  if (text.trim() === '') return { ok: true, value: undefined }
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false }
  }
}
