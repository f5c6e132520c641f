import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import type { Line } from './queries.ts'

/** Says anew what is wrong in a line, or takes it out. */
export function MendLine({ batch, row }: { batch: string; row: Line }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [form, setForm] = useState({ serial: row.serial, assetTag: row.assetTag, person: row.person, unit: row.place })
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const done = async () => {
    setOpen(false)
    await client.invalidateQueries({ queryKey: ['intake', batch] })
  }
  const at = `/intakes/${batch}/devices/${row.n}`
  const save = useMutation({ mutationFn: () => call<Line>('PATCH', at, { body: form }), onSuccess: done })
  const remove = useMutation({ mutationFn: () => call<undefined>('DELETE', at), onSuccess: done })
  return (
    <>
      <Button size="sm" variant="quiet" icon="edit" onClick={() => setOpen(true)}>
        {t('batch.mend')}
      </Button>
      <Dialog
        opened={open}
        onClose={() => setOpen(false)}
        title={t('batch.mendTitle')}
        onSubmit={() => save.mutate()}
        actions={
          <>
            <KeepButton onClick={() => setOpen(false)}>{t('kit.cancel')}</KeepButton>
            <Button busy={remove.isPending} icon="minus" onClick={() => remove.mutate()}>
              {t('batch.takeOut')}
            </Button>
            <Button type="submit" variant="primary" busy={save.isPending}>
              {t('batch.save')}
            </Button>
          </>
        }
      >
        {row.raw !== '' && (
          <p className="mono small" data-name>
            {row.raw}
          </p>
        )}
        <TextField
          label={t('batch.col.serial')}
          mono
          value={form.serial}
          onChange={event => set({ serial: event.target.value })}
        />
        <TextField
          label={t('batch.col.asset')}
          value={form.assetTag}
          onChange={event => set({ assetTag: event.target.value })}
        />
        <TextField
          label={t('batch.col.person')}
          value={form.person}
          onChange={event => set({ person: event.target.value })}
        />
        <TextField
          label={t('device.col.unit')}
          value={form.unit}
          onChange={event => set({ unit: event.target.value })}
        />
        <ProblemNote error={save.error ?? remove.error} />
      </Dialog>
    </>
  )
}
