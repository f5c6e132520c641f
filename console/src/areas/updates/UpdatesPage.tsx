import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import '../../kit/css/updates.css'
import { call } from '../../api.ts'
import type { Campaign, FleetStanding, UpdatesOverview } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Roll } from '../../kit/Roll.tsx'
import { Note, Sentence, State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { PolicyNav } from '../policies/PolicyNav.tsx'
import { Fleet } from './Fleet.tsx'
import { campaignsQuery, overviewQuery } from './queries.ts'
import { Releases } from './Releases.tsx'
import { dueWord, shareTones, standingInside, standings, stateTones, targetWord } from './words.ts'

/** Which versions there are, how the fleet stands to them, and what is on its way. */
export function UpdatesPage() {
  const { t } = useVoice()
  const can = useCan()
  const overview = useQuery(overviewQuery)
  const client = useQueryClient()
  const ask = useMutation({
    mutationFn: () => call('POST', '/updates/refresh'),
    onSuccess: () => client.invalidateQueries({ queryKey: ['updates'] }),
  })
  return (
    <>
      <PageHead title={t('updates.title')} lede={overview.data && <Lede overview={overview.data} />}>
        {can('updates:write') && (
          <>
            <Button icon="refresh" busy={ask.isPending} onClick={() => ask.mutate()}>
              {ask.isSuccess ? t('updates.asked') : t('updates.ask')}
            </Button>
            <ButtonLink to="/updates/new" variant="primary">
              {t('updates.newCampaign')}
            </ButtonLink>
          </>
        )}
      </PageHead>
      <PolicyNav />
      <div className="pad below-tabs">
        <ProblemNote error={overview.error ?? ask.error} />
        {overview.isPending && <Bones lines={6} label={t('kit.loading')} />}
        {overview.data && <Feeds overview={overview.data} />}
      </div>
      <Campaigns />
      {overview.data && <Fleet overview={overview.data} />}
      <Releases />
    </>
  )
}

function Lede({ overview }: { overview: UpdatesOverview }) {
  const { t, f } = useVoice()
  const sum = (standing?: FleetStanding): number =>
    overview.platforms.reduce(
      (n, p) => n + (standing ? (p.counts[standing] ?? 0) : Object.values(p.counts).reduce((a, b) => a + b, 0)),
      0,
    )
  const all = sum()
  if (all === 0) return null
  const behind = sum('behind') + sum('previous')
  return (
    <Sentence tone={behind > 0 ? 'attention' : 'ok'}>
      {t('updates.sentence', { latest: f.percent(sum('latest') / all), behind, unsupported: sum('unsupported') })}
    </Sentence>
  )
}

function Feeds({ overview }: { overview: UpdatesOverview }) {
  const { t } = useVoice()
  if (overview.feeds.length === 0) return <Empty title={t('updates.noFeed')}>{t('updates.noFeedText')}</Empty>
  return overview.feeds
    .filter(feed => feed.state !== 'good')
    .map(feed => (
      <Note key={feed.source} tone="attention">
        <p>
          <b>{t(`updates.feed.${feed.state === 'good' ? 'empty' : feed.state}`)}</b> {t('updates.feedKept')}{' '}
          <Age at={feed.goodAt} ago />
        </p>
      </Note>
    ))
}

function Campaigns() {
  const { t } = useVoice()
  const can = useCan()
  const [said, setSaid] = useState('')
  const list = useInfiniteQuery(campaignsQuery(said))
  const rows = list.data?.pages.flatMap(p => p.items) ?? []
  return (
    <Section id="campaigns" title={t('campaigns.title')}>
      <ProblemNote error={list.error} />
      {(said !== '' || rows.length > 1) && (
        <div className="campaign-row">
          <TextField
            type="search"
            label={t('campaigns.find')}
            placeholder="CVE-2026-12345"
            value={said}
            onChange={event => setSaid(event.target.value)}
          />
        </div>
      )}
      {list.data && rows.length === 0 && said !== '' && <p className="small muted">{t('campaigns.foundNone')}</p>}
      {list.data && rows.length === 0 && said === '' && (
        <div className="campaign-more">
          <Empty
            title={t('campaigns.none')}
            action={
              can('updates:write') && (
                <ButtonLink to="/updates/new" variant="primary">
                  {t('updates.newCampaign')}
                </ButtonLink>
              )
            }
          >
            {t('campaigns.noneText')}
          </Empty>
        </div>
      )}
      {rows.length > 0 && <CampaignTable rows={rows} />}
      {list.hasNextPage && (
        <div className="campaign-more">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('kit.more')}
          </Button>
        </div>
      )}
    </Section>
  )
}

/** The vulnerabilities that a note names, else its beginning. */
function cveOf(note: string): string {
  const named = [...new Set(note.match(/CVE-\d{4}-\d{4,7}/gi) ?? [])]
  return named.length > 0 ? named.join(', ') : note.slice(0, 60)
}

function CampaignTable({ rows }: { rows: readonly Campaign[] }) {
  const voice = useVoice()
  const { t, f } = voice
  const said = (row: Campaign): string =>
    f.list(standings.filter(s => row.counts[s] > 0).map(s => `${f.number(row.counts[s])} ${standingInside(voice, s)}`))
  return (
    <ListTable
      caption={t('campaigns.title')}
      rows={rows}
      keyOf={row => row.id}
      columns={[
        {
          id: 'name',
          head: t('campaign.name'),
          wraps: true,
          cell: row => (
            <Link to="/updates/$campaign" params={{ campaign: row.id }} lang={langOf(row.name)}>
              {row.name}
            </Link>
          ),
        },
        {
          id: 'note',
          head: t('newCampaign.note'),
          width: 140,
          aside: true,
          wraps: true,
          cell: row => <span lang={langOf(row.note)}>{cveOf(row.note)}</span>,
        },
        {
          id: 'state',
          head: t('campaign.stateHead'),
          width: 130,
          cell: row => <State tone={stateTones[row.state]}>{t(`campaign.state.${row.state}`)}</State>,
        },
        {
          id: 'target',
          head: t('campaign.target'),
          width: 180,
          aside: true,
          wraps: true,
          cell: row => targetWord(voice, row.targets),
        },
        {
          id: 'share',
          head: t('campaign.progress'),
          width: 130,
          aside: true,
          cell: row => (
            <Roll shares={standings.map(s => ({ tone: shareTones[s], count: row.counts[s] }))} label={said(row)} />
          ),
        },
        {
          id: 'left',
          head: t('campaign.left'),
          width: 90,
          num: true,
          cell: row => f.number(row.counts.eligible),
        },
        {
          id: 'due',
          head: t('campaign.due'),
          width: 150,
          aside: true,
          wraps: true,
          cell: row => dueWord(voice, row.due),
        },
      ]}
    />
  )
}
