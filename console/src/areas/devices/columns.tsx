import { Link } from '@tanstack/react-router'
import type { DeviceRow } from '../../contract.ts'
import type { Key, Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import type { FilterField } from '../../kit/chips.ts'
import type { Column } from '../../kit/DataTable.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { langOf } from '../../kit/names.ts'
import { shortPath } from '../../scope.tsx'
import { DeviceAlerts } from '../alerts/DeviceAlerts.tsx'
import { DeviceMark, PolicyMark } from './DeviceMark.tsx'
import { deviceStates, formIcon, platformNames } from './words.ts'
import { VerdictMark } from '../compliance/marks.tsx'

/** Columns shown when a person has not chosen. */
export const usualColumns: readonly string[] = [
  'name',
  'state',
  'user',
  'unit',
  'modelName',
  'osVersion',
  'lastSeenAt',
  'serial',
]

/** Amber after two weeks without contact. */
const silentAfterMs = 14 * 86_400_000

/** Every column of the device list, in its order: who, state, belongs to, kind, numbers, age, identifier. */
export function deviceColumns({ t, f }: Voice): Column<DeviceRow>[] {
  const word = (value: string | null) => value ?? <span className="muted">–</span>
  const mono = (value: string | null) =>
    value ? <span className="mono">{value}</span> : <span className="muted">–</span>
  return [
    {
      id: 'name',
      head: t('device.col.name'),
      width: 184,
      sort: 'name',
      cell: (row, link) => (
        <span className="dev">
          <Icon name={formIcon(row.formFactor)} />
          <Link
            to="/devices/$device"
            params={{ device: row.id }}
            lang={langOf(row.name)}
            {...link}
            className="row-link cut"
          >
            {row.name}
          </Link>
          <DeviceAlerts device={row} brief />
        </span>
      ),
    },
    { id: 'state', head: t('device.col.state'), width: 140, cell: row => <DeviceMark device={row} /> },
    {
      id: 'user',
      head: t('device.col.user'),
      width: 128,
      cell: row => <span lang={langOf(row.user?.displayName ?? '')}>{word(row.user?.displayName ?? null)}</span>,
    },
    { id: 'unit', head: t('device.col.unit'), width: 188, cell: row => shortPath(row.unit.path) },
    { id: 'modelName', head: t('device.col.model'), width: 124, cell: row => word(row.modelName ?? row.model) },
    { id: 'platform', head: t('device.col.platform'), width: 92, cell: row => platformNames[row.platform] },
    {
      id: 'ownership',
      head: t('device.col.ownership'),
      width: 104,
      cell: row => t(`device.ownership.${row.ownership}`),
    },
    {
      id: 'supervised',
      head: t('device.col.supervised'),
      width: 112,
      cell: row => (row.supervised === null ? word(null) : row.supervised ? t('kit.yes') : t('kit.no')),
    },
    { id: 'osVersion', head: t('device.col.os'), width: 66, num: true, sort: 'os', cell: row => word(row.osVersion) },
    { id: 'waiting', head: t('device.col.waiting'), width: 96, num: true, cell: row => f.number(row.waiting) },
    {
      id: 'enrolledAt',
      head: t('device.col.enrolled'),
      width: 96,
      num: true,
      sort: 'enrolledAt',
      cell: row => <Age at={row.enrolledAt} />,
    },
    {
      id: 'lastSeenAt',
      head: t('device.col.seen'),
      width: 88,
      num: true,
      sort: 'lastSeenAt',
      cell: row => <Age at={row.lastSeenAt} oldAfterMs={silentAfterMs} />,
    },
    { id: 'assetTag', head: t('device.col.asset'), width: 112, cell: row => mono(row.assetTag) },
    { id: 'serial', head: t('device.col.serial'), width: 108, sort: 'serial', cell: row => mono(row.serial) },
    { id: 'imei', head: 'IMEI', width: 156, cell: row => mono(row.imei) },
    { id: 'udid', head: 'UDID', width: 300, cell: row => mono(row.udid) },
    { id: 'policy', head: t('device.col.policy'), width: 140, cell: row => <PolicyMark policy={row.policy} /> },
    {
      id: 'compliance',
      head: t('compliance.title'),
      width: 130,
      cell: row => (row.compliance ? <VerdictMark verdict={row.compliance.state} /> : word(null)),
    },
    { id: 'tags', head: t('device.col.tags'), width: 160, cell: row => row.tags.join(', ') },
  ]
}

/** How far a device can be with its policies. */
const policyStandings = ['failed', 'pending', 'ok', 'drifted', 'unsupported', 'none'] as const

/** The fields the device filter knows, with their words. */
export function deviceFields({ t }: Voice): FilterField[] {
  const choice = (name: string, label: Key, options: readonly [string, string][]): FilterField => ({
    name,
    label: t(label),
    kind: 'choice',
    options: options.map(([value, words]) => ({ value, label: words })),
  })
  return [
    choice('platform', 'device.col.platform', Object.entries(platformNames)),
    choice(
      'state',
      'device.col.state',
      Object.entries(deviceStates).map(([state, { label }]) => [state, t(label)]),
    ),
    { name: 'os', label: t('device.col.os'), kind: 'version', example: '18.2' },
    { name: 'seen', label: t('device.col.seen'), kind: 'age', example: '14d' },
    { name: 'unit', label: t('device.col.unit'), kind: 'text', example: 'Sales/Tokyo' },
    { name: 'user', label: t('device.col.user'), kind: 'text' },
    choice(
      'ownership',
      'device.col.ownership',
      (['company', 'personal', 'unknown'] as const).map(o => [o, t(`device.ownership.${o}`)]),
    ),
    choice('supervised', 'device.col.supervised', [
      ['yes', t('kit.yes')],
      ['no', t('kit.no')],
    ]),
    { name: 'model', label: t('device.col.model'), kind: 'text', example: 'iPhone17,1' },
    { name: 'name', label: t('device.col.name'), kind: 'text' },
    { name: 'serial', label: t('device.col.serial'), kind: 'text' },
    { name: 'imei', label: 'IMEI', kind: 'text' },
    { name: 'udid', label: 'UDID', kind: 'text' },
    { name: 'asset', label: t('device.col.asset'), kind: 'text' },
    { name: 'tag', label: t('device.col.tags'), kind: 'text' },
    choice(
      'policy',
      'device.col.policy',
      policyStandings.map(standing => [standing, t(`device.policy.${standing}`)]),
    ),
    choice(
      'compliance',
      'compliance.title',
      (['violating', 'grace', 'unknown', 'excepted', 'compliant', 'none'] as const).map(s => [
        s,
        t(`compliance.is.${s}`),
      ]),
    ),
    { name: 'rule', label: t('compliance.rule'), kind: 'text' },
    { name: 'group', label: t('device.col.group'), kind: 'text' },
    { name: 'enrolled', label: t('device.col.enrolled'), kind: 'age', example: '30d' },
  ]
}
