import { useEffect, useState } from 'react'
import type { Json, Kind } from '../../contract/policies.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { wordsOf } from '../../kit/values.tsx'
import { same, valuesOf } from './draft.ts'
import { SecretInput } from './SecretInput.tsx'
import type { Setting } from './settings.ts'
import { VariableText } from './VariableText.tsx'

/** The form of one value, read from its schema. */
interface Form {
  is: 'flag' | 'choice' | 'number' | 'text' | 'secret' | 'lines' | 'json'
  choices: readonly Json[]
  long: boolean
  variables: boolean
  least?: number
  most?: number
}

/** Reads what a setting takes; what no simple control can hold is edited as JSON. */
export function formOf(schema: Json): Form {
  const about = valuesOf(schema)
  const options = Array.isArray(about['anyOf']) ? about['anyOf'] : [about]
  const plain = options.map(valuesOf).find(one => '$ref' in one === false) ?? {}
  const variables = options.some(one => /variable|text/i.test(String(valuesOf(one)['$ref'] ?? '')))
  const base = { choices: [], long: about['long'] === true || plain['format'] === 'multiline', variables }
  if (about['secret'] === true) return { ...base, is: 'secret' }
  if (Array.isArray(plain['enum'])) return { ...base, is: 'choice', choices: plain['enum'] }
  if (plain['type'] === 'boolean') return { ...base, is: 'flag' }
  if (plain['type'] === 'integer' || plain['type'] === 'number') {
    const [least, most] = [plain['minimum'], plain['maximum']]
    return {
      ...base,
      is: 'number',
      ...(typeof least === 'number' && { least }),
      ...(typeof most === 'number' && { most }),
    }
  }
  if (plain['type'] === 'string') return { ...base, is: 'text' }
  if (plain['type'] === 'array' && valuesOf(plain['items'])['type'] === 'string') return { ...base, is: 'lines' }
  return { ...base, is: 'json' }
}

/** What a setting says when it is added: what differs from the default where that is plain, else nothing yet. */
export function firstValue(schema: Json): Json {
  const about = valuesOf(schema)
  const { is, choices, least } = formOf(schema)
  const usual = about['default']
  if (is === 'flag') return usual !== true
  if (is === 'choice') return choices.find(one => one !== usual) ?? null
  if (is === 'number') return typeof usual === 'number' ? usual : (least ?? 0)
  if (is === 'lines') return []
  if (is === 'text' || is === 'secret') return ''
  return Array.isArray(usual) || valuesOf(schema)['type'] === 'array' ? [] : {}
}

/** The control for one setting. */
export function SettingControl(props: {
  name: string
  kind: Kind
  setting: Setting
  value: Json | undefined
  editable: boolean
  onChange(value: Json | undefined): void
}) {
  const voice = useVoice()
  const { name, setting, value, editable, onChange } = props
  const form = formOf(setting.schema)
  const shared = { 'aria-label': name, disabled: !editable }
  if (form.is === 'flag' && (typeof value === 'boolean' || value === undefined)) {
    const on = value ?? valuesOf(setting.schema)['default'] === true
    return (
      <label className="sw">
        <span>{flagWord(voice, setting.key, on)}</span>
        <input
          type="checkbox"
          role="switch"
          className="switch"
          {...shared}
          checked={on}
          aria-checked={on}
          onChange={event => onChange(event.target.checked)}
        />
      </label>
    )
  }
  if (form.is === 'choice') {
    return (
      <span className="pick ctl">
        <select
          className="in"
          {...shared}
          value={value === undefined ? '' : JSON.stringify(value)}
          onChange={event => onChange(event.target.value === '' ? undefined : JSON.parse(event.target.value))}
        >
          {value === undefined && <option value="">{voice.t('editor.notSet')}</option>}
          {form.choices.map(one => (
            <option key={JSON.stringify(one)} value={JSON.stringify(one)}>
              {choiceWord(voice, props.kind.kind, setting.key, one)}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    )
  }
  if (form.is === 'number' && (typeof value === 'number' || value === undefined)) {
    return (
      <input
        className="in ctl num"
        type="number"
        {...shared}
        min={form.least}
        max={form.most}
        value={value ?? ''}
        onChange={event => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
      />
    )
  }
  if (form.is === 'secret') return <SecretInput name={name} value={value} editable={editable} onChange={onChange} />
  if (form.is === 'text')
    return (
      <VariableText
        name={name}
        value={value}
        editable={editable}
        long={form.long}
        variables={form.variables}
        onChange={onChange}
      />
    )
  if (
    form.is === 'lines' &&
    (value === undefined || (Array.isArray(value) && value.every(one => typeof one === 'string')))
  )
    return <Lines name={name} value={value ?? []} editable={editable} onChange={onChange} />
  return <JsonInput name={name} value={value} editable={editable} onChange={onChange} />
}

function flagWord({ t }: Voice, key: string, on: boolean): string {
  if (/^(allow|permit)/i.test(key)) return t(on ? 'value.allowed' : 'value.notAllowed')
  return t(on ? 'value.on' : 'value.off')
}

function choiceWord(voice: Voice, kind: string, key: string, one: Json): string {
  const own = `choice.${kind}.${key}.${String(one)}`
  return voice.has(own) ? voice.t(own) : wordsOf(String(one))
}

function Lines(props: { name: string; value: readonly Json[]; editable: boolean; onChange(value: Json): void }) {
  const { t } = useVoice()
  const text = props.value.join('\n')
  return (
    <textarea
      className="in wide mono"
      aria-label={props.name}
      placeholder={t('editor.onePerLine')}
      disabled={!props.editable}
      rows={Math.min(8, Math.max(2, props.value.length + 1))}
      value={text}
      onChange={event => props.onChange(event.target.value === '' ? [] : event.target.value.split('\n'))}
    />
  )
}

/** Any value as JSON: what is typed counts as soon as it can be read. */
function JsonInput(props: {
  name: string
  value: Json | undefined
  editable: boolean
  onChange(value: Json | undefined): void
}) {
  const { t } = useVoice()
  const [text, setText] = useState(() => (props.value === undefined ? '' : JSON.stringify(props.value, null, 2)))
  const [fault, setFault] = useState(false)
  useEffect(() => {
    setText(old => {
      try {
        if (same(JSON.parse(old), props.value)) return old
      } catch {
        if (old !== '') return old
      }
      return props.value === undefined ? '' : JSON.stringify(props.value, null, 2)
    })
  }, [props.value])
  return (
    <div className="wide">
      <textarea
        className={fault ? 'in mono bad' : 'in mono'}
        aria-label={props.name}
        aria-invalid={fault}
        disabled={!props.editable}
        rows={Math.min(14, Math.max(2, text.split('\n').length))}
        spellCheck={false}
        value={text}
        onChange={event => {
          setText(event.target.value)
          try {
            props.onChange(event.target.value.trim() === '' ? undefined : JSON.parse(event.target.value))
            setFault(false)
          } catch {
            setFault(true)
          }
        }}
      />
      {fault && (
        <p className="err" role="alert">
          <Icon name="danger" />
          {t('raw.notJson')}
        </p>
      )}
    </div>
  )
}
