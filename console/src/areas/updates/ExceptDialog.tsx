import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Campaign, Faring } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'

const dayMs = 86_400_000

/** Lets one device be until a day, with a reason. */
export function ExceptDialog({ campaign, row, onClose }: { campaign: Campaign; row: Faring; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [day, setDay] = useState(() => new Date(Date.now() + 7 * dayMs).toISOString().slice(0, 10))
  const save = useMutation({
    mutationFn: () =>
      call('POST', `/campaigns/${campaign.id}/exceptions`, {
        body: { device: row.device.id, reason, until: new Date(`${day}T23:59:59`).getTime() || 0 },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['updates', 'campaign', campaign.id] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('campaign.exceptTitle', { name: row.device.name })}
      onSubmit={() => save.mutate()}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.cancel')}</KeepButton>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={reason.trim() === ''}>
            {t('campaign.except')}
          </Button>
        </>
      }
    >
      <p>{t('campaign.exceptText')}</p>
      <TextField label={t('campaign.exceptReason')} value={reason} onChange={event => setReason(event.target.value)} />
      <TextField
        label={t('campaign.exceptUntil')}
        type="date"
        value={day}
        onChange={event => setDay(event.target.value)}
      />
      <ProblemNote error={save.error} />
    </Dialog>
  )
}
