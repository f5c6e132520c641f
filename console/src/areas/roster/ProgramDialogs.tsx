import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Program } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'
import { setupsQuery } from './queries.ts'

/** Changes the name of a program, and how and where its devices are received. */
export function ChangeProgram({ program, onClose }: { program: Program; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const units = useUnits()
  const setups = useQuery(setupsQuery)
  const [form, setForm] = useState({
    name: program.name,
    account: program.account ?? '',
    setup: program.setup?.id ?? '',
    unit: program.unit.id,
  })
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const save = useMutation({
    mutationFn: () =>
      call('PATCH', `/programs/${program.id}`, {
        body: { ...form, name: form.name.trim(), account: form.account.trim() || null, setup: form.setup || null },
      }),
    onSuccess: async () => {
      await Promise.all(['programs', 'roster', 'setups'].map(key => client.invalidateQueries({ queryKey: [key] })))
      onClose()
    },
  })
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={t('programs.changeTitle', { name: program.name })}
      onSubmit={() => form.name.trim() !== '' && !save.isPending && save.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      <div className="pair">
        <TextField
          label={t('programs.name')}
          value={form.name}
          error={fieldError(save.error, 'name')}
          onChange={event => set({ name: event.target.value })}
          data-autofocus
        />
        <TextField
          label={t('programs.account')}
          hint={t('programs.accountHint')}
          value={form.account}
          onChange={event => set({ account: event.target.value })}
        />
      </div>
      <SelectField
        label={t('programs.setup')}
        hint={t('programs.setupChange')}
        value={form.setup}
        onChange={event => set({ setup: event.target.value })}
        options={[
          { value: '', label: t('roster.noSetup') },
          ...(setups.data?.items ?? []).map(one => ({ value: one.id, label: one.name })),
        ]}
      />
      <SelectField
        label={t('programs.unit')}
        hint={t('programs.unitHint')}
        value={form.unit}
        onChange={event => set({ unit: event.target.value })}
        options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
      />
      <ProblemNote error={save.error} />
    </Dialog>
  )
}

/** Asks before a program goes. */
export function RemoveProgram({ program, onClose }: { program: Program; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => call('DELETE', `/programs/${program.id}`),
    onSuccess: async () => {
      await Promise.all(['programs', 'roster'].map(key => client.invalidateQueries({ queryKey: [key] })))
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('programs.removeTitle', { name: program.name })}
      onSubmit={() => !remove.isPending && remove.mutate()}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.keepIt')}</KeepButton>
          <Button type="submit" variant="danger" busy={remove.isPending}>
            {t('programs.removeGo')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('programs.removeText', { n: program.counts.promised })}</p>
      <ProblemNote error={remove.error} />
    </Dialog>
  )
}
