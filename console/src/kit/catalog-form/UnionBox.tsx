import { step } from '@muster/wire/apple/catalog/catalog.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Icon } from '../Icon.tsx'
import { Keys } from './GroupBox.tsx'
import { type ControlProps, langOf, useHold } from './hold.ts'
import { initialOf, tableOf } from './value.ts'

/** A dictionary that is one of several: first which, then its keys. */
export function UnionBox({ field, value, name, pointer, onChange }: ControlProps) {
  const { t } = useVoice()
  const hold = useHold()
  const { readOnly, wording } = hold
  const by = field.by ?? ''
  const table = tableOf(value)
  const cases = field.cases()
  const chosen = cases.find(c => c.name === table[by])
  const choose = (to: string) => {
    const next = cases.find(c => c.name === to)
    if (!next) return
    const needed = next.fields().filter(f => f.required && f.name !== by)
    onChange({ [by]: to, ...Object.fromEntries(needed.map(f => [f.name, initialOf(f)])) })
  }
  return (
    <fieldset className="cf-group wide">
      <legend className="vh" {...langOf(hold, undefined)}>
        {name}
      </legend>
      <span className="pick cf-select">
        <select
          className="in"
          aria-label={t('form.caseOf', { name })}
          disabled={readOnly}
          value={chosen?.name ?? ''}
          onChange={event => choose(event.target.value)}
        >
          {!chosen && <option value="">{t('form.notSet')}</option>}
          {cases.map(one => {
            const own = wording.option?.(field, step(pointer, by), one.name)
            return (
              <option key={one.name} value={one.name} {...langOf(hold, own)}>
                {own ?? one.label}
              </option>
            )
          })}
        </select>
        <Icon name="down" />
      </span>
      {chosen && (
        <Keys
          fields={chosen.fields().filter(f => f.name !== by)}
          rest={chosen.rest()}
          value={Object.fromEntries(Object.entries(table).filter(([key]) => key !== by))}
          name={name}
          pointer={pointer}
          onChange={to => onChange({ [by]: chosen.name, ...tableOf(to) })}
        />
      )}
    </fieldset>
  )
}
