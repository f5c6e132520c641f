import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { address, call } from '../../api.ts'
import type { PushRenewal } from '../../contract/custody.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonAnchor } from '../../kit/Button.tsx'
import { ConfirmDestructive } from '../../kit/ConfirmDestructive.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, State } from '../../kit/State.tsx'
import { Chooser } from './Files.tsx'
import { renewalQuery, signersQuery } from './queries.ts'
import { ServiceForm, VendorForm } from './SignerForms.tsx'

const ways = ['service', 'vendor', 'upload'] as const
type Way = (typeof ways)[number]

/** The request that was made, and the three ways to a vendor's signature under it. */
export function Signing({ renewal }: { renewal: PushRenewal }) {
  const { t, f } = useVoice()
  const signers = useQuery(signersQuery)
  const [way, setWay] = useState<Way>(renewal.way ?? 'service')
  const signed = renewal.state === 'signed' || renewal.state === 'offered'
  const vendor = signers.data?.items.find(s => s.way === 'vendor')
  const service = signers.data?.items.find(s => s.way === 'service')
  return (
    <div className="stack">
      <p>
        {renewal.madeAt !== null && t('renewal.made', { date: f.dateTime(renewal.madeAt), name: renewal.name ?? '' })}{' '}
        {signed && renewal.signedAt !== null && t('renewal.signedAt', { date: f.dateTime(renewal.signedAt) })}
      </p>
      {!signed && (
        <>
          <p>{t('renewal.signText')}</p>
          <SelectField
            label={t('renewal.way')}
            value={way}
            options={[
              { value: 'service', label: t('renewal.way.service') },
              { value: 'vendor', label: t('renewal.way.vendor') },
              { value: 'upload', label: t('renewal.way.upload') },
            ]}
            onChange={event => setWay(ways.find(one => one === event.target.value) ?? 'service')}
          />
          <Trouble renewal={renewal} />
          {way === 'service' && <ServiceForm signer={service} renewal={renewal} />}
          {way === 'vendor' && <VendorForm signer={vendor} />}
          {(way === 'upload' || renewal.state === 'mailed') && <SignedUpload />}
        </>
      )}
      <div className="acts chooser">
        <ButtonAnchor size="sm" icon="download" href={address('/push/apple/renewal/request')}>
          {t('renewal.downloadRequest')}
        </ButtonAnchor>
        <Discard />
      </div>
    </div>
  )
}

function Trouble({ renewal }: { renewal: PushRenewal }) {
  const { t, has } = useVoice()
  const { problem, state } = renewal
  if (problem) {
    const key = `renewal.problem.${problem.code}`
    return (
      <Note tone={state === 'signing' ? 'attention' : 'danger'} role="status">
        <p>{has(key) ? t(key) : problem.code}</p>
        {problem.text !== '' && (
          <p className="mono small" lang="en">
            {problem.text}
          </p>
        )}
      </Note>
    )
  }
  if (state === 'signing') return <State tone="pending">{t('renewal.signing')}</State>
  if (state === 'mailed')
    return (
      <Note tone="pending" role="status">
        <p>{t('renewal.mailed')}</p>
      </Note>
    )
  return null
}

/** Brings a request that was signed elsewhere, or came by mail. */
function SignedUpload() {
  const { t } = useVoice()
  const client = useQueryClient()
  const take = useMutation({
    mutationFn: (signed: string) => call<PushRenewal>('PUT', '/push/apple/renewal/signed', { body: { signed } }),
    onSuccess: async now => client.setQueryData(renewalQuery.queryKey, now),
  })
  return (
    <div className="stack">
      <ProblemNote error={take.error} />
      <Chooser
        again={false}
        primary
        label={t('renewal.bringSigned')}
        accept=".b64,.plist,.txt,.p7,.p7m,.pem,.hex"
        kinds={t('renewal.signedKinds')}
        onChoose={([file]) => file && take.mutate(file.text)}
      />
    </div>
  )
}

function Discard() {
  const { t } = useVoice()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const discard = useMutation({
    mutationFn: () => call('DELETE', '/push/apple/renewal'),
    onSuccess: async () => {
      setAsking(false)
      await client.invalidateQueries({ queryKey: ['certificates'] })
    },
  })
  return (
    <>
      <Button size="sm" variant="quiet" onClick={() => setAsking(true)}>
        {t('renewal.discard')}
      </Button>
      <ConfirmDestructive
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => discard.mutate()}
        title={t('renewal.discardTitle')}
        action={t('renewal.discardGo')}
        consequences={[]}
        busy={discard.isPending}
        error={discard.error}
      >
        <p>{t('renewal.discardText')}</p>
      </ConfirmDestructive>
    </>
  )
}
