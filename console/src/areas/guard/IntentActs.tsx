import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { IntentPageData } from '../../contract/guard.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { passkeysWork } from '../../kit/webauthn.ts'
import { useCan, useSession } from '../../session.tsx'
import { sayCode } from './IntentPage.tsx'
import { signAndSend } from './queries.ts'

/** The ways to decide: agree with a passkey, refuse, withdraw; and why not, where one may not. */
export function IntentActs({ intent }: { intent: IntentPageData }) {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const { admin } = useSession()
  const client = useQueryClient()
  const [asking, setAsking] = useState<'deny' | 'cancel' | null>(null)
  const refresh = () => client.invalidateQueries({ queryKey: ['intents'] })
  const done = async () => {
    await refresh()
    setAsking(null)
  }
  const agree = useMutation({
    mutationFn: () => signAndSend(`/intents/${intent.id}/approval-options`, `/intents/${intent.id}/approve`),
    // What was opened meanwhile stays open.
    onSuccess: refresh,
  })
  const { allowed, reason } = intent.approvable
  const waits = intent.state === 'held' && intent.needs > 0
  const mayCancel = intent.by.id === admin.id || can('commands:cancel') || can('guard:approve')
  return (
    <>
      {waits && allowed && passkeysWork() && (
        <Button variant="primary" icon="key" busy={agree.isPending} onClick={() => agree.mutate()}>
          {t('held.approve')}
        </Button>
      )}
      {can('guard:approve') && intent.state !== 'released' && (
        <Button onClick={() => setAsking('deny')}>{t('held.deny')}</Button>
      )}
      {mayCancel && <Button onClick={() => setAsking('cancel')}>{t('held.cancel')}</Button>}
      {waits && !allowed && reason !== null && (
        <p className="small muted guard-why">{t('held.approveNot', { why: sayCode(voice, reason) })}</p>
      )}
      {waits && allowed && !passkeysWork() && <p className="small muted guard-why">{t('held.passkeyNo')}</p>}
      <ProblemNote error={agree.error} />
      {asking === 'deny' && <Deny id={intent.id} onClose={() => setAsking(null)} onDone={done} />}
      {asking === 'cancel' && <Withdraw id={intent.id} onClose={() => setAsking(null)} onDone={done} />}
    </>
  )
}

interface Asking {
  id: string
  onClose(): void
  onDone(): Promise<void>
}

function Deny({ id, onClose, onDone }: Asking) {
  const { t } = useVoice()
  const [reason, setReason] = useState('')
  const deny = useMutation({
    mutationFn: () => call('POST', `/intents/${id}/deny`, { body: { reason: reason.trim() } }),
    onSuccess: onDone,
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('held.denyTitle')}
      onSubmit={() => reason.trim() && !deny.isPending && deny.mutate()}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('held.keep')}</KeepButton>
          <Button type="submit" variant="primary" disabled={!reason.trim()} busy={deny.isPending}>
            {t('held.deny')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('held.denyText')}</p>
      <TextField label={t('held.denyReason')} value={reason} onChange={event => setReason(event.target.value)} />
      <ProblemNote error={deny.error} />
    </Dialog>
  )
}

function Withdraw({ id, onClose, onDone }: Asking) {
  const { t } = useVoice()
  const cancel = useMutation({ mutationFn: () => call('POST', `/intents/${id}/cancel`), onSuccess: onDone })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('held.cancelTitle')}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('held.keep')}</KeepButton>
          <Button variant="primary" busy={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('held.cancel')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('held.cancelText')}</p>
      <ProblemNote error={cancel.error} />
    </Dialog>
  )
}
