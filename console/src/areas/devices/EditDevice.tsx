import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { Device, Ownership, Page, User } from '../../contract.ts'
import type { Preview } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { type DryRun, useDryRun } from '../../kit/dryRun.ts'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { PreviewView } from '../../kit/Preview.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'
import { useCan } from '../../session.tsx'

/** Changes what people know about a device: its name here, unit, user, ownership, asset tag and tags. */
export function EditDevice({ device, onClose }: { device: Device; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const units = useUnits()
  const users = useQuery({
    queryKey: ['users', 'choice'],
    queryFn: ({ signal }) => get<Page<User>>('/users', { limit: 200, sort: 'name' }, signal),
  })
  const [form, setForm] = useState({
    name: device.name,
    unit: device.unit.id,
    user: device.user?.id ?? '',
    ownership: device.ownership as string,
    assetTag: device.assetTag ?? '',
    tags: device.tags.join(', '),
  })
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const save = useMutation({
    mutationFn: () =>
      call('PATCH', `/devices/${device.id}`, {
        body: {
          name: form.name.trim(),
          unit: form.unit,
          user: form.user === '' ? null : form.user,
          ownership: form.ownership as Ownership,
          assetTag: form.assetTag.trim() === '' ? null : form.assetTag.trim(),
          tags: form.tags
            .split(',')
            .map(tag => tag.trim())
            .filter(tag => tag !== ''),
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['device', device.id] })
      onClose()
    },
  })
  const run = useMoveRun(device, form)
  // Nobody saves what they have not been shown; where it cannot be worked out, the reason stands there instead.
  const looking = run !== null && !run.error && (run.stale || run.preview?.state === 'computing')
  const people = users.data?.items ?? []
  const known =
    device.user && !people.some(user => user.id === device.user?.id)
      ? [{ value: device.user.id, label: device.user.displayName }]
      : []
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('device.editTitle', { name: device.name })}
      onSubmit={() => !looking && !save.isPending && save.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={looking}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('device.col.name')}
        value={form.name}
        onChange={event => set({ name: event.target.value })}
        error={fieldError(save.error, 'name')}
        data-autofocus
      />
      <SelectField
        label={t('device.col.unit')}
        value={form.unit}
        onChange={event => set({ unit: event.target.value })}
        options={(units.data ?? [{ ...device.unit }]).map(unit => ({ value: unit.id, label: unit.path }))}
      />
      <SelectField
        label={t('device.col.user')}
        value={form.user}
        onChange={event => set({ user: event.target.value })}
        options={[
          { value: '', label: t('device.noUser') },
          ...known,
          ...people.map(user => ({ value: user.id, label: user.displayName })),
        ]}
      />
      <SelectField
        label={t('device.col.ownership')}
        value={form.ownership}
        onChange={event => set({ ownership: event.target.value })}
        options={(['company', 'personal', 'unknown'] as const).map(value => ({
          value,
          label: t(`device.ownership.${value}`),
        }))}
      />
      <TextField
        label={t('device.col.asset')}
        value={form.assetTag}
        onChange={event => set({ assetTag: event.target.value })}
        mono
        error={fieldError(save.error, 'assetTag')}
      />
      <TextField
        label={t('device.col.tags')}
        hint={t('device.tagsHint')}
        value={form.tags}
        onChange={event => set({ tags: event.target.value })}
      />
      <MoveEffect run={run} />
      <ProblemNote error={save.error} />
    </Dialog>
  )
}

/** What it would gain and lose with another unit or person, licenses too; null where neither changes. */
function useMoveRun(device: Device, { unit, user }: { unit: string; user: string }): DryRun | null {
  const can = useCan()
  const move = {
    device: device.id,
    ...(unit === device.unit.id ? {} : { unit }),
    ...(user === (device.user?.id ?? '') ? {} : { user: user || null }),
  }
  const asks = can('changes:write') && Object.keys(move).length > 1
  const run = useDryRun(asks ? JSON.stringify(move) : null, signal =>
    call<{ preview: Preview }>('POST', '/changes/preview', { body: { moves: [move] }, signal }),
  )
  return asks ? run : null
}

function MoveEffect({ run }: { run: DryRun | null }) {
  const { t } = useVoice()
  if (!run) return null
  return (
    <PreviewView
      preview={run.preview}
      error={run.error}
      stale={run.stale}
      title={t('preview.effect')}
      untouched={t('imports.untouched')}
      open={1}
    />
  )
}
