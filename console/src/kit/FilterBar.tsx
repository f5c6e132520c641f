import type { Term } from '@muster/api/filter.ts'
import { Popover } from '@mantine/core'
import { type ReactNode, useEffect, useId, useState } from 'react'
import type { Formats } from '../i18n/format.ts'
import { useVoice } from '../i18n/index.tsx'
import { Button } from './Button.tsx'
import { Copy } from './Copy.tsx'
import { chipOf, durationOf, type FilterField, readFilter, withoutTerm, withTerm } from './chips.ts'
import { FilterEditor } from './FilterEditor.tsx'
import { Icon } from './Icon.tsx'

/** A filter as chips and as text, which are the same thing; `onChange` gets the text. */
export function FilterBar(props: {
  label: string
  fields: readonly FilterField[]
  text: string
  /** A filter of this list, for the empty line. */
  example: string
  onChange(text: string): void
  /** A part of the filter that this bar does not change, such as the scope. */
  fixed?: ReactNode
  children?: ReactNode
}) {
  const { t } = useVoice()
  const { terms, fault } = readFilter(props.text)
  const [editing, setEditing] = useState<number | 'new' | null>(null)
  const apply = (term: Term) => {
    props.onChange(withTerm(terms, term, editing === 'new' ? null : editing))
    setEditing(null)
  }
  return (
    <search aria-label={props.label} className="filter">
      <div className="bar">
        <div className="grammar">
          <Icon name="filter" />
          {props.fixed}
          {terms.map((term, at) => (
            <TermChip
              key={`${term.field}${term.op}${term.values.join()}`}
              term={term}
              fields={props.fields}
              editing={editing === at}
              onEdit={open => setEditing(open ? at : null)}
              onApply={apply}
              onRemove={() => props.onChange(withoutTerm(terms, at))}
            />
          ))}
          <Popover
            opened={editing === 'new'}
            onChange={open => setEditing(open ? 'new' : null)}
            position="bottom-start"
            trapFocus
            returnFocus
          >
            <Popover.Target>
              <Button
                size="sm"
                variant="quiet"
                icon="plus"
                disabled={fault !== null}
                onClick={() => setEditing(editing === 'new' ? null : 'new')}
              >
                {t('filter.add')}
              </Button>
            </Popover.Target>
            <Popover.Dropdown className="pop" aria-label={t('filter.addLabel')}>
              <FilterEditor fields={props.fields} term={null} onApply={apply} />
            </Popover.Dropdown>
          </Popover>
        </div>
        {props.children}
      </div>
      <FilterText text={props.text} example={props.example} onChange={props.onChange} />
    </search>
  )
}

/** `14d` as the reader's language writes it. */
function ageWord(f: Formats, text: string): string {
  const length = durationOf(text)
  return length === null ? text : f.age(length)
}

function TermChip(props: {
  term: Term
  fields: readonly FilterField[]
  editing: boolean
  onEdit(open: boolean): void
  onApply(term: Term): void
  onRemove(): void
}) {
  const { t, f } = useVoice()
  const chip = chipOf(props.term, props.fields)
  const aged = chip.comparison === 'olderThan' || chip.comparison === 'within'
  const said = chip.values.map(text => (aged ? ageWord(f, text) : text))
  const value = t(`filter.is.${chip.comparison}`, { value: f.either(said) })
  return (
    <Popover opened={props.editing} onChange={props.onEdit} position="bottom-start" trapFocus returnFocus>
      <span className={chip.known ? 'chip' : 'chip unknown'}>
        <Popover.Target>
          <button type="button" className="chip-words" onClick={() => props.onEdit(!props.editing)}>
            {chip.label} <b>{value}</b>
          </button>
        </Popover.Target>
        <button
          type="button"
          aria-label={t('filter.remove', { name: `${chip.label ?? ''} ${value}`.trim() })}
          onClick={props.onRemove}
        >
          <Icon name="x" />
        </button>
      </span>
      <Popover.Dropdown className="pop" aria-label={t('filter.editLabel')}>
        <FilterEditor fields={props.fields} term={props.term} onApply={props.onApply} />
      </Popover.Dropdown>
    </Popover>
  )
}

function FilterText(props: { text: string; example: string; onChange(text: string): void }) {
  const { t } = useVoice()
  const id = useId()
  const [draft, setDraft] = useState(props.text)
  useEffect(() => setDraft(props.text), [props.text])
  const { fault } = readFilter(draft)
  const commit = () => {
    if (!fault && draft !== props.text) props.onChange(draft.trim())
  }
  return (
    <>
      <div className="text">
        <label className="vh" htmlFor={id}>
          {t('filter.text')}
        </label>
        <input
          id={id}
          className="mono"
          value={draft}
          spellCheck={false}
          autoComplete="off"
          placeholder={t('filter.placeholder', { example: props.example })}
          aria-invalid={fault !== null}
          {...(fault ? { 'aria-describedby': `${id}-fault` } : {})}
          onChange={event => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={event => {
            if (event.key === 'Escape') setDraft(props.text)
            if (event.key !== 'Enter') return
            event.preventDefault()
            commit()
          }}
        />
        <span className="small muted nowrap wide-only">{t('filter.same')}</span>
        <Copy text={draft} label={t('filter.copy')} />
      </div>
      {fault && (
        <p className="err filter-fault" id={`${id}-fault`} role="alert">
          <Icon name="danger" />
          {t(`filter.fault.${fault.code}`, { at: fault.at + 1 })}
        </p>
      )}
    </>
  )
}
