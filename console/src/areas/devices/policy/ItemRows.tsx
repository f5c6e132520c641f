import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { DeviceItem, EffectiveSetting, ItemStatus } from '../../../contract/effective.ts'
import { useVoice } from '../../../i18n/index.tsx'
import { Age } from '../../../kit/Age.tsx'
import { Button } from '../../../kit/Button.tsx'
import { useNow } from '../../../kit/clock.ts'
import { langOf } from '../../../kit/names.ts'
import { sayHonor } from '../../../kit/PreviewRemarks.tsx'
import { ProblemNote } from '../../../kit/Problem.tsx'
import { Note, State } from '../../../kit/State.tsx'
import { sayKey } from '../../../kit/values.tsx'
import { useCan } from '../../../session.tsx'
import { itemStates } from '../../policies/DevicesTab.tsx'
import { retryItems } from './queries.ts'
import { WhyButton } from './WhyButton.tsx'
import { sayDecided, sayItem, saySetting, sayStuck, sayWhole } from './words.ts'

/** What the state says already: the person has not asked for it yet. */
const offered = 'app.not-asked'

/** The settings of one item, and below them what keeps it back. */
export function ItemRows({ device, item }: { device: string; item: DeviceItem }) {
  const stuck = item.channels.filter(
    channel => channel.error !== null && channel.state !== 'installed' && channel.error.code !== offered,
  )
  const drifted = item.channels.find(channel => channel.driftedAt !== null)
  // What is said of the whole is said by the state already.
  const lacks = item.lacks.filter(lack => lack.key !== '')
  const noted = stuck.length > 0 || drifted !== undefined || item.channels.length > 1 || lacks.length > 0
  return (
    <>
      {shown(item).map(setting => (
        <SettingRow key={setting.key} device={device} item={item} setting={setting} />
      ))}
      {item.settings.length === 0 && <LeavingRow item={item} />}
      {noted && (
        <tr className="tall noted">
          <td colSpan={6}>
            <ItemNotes device={device} item={item} stuck={stuck} driftedAt={drifted?.driftedAt ?? null} />
          </td>
        </tr>
      )}
    </>
  )
}

/** An app is the heading of its other settings and no setting of its own. */
const shown = ({ kind, settings }: DeviceItem): EffectiveSetting[] =>
  kind === 'app' && settings.some(one => one.key === 'presence')
    ? settings
        .filter(one => one.key !== 'app')
        .toSorted((a, b) => Number(b.key === 'presence') - Number(a.key === 'presence'))
    : settings

function SettingRow(props: { device: string; item: DeviceItem; setting: EffectiveSetting }) {
  const voice = useVoice()
  const { t } = voice
  const { item, setting } = props
  const [first] = setting.from
  const name = saySetting(voice, item, setting.key)
  const value = sayWhole(voice, item.kind, setting.key, setting.value)
  return (
    <tr>
      <th scope="row" title={name}>
        {name}
      </th>
      <td className="value" title={value} lang={langOf(value)}>
        {value}
      </td>
      <td className="source">
        {first ? (
          <Link
            to="/policies/$policy"
            params={{ policy: first.policy.id }}
            className="plain"
            lang={langOf(first.policy.name)}
          >
            {t('effective.version', { name: first.policy.name, version: Math.max(0, first.version) })}
          </Link>
        ) : (
          <span className="muted">–</span>
        )}
      </td>
      <td className="because muted">{sayDecided(voice, setting)}</td>
      <td className="delivery">
        <Delivery status={item.status} />
      </td>
      <td className="do">
        <WhyButton device={props.device} item={item} setting={setting} name={name} />
      </td>
    </tr>
  )
}

function LeavingRow({ item }: { item: DeviceItem }) {
  const voice = useVoice()
  return (
    <tr>
      <th scope="row">{sayItem(voice, item.item)}</th>
      <td className="value muted">{voice.t('effective.leaving')}</td>
      <td className="source">
        <Link to="/policies/$policy" params={{ policy: item.policy }} className="plain" lang={langOf(item.name)}>
          {voice.t('effective.version', { name: item.name, version: item.version })}
        </Link>
      </td>
      <td className="because" />
      <td className="delivery">
        <Delivery status={item.status} />
      </td>
      <td className="do" />
    </tr>
  )
}

/** How far an item is, with the age of that. */
export function Delivery({ status }: { status: ItemStatus | null }) {
  const { t } = useVoice()
  if (status === null) return <span className="muted">–</span>
  const look = itemStates[status.state] ?? { tone: 'none' as const, icon: 'unknown' as const }
  return (
    <span className="far">
      <State tone={look.tone} icon={look.icon} quiet>
        {t(`itemState.${status.state}`)}
      </State>
      <Age at={status.reportedAt ?? status.at} />
    </span>
  )
}

function ItemNotes(props: {
  device: string
  item: DeviceItem
  stuck: readonly ItemStatus[]
  driftedAt: number | null
}) {
  const { t, f } = useVoice()
  const now = useNow()
  const { item } = props
  return (
    <div className="item-notes">
      <Lacks item={item} />
      {props.stuck.map(status => (
        <StuckNote key={status.account?.id ?? ''} device={props.device} item={item.item} status={status} />
      ))}
      {props.driftedAt !== null && (
        <Note tone="attention">
          <p>
            {t(item.status?.state === 'installed' ? 'effective.repaired' : 'effective.drifted', {
              when: f.relative(props.driftedAt, now),
            })}
          </p>
        </Note>
      )}
      {item.channels.length > 1 && (
        <ul className="channels small">
          {item.channels.map(status => (
            <li key={status.account?.id ?? ''}>
              <span lang={langOf(status.account?.name ?? '')}>{status.account?.name || t('effective.device')}</span>
              <Delivery status={status} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What of an item the device makes nothing of, by the reason; the rest of it counts. */
function Lacks({ item }: { item: DeviceItem }) {
  const voice = useVoice()
  const { t, f } = voice
  const by = Map.groupBy(
    item.lacks.filter(lack => lack.key !== ''),
    lack => lack.reason,
  )
  if (by.size === 0) return null
  return (
    <Note tone="attention">
      <p>
        <b>{t('coverage.partlyApplied')}.</b>{' '}
        {[...by].map(([reason, lacks]) => (
          <span key={reason}>
            {t('coverage.lacks', {
              keys: f.list(lacks.map(lack => sayKey(voice, item.kind, lack.key))),
              reason: sayHonor(voice, reason),
            })}{' '}
          </span>
        ))}
      </p>
    </Note>
  )
}

/** What keeps an item back, when it is tried again by itself, and the button that does not wait. */
function StuckNote({ device, item, status }: { device: string; item: string; status: ItemStatus }) {
  const voice = useVoice()
  const { t, f } = voice
  const can = useCan()
  const now = useNow()
  const client = useQueryClient()
  const retry = useMutation({
    mutationFn: () => retryItems(device, item),
    onSuccess: () => client.invalidateQueries({ queryKey: ['device', device, 'policy'] }),
  })
  if (!status.error) return null
  const { text, next } = sayStuck(voice, status.error)
  const failed = status.state === 'failed'
  const mayRetry = failed && can('devices:configure')
  return (
    <Note
      tone={itemStates[status.state]?.tone ?? 'none'}
      acts={
        mayRetry && (
          <Button size="sm" icon="refresh" busy={retry.isPending} onClick={() => retry.mutate()}>
            {t('effective.retry')}
          </Button>
        )
      }
    >
      <p>
        <b>{text}</b> {next}{' '}
        {failed && (
          <span className="muted">
            {t('effective.attempts', {
              n: status.attempts,
              next: status.nextAt === null ? 'never' : 'later',
              when: status.nextAt === null ? '' : f.relative(Math.max(status.nextAt, now), now),
            })}
          </span>
        )}
      </p>
      <ProblemNote error={retry.error} />
    </Note>
  )
}
