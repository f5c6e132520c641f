import { useNavigate } from '@tanstack/react-router'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Policy } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { PreviewView } from '../../kit/Preview.tsx'
import { usePreviewGate } from '../../kit/PreviewGate.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Delivery, type DeliveryChoice, firstDelivery, rolloutBody } from './Delivery.tsx'
import { policyQuery } from './queries.ts'
import type { DraftHold } from './useDraft.ts'
import { useVersionPreview } from './useVersionPreview.ts'

/** Saves the draft as the next version: what it does, why, to all at once or in waves. */
export function SaveVersion(props: { policy: Policy; draft: DraftHold; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const { policy, draft } = props
  const next = policy.version + 1
  const run = useVersionPreview(policy, draft, true)
  const gate = usePreviewGate(run.preview)
  const navigate = useNavigate()
  const [note, setNote] = useState('')
  const [delivery, setDelivery] = useState<DeliveryChoice>(firstDelivery)
  const touches = (run.preview?.changed ?? 0) > 0
  const waves = touches && delivery.how === 'waves'
  const save = useMutation({
    mutationFn: () =>
      call('POST', `/policies/${policy.id}/versions`, {
        body: {
          value: draft.value,
          base: draft.base,
          ...(note.trim() ? { note: note.trim() } : {}),
          ...(waves ? { rollout: rolloutBody(delivery) } : {}),
          ...gate.body,
        },
      }),
    onSuccess: async () => {
      draft.discard()
      props.onClose()
      await Promise.all(
        [['policy', policy.id], ['policies'], ['rollouts']].map(queryKey => client.invalidateQueries({ queryKey })),
      )
      if (!waves) return
      const { rollout } = await client.fetchQuery({ ...policyQuery(policy.id), staleTime: 0 })
      if (rollout) void navigate({ to: '/policies/rollouts/$rollout', params: { rollout: rollout.id } })
    },
  })
  const ready = gate.ready && !run.error && run.preview !== null && run.preview.state !== 'computing' && !run.stale
  return (
    <Dialog
      opened
      wide
      onClose={props.onClose}
      title={t('save.title', { version: next, name: policy.name })}
      onSubmit={() => ready && !save.isPending && save.mutate()}
      actions={
        <>
          <Button onClick={props.onClose}>{t('save.goOn')}</Button>
          <Button
            type="submit"
            variant={run.preview?.needsConfirmation ? 'danger' : 'primary'}
            disabled={!ready}
            busy={save.isPending}
          >
            {t(waves ? 'save.inWaves' : 'save.go', { version: next })}
          </Button>
        </>
      }
    >
      <PreviewView
        preview={run.preview}
        error={run.error}
        stale={run.stale}
        title={t('preview.effect')}
        untouched={t(policy.usedBy.length === 0 ? 'editor.noBlueprint' : 'editor.noDevices')}
        open={1}
      />
      <TextField
        label={t('save.note')}
        hint={t('save.noteHint')}
        value={note}
        onChange={event => setNote(event.target.value)}
        data-autofocus
      />
      {touches && <Delivery choice={delivery} onChange={setDelivery} devices={run.preview?.changed ?? 0} />}
      {gate.fields}
      <ProblemNote error={save.error} />
    </Dialog>
  )
}
