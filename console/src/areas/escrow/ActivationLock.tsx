import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Device } from '../../contract.ts'
import type { LockLifting } from '../../contract/portal.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { ConfirmDestructive } from '../../kit/ConfirmDestructive.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, Sentence, type ToneName } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { liftingQuery, secretsQuery } from './queries.ts'

const tones: Record<LockLifting['state'], ToneName> = {
  none: 'none',
  asked: 'pending',
  lifted: 'ok',
  refused: 'danger',
  silent: 'attention',
}

/** Frees a device of an Apple Account that was left on it: with Apple's help by the code that is kept, or by what is left to do without. */
export function ActivationLock({ device }: { device: Device }) {
  const { t } = useVoice()
  const can = useCan()
  const lifting = useQuery(liftingQuery(device.id))
  const secrets = useQuery(secretsQuery(device.id))
  const [asking, setAsking] = useState(false)
  const listed = secrets.data?.items.find(s => s.kind === 'activation-lock')
  const kept = listed?.state === 'current'
  const state = lifting.data?.state ?? 'none'
  if (!lifting.data || !secrets.data) return <ProblemNote error={lifting.error ?? secrets.error} />
  return (
    <div className="unlock">
      <div aria-live="polite">
        <Sentence tone={state === 'none' ? (kept ? 'ok' : 'attention') : tones[state]}>
          <b>{t(state === 'none' ? (kept ? 'unlock.ready' : 'unlock.noCode') : `unlock.state.${state}`)}</b>{' '}
          {state === 'none' && kept && t('unlock.readyText')}
          {state !== 'none' && t(`unlock.next.${state}`)}{' '}
          {lifting.data.at !== null && <Age at={lifting.data.at} focusable ago />}
        </Sentence>
        {lifting.data.by?.name && (
          <p className="small muted">
            <span data-name>{t('unlock.by', { name: lifting.data.by.name })}</span>
            {lifting.data.reason && <span data-name> · {lifting.data.reason}</span>}
          </p>
        )}
        {lifting.data.answer && (
          <p className="small muted">
            {t('programs.vendorSaid')}{' '}
            <span className="mono" lang="en">
              {lifting.data.answer}
            </span>
          </p>
        )}
      </div>
      {kept && can('devices:secrets') && device.ownership !== 'personal' && (
        <Button disabled={state === 'asked'} onClick={() => setAsking(true)}>
          {t('unlock.begin')}
        </Button>
      )}
      {(!kept || state === 'refused') && <WithoutCode device={device} renewable={listed?.renewable === true} />}
      {asking && <LiftDialog device={device} onClose={() => setAsking(false)} />}
    </div>
  )
}

/** What is left to do where no code is kept, or Apple does not take it. */
function WithoutCode({ device, renewable }: { device: Device; renewable: boolean }) {
  const { t } = useVoice()
  const enrolled = device.enrollments.some(e => e.state === 'active')
  return (
    <Note tone="info">
      <p>{t(enrolled ? (renewable ? 'unlock.without.ask' : 'unlock.without.cannot') : 'unlock.without.gone')}</p>
      <ul className="escrow-demands">
        <li>{t('unlock.without.portal')}</li>
        <li>{t('unlock.without.person')}</li>
        <li>{t('unlock.without.support')}</li>
      </ul>
      <ButtonLink size="sm" to="/enrollment/automated">
        {t('unlock.without.open')}
      </ButtonLink>
    </Note>
  )
}

function LiftDialog({ device, onClose }: { device: Device; onClose(): void }) {
  const { t, rich } = useVoice()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const typed = device.serial ?? device.name
  const lift = useMutation({
    mutationFn: () =>
      call('POST', `/devices/${device.id}/activation-lock/lift`, {
        body: { confirm: typed, ...(reason.trim() ? { reason: reason.trim() } : {}) },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['device', device.id] })
      onClose()
    },
  })
  return (
    <ConfirmDestructive
      opened
      onClose={onClose}
      onConfirm={() => lift.mutate()}
      title={t('unlock.title', { name: device.name })}
      action={t('unlock.begin')}
      consequences={[
        { tone: 'attention', word: t('unlock.thief'), text: t('unlock.thiefText') },
        { tone: 'info', word: t('unlock.outside'), text: t('unlock.outsideText') },
        { tone: 'info', word: t('unlock.stays'), text: t('unlock.staysText') },
      ]}
      phrase={{ label: rich(device.serial ? 'wipe.typeSerial' : 'wipe.typeName', { text: typed }), text: typed }}
      busy={lift.isPending}
      error={lift.error}
      fields={
        <TextField
          label={t('order.reason')}
          hint={t('unlock.reasonHint')}
          value={reason}
          maxLength={500}
          onChange={event => setReason(event.target.value)}
        />
      }
    >
      <p>{t('unlock.text')}</p>
    </ConfirmDestructive>
  )
}
