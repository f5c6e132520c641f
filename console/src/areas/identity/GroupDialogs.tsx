import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { Group, Person } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { fieldError } from '../../kit/Problem.tsx'
import { shortPath, useUnits } from '../../scope.tsx'
import { Foreseen, isLooking, useForeseen } from '../changes/Foreseen.tsx'
import { PickOne } from '../blueprints/PickOne.tsx'
import { FormDialog, useChange } from './PeopleDialogs.tsx'
import { groupsQuery } from './peopleQueries.ts'

/** Finds a group by typing. */
export function PickGroup(props: {
  chosen: { id: string; name: string } | null
  onPick(group: { id: string; name: string }): void
}) {
  const { t } = useVoice()
  const [text, setText] = useState('')
  const found = useInfiniteQuery(groupsQuery(text.trim() === '' ? '' : JSON.stringify(text.trim())))
  return (
    <div className="field">
      <PickOne
        label={t('groups.find')}
        text={text}
        onText={setText}
        options={(found.data?.pages[0]?.items ?? []).slice(0, 10).map(group => ({
          id: group.id,
          name: group.name,
          sub: shortPath(group.unit.path),
        }))}
        onPick={(id, name) => props.onPick({ id, name })}
      />
      {props.chosen && <p className="hint">{t('trial.chosen', { name: props.chosen.name })}</p>}
    </div>
  )
}

/** Finds someone by typing. */
export function PickPerson(props: { label: string; without: ReadonlySet<string>; onPick(person: Person): void }) {
  const [text, setText] = useState('')
  const found = useQuery({
    queryKey: ['users', 'pick', text],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      get<Page<Person>>('/users', { filter: text.trim() && JSON.stringify(text.trim()), limit: 12 }, signal),
  })
  const items = found.data?.items ?? []
  return (
    <PickOne
      label={props.label}
      text={text}
      onText={setText}
      options={items
        .filter(person => !props.without.has(person.id))
        .map(person => ({ id: person.id, name: person.displayName, sub: person.email ?? shortPath(person.unit.path) }))}
      onPick={id => {
        const person = items.find(one => one.id === id)
        if (person) props.onPick(person)
      }}
    />
  )
}

/** Adds a group, or changes its name and unit. */
export function GroupForm({ group, unit, onClose }: { group: Group | null; unit: string; onClose(): void }) {
  const { t } = useVoice()
  const units = useUnits()
  const [form, setForm] = useState({ name: group?.name ?? '', unit: group?.unit.id ?? unit })
  // The units may arrive after the dialog has opened.
  const place = form.unit || (units.data?.[0]?.id ?? '')
  const body = { name: form.name.trim(), unit: place }
  const change = useChange(
    () => (group ? call('PATCH', `/groups/${group.id}`, { body }) : call('POST', '/groups', { body })),
    onClose,
  )
  return (
    <FormDialog
      title={group ? t('groups.editTitle', { name: group.name }) : t('groups.add')}
      go={group ? t('kit.save') : t('people.addGo')}
      ready={body.name !== '' && body.unit !== ''}
      change={change}
      onClose={onClose}
    >
      <TextField
        label={t('people.name')}
        value={form.name}
        onChange={event => setForm({ ...form, name: event.target.value })}
        error={fieldError(change.error, 'name')}
        data-autofocus
      />
      <SelectField
        label={t('device.col.unit')}
        hint={t('groups.unitHint')}
        value={place}
        onChange={event => setForm({ ...form, unit: event.target.value })}
        options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
      />
    </FormDialog>
  )
}

/** Puts somebody into a group or takes them out, with what that does to their devices before. */
export function ChangeMember(props: { group: Group; person: Person; how: 'add' | 'remove'; onClose(): void }) {
  const { t } = useVoice()
  const { group, person, how } = props
  const body = { add: how === 'add' ? [person.id] : [], remove: how === 'add' ? [] : [person.id] }
  const change = useChange(() => call('PUT', `/groups/${group.id}/members`, { body }), props.onClose)
  const run = useForeseen({ members: [{ group: group.id, ...body }] })
  const named = { name: person.displayName, group: group.name }
  return (
    <FormDialog
      title={how === 'add' ? t('groups.addOneTitle', named) : t('groups.takeOutOf', named)}
      go={how === 'add' ? t('people.addGo') : t('groups.takeOut')}
      ready={!isLooking(run)}
      change={change}
      onClose={props.onClose}
    >
      <Foreseen run={run} />
    </FormDialog>
  )
}

/** Removes a group; its members stay. */
export function RemoveGroup(props: { group: Group; onClose(): void; onGone(): void }) {
  const { t } = useVoice()
  const change = useChange(() => call('DELETE', `/groups/${props.group.id}`), props.onGone)
  return (
    <FormDialog
      title={t('groups.removeTitle', { name: props.group.name })}
      go={t('groups.removeGo')}
      ready
      change={change}
      onClose={props.onClose}
      keep
    >
      <p className="soft">{t('groups.removeText', { n: props.group.members })}</p>
    </FormDialog>
  )
}
