import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Change } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { instantIn, When, type WhenDraft } from './When.tsx'
import { localOf } from './zones.ts'

/** Puts a change to another time. */
export function Reschedule({ change, onClose }: { change: Change; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [when, setWhen] = useState<WhenDraft>({
    how: change.at === null ? 'now' : 'at',
    local: change.at === null ? '' : localOf(change.at, change.zone),
    zone: change.zone,
  })
  const save = useMutation({
    mutationFn: () =>
      call('POST', `/changes/${change.id}/reschedule`, { body: { at: instantIn(when), zone: when.zone } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['changes'] })
      onClose()
    },
  })
  const ready = when.how === 'now' || when.local !== ''
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('changes.rescheduleTitle')}
      onSubmit={() => ready && !save.isPending && save.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={save.isPending}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      <When draft={when} onChange={setWhen} />
      <ProblemNote error={save.error} />
    </Dialog>
  )
}
