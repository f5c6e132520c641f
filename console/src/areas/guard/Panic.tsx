import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ConfirmDestructive } from '../../kit/ConfirmDestructive.tsx'
import { TextField } from '../../kit/Field.tsx'

/** Asks once more, with a phrase typed by hand, before everything is stopped. */
export function Panic({ onClose }: { onClose(): void }) {
  const { t, rich } = useVoice()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const stop = useMutation({
    mutationFn: () => call('POST', '/guard/freeze', { body: { reason: reason.trim() || t('guard.panic') } }),
    onSuccess: async () => {
      await client.invalidateQueries()
      onClose()
    },
  })
  return (
    <ConfirmDestructive
      opened
      onClose={onClose}
      onConfirm={() => stop.mutate()}
      title={t('guard.panicTitle')}
      action={t('guard.panic')}
      consequences={[
        { tone: 'attention', word: t('guard.panicLeaves'), text: t('guard.panicLeavesText') },
        { tone: 'attention', word: t('guard.panicPeople'), text: t('guard.panicPeopleText') },
        { tone: 'info', word: t('guard.panicBack'), text: t('guard.panicBackText') },
      ]}
      phrase={{
        label: rich('guard.panicType', { text: t('guard.panicPhrase') }),
        text: t('guard.panicPhrase'),
      }}
      busy={stop.isPending}
      error={stop.error}
      fields={
        <TextField label={t('guard.panicReason')} value={reason} onChange={event => setReason(event.target.value)} />
      }
    >
      <p>{t('guard.panicText')}</p>
    </ConfirmDestructive>
  )
}
