import type { Term } from '@muster/api/filter.ts'
import { useState } from 'react'
import { type Key, useVoice } from '../i18n/index.tsx'
import { Button } from './Button.tsx'
import type { FieldKind, FilterField } from './chips.ts'
import { SelectField, TextField, Tick } from './Field.tsx'

type Op = Term['op']

/** The comparisons a kind of field offers, with their words. */
const comparisons: Record<FieldKind, readonly [Op, Key][]> = {
  choice: [[':', 'filter.op.is']],
  'yes-no': [[':', 'filter.op.is']],
  text: [[':', 'filter.op.is']],
  version: [
    ['<', 'filter.op.before'],
    [':', 'filter.op.is'],
    ['>=', 'filter.op.from'],
  ],
  age: [
    ['>', 'filter.op.olderThan'],
    ['<', 'filter.op.within'],
  ],
}

/** The small form that makes or changes one term of a filter. */
export function FilterEditor(props: { fields: readonly FilterField[]; term: Term | null; onApply(term: Term): void }) {
  const { t } = useVoice()
  const [name, setName] = useState(props.term ? (props.term.field ?? '') : (props.fields[0]?.name ?? ''))
  const field = props.fields.find(f => f.name === name)
  const kind: FieldKind = field?.kind ?? 'text'
  const offered = comparisons[kind]
  const [op, setOp] = useState<Op>(props.term?.op ?? offered[0]?.[0] ?? ':')
  const [values, setValues] = useState<readonly string[]>(props.term?.values ?? [])
  const [negated, setNegated] = useState(props.term?.negated ?? false)
  const comparison = offered.some(([known]) => known === op) ? op : (offered[0]?.[0] ?? ':')
  const words = values.filter(value => value.trim() !== '')

  const pick = (next: string) => {
    setName(next)
    setValues([])
    setOp(comparisons[props.fields.find(f => f.name === next)?.kind ?? 'text'][0]?.[0] ?? ':')
  }
  const apply = () => {
    if (words.length === 0) return
    const many = comparison === ':' ? words : words.slice(0, 1)
    props.onApply({ field: name === '' ? null : name, op: comparison, values: many, negated })
  }
  return (
    <form
      className="filter-form"
      onSubmit={event => {
        event.preventDefault()
        // It floats above whatever it belongs to, which may be a form of its own that this must not send.
        event.stopPropagation()
        apply()
      }}
    >
      <SelectField
        label={t('filter.field')}
        value={name}
        onChange={event => pick(event.target.value)}
        options={[
          ...props.fields.map(f => ({ value: f.name, label: f.label })),
          { value: '', label: t('filter.anyText') },
        ]}
      />
      {offered.length > 1 && (
        <SelectField
          label={t('filter.comparison')}
          value={comparison}
          onChange={event => setOp(event.target.value as Op)}
          options={offered.map(([value, key]) => ({ value, label: t(key) }))}
        />
      )}
      {field?.options ? (
        <fieldset className="choices">
          <legend className="lab">{t('filter.value')}</legend>
          {field.options.map(option => (
            <Tick
              key={option.value}
              label={option.label}
              checked={values.includes(option.value)}
              onChange={event =>
                setValues(
                  event.target.checked ? [...values, option.value] : values.filter(value => value !== option.value),
                )
              }
            />
          ))}
        </fieldset>
      ) : (
        <TextField
          label={t('filter.value')}
          value={values.join(', ')}
          placeholder={field?.example ?? ''}
          onChange={event =>
            setValues(comparison === ':' && name !== '' ? event.target.value.split(/, ?/) : [event.target.value])
          }
          autoComplete="off"
          spellCheck={false}
        />
      )}
      {comparison === ':' && (
        <Tick label={t('filter.negate')} checked={negated} onChange={event => setNegated(event.target.checked)} />
      )}
      <Button type="submit" variant="primary" size="sm" disabled={words.length === 0}>
        {t('filter.apply')}
      </Button>
    </form>
  )
}
