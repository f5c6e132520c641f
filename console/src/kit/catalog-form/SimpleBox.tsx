import { useVoice } from '../../i18n/index.tsx'
import { Icon } from '../Icon.tsx'
import { type ControlProps, langOf, useHold } from './hold.ts'
import { sayBounds, saySwitch } from './words.ts'

/** Yes or no, with what it means in words. */
export function SwitchBox({ field, value, name, onChange }: ControlProps) {
  const voice = useVoice()
  const { readOnly } = useHold()
  const on = typeof value === 'boolean' ? value : field.default === true
  return (
    <label className="cf-switch">
      <span>{value === undefined ? voice.t('form.notSet') : saySwitch(voice, field, on)}</span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        className="switch"
        aria-label={name}
        disabled={readOnly}
        checked={on}
        onChange={event => onChange(event.target.checked)}
      />
    </label>
  )
}

/** A number with the bounds it has. */
export function NumberBox({ field, value, name, pointer, onChange }: ControlProps) {
  const voice = useVoice()
  const { readOnly } = useHold()
  const bounds = sayBounds(voice, field)
  const hints = field.options ? `${pointer}-hints` : undefined
  return (
    <span className="cf-number">
      <input
        type="number"
        className="in"
        aria-label={name}
        disabled={readOnly}
        min={field.min}
        max={field.max}
        step={field.type === 'integer' ? 1 : 'any'}
        list={hints}
        placeholder={field.default === undefined ? '' : String(field.default)}
        value={typeof value === 'number' ? value : ''}
        onChange={event => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
      />
      {hints && (
        <datalist id={hints}>
          {field.options?.map(option => (
            <option key={option.value} value={option.value} />
          ))}
        </datalist>
      )}
      {bounds && <span className="small muted">{bounds}</span>}
    </span>
  )
}

/** One of some values; one that is set but not among them is shown too, as only the device can tell that it is wrong. */
export function SelectBox({ field, value, name, pointer, onChange }: ControlProps) {
  const { t } = useVoice()
  const hold = useHold()
  const { readOnly, wording } = hold
  const options = (field.options ?? []).map(option => ({
    ...option,
    own: wording.option?.(field, pointer, option.value),
  }))
  const known = value === undefined || options.some(option => option.value === value)
  return (
    <span className="pick cf-select">
      <select
        className="in"
        aria-label={name}
        disabled={readOnly}
        value={value === undefined ? '' : JSON.stringify(value)}
        onChange={event => onChange(event.target.value === '' ? undefined : JSON.parse(event.target.value))}
      >
        {(value === undefined || !field.required) && <option value="">{t('form.notSet')}</option>}
        {!known && <option value={JSON.stringify(value)}>{String(value)}</option>}
        {options.map(option => (
          <option key={option.value} value={JSON.stringify(option.value)} {...langOf(hold, option.own)}>
            {option.own ?? option.label}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  )
}
