import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Policy } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { SelectField, TextArea, TextField } from '../../kit/Field.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'

/** Changes what a policy is called and whose it is; not what it says. */
export function ChangePolicy({ policy, onClose }: { policy: Policy; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const units = useUnits()
  const [form, setForm] = useState({ name: policy.name, description: policy.description, unit: policy.unit.id })
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const change = useMutation({
    mutationFn: () => call('PATCH', `/policies/${policy.id}`, { body: { ...form, name: form.name.trim() } }),
    onSuccess: async () => {
      await Promise.all([['policy', policy.id], ['policies']].map(queryKey => client.invalidateQueries({ queryKey })))
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('policies.changeTitle', { name: policy.name })}
      onSubmit={() => form.name.trim() !== '' && !change.isPending && change.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={form.name.trim() === ''} busy={change.isPending}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('policies.col.name')}
        value={form.name}
        onChange={event => set({ name: event.target.value })}
        error={fieldError(change.error, 'name')}
        data-autofocus
      />
      <TextArea
        label={t('policies.description')}
        value={form.description}
        onChange={event => set({ description: event.target.value })}
      />
      <SelectField
        label={t('policies.unit')}
        hint={t('policies.unitHint')}
        value={form.unit}
        onChange={event => set({ unit: event.target.value })}
        options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
      />
      <ProblemNote error={change.error} />
    </Dialog>
  )
}

/** Puts a policy away that no blueprint carries. */
export function ArchivePolicy({ policy, onClose }: { policy: Policy; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const navigate = useNavigate()
  const archive = useMutation({
    mutationFn: () => call('DELETE', `/policies/${policy.id}`),
    onSuccess: async () => {
      await navigate({ to: '/policies' })
      await client.invalidateQueries({ queryKey: ['policies'] })
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('policies.archiveTitle', { name: policy.name })}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.keepIt')}</KeepButton>
          <Button variant="primary" busy={archive.isPending} onClick={() => archive.mutate()}>
            {t('policies.archiveGo')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('policies.archiveText')}</p>
      <ProblemNote error={archive.error} />
    </Dialog>
  )
}
