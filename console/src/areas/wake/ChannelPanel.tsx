import { useQuery } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { DeviceReach } from '../../contract/wake.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Section } from '../../kit/Page.tsx'
import { Note, State, type ToneName } from '../../kit/State.tsx'
import { TextNumber } from './TextNumber.tsx'
import { span } from './words.ts'

type Row = DeviceReach['items'][number]

const tones: Readonly<Record<Row['state'], ToneName>> = {
  ready: 'ok',
  dead: 'attention',
  expired: 'attention',
  off: 'none',
}

const outcomes = ['sending', 'sent', 'answered', 'dead', 'rejected', 'later', 'skipped'] as const
const outcomeOf = (text: string) => outcomes.find(one => one === text)

/** By which ways the agent of a device is woken, in their order, what was tried last, and the wake it has not answered. */
export function ChannelPanel({ device }: { device: string }) {
  const voice = useVoice()
  const { t, f } = voice
  const { data } = useQuery({
    queryKey: ['device', device, 'channels'],
    queryFn: ({ signal }) => get<DeviceReach>(`/devices/${device}/channels`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.pending ? 2000 : 30_000),
    retry: false,
  })
  if (!data || data.items.length === 0) return null
  const { pending, active } = data
  return (
    <Section
      id="channels"
      title={t('waking.device')}
      hint={active && t('waking.active', { channel: t(`waking.name.${active}`) })}
    >
      {pending && (
        <Note tone="pending" role="status">
          <p>
            {t('waking.pending', {
              since: f.dateTime(pending.wantedAt),
              channel: pending.channel ? t(`waking.name.${pending.channel}`) : t('waking.nothingYet'),
              next: f.dateTime(pending.nextAt),
            })}
          </p>
        </Note>
      )}
      {data.items.some(row => row.channel === 'sms') && <TextNumber device={device} number={data.number} />}
      <ListTable
        caption={t('waking.device')}
        inset
        rows={data.items}
        keyOf={row => row.channel}
        columns={[
          { id: 'channel', head: t('waking.channel'), wraps: true, cell: row => t(`waking.name.${row.channel}`) },
          {
            id: 'state',
            head: t('waking.state'),
            width: 150,
            cell: row => <State tone={tones[row.state]}>{t(`waking.reach.${row.state}`)}</State>,
          },
          { id: 'waits', head: t('waking.waits'), width: 120, aside: true, cell: row => span(voice, row.patienceMs) },
          {
            id: 'latency',
            head: t('waking.answered'),
            width: 190,
            aside: true,
            cell: row =>
              row.answeredAt === null ? (
                <span className="muted">{t('waking.never')}</span>
              ) : (
                <>
                  <Age at={row.answeredAt} ago />
                  {row.latencyMs !== null && <span className="small muted"> · {span(voice, row.latencyMs)}</span>}
                </>
              ),
          },
          { id: 'last', head: t('waking.last'), width: 240, wraps: true, cell: row => <Last row={row} /> },
        ]}
      />
    </Section>
  )
}

function Last({ row }: { row: Row }) {
  const { t } = useVoice()
  if (!row.last) return <span className="muted">{t('waking.never')}</span>
  const outcome = outcomeOf(row.last.outcome)
  return (
    <>
      {outcome ? t(`waking.outcome.${outcome}`) : row.last.outcome}{' '}
      <span className="small muted">
        <Age at={row.last.at} ago />
      </span>
      {(row.last.reason ?? row.reason) && (
        <span className="small mono" lang="en">
          {' '}
          {row.last.reason ?? row.reason}
        </span>
      )}
    </>
  )
}
