import type { RuleScope } from '../../contract/compliance.ts'
import { useVoice } from '../../i18n/index.tsx'
import { SelectField, TextField, Tick } from '../../kit/Field.tsx'
import { useUnits } from '../../scope.tsx'
import { platformNames } from '../devices/words.ts'

const ownerships = ['company', 'personal', 'unknown'] as const
const systems = ['ios', 'ipados', 'macos', 'tvos', 'android', 'windows', 'linux'] as const

/** Whom a rule is for: a unit and below, whose devices, which systems, which tags. Nothing ticked means all. */
export function ScopeForm(props: {
  scope: RuleScope
  unit: string
  onUnit(unit: string): void
  onChange(scope: RuleScope): void
}) {
  const { t } = useVoice()
  const units = useUnits()
  const { scope, unit, onUnit, onChange } = props
  const toggle = (list: string[], one: string): string[] =>
    list.includes(one) ? list.filter(x => x !== one) : [...list, one]
  return (
    <>
      <SelectField
        label={t('rules.unit')}
        value={unit}
        onChange={event => onUnit(event.target.value)}
        options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
      />
      <fieldset className="plain">
        <legend className="lab">{t('rules.whose')}</legend>
        <div className="ticks">
          {ownerships.map(one => (
            <Tick
              key={one}
              label={t(`device.ownership.${one}`)}
              checked={scope.ownerships.includes(one)}
              onChange={() => onChange({ ...scope, ownerships: toggle(scope.ownerships, one) })}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="plain">
        <legend className="lab">{t('rules.systems')}</legend>
        <div className="ticks">
          {systems.map(one => (
            <Tick
              key={one}
              label={<span lang="en">{platformNames[one]}</span>}
              checked={scope.platforms.includes(one)}
              onChange={() => onChange({ ...scope, platforms: toggle(scope.platforms, one) })}
            />
          ))}
        </div>
      </fieldset>
      <TextField
        label={t('rules.tags')}
        hint={t('rules.tagsHint')}
        defaultValue={scope.tags.join(', ')}
        onBlur={event =>
          onChange({
            ...scope,
            tags: event.target.value
              .split(/[,、]/)
              .map(x => x.trim())
              .filter(x => x !== ''),
          })
        }
      />
    </>
  )
}
