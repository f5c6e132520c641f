import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { Rollout } from '../../contract/rollouts.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ButtonLink } from '../../kit/Button.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, Sentence } from '../../kit/State.tsx'
import { rolloutQuery } from './queries.ts'
import { useRolloutActs } from './useRolloutActs.tsx'
import { Waves } from './Waves.tsx'
import { rolloutStates, sayReason, sayRule } from './words.ts'

/** One new version on its way: its waves as steps with times and numbers, and what can be done about it. */
export function RolloutPage() {
  const { t } = useVoice()
  const { rollout: id = '' } = useParams({ strict: false }) as { rollout?: string }
  const rollout = useQuery(rolloutQuery(id))
  const crumbs = [
    { label: t('nav.policies'), to: '/policies' },
    { label: t('rollouts.title'), to: '/policies/rollouts' },
  ]
  if (!rollout.data) {
    return (
      <>
        <PageHead title={t('rollouts.title')} crumbs={crumbs} />
        <div className="pad">
          {rollout.error ? <ProblemNote error={rollout.error} /> : <Bones lines={8} label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  return <Loaded rollout={rollout.data} />
}

function Loaded({ rollout }: { rollout: Rollout }) {
  const { t } = useVoice()
  const { acts, refusal } = useRolloutActs(rollout)
  const title = t('rollout.title', { version: rollout.to, name: rollout.policy.name })
  return (
    <>
      <PageHead
        title={title}
        crumbs={[
          { label: t('nav.policies'), to: '/policies' },
          { label: t('rollouts.title'), to: '/policies/rollouts' },
          { label: rollout.policy.name },
        ]}
        heading={<h1 lang={langOf(rollout.policy.name)}>{title}</h1>}
        lede={<Standing rollout={rollout} />}
      >
        {acts}
      </PageHead>
      <div className="pad">{refusal}</div>
      <Waves rollout={rollout} />
      {rollout.state === 'stopped' && <BackNote rollout={rollout} />}
      <About rollout={rollout} />
    </>
  )
}

/** How it stands, and what comes next by itself. */
function Standing({ rollout }: { rollout: Rollout }) {
  const voice = useVoice()
  const { t, f, rich } = voice
  const look = rolloutStates[rollout.state]
  const next = rollout.waves[rollout.wave + 1]
  return (
    <Sentence tone={look.tone} icon={look.icon}>
      <b>{t('kit.stop', { text: t(`rollout.is.${rollout.state}`) })}</b>{' '}
      {rich(`rollout.sentence.${rollout.state}`, {
        percent: f.percent((rollout.waves[rollout.wave]?.percent ?? 0) / 100),
        next: next ? f.percent(next.percent / 100) : 'none',
        at: rollout.waveEndsAt === null ? '' : f.time(rollout.waveEndsAt),
        from: rollout.from,
        to: rollout.to,
        reason: sayReason(voice, rollout),
      })}
    </Sentence>
  )
}

function BackNote({ rollout }: { rollout: Rollout }) {
  const voice = useVoice()
  return (
    <div className="pad rollout-note">
      <Note
        tone="danger"
        acts={
          <ButtonLink
            to="/policies/$policy"
            params={{ policy: rollout.policy.id }}
            search={{ tab: 'devices' }}
            size="sm"
          >
            {voice.t('rollout.whichFailed')}
          </ButtonLink>
        }
      >
        <p>
          <b>{sayReason(voice, rollout)}</b> {voice.t('rollout.wentBack', { from: rollout.from })}
        </p>
      </Note>
    </div>
  )
}

function About({ rollout }: { rollout: Rollout }) {
  const voice = useVoice()
  const { t, f } = voice
  return (
    <Section id="about" title={t('rollout.about')}>
      <Facts
        plain
        lines={[
          {
            key: 'policy',
            label: t('rollouts.policy'),
            value: (
              <Link to="/policies/$policy" params={{ policy: rollout.policy.id }} search={{ tab: 'versions' }}>
                {rollout.policy.name}
              </Link>
            ),
          },
          {
            key: 'versions',
            label: t('rollouts.versions'),
            value: t('rollouts.fromTo', { from: rollout.from, to: rollout.to }),
          },
          { key: 'rule', label: t('rollout.ruleLabel'), value: sayRule(voice, rollout) },
          {
            key: 'by',
            label: t('rollouts.begun'),
            value: `${f.dateTime(rollout.createdAt)}${rollout.by.name ? `, ${rollout.by.name}` : ''}`,
          },
          ...(rollout.endedAt === null
            ? []
            : [{ key: 'ended', label: t('rollout.ended'), value: f.dateTime(rollout.endedAt) }]),
        ]}
      />
    </Section>
  )
}
