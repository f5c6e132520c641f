import { useVoice } from '../../i18n/index.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { useUnits } from '../../scope.tsx'

/** On which unit something new hangs; the topmost that the admin sees unless chosen. */
export function UnitField(props: { value: string; onChange(unit: string): void }) {
  const { t } = useVoice()
  const units = useUnits()
  return (
    <SelectField
      label={t('appsPage.unit')}
      value={props.value}
      onChange={event => props.onChange(event.target.value)}
      options={(units.data ?? []).map(unit => ({ value: unit.id, label: unit.path || unit.name }))}
    />
  )
}
