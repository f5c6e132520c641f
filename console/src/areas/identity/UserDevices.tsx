import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { get } from '../../api.ts'
import type { Actor, Device } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Empty } from '../../kit/Page.tsx'
import { platformNames } from '../../kit/platforms.ts'
import { State } from '../../kit/State.tsx'
import { shortPath } from '../../scope.tsx'
import { deviceQuery } from '../devices/queries.ts'
import { deviceStates, formIcon } from '../devices/words.ts'
import type { PersonWithDevices } from './peopleQueries.ts'

/** Who had a device when, and where it belonged. */
interface Period {
  since: number
  until: number | null
  unit: { id: string; name: string }
  user: { id: string; displayName: string } | null
  by: Actor
}

/** One device of a person, as far as it has been read. */
interface Line {
  id: string
  name: string
  device: Device | undefined
  periods: Period[]
}

/** The devices someone has: how each is, since when it is theirs, and who had it before. */
export function UserDevices({ person }: { person: PersonWithDevices }) {
  const { t, f } = useVoice()
  const devices = useQueries({ queries: person.owns.map(one => deviceQuery(one.id)) })
  const histories = useQueries({
    queries: person.owns.map(one => ({
      queryKey: ['device', one.id, 'assignments'],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        get<{ items: Period[] }>(`/devices/${one.id}/assignments`, {}, signal),
    })),
  })
  if (person.owns.length === 0) return <Empty title={t('people.noDevices')}>{t('people.noDevicesText')}</Empty>
  const rows: Line[] = person.owns.map((one, at) => ({
    ...one,
    device: devices[at]?.data,
    periods: histories[at]?.data?.items ?? [],
  }))
  const since = (row: Line) => row.periods.findLast(period => period.user?.id === person.id && ours(row, period))?.since
  const before = (row: Line) => [
    ...new Set(
      row.periods.flatMap(period => (period.user && period.user.id !== person.id ? period.user.displayName : [])),
    ),
  ]
  /** Of this stretch: nobody else had it in between. */
  const ours = (row: Line, period: Period) => {
    const at = row.periods.indexOf(period)
    return row.periods.slice(0, at).every(later => later.user?.id === person.id)
  }
  return (
    <ListTable
      inset
      caption={t('nav.devices')}
      rows={rows}
      keyOf={row => row.id}
      columns={[
        {
          id: 'name',
          head: t('device.col.name'),
          cell: row => (
            <span className="dev">
              {row.device && <Icon name={formIcon(row.device.formFactor)} />}
              <Link to="/devices/$device" params={{ device: row.id }} className="cut" lang={langOf(row.name)}>
                {row.name}
              </Link>
            </span>
          ),
        },
        {
          id: 'state',
          head: t('device.col.state'),
          width: 132,
          cell: row =>
            row.device && (
              <State tone={deviceStates[row.device.state].tone} icon={deviceStates[row.device.state].icon} quiet>
                {t(deviceStates[row.device.state].label)}
              </State>
            ),
        },
        {
          id: 'os',
          head: t('device.col.os'),
          width: 132,
          aside: true,
          cell: row => row.device && `${platformNames[row.device.platform]} ${row.device.osVersion ?? ''}`,
        },
        {
          id: 'unit',
          head: t('device.col.unit'),
          width: 180,
          aside: true,
          cell: row => row.device && shortPath(row.device.unit.path),
        },
        {
          id: 'since',
          head: t('person.hasSince'),
          width: 120,
          cell: row => {
            const at = since(row)
            return at === undefined ? <span className="muted">–</span> : f.date(at)
          },
        },
        {
          id: 'before',
          head: t('person.before'),
          width: 180,
          aside: true,
          cell: row => {
            const names = before(row)
            return names.length === 0 ? <span className="muted">–</span> : f.list(names)
          },
        },
        {
          id: 'seen',
          head: t('device.col.seen'),
          width: 88,
          num: true,
          aside: true,
          cell: row => row.device && <Age at={row.device.lastSeenAt} />,
        },
      ]}
    />
  )
}
