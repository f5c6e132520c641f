import type { FormField } from '@muster/wire/apple/catalog/form.ts'
import { step } from '@muster/wire/apple/catalog/catalog.ts'
import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../Button.tsx'
import { Icon } from '../Icon.tsx'
import { type ControlProps, langOf, useHold } from './hold.ts'
import { Setting } from './Setting.tsx'
import { initialOf, isShown, tableOf, withKey } from './value.ts'

/** A dictionary: the keys that are set or needed, and a way to set more. Keys that the form does not know are kept and shown as JSON. */
export function GroupBox({ field, value, name, pointer, onChange }: ControlProps) {
  const hold = useHold()
  return (
    <fieldset className="cf-group wide">
      <legend className="vh" {...langOf(hold, undefined)}>
        {name}
      </legend>
      <Keys
        fields={field.fields()}
        rest={field.rest()}
        value={value}
        name={name}
        pointer={pointer}
        onChange={onChange}
      />
    </fieldset>
  )
}

/** The lines of a dictionary. */
export function Keys(props: {
  fields: readonly FormField[]
  rest: FormField | undefined
  value: ControlProps['value']
  name: string
  pointer: string
  onChange(value: ControlProps['value']): void
}) {
  const { t } = useVoice()
  const hold = useHold()
  const { readOnly, wording } = hold
  const table = tableOf(props.value)
  const known = props.fields.filter(f => isShown(f, table) || Object.hasOwn(table, f.name))
  const shown = known.filter(f => f.required || Object.hasOwn(table, f.name))
  const left = known.filter(f => !shown.includes(f))
  const names = new Set(props.fields.map(f => f.name))
  const others = Object.keys(table).filter(key => !names.has(key))
  const set = (key: string, to: ControlProps['value']) => props.onChange(withKey(props.value, key, to))
  return (
    <>
      <ul>
        {[...shown, ...others.map(key => unknownKey(key, props.rest))].map(field => (
          <Setting
            key={field.name}
            field={field}
            value={Object.hasOwn(table, field.name) ? table[field.name] : undefined}
            pointer={step(props.pointer, field.name)}
            onChange={to => set(field.name, to)}
          />
        ))}
      </ul>
      {!readOnly && left.length > 0 && (
        <span className="pick cf-add">
          <select
            className="in"
            aria-label={t('form.addKeyTo', { name: props.name })}
            value=""
            onChange={event => {
              const field = left.find(f => f.name === event.target.value)
              if (field) set(field.name, initialOf(field))
            }}
          >
            <option value="">{t('form.addKey')}</option>
            {left.map(field => {
              const own = wording.label?.(field, step(props.pointer, field.name))
              return (
                <option key={field.name} value={field.name} {...langOf(hold, own)}>
                  {own ?? field.label}
                </option>
              )
            })}
          </select>
          <Icon name="down" />
        </span>
      )}
      {!readOnly && props.rest && (
        <NewKey
          name={props.name}
          taken={key => names.has(key) || Object.hasOwn(table, key)}
          onAdd={key => set(key, props.rest ? initialOf(props.rest) : '')}
        />
      )}
    </>
  )
}

/** A key that the form does not know by name: of an open dictionary as its values are, else anything. */
function unknownKey(key: string, rest: FormField | undefined): FormField {
  if (rest) return { ...rest, name: key, label: key }
  return {
    name: key,
    label: key,
    type: 'any',
    widget: 'any',
    required: false,
    secret: false,
    words: 'plain',
    group: '',
    variables: false,
    os: [],
    fields: () => [],
    rest: () => undefined,
    item: () => undefined,
    cases: () => [],
  }
}

function NewKey(props: { name: string; taken(key: string): boolean; onAdd(key: string): void }) {
  const { t } = useVoice()
  const [key, setKey] = useState('')
  const add = () => {
    if (key === '' || props.taken(key)) return
    props.onAdd(key)
    setKey('')
  }
  return (
    <span className="cf-newkey">
      <input
        className="in mono"
        aria-label={t('form.keyNameIn', { name: props.name })}
        placeholder={t('form.keyName')}
        value={key}
        spellCheck={false}
        onChange={event => setKey(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
      />
      <Button size="sm" icon="plus" disabled={key === '' || props.taken(key)} onClick={add}>
        {t('form.addNamed')}
      </Button>
    </span>
  )
}
