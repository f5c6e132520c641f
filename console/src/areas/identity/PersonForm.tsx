import { useState } from 'react'
import { call } from '../../api.ts'
import type { Person } from '../../contract/changes.ts'
import { languages, useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { fieldError } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'
import { FormDialog, useChange } from './PeopleDialogs.tsx'

interface Draft {
  familyName: string
  givenName: string
  yomi: string
  email: string
  unit: string
  language: string
  employeeNumber: string
  attributes: { name: string; value: string }[]
}

/** Most attributes one user may have. */
const mostAttributes = 20

/** Adds someone who uses devices. */
export function AddUser({ unit, onClose }: { unit: string; onClose(): void }) {
  const { t, locale } = useVoice()
  const [draft, setDraft] = useState<Draft>({
    familyName: '',
    givenName: '',
    yomi: '',
    email: '',
    unit,
    language: locale,
    employeeNumber: '',
    attributes: [],
  })
  // The units may arrive after the dialog has opened.
  const units = useUnits()
  const place = draft.unit || (units.data?.[0]?.id ?? '')
  const change = useChange(() => call('POST', '/users', { body: { ...bodyOf(draft, ''), unit: place } }), onClose)
  return (
    <FormDialog
      title={t('people.add')}
      go={t('people.addGo')}
      ready={nameOf(draft, '') !== '' && place !== ''}
      change={change}
      onClose={onClose}
    >
      <Fields
        draft={{ ...draft, unit: place }}
        set={part => setDraft({ ...draft, ...part })}
        error={change.error}
        withUnit
      />
    </FormDialog>
  )
}

/** Changes what is known about a user; where they belong is changed by moving them. */
export function EditUser({ person, onClose }: { person: Person; onClose(): void }) {
  const { t } = useVoice()
  const [draft, setDraft] = useState<Draft>({
    familyName: person.familyName ?? '',
    givenName: person.givenName ?? '',
    yomi: person.yomi ?? '',
    email: person.email ?? '',
    unit: person.unit.id,
    language: person.language ?? 'en',
    employeeNumber: person.employeeNumber ?? '',
    attributes: Object.entries(person.attributes).map(([name, value]) => ({ name, value })),
  })
  const change = useChange(
    () => call('PATCH', `/users/${person.id}`, { body: bodyOf(draft, person.displayName) }),
    onClose,
  )
  return (
    <FormDialog
      title={t('person.editTitle', { name: person.displayName })}
      go={t('kit.save')}
      ready={nameOf(draft, person.displayName) !== ''}
      change={change}
      onClose={onClose}
    >
      <Fields draft={draft} set={part => setDraft({ ...draft, ...part })} error={change.error} />
      <Attributes draft={draft} set={part => setDraft({ ...draft, ...part })} />
    </FormDialog>
  )
}

/** The name as it is shown: the family name first in Japanese. One entered whole elsewhere stays. */
function nameOf(draft: Draft, before: string): string {
  const family = draft.familyName.trim()
  const given = draft.givenName.trim()
  return (draft.language === 'ja' ? [family, given] : [given, family]).filter(Boolean).join(' ') || before
}

function bodyOf(draft: Draft, before: string) {
  const text = (value: string) => value.trim() || null
  return {
    displayName: nameOf(draft, before),
    familyName: text(draft.familyName),
    givenName: text(draft.givenName),
    yomi: text(draft.yomi),
    email: text(draft.email),
    language: draft.language,
    employeeNumber: text(draft.employeeNumber),
    attributes: Object.fromEntries(
      draft.attributes
        .map(({ name, value }) => [name.trim(), value.trim()] as const)
        .filter(([name, value]) => name !== '' && value !== ''),
    ),
  }
}

function Fields(props: { draft: Draft; set(part: Partial<Draft>): void; error: unknown; withUnit?: boolean }) {
  const { t, locale } = useVoice()
  const { draft, set, error } = props
  const units = useUnits()
  const names = [
    <TextField
      key="given"
      label={t('people.givenName')}
      value={draft.givenName}
      onChange={event => set({ givenName: event.target.value })}
    />,
    <TextField
      key="family"
      label={t('people.familyName')}
      value={draft.familyName}
      onChange={event => set({ familyName: event.target.value })}
    />,
  ]
  return (
    <>
      <div className="pair">{locale === 'ja' ? names.toReversed() : names}</div>
      {(draft.language === 'ja' || locale === 'ja' || draft.yomi !== '') && (
        <TextField
          label={t('people.yomi')}
          hint={t('people.yomiHint')}
          value={draft.yomi}
          onChange={event => set({ yomi: event.target.value })}
        />
      )}
      <TextField
        label={t('signIn.email')}
        type="email"
        value={draft.email}
        onChange={event => set({ email: event.target.value })}
        error={fieldError(error, 'email')}
      />
      {props.withUnit && (
        <SelectField
          label={t('device.col.unit')}
          value={draft.unit}
          onChange={event => set({ unit: event.target.value })}
          options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
        />
      )}
      <div className="pair">
        <SelectField
          label={t('account.language')}
          value={draft.language}
          onChange={event => set({ language: event.target.value })}
          options={languages.map(language => ({ value: language.id, label: language.name }))}
        />
        <TextField
          label={t('people.number')}
          value={draft.employeeNumber}
          onChange={event => set({ employeeNumber: event.target.value })}
          mono
        />
      </div>
    </>
  )
}

/** Free attributes: what policies can fill in as `user.attribute.NAME`. */
function Attributes({ draft, set }: { draft: Draft; set(part: Partial<Draft>): void }) {
  const { t } = useVoice()
  const change = (at: number, part: Partial<Draft['attributes'][number]>) =>
    set({ attributes: draft.attributes.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  return (
    <fieldset className="attributes">
      <legend className="lab">{t('person.attributes')}</legend>
      <p className="hint">{t('person.attributesHint')}</p>
      {draft.attributes.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line that is being typed has no other name than its place
        <div key={at} className="attribute">
          <input
            className="in mono"
            aria-label={t('person.attributeName')}
            value={one.name}
            onChange={event => change(at, { name: event.target.value })}
          />
          <input
            className="in"
            aria-label={t('person.attributeValue')}
            value={one.value}
            onChange={event => change(at, { value: event.target.value })}
          />
          <Button
            size="sm"
            variant="quiet"
            icon="x"
            iconOnly
            onClick={() => set({ attributes: draft.attributes.filter((_, index) => index !== at) })}
          >
            {t('person.dropAttribute', { name: one.name })}
          </Button>
        </div>
      ))}
      {draft.attributes.length < mostAttributes && (
        <Button
          size="sm"
          variant="quiet"
          icon="plus"
          onClick={() => set({ attributes: [...draft.attributes, { name: '', value: '' }] })}
        >
          {t('person.addAttribute')}
        </Button>
      )}
    </fieldset>
  )
}
