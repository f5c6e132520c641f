import { Menu } from '@mantine/core'
import { useRef, useState } from 'react'
import type { Json } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { fromText, toText, variableNames } from './variables.ts'

/** Text in which variables stand in braces; a menu puts them where the cursor is. */
export function VariableText(props: {
  name: string
  value: Json | undefined
  editable: boolean
  long: boolean
  variables: boolean
  onChange(value: Json | undefined): void
}) {
  const { t } = useVoice()
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const [text, setText] = useState(() => said(props.value, props.variables))
  const [of, setOf] = useState(props.value)
  if (of !== props.value) {
    setOf(props.value)
    if (said(props.value, props.variables) !== text) setText(said(props.value, props.variables))
  }
  const change = (next: string) => {
    setText(next)
    const value = props.variables ? fromText(next) : next
    props.onChange(value === '' ? undefined : value)
  }
  const insert = (variable: string) => {
    const at = field.current?.selectionStart ?? text.length
    change(`${text.slice(0, at)}{${variable}}${text.slice(field.current?.selectionEnd ?? at)}`)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(at + variable.length + 2, at + variable.length + 2)
    })
  }
  const shared = {
    ref: field,
    className: 'in',
    'aria-label': props.name,
    disabled: !props.editable,
    value: text,
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => change(event.target.value),
  }
  return (
    <span className={props.long ? 'var-in wide' : 'var-in ctl'}>
      {props.long ? <textarea rows={3} {...shared} /> : <input type="text" {...shared} />}
      {props.variables && props.editable && (
        <Menu position="bottom-end" classNames={{ dropdown: 'pop menu' }} returnFocus={false}>
          <Menu.Target>
            <Button size="sm" variant="quiet" icon="braces" iconOnly>
              {t('variable.insert', { name: props.name })}
            </Button>
          </Menu.Target>
          <Menu.Dropdown aria-label={t('variable.choose')}>
            {variableNames.map(name => (
              <Menu.Item key={name} className="menu-line" onClick={() => insert(name)}>
                <span className="menu-words">
                  {t(`variable.${name}`)}
                  <span className="small muted mono">{`{${name}}`}</span>
                </span>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </span>
  )
}

const said = (value: Json | undefined, variables: boolean): string =>
  variables ? toText(value) : typeof value === 'string' ? value : ''
