import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { call } from '../../api.ts'
import type { Unit } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'

/** A write about people or units, after which their lists are read anew. */
export function useChange(work: () => Promise<unknown>, onDone: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSuccess: async () => {
      await Promise.all(
        ['units', 'users', 'groups'].map(queryKey => client.invalidateQueries({ queryKey: [queryKey] })),
      )
      onDone()
    },
  })
}

/** A short form in front of the page. */
export function FormDialog(props: {
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
export function ChangeUnit(props: { unit: Unit; units: Unit[]; below: string | null; onClose(): void }) {
  const { unit, units, onClose } = props
  const { t } = useVoice()
  const [name, setName] = useState(unit.name)
  const [parent, setParent] = useState(props.below ?? unit.parent ?? '')
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
