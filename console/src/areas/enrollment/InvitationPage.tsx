import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { Invitation, InvitationLink, InvitationProgress } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonAnchor } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { Copy } from '../../kit/Copy.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { QrCode } from '../../kit/QrCode.tsx'
import { Note, Sentence } from '../../kit/State.tsx'
import { shortPath } from '../../scope.tsx'
import { AndroidWays } from './AndroidWays.tsx'
import { androidSteps } from './android.ts'
import { GoogleCode } from './GoogleCode.tsx'
import { enrollSteps, standingOfInvitation } from './words.ts'

/** One invitation: its code and link once, then live how far each device has come. */
export function InvitationPage() {
  const { t } = useVoice()
  const { invitation: id = '' } = useParams({ strict: false }) as { invitation?: string }
  const invitation = useQuery({
    queryKey: ['invitations', id],
    queryFn: ({ signal }) => get<Invitation>(`/invitations/${id}`, {}, signal),
    refetchInterval: 4000,
  })
  const link = useQuery<InvitationLink | null>({
    queryKey: ['invitation-link', id],
    queryFn: () => null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const { data } = invitation
  const crumbs = [
    { label: t('nav.devices'), to: '/devices' },
    { label: t('enroll.title'), to: '/enrollment' },
    { label: data?.name ?? t('enroll.invitation') },
  ]
  if (!data) {
    return (
      <>
        <PageHead title={t('enroll.invitation')} crumbs={crumbs} />
        <div className="pad">
          {invitation.error ? <ProblemNote error={invitation.error} /> : <Bones label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  return (
    <>
      <PageHead
        title={data.name ?? t('enroll.invitationFor', { unit: shortPath(data.unit.path) })}
        crumbs={crumbs}
        lede={<InvitationSentence invitation={data} />}
      >
        <Revoke invitation={data} />
      </PageHead>
      <div className="cols enroll-cols">
        <div>
          {data.platform === 'android' && <GoogleCode invitation={data} />}
          {data.platform !== 'android' && !link.data && <LinkGone />}
          {link.data && data.platform === 'agent' && <AndroidWays invitation={data} link={link.data} />}
          {link.data && !['agent', 'android'].includes(data.platform) && <Code link={link.data} />}
        </div>
        <Progress invitation={data} />
      </div>
    </>
  )
}

function InvitationSentence({ invitation }: { invitation: Invitation }) {
  const { t, f } = useVoice()
  const now = useNow()
  const { tone, icon, label } = standingOfInvitation(invitation, now)
  return (
    <Sentence tone={tone} icon={icon}>
      <b>{t('kit.stop', { text: t(label) })}</b>{' '}
      {t('enroll.sentence', {
        used: invitation.used,
        uses: invitation.uses ?? 0,
        until: f.dateTime(invitation.expiresAt),
        unit: shortPath(invitation.unit.path),
      })}
    </Sentence>
  )
}

function Code({ link }: { link: InvitationLink }) {
  const { t } = useVoice()
  return (
    <Section id="code" title={t('enroll.code')}>
      <div className="qr-row">
        <QrCode svg={link.qrSvg} label={t('enroll.qrLabel')} />
        <div className="stack">
          <ol className="how">
            <li>{t('enroll.how1')}</li>
            <li>{t('enroll.how2')}</li>
            <li>{t('enroll.how3')}</li>
          </ol>
          <Note tone="attention" icon="eye">
            <p>{t('enroll.once')}</p>
          </Note>
        </div>
      </div>
      <div className="link-line">
        <span className="mono cut">{link.url}</span>
        <Copy text={link.url} label={t('enroll.copyLink')} words />
        <ButtonAnchor href={link.profileUrl} size="sm" icon="download">
          {t('enroll.profile')}
        </ButtonAnchor>
      </div>
      <p className="hint">{t('door.configurator')}</p>
      <div className="link-line">
        <span className="mono cut">{configuratorUrl(link.url)}</span>
        <Copy text={configuratorUrl(link.url)} label={t('door.copyConfigurator')} words />
      </div>
    </Section>
  )
}

/** What Apple Configurator is given as the address of a server: the same right to enroll, as devices ask for it. */
const configuratorUrl = (url: string): string => url.replace('/enroll/', '/enroll/apple/configurator/')

function LinkGone() {
  const { t } = useVoice()
  return (
    <Section id="code" title={t('enroll.code')}>
      <Empty title={t('enroll.gone')}>{t('enroll.goneText')}</Empty>
    </Section>
  )
}

function Progress({ invitation }: { invitation: Invitation }) {
  const { t, f } = useVoice()
  const arrivals = invitation.enrollments ?? []
  return (
    <div>
      <Section id="progress" title={t('enroll.progress')} hint={arrivals.length > 0 ? f.number(arrivals.length) : null}>
        {arrivals.length === 0 && <Empty title={t('enroll.waiting')}>{t('enroll.waitingText')}</Empty>}
        <ul className="arrivals" aria-live="polite">
          {arrivals.map(arrival => (
            <Arrival key={arrival.id} arrival={arrival} road={invitation.platform} />
          ))}
        </ul>
      </Section>
      <Section id="terms" title={t('enroll.terms')}>
        <Facts
          plain
          lines={[
            { key: 'unit', label: t('device.col.unit'), value: invitation.unit.path },
            { key: 'user', label: t('device.col.user'), value: invitation.user?.displayName ?? t('enroll.anyUser') },
            {
              key: 'ownership',
              label: t('device.col.ownership'),
              value: t(`device.ownership.${invitation.ownership}`),
            },
            { key: 'created', label: t('enroll.createdAt'), value: f.dateTime(invitation.createdAt) },
          ]}
        />
      </Section>
    </div>
  )
}

/** Google sets a device up itself: it is heard of when it checks in, and is ready. */
const googleSteps: readonly (typeof enrollSteps)[number][] = ['authenticate', 'ready']

function Arrival({ arrival, road }: { arrival: InvitationProgress; road: string }) {
  const { t, f, has } = useVoice()
  const android = road === 'agent'
  const own = android ? androidSteps : road === 'android' ? googleSteps : enrollSteps
  const steps = own.map(name => arrival.steps.find(step => step.step === name) ?? { step: name, at: null, cause: null })
  // A link can be used without its page: what lies before a step that happened is over, not waited for.
  const current = steps.findIndex((step, at) => step.at === null && steps.slice(at).every(later => later.at === null))
  const stuck = arrival.steps.find(step => step.at === null && step.cause)
  const causeKey = android ? `android.cause.${stuck?.cause}` : `enroll.cause.${stuck?.cause}`
  const problemKey = `problem.${stuck?.cause}`
  return (
    <li className="arrival">
      <h3>
        {arrival.device ? (
          <Link to="/devices/$device" params={{ device: arrival.device.id }}>
            {arrival.device.name}
          </Link>
        ) : (
          t('enroll.unnamed')
        )}
      </h3>
      <ol className={android ? 'arrival-steps four' : road === 'android' ? 'arrival-steps two' : 'arrival-steps'}>
        {steps.map((step, at) => (
          <li
            key={step.step}
            className={step.at !== null ? 'done' : at === current ? 'cur' : undefined}
            aria-current={at === current ? 'step' : undefined}
          >
            <span className="n">{step.at !== null ? <Icon name="check" /> : null}</span>
            <span>
              {android
                ? t(`android.step.${step.step as (typeof androidSteps)[number]}`)
                : t(`enroll.step.${step.step as (typeof enrollSteps)[number]}`)}
            </span>
            <span className="small muted">{step.at === null ? '' : f.time(step.at)}</span>
          </li>
        ))}
      </ol>
      {stuck?.cause && (
        <Note tone="attention">
          <p>{has(causeKey) ? t(causeKey) : has(problemKey) ? t(problemKey) : stuck.cause}</p>
        </Note>
      )}
    </li>
  )
}

function Revoke({ invitation }: { invitation: Invitation }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => call('DELETE', `/invitations/${invitation.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['invitations'] })
      setAsking(false)
    },
  })
  if (invitation.revokedAt !== null) return null
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('enroll.revoke')}</Button>
      <Dialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('enroll.revokeTitle')}
        actions={
          <>
            <KeepButton onClick={() => setAsking(false)}>{t('kit.keepIt')}</KeepButton>
            <Button variant="primary" busy={revoke.isPending} onClick={() => revoke.mutate()}>
              {t('enroll.revokeGo')}
            </Button>
          </>
        }
      >
        <p className="soft">{t('enroll.revokeText')}</p>
        <ProblemNote error={revoke.error} />
      </Dialog>
    </>
  )
}
