import { useQuery } from '@tanstack/react-query'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { ButtonLink } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { Facts, type FactLine } from '../../kit/Facts.tsx'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, Sentence, type ToneName } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { type AgentPackage, packageQuery } from '../enrollment/android.ts'

const tones: Record<AgentPackage['state'], ToneName> = { ready: 'ok', missing: 'attention', unreadable: 'danger' }
const making = ['android.make1', 'android.make2', 'android.make3'] as const

/** What Android devices need of this server: the agent, and what they know it by. */
export function AndroidPage() {
  const { t } = useVoice()
  const can = useCan()
  const agent = useQuery(packageQuery)
  const { data } = agent
  return (
    <>
      <PageHead
        title={t('android.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('android.title') }]}
        lede={
          data ? <Sentence tone={tones[data.state]}>{t(`android.state.${data.state}`)}</Sentence> : t('android.lede')
        }
      >
        <ButtonLink to="/settings/android/google">{t('google.title')}</ButtonLink>
        {data?.state === 'ready' && can('invitations:write') && (
          <ButtonLink to="/enrollment" icon="qr">
            {t('enroll.title')}
          </ButtonLink>
        )}
      </PageHead>
      {!data && (
        <div className="pad">
          {agent.error ? <ProblemNote error={agent.error} /> : <Bones label={t('kit.loading')} />}
        </div>
      )}
      {data && (
        <Section id="agent" title={t('android.agent')}>
          <div className="stack narrow">
            {data.state !== 'ready' && (
              <ol className="how">
                {making.map(step => (
                  <li key={step}>{t(step)}</li>
                ))}
              </ol>
            )}
            <AgentFacts agent={data} />
            {data.state === 'ready' && (
              <Note tone="info">
                <p>{t('android.never')}</p>
              </Note>
            )}
          </div>
        </Section>
      )}
    </>
  )
}

function AgentFacts({ agent }: { agent: AgentPackage }) {
  const { t, f } = useVoice()
  const { url, component, size, changedAt, signer, sha256, publicAuthority } = agent
  const lines: (FactLine | null)[] = [
    { key: 'url', label: t('android.url'), value: url, mono: true },
    { key: 'component', label: t('android.component'), value: component, mono: true },
    size === null ? null : { key: 'size', label: t('android.size'), value: f.bytes(size) },
    changedAt === null
      ? null
      : { key: 'changed', label: t('android.changed'), value: <Age at={changedAt} focusable /> },
    signer === null
      ? null
      : {
          key: 'signer',
          label: t('android.signer'),
          value: (
            <>
              {signer} <Copy text={signer} label={t('android.copySigner')} />
            </>
          ),
          mono: true,
        },
    sha256 === null ? null : { key: 'sha256', label: t('android.sha256'), value: sha256, mono: true },
    {
      key: 'trust',
      label: t('android.trust'),
      value: t(publicAuthority ? 'android.trust.public' : 'android.ownAuthority'),
    },
  ]
  return <Facts plain lines={lines.filter(line => line !== null)} />
}
