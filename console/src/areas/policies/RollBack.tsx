import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Policy, Preview } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { TextField } from '../../kit/Field.tsx'
import { EffectDialog } from '../../kit/EffectDialog.tsx'
import { useDryRun } from '../../kit/dryRun.ts'

/** Makes an old version the newest again, after showing what that does. */
export function RollBack(props: { policy: Policy; version: number; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const { policy, version } = props
  const [note, setNote] = useState('')
  const path = `/policies/${policy.id}/rollback`
  const run = useDryRun(`${policy.id} ${policy.version} back ${version}`, signal =>
    call<{ preview: Preview }>('POST', path, { query: { dryRun: true }, body: { version }, signal }),
  )
  const back = useMutation({
    mutationFn: (gate: { override?: string; confirm?: string }) =>
      call('POST', path, { body: { version, ...(note.trim() ? { note: note.trim() } : {}), ...gate } }),
    onSuccess: async () => {
      await Promise.all([['policy', policy.id], ['policies']].map(queryKey => client.invalidateQueries({ queryKey })))
      props.onClose()
    },
  })
  return (
    <EffectDialog
      title={t('versions.backTitle', { version, name: policy.name })}
      text={t('versions.backText', { version, next: policy.version + 1 })}
      go={t('versions.backGo', { version })}
      run={run}
      error={back.error}
      busy={back.isPending}
      onGo={gate => back.mutate(gate)}
      onClose={props.onClose}
    >
      <TextField label={t('save.note')} value={note} onChange={event => setNote(event.target.value)} data-autofocus />
    </EffectDialog>
  )
}
