import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { address, call } from '../../api.ts'
import type { ApplePush } from '../../contract.ts'
import type { PushRenewal } from '../../contract/custody.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonAnchor } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Bones } from '../../kit/Page.tsx'
import { ProblemNote, problemOf } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { useSession } from '../../session.tsx'
import { type Chosen, Chooser, StepItem } from './Files.tsx'
import { ending, partsOf } from './pem.ts'
import { PastPushes } from './PastPushes.tsx'
import { PushUpload } from './PushUpload.tsx'
import { renewalQuery } from './queries.ts'
import { Signing } from './Signing.tsx'
import { TopicDiffers } from './TopicDiffers.tsx'
import { Trial } from './Trial.tsx'

/** From a request to a new push certificate in use, one step after the other; the key never leaves the server. */
export function Renewal({ push, devices }: { push: ApplePush; devices: number }) {
  const { t } = useVoice()
  const id = useId()
  const renewal = useQuery(renewalQuery)
  const now = renewal.data
  const renewing = push.state !== 'missing'
  const signed = now?.state === 'signed' || now?.state === 'offered'
  return (
    <section aria-labelledby={id} id="renew">
      <h2 id={id}>{renewing ? t('push.renew') : t('push.bring')}</h2>
      <ProblemNote error={renewal.error} />
      {renewal.isPending && <Bones lines={4} label={t('kit.loading')} />}
      {now && (
        <ol className="steps">
          <StepItem n={1} state={signed ? 'done' : 'cur'} title={t('renewal.request')}>
            {now.state === 'none' ? <Begin /> : <Signing renewal={now} />}
          </StepItem>
          <StepItem
            n={2}
            state={now.state === 'offered' ? 'done' : signed ? 'cur' : undefined}
            title={renewing ? t('push.step1Renew') : t('push.step1')}
          >
            <AtApple push={push} ready={signed} />
          </StepItem>
          <StepItem
            n={3}
            state={now.state === 'offered' ? 'done' : signed ? 'cur' : undefined}
            title={t('renewal.bring')}
          >
            {signed && <Offer renewal={now} push={push} devices={devices} />}
          </StepItem>
          <StepItem n={4} state={now.state === 'offered' ? 'cur' : undefined} title={t('renewal.try')}>
            {now.state === 'offered' ? <Trial renewal={now} devices={devices} /> : <p>{t('renewal.tryText')}</p>}
          </StepItem>
        </ol>
      )}
      <PastPushes />
      <details className="aside-way">
        <summary>{t('push.haveBoth')}</summary>
        <PushUpload push={push} devices={devices} />
      </details>
    </section>
  )
}

/** Asks for whom the request is, and makes it. */
function Begin() {
  const { t } = useVoice()
  const { org, admin } = useSession()
  const client = useQueryClient()
  const [name, setName] = useState(org.name)
  const [email, setEmail] = useState('')
  const begin = useMutation({
    mutationFn: () =>
      call<PushRenewal>('POST', '/push/apple/renewal', { body: { name: name.trim(), email: email.trim() } }),
    onSuccess: async made => client.setQueryData(renewalQuery.queryKey, made),
  })
  return (
    <form
      className="stack"
      onSubmit={event => {
        event.preventDefault()
        if (name.trim() && email.trim() && !begin.isPending) begin.mutate()
      }}
    >
      <p>{t('renewal.requestText')}</p>
      <TextField
        label={t('renewal.name')}
        value={name}
        onChange={e => setName(e.target.value)}
        maxLength={64}
        required
      />
      <TextField
        label={t('renewal.email')}
        hint={t('renewal.emailHint')}
        type="email"
        placeholder={`mdm@${admin.email.split('@')[1] ?? 'example.com'}`}
        value={email}
        onChange={e => setEmail(e.target.value)}
        required
      />
      <ProblemNote error={begin.error} />
      <div>
        <Button type="submit" variant="primary" busy={begin.isPending} disabled={!name.trim() || !email.trim()}>
          {t('renewal.make')}
        </Button>
      </div>
    </form>
  )
}

/** What to do in the portal, and what is uploaded there. */
function AtApple({ push, ready }: { push: ApplePush; ready: boolean }) {
  const { t, rich } = useVoice()
  return (
    <>
      <p>
        {push.state === 'missing'
          ? rich('push.step1Text', {})
          : rich('push.step1RenewText', { account: push.account ?? '?', topic: ending(push.topic) })}
      </p>
      {ready && (
        <div className="acts chooser">
          <ButtonAnchor size="sm" icon="download" href={address('/push/apple/renewal/signed')}>
            {t('renewal.downloadSigned')}
          </ButtonAnchor>
          <a className="small" href="https://identity.apple.com/pushcert/" target="_blank" rel="noreferrer">
            identity.apple.com/pushcert
          </a>
        </div>
      )}
    </>
  )
}

/** Brings what the portal made; compared before anything is switched. */
function Offer({ renewal, push, devices }: { renewal: PushRenewal; push: ApplePush; devices: number }) {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const [file, setFile] = useState<Chosen | undefined>()
  const [account, setAccount] = useState(push.account ?? renewal.email ?? '')
  const offer = useMutation({
    mutationFn: ({ chosen, lose }: { chosen: Chosen; lose: number | null }) =>
      call<PushRenewal>('PUT', '/push/apple/renewal/certificate', {
        body: {
          certificate: partsOf([chosen.text]).certificate ?? chosen.text,
          account: account.trim(),
          ...(lose === null ? {} : { replace: true, lose }),
        },
      }),
    onSuccess: async found => client.setQueryData(renewalQuery.queryKey, found),
  })
  const differs = offer.error !== null && problemOf(offer.error).code === 'push.topic-differs'
  const { offered } = renewal
  return (
    <div className="stack">
      {offered && !offer.error && (
        <p role="status">{t('renewal.fits', { topic: ending(offered.topic), date: f.dateTime(offered.notAfter) })}</p>
      )}
      {differs ? (
        <TopicDiffers
          error={offer.error}
          file={file}
          devices={devices}
          busy={offer.isPending}
          onReplace={lose => file && offer.mutate({ chosen: file, lose })}
        />
      ) : (
        <ProblemNote error={offer.error} />
      )}
      <TextField
        label={t('certificates.accountLabel')}
        hint={t('push.accountHint')}
        type="email"
        value={account}
        onChange={event => setAccount(event.target.value)}
        required
      />
      <Chooser
        again={file !== undefined}
        primary={!offered}
        label={t('renewal.choose')}
        accept=".pem,.cer,.crt"
        kinds={t('renewal.kinds')}
        onChoose={([chosen]) => {
          if (!chosen || !account.trim()) return
          setFile(chosen)
          offer.mutate({ chosen, lose: null })
        }}
      />
      {!account.trim() && (
        <Note tone="attention">
          <p>{t('renewal.accountFirst')}</p>
        </Note>
      )}
    </div>
  )
}
