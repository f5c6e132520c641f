import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Device, Ownership } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'
import { type Decided, Foreseen, isLooking, useForeseen } from '../changes/Foreseen.tsx'
import { type Chosen, PersonChoice } from './PersonChoice.tsx'

/** Changes what people know about a device: its name here, unit, user, ownership, asset tag and tags. */
export function EditDevice({ device, onClose }: { device: Device; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const units = useUnits()
  const [form, setForm] = useState({
    name: device.name,
    unit: device.unit.id,
    user: device.user ? { id: device.user.id, name: device.user.displayName } : null,
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
          user: form.user?.id ?? null,
          ownership: form.ownership as Ownership,
          assetTag: form.assetTag.trim() === '' ? null : form.assetTag.trim(),
          tags: tagsIn(form.tags),
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['device', device.id] })
      onClose()
    },
  })
  const run = useForeseen(decidedBy(device, form))
  const looking = isLooking(run)
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
      <PersonChoice label={t('device.col.user')} value={form.user} onChange={user => set({ user })} />
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
      <Foreseen run={run} />
      <ProblemNote error={save.error} />
    </Dialog>
  )
}

/** What of the form decides what the device should have; null where all of that stays. */
function decidedBy(
  device: Device,
  form: { unit: string; user: Chosen | null; ownership: string; tags: string },
): Decided | null {
  const { id } = device
  const tags = tagsIn(form.tags)
  const moved = {
    ...(form.unit === device.unit.id ? {} : { unit: form.unit }),
    ...(form.user?.id === device.user?.id ? {} : { user: form.user?.id ?? null }),
  }
  const changed = {
    ...(tags.join('\n') === device.tags.join('\n') ? {} : { tags }),
    ...(form.ownership === device.ownership ? {} : { ownership: form.ownership }),
  }
  const [moves, devices] = [moved, changed].map(part => Object.keys(part).length > 0)
  if (!moves && !devices) return null
  return {
    ...(moves ? { moves: [{ device: id, ...moved }] } : {}),
    ...(devices ? { devices: [{ device: id, ...changed }] } : {}),
  }
}

function tagsIn(text: string): string[] {
  return text
    .split(',')
    .map(tag => tag.trim())
    .filter(tag => tag !== '')
}
