import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { CharterChange } from '../../contract/privacy.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextArea } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { passkeysWork } from '../../kit/webauthn.ts'
import { useCan } from '../../session.tsx'
import { signChange } from './queries.ts'
import { Differences } from './words.tsx'

/** A loosening that waits: what it changes, who signs it, and the ways to sign or end it. */
export function PendingChange({ change }: { change: CharterChange }) {
  const voice = useVoice()
  const { t, f } = voice
  const can = useCan()
  const client = useQueryClient()
  const [refusing, setRefusing] = useState(false)
  const sign = useMutation({
    mutationFn: () => signChange(change.id),
    onSettled: () => client.invalidateQueries({ queryKey: ['privacy'] }),
  })
  const missing = change.signers.filter(s => !change.signatures.some(g => g.admin === s.id))
  const names = new Map(change.signers.map(s => [s.id, s.name]))
  return (
    <Note tone="attention" icon="paused">
      <p>
        <b>{t('privacy.pending')}</b>{' '}
        {missing.length > 0 && t('privacy.pendingSign', { names: f.list(missing.map(s => s.name)) })}{' '}
        {change.effectiveAt !== null && t('privacy.pendingUntil', { when: f.dateTime(change.effectiveAt) })}
      </p>
      <p>{t('privacy.byWhom', { name: change.by.name ?? '–', why: change.why })}</p>
      <Differences voice={voice} all={change.differences} nameOf={id => names.get(id) ?? id} />
      <p className="small mono privacy-hash">SHA-256 {change.hash}</p>
      <p className="privacy-acts">
        {change.mine && passkeysWork() && (
          <Button variant="primary" icon="key" busy={sign.isPending} onClick={() => sign.mutate()}>
            {t('privacy.sign')}
          </Button>
        )}
        {(change.mine || can('privacy:write')) && (
          <Button onClick={() => setRefusing(true)}>{t('privacy.refuse')}</Button>
        )}
      </p>
      <ProblemNote error={sign.error} />
      {refusing && <Refuse id={change.id} onClose={() => setRefusing(false)} />}
    </Note>
  )
}

function Refuse({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const refuse = useMutation({
    mutationFn: () => call('POST', `/privacy/charter/changes/${id}/refuse`, { body: { reason: reason.trim() } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['privacy'] })
      onClose()
    },
  })
  const ready = reason.trim().length >= 3
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('privacy.refuseTitle')}
      onSubmit={() => ready && refuse.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={refuse.isPending}>
            {t('privacy.refuseDo')}
          </Button>
        </>
      }
    >
      <TextArea
        label={t('privacy.reason')}
        value={reason}
        rows={3}
        onChange={e => setReason(e.target.value)}
        data-autofocus
      />
      <ProblemNote error={refuse.error} />
    </Dialog>
  )
}
