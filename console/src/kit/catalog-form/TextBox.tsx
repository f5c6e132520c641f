import { useRef, useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../ActionMenu.tsx'
import { type ControlProps, useHold } from './hold.ts'
import { fromTyped, toTyped, variableNames } from './variables.ts'

/** Text, in which variables stand in braces where they may; a menu puts them where the cursor is. */
export function TextBox({ field, value, name, onChange }: ControlProps) {
  const { t } = useVoice()
  const { readOnly } = useHold()
  const box = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const { variables } = field
  const say = (of: ControlProps['value']): string => (variables ? toTyped(of) : typeof of === 'string' ? of : '')
  // What is typed is kept as it is typed: `{use` is on its way to a variable.
  const [typed, setTyped] = useState(() => say(value))
  const [of, setOf] = useState(value)
  if (of !== value) {
    setOf(value)
    if (say(variables ? fromTyped(typed) : typed) !== say(value)) setTyped(say(value))
  }
  const type = (next: string) => {
    setTyped(next)
    onChange(variables ? fromTyped(next) : next)
  }
  const insert = (variable: string) => {
    const from = box.current?.selectionStart ?? typed.length
    type(`${typed.slice(0, from)}{${variable}}${typed.slice(box.current?.selectionEnd ?? from)}`)
  }
  const shared = {
    ref: box,
    className: field.widget === 'text' ? 'in' : 'in mono',
    'aria-label': name,
    disabled: readOnly,
    placeholder: typeof field.default === 'string' ? field.default : '',
    value: typed,
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => type(event.target.value),
  }
  return (
    <span className={field.widget === 'text' ? 'cf-text' : 'cf-text wide'}>
      {field.widget === 'text' ? <input type="text" {...shared} /> : <textarea rows={4} {...shared} />}
      {variables && !readOnly && (
        <ActionMenu
          small
          icon="user"
          label={t('form.variable', { name })}
          lines={variableNames.map(variable => ({
            key: variable,
            label: <span className="mono">{`{${variable}}`}</span>,
            onClick: () => insert(variable),
          }))}
        />
      )}
    </span>
  )
}
