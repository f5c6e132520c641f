import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Campaign, Faring, Standing } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { ExceptDialog } from './ExceptDialog.tsx'
import { faringsQuery } from './queries.ts'
import { standings, standingTones, stepWord, whyWord } from './words.ts'

type Shown = Standing | 'all' | 'failed'

/** The devices of a campaign, with why they are blocked and how far they are. */
export function CampaignDevices({ campaign }: { campaign: Campaign }) {
  const voice = useVoice()
  const { t, f } = voice
  const can = useCan()
  const [shown, setShown] = useState<Shown>('all')
  const [excepting, setExcepting] = useState<Faring | null>(null)
  const filter = shown === 'all' ? '' : shown === 'failed' ? 'failed:yes' : `standing:${shown}`
  const list = useInfiniteQuery(faringsQuery(campaign.id, filter))
  const rows = list.data?.pages.flatMap(p => p.items) ?? []
  const writes = can('updates:write') && campaign.endedAt === null
  const options: { value: Shown; label: string }[] = [
    { value: 'all', label: t('campaign.all') },
    ...standings.map(value => ({
      value,
      label: `${t(`campaign.standing.${value}`)} ${f.number(campaign.counts[value])}`,
    })),
    { value: 'failed', label: `${t('campaign.failed')} ${f.number(campaign.counts.failed)}` },
  ]
  return (
    <Section id="devices" title={t('campaign.devices')}>
      <div className="campaign-row">
        <SelectField
          label={t('campaign.which')}
          value={shown}
          options={options}
          onChange={event => setShown(options.find(o => o.value === event.target.value)?.value ?? 'all')}
        />
      </div>
      <ProblemNote error={list.error} />
      {list.isPending && <Bones lines={4} label={t('kit.loading')} />}
      {list.data && rows.length === 0 && <p className="small muted">{t('campaign.noDevices')}</p>}
      {rows.length > 0 && (
        <ListTable
          caption={t('campaign.devices')}
          rows={rows}
          keyOf={row => row.device.id}
          columns={[
            {
              id: 'device',
              head: t('campaign.device'),
              cell: row => (
                <Link to="/devices/$device" params={{ device: row.device.id }} lang={langOf(row.device.name)}>
                  {row.device.name || row.device.id}
                </Link>
              ),
            },
            { id: 'standing', head: t('campaign.stateHead'), cell: row => <Fares row={row} /> },
            { id: 'version', head: t('campaign.version'), width: 110, aside: true, cell: row => row.version || '–' },
            {
              id: 'reached',
              head: t('campaign.reached'),
              width: 176,
              aside: true,
              cell: row =>
                row.reachedAt !== null
                  ? f.dateTime(row.reachedAt)
                  : row.standing === 'done'
                    ? '–'
                    : t('campaign.notReached'),
            },
            {
              id: 'seen',
              head: t('campaign.seen'),
              width: 130,
              aside: true,
              cell: row => <Age at={row.lastSeenAt} ago />,
            },
            ...(writes
              ? [
                  {
                    id: 'acts',
                    head: t('campaign.acts'),
                    quiet: true,
                    width: 130,
                    cell: (row: Faring) => <Act campaign={campaign} row={row} onExcept={() => setExcepting(row)} />,
                  },
                ]
              : []),
          ]}
        />
      )}
      {list.hasNextPage && (
        <div className="campaign-more">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('kit.more')}
          </Button>
        </div>
      )}
      {excepting && <ExceptDialog campaign={campaign} row={excepting} onClose={() => setExcepting(null)} />}
    </Section>
  )
}

function Fares({ row }: { row: Faring }) {
  const voice = useVoice()
  const { t, f } = voice
  const why = whyWord(voice, row.why) || stepWord(voice, row.step)
  const more = row.exception ? t('campaign.exceptedUntil', { at: f.date(row.exception.until) }) : why
  return (
    <span className="campaign-fares">
      <State tone={row.failed ? 'danger' : standingTones[row.standing]}>
        {row.failed ? t('campaign.failed') : t(`campaign.standing.${row.standing}`)}
      </State>
      {more !== '' && <span className="small soft">{more}</span>}
    </span>
  )
}

function Act({ campaign, row, onExcept }: { campaign: Campaign; row: Faring; onExcept(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: () => call('DELETE', `/campaigns/${campaign.id}/exceptions/${row.device.id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['updates', 'campaign', campaign.id] }),
  })
  if (row.standing === 'done') return null
  return row.exception ? (
    <Button size="sm" busy={end.isPending} onClick={() => end.mutate()}>
      {t('campaign.unexcept')}
    </Button>
  ) : (
    <Button size="sm" onClick={onExcept}>
      {t('campaign.except')}
    </Button>
  )
}
