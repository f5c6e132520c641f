import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { WakeChannel, WakeTrial } from '../../contract/wake.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu, type MenuLine } from '../../kit/ActionMenu.tsx'
import { Age } from '../../kit/Age.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence, State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { ChannelDialog, type Settable, settable } from './ChannelDialog.tsx'
import { Rhythm } from './Rhythm.tsx'
import { channelTones, span, trialTones } from './words.ts'

interface Channels {
  items: WakeChannel[]
}

const runs = (one: WakeChannel): boolean => one.trial !== null && one.trial.outcome === null

/** The ways by which agents are woken: how each does, setting it up, trying it; and how often agents call by themselves. */
export function WakingPage() {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const [open, setOpen] = useState<Settable | null>(null)
  const query = useQuery({
    queryKey: ['wake-channels'],
    queryFn: ({ signal }) => get<Channels>('/wake-channels', {}, signal),
    refetchInterval: ({ state }) => (state.data?.items.some(runs) ? 1000 : 15_000),
    enabled: can('certificates:read'),
  })
  const act = useAct()
  const rows = query.data?.items ?? []
  const chosen = rows.find(row => row.channel === open)
  return (
    <>
      <PageHead
        title={t('waking.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('waking.title') }]}
        lede={query.data ? <Standing rows={rows} /> : t('waking.lede')}
      />
      <div className="pad">
        <ProblemNote error={query.error ?? act.error} />
        {query.isLoading && <Bones lines={6} label={t('kit.loading')} />}
      </div>
      {query.data && (
        <ListTable
          caption={t('waking.title')}
          rows={rows}
          keyOf={row => row.channel}
          columns={[
            {
              id: 'channel',
              head: t('waking.channel'),
              width: 210,
              wraps: true,
              cell: row => t(`waking.name.${row.channel}`),
            },
            { id: 'state', head: t('waking.state'), width: 150, cell: row => <StateOf row={row} /> },
            {
              id: 'latency',
              head: t('waking.latency'),
              width: 170,
              aside: true,
              cell: row =>
                row.latency.p95Ms === null ? (
                  <span className="muted">{t('waking.noLatency')}</span>
                ) : (
                  span(voice, row.latency.p95Ms)
                ),
            },
            {
              id: 'trial',
              head: t('waking.trial'),
              aside: true,
              wraps: true,
              cell: row => <LastOf row={row} />,
            },
            {
              id: 'acts',
              head: t('waking.acts'),
              quiet: true,
              width: 60,
              cell: row => (
                <Acts
                  row={row}
                  may={can('certificates:write')}
                  onOpen={setOpen}
                  onDo={what => act.mutate({ what, channel: row.channel })}
                />
              ),
            },
          ]}
        />
      )}
      <div className="pad">
        <p className="small muted foot-note">{t('waking.order')}</p>
      </div>
      {chosen && open && <ChannelDialog key={open} which={open} now={chosen} onClose={() => setOpen(null)} />}
      {can('policies:read') && <Rhythm />}
    </>
  )
}

function useAct() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ what, channel }: { what: 'try' | 'remove'; channel: string }) =>
      what === 'try'
        ? call('POST', '/wake-channels/trial', { body: { channel } })
        : call('DELETE', `/wake-channels/${channel}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['wake-channels'] }),
  })
}

function Standing({ rows }: { rows: WakeChannel[] }) {
  const { t, rich } = useVoice()
  const failing = rows.filter(row => row.state === 'failing').length
  if (failing > 0)
    return <Sentence tone="danger">{rich('waking.failing', { n: failing }, { b: inside => <b>{inside}</b> })}</Sentence>
  const fast = rows.some(
    row => row.state === 'ready' && (row.channel === 'mqtt' || row.channel === 'fcm' || row.channel === 'webpush'),
  )
  return <Sentence tone={fast ? 'ok' : 'info'}>{t(fast ? 'waking.good' : 'waking.plain')}</Sentence>
}

function StateOf({ row }: { row: WakeChannel }) {
  const { t } = useVoice()
  return <State tone={channelTones[row.state]}>{t(`waking.state.${row.state}`)}</State>
}

/** How the channel did when it was tried; where it fails and was not, why; where nobody sets it up here, that. */
function LastOf({ row }: { row: WakeChannel }) {
  const { t } = useVoice()
  if (row.state === 'off' && settable(row.channel) === null)
    return <span className="muted">{t('waking.byServer')}</span>
  if (row.trial === null && row.state === 'failing' && row.reason)
    return (
      <span className="small mono" lang="en">
        {row.reason}
      </span>
    )
  return <TrialOf trial={row.trial} />
}

function TrialOf({ trial }: { trial: WakeTrial | null }) {
  const voice = useVoice()
  const { t } = voice
  if (!trial) return <span className="muted">{t('waking.untried')}</span>
  if (trial.outcome === null)
    return (
      <span role="status">
        <State tone="pending">{t(`waking.trial.${trial.step === 'sent' ? 'sent' : 'begun'}`)}</State>
      </span>
    )
  const after = trial.latencyMs === null ? '' : span(voice, trial.latencyMs)
  return (
    <span role="status">
      <State tone={trialTones[trial.outcome]}>{t(`waking.trial.${trial.outcome}`, { after })}</State>{' '}
      <span className="small muted">
        <Age at={trial.at} ago />
      </span>
      {trial.reason && (
        <span className="small mono" lang="en">
          {' '}
          {trial.reason}
        </span>
      )}
    </span>
  )
}

function Acts(props: {
  row: WakeChannel
  may: boolean
  onOpen(which: Settable): void
  onDo(what: 'try' | 'remove'): void
}) {
  const { t } = useVoice()
  const { row } = props
  const own = settable(row.channel)
  if (!props.may || (row.channel === 'poll' && !own)) return null
  const on = row.state !== 'off'
  const lines: MenuLine[] = [
    ...(on ? [{ key: 'try', label: t('waking.try'), disabled: runs(row), onClick: () => props.onDo('try') }] : []),
    ...(own ? [{ key: 'set', label: t(on ? 'waking.change' : 'waking.setUp'), onClick: () => props.onOpen(own) }] : []),
    ...(own && on
      ? [{ key: 'remove', label: t('waking.remove'), apart: true, onClick: () => props.onDo('remove') }]
      : []),
  ]
  if (lines.length === 0) return null
  return <ActionMenu small label={t('waking.actsOf', { channel: t(`waking.name.${row.channel}`) })} lines={lines} />
}
