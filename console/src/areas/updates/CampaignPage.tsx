import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import '../../kit/css/updates.css'
import type { Campaign } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Roll } from '../../kit/Roll.tsx'
import { Note, Sentence } from '../../kit/State.tsx'
import { BurnDown } from './BurnDown.tsx'
import { CampaignDevices } from './CampaignDevices.tsx'
import { ForesightView } from './ForesightView.tsx'
import { GateView } from './GateView.tsx'
import { NoticesLine } from './NoticesLine.tsx'
import { campaignQuery, foreseenQuery } from './queries.ts'
import { useCampaignActs } from './useCampaignActs.tsx'
import { Way } from './Way.tsx'
import { dueWord, shareTones, standingInside, standings, stateTones, targetWord } from './words.ts'

/** One campaign: how it stands, its burn-down, who is blocked and why, and what can be done about it. */
export function CampaignPage() {
  const { t } = useVoice()
  const { campaign: id = '' } = useParams({ strict: false }) as { campaign?: string }
  const campaign = useQuery(campaignQuery(id))
  if (campaign.data) return <Loaded campaign={campaign.data} />
  return (
    <>
      <PageHead
        title={t('campaigns.title')}
        crumbs={[{ label: t('updates.title'), to: '/updates' }, { label: t('campaigns.title') }]}
      />
      <div className="pad">
        {campaign.error ? <ProblemNote error={campaign.error} /> : <Bones lines={8} label={t('kit.loading')} />}
      </div>
    </>
  )
}

function Loaded({ campaign }: { campaign: Campaign }) {
  const voice = useVoice()
  const { t, f } = voice
  const { acts, refusal } = useCampaignActs(campaign)
  const said = f.list(
    standings
      .filter(s => campaign.counts[s] > 0)
      .map(s => `${f.number(campaign.counts[s])} ${standingInside(voice, s)}`),
  )
  return (
    <>
      <PageHead
        title={campaign.name}
        crumbs={[{ label: t('updates.title'), to: '/updates' }, { label: t('campaigns.title') }]}
        heading={<h1 lang={langOf(campaign.name)}>{campaign.name}</h1>}
        lede={<Standing campaign={campaign} />}
      >
        {acts}
      </PageHead>
      {campaign.state === 'draft' && <Way at="preview" />}
      <div className="pad">{refusal}</div>
      {campaign.state === 'halted' && <Halted campaign={campaign} />}
      <div className="pad campaign-counts">
        <Roll large shares={standings.map(s => ({ tone: shareTones[s], count: campaign.counts[s] }))} label={said} />
        <p className="small soft">
          {campaign.lookedAt === null ? t('campaign.lookingFirst') : said}
          {campaign.lookedAt !== null && (
            <>
              {' · '}
              <Age at={campaign.lookedAt} ago />
            </>
          )}
        </p>
      </div>
      {campaign.state === 'draft' && <ForesightView campaign={campaign} />}
      {campaign.startedAt !== null && <BurnDown campaign={campaign} />}
      <GateView campaign={campaign} />
      <CampaignDevices campaign={campaign} />
      <About campaign={campaign} />
    </>
  )
}

function Standing({ campaign }: { campaign: Campaign }) {
  const voice = useVoice()
  const { t, f } = voice
  const { counts, state, waves, wave } = campaign
  const able = counts.eligible + counts.done
  return (
    <Sentence tone={stateTones[state]}>
      <b>{t('kit.stop', { text: t(`campaign.state.${state}`) })}</b>{' '}
      {t(`campaign.sentence.${state}`, {
        done: counts.done,
        able,
        eligible: counts.eligible,
        percent: f.percent((waves[wave] ?? 100) / 100),
        next: campaign.waveEndsAt === null ? 'none' : f.dateTime(campaign.waveEndsAt),
      })}
    </Sentence>
  )
}

function Halted({ campaign }: { campaign: Campaign }) {
  const { t, f } = useVoice()
  const { failed = 0, reached = 0, percent = 0 } = campaign.facts
  const silence = campaign.reason === 'campaign.silence'
  return (
    <div className="pad">
      <Note tone="danger" role="status">
        <p>
          <b>
            {silence
              ? t('campaign.haltedSilence', { percent: f.percent(percent / 100), reached })
              : t('campaign.haltedFailures', { failed, reached })}
          </b>{' '}
          {t('campaign.haltedText')}
        </p>
      </Note>
    </div>
  )
}

function About({ campaign }: { campaign: Campaign }) {
  const voice = useVoice()
  const { t, f } = voice
  const { follows } = campaign
  const foreseen = useQuery({ ...foreseenQuery(campaign), enabled: campaign.startedAt !== null })
  const startedWith = foreseen.data?.startedWith ?? null
  return (
    <Section id="about" title={t('campaign.about')}>
      <Facts
        plain
        lines={[
          { key: 'target', label: t('campaign.target'), value: targetWord(voice, campaign.targets) },
          {
            key: 'follows',
            label: t('campaign.follows'),
            value: follows
              ? t('campaign.followsText', { n: follows.behindDays, due: follows.dueDays })
              : t('campaign.followsNot'),
          },
          { key: 'due', label: t('campaign.due'), value: t('campaign.dueText', { due: dueWord(voice, campaign.due) }) },
          { key: 'notices', label: t('campaign.notices'), value: <NoticesLine campaign={campaign} /> },
          {
            key: 'waves',
            label: t('campaign.waves'),
            value: campaign.waves.map(w => f.percent(w / 100)).join(' → '),
          },
          {
            key: 'rule',
            label: t('campaign.rule'),
            value: campaign.halts
              ? t('campaign.ruleText', { percent: campaign.stopAbovePercentFailed, drop: campaign.dropPercent })
              : t('campaign.ruleNone'),
          },
          ...(startedWith === null
            ? []
            : [
                {
                  key: 'startedWith',
                  label: t('campaign.startedWith'),
                  value: t('campaign.startedWithText', { eligible: startedWith.eligible, of: startedWith.devices }),
                },
              ]),
          ...(campaign.note === ''
            ? []
            : [
                {
                  key: 'note',
                  label: t('newCampaign.note'),
                  value: <span lang={langOf(campaign.note)}>{campaign.note}</span>,
                },
              ]),
          ...(campaign.filter === ''
            ? []
            : [
                {
                  key: 'filter',
                  label: t('newCampaign.filter'),
                  value: <span className="mono">{campaign.filter}</span>,
                },
              ]),
          ...(campaign.policy === null
            ? []
            : [
                {
                  key: 'policy',
                  label: t('campaign.policy'),
                  value: (
                    <Link to="/policies/$policy" params={{ policy: campaign.policy }}>
                      {t('campaign.policyLink')}
                    </Link>
                  ),
                },
              ]),
          {
            key: 'by',
            label: t('campaign.prepared'),
            value: `${f.dateTime(campaign.createdAt)}${campaign.by.name ? `, ${campaign.by.name}` : ''}`,
          },
        ]}
      />
    </Section>
  )
}
