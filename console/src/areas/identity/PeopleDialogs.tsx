import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { call } from '../../api.ts'
import type { Unit } from '../../contract.ts'
import { languages, useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'

function useChange(work: () => Promise<unknown>, onDone: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSuccess: async () => {
      await Promise.all(['units', 'users'].map(queryKey => client.invalidateQueries({ queryKey: [queryKey] })))
      onDone()
    },
  })
}

function FormDialog(props: {
  title: string
  go: string
  ready: boolean
  change: ReturnType<typeof useChange>
  onClose(): void
  keep?: boolean
  children: ReactNode
}) {
  const { t } = useVoice()
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={props.title}
      onSubmit={() => props.ready && !props.change.isPending && props.change.mutate()}
      actions={
        <>
          {props.keep ? (
            <KeepButton onClick={props.onClose}>{t('kit.keepIt')}</KeepButton>
          ) : (
            <Button onClick={props.onClose}>{t('kit.cancel')}</Button>
          )}
          <Button type="submit" variant="primary" disabled={!props.ready} busy={props.change.isPending}>
            {props.go}
          </Button>
        </>
      }
    >
      {props.children}
      <ProblemNote error={props.change.error} />
    </Dialog>
  )
}

/** Adds a unit below another. */
export function AddUnit({ parent, onClose }: { parent: Unit; onClose(): void }) {
  const { t } = useVoice()
  const [name, setName] = useState('')
  const change = useChange(() => call('POST', '/units', { body: { name: name.trim(), parent: parent.id } }), onClose)
  return (
    <FormDialog
      title={t('people.addUnitTitle', { name: parent.name })}
      go={t('people.addGo')}
      ready={name.trim() !== ''}
      change={change}
      onClose={onClose}
    >
      <TextField
        label={t('people.unitName')}
        value={name}
        onChange={event => setName(event.target.value)}
        error={fieldError(change.error, 'name')}
        data-autofocus
      />
    </FormDialog>
  )
}

/** Renames a unit or moves it, with all that hangs on it, below another. */
export function ChangeUnit({ unit, units, onClose }: { unit: Unit; units: Unit[]; onClose(): void }) {
  const { t } = useVoice()
  const [name, setName] = useState(unit.name)
  const [parent, setParent] = useState(unit.parent ?? '')
  const body = {
    ...(name.trim() !== unit.name ? { name: name.trim() } : {}),
    ...(unit.parent && parent !== unit.parent ? { parent } : {}),
  }
  const change = useChange(() => call('PATCH', `/units/${unit.id}`, { body }), onClose)
  const places = units.filter(one => one.id !== unit.id && !one.path.startsWith(`${unit.path} / `))
  return (
    <FormDialog
      title={t('people.changeUnitTitle', { name: unit.name })}
      go={t('kit.save')}
      ready={name.trim() !== '' && Object.keys(body).length > 0}
      change={change}
      onClose={onClose}
    >
      <TextField
        label={t('people.unitName')}
        value={name}
        onChange={event => setName(event.target.value)}
        error={fieldError(change.error, 'name')}
        data-autofocus
      />
      {unit.parent && (
        <SelectField
          label={t('people.below')}
          hint={t('people.belowHint', { users: unit.users, devices: unit.devices })}
          value={parent}
          onChange={event => setParent(event.target.value)}
          options={places.map(one => ({ value: one.id, label: one.path }))}
        />
      )}
    </FormDialog>
  )
}

/** Removes a unit that nothing hangs on. */
export function RemoveUnit({ unit, onClose }: { unit: Unit; onClose(): void }) {
  const { t } = useVoice()
  const change = useChange(() => call('DELETE', `/units/${unit.id}`), onClose)
  return (
    <FormDialog
      title={t('people.removeUnitTitle', { name: unit.name })}
      go={t('people.removeUnitGo')}
      ready
      change={change}
      onClose={onClose}
      keep
    >
      <p className="soft">{t('people.removeUnitText')}</p>
    </FormDialog>
  )
}

/** Adds someone who uses devices. */
export function AddUser({ unit, onClose }: { unit: string; onClose(): void }) {
  const { t, locale } = useVoice()
  const units = useUnits()
  const [form, setForm] = useState({
    familyName: '',
    givenName: '',
    email: '',
    unit,
    language: locale as string,
    employeeNumber: '',
  })
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const family = form.familyName.trim()
  const given = form.givenName.trim()
  const displayName = (form.language === 'ja' ? [family, given] : [given, family]).filter(Boolean).join(' ')
  const change = useChange(
    () =>
      call('POST', '/users', {
        body: {
          displayName,
          familyName: family || null,
          givenName: given || null,
          email: form.email.trim() || null,
          language: form.language,
          unit: form.unit,
          employeeNumber: form.employeeNumber.trim() || null,
        },
      }),
    onClose,
  )
  const family1 = (
    <TextField
      key="family"
      label={t('people.familyName')}
      value={form.familyName}
      onChange={event => set({ familyName: event.target.value })}
    />
  )
  const given1 = (
    <TextField
      key="given"
      label={t('people.givenName')}
      value={form.givenName}
      onChange={event => set({ givenName: event.target.value })}
    />
  )
  return (
    <FormDialog
      title={t('people.add')}
      go={t('people.addGo')}
      ready={displayName !== '' && form.unit !== ''}
      change={change}
      onClose={onClose}
    >
      <div className="pair">{locale === 'ja' ? [family1, given1] : [given1, family1]}</div>
      <TextField
        label={t('signIn.email')}
        type="email"
        value={form.email}
        onChange={event => set({ email: event.target.value })}
        error={fieldError(change.error, 'email')}
      />
      <SelectField
        label={t('device.col.unit')}
        value={form.unit}
        onChange={event => set({ unit: event.target.value })}
        options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
      />
      <div className="pair">
        <SelectField
          label={t('account.language')}
          value={form.language}
          onChange={event => set({ language: event.target.value })}
          options={languages.map(language => ({ value: language.id, label: language.name }))}
        />
        <TextField
          label={t('people.number')}
          value={form.employeeNumber}
          onChange={event => set({ employeeNumber: event.target.value })}
          mono
        />
      </div>
    </FormDialog>
  )
}
