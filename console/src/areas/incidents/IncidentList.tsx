import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { bothFilters, type FilterField } from '../../kit/chips.ts'
import { type Column, DataTable } from '../../kit/DataTable.tsx'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { langOf } from '../../kit/names.ts'
import { Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useScope } from '../../scope.tsx'
import { type IncidentRow, incidentsQuery } from './queries.ts'
import { incidentStates, said, standingIcon, standsAs } from './words.tsx'

const views = [
  { label: 'incident.view.open', filter: 'state:open' },
  { label: 'incident.view.over', filter: 'state:found,written-off' },
  { label: 'incident.view.closed', filter: 'state:closed' },
  { label: 'incident.view.all', filter: '' },
] as const

/** Every missing device, the newest report first. */
export function IncidentList() {
  const voice = useVoice()
  const { t } = voice
  const { filter = '' } = useSearch({ strict: false }) as { filter?: string }
  const navigate = useNavigate()
  const scope = useScope()
  const list = useInfiniteQuery(incidentsQuery(bothFilters(scope.filter, filter)))
  const rows = useMemo(() => list.data?.pages.flatMap(page => page.items) ?? [], [list.data])
  return (
    <>
      <PageHead
        title={t('incident.title')}
        crumbs={[{ label: t('nav.activity'), to: '/activity' }, { label: t('incident.title') }]}
        lede={t('incident.lede')}
      />
      <nav className="tabs" aria-label={t('devices.views')}>
        {views.map(view => (
          <Link
            key={view.label}
            to="/incidents"
            search={view.filter ? { filter: view.filter } : {}}
            activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }}
          >
            {t(view.label)}
          </Link>
        ))}
      </nav>
      <FilterBar
        label={t('incident.filter')}
        example="state:open kind:stolen"
        fields={fieldsOf(voice)}
        text={filter}
        onChange={text => void navigate({ to: '/incidents', search: text ? { filter: text } : {} })}
      />
      <div className="pad">
        <ProblemNote error={list.error} />
        {!list.isPending && !list.error && rows.length === 0 && (
          <Empty title={t(filter === '' || filter === 'state:open' ? 'incident.empty' : 'incident.emptyFilter')}>
            {t('incident.emptyText')}
          </Empty>
        )}
      </div>
      {(list.isPending || rows.length > 0) && (
        <DataTable
          caption={t('incident.title')}
          columns={columnsOf(voice)}
          rows={rows}
          total={list.data?.pages[0]?.total ?? null}
          loading={list.isPending || list.isFetchingNextPage}
          hasMore={list.hasNextPage}
          onMore={() => void list.fetchNextPage()}
          onOpen={row => void navigate({ to: '/incidents/$incident', params: { incident: row.id } })}
          nameOf={row => said(row.number)}
          stickyTop={48}
          card={['what', 'age', 'state', 'stands']}
        />
      )}
    </>
  )
}

function columnsOf(voice: Voice): Column<IncidentRow>[] {
  const { t } = voice
  return [
    {
      id: 'what',
      head: t('device.col.name'),
      width: 260,
      cell: (row, link) => (
        <Link to="/incidents/$incident" params={{ incident: row.id }} {...link} className="row-link cut">
          <span className="muted">{said(row.number)}</span>{' '}
          <span lang={langOf(row.device.name)}>{row.device.name}</span>
        </Link>
      ),
    },
    {
      id: 'state',
      head: t('device.col.state'),
      width: 150,
      cell: row => <State {...incidentStates[row.state]}>{t(`incident.state.${row.state}`)}</State>,
    },
    { id: 'kind', head: t('incident.kind'), width: 140, cell: row => t(`incident.kind.${row.kind}`) },
    {
      id: 'stands',
      head: t('incident.col.stands'),
      width: 260,
      cell: row => <State {...standingIcon(row)}>{standsAs(voice, row)}</State>,
    },
    {
      id: 'user',
      head: t('device.col.user'),
      width: 160,
      cell: row =>
        row.user?.name ? <span lang={langOf(row.user.name)}>{row.user.name}</span> : <span className="muted">–</span>,
    },
    { id: 'unit', head: t('device.col.unit'), width: 180, cell: row => row.unit.slice(-2).join(' / ') },
    { id: 'age', head: t('incident.col.opened'), width: 110, num: true, cell: row => <Age at={row.openedAt} /> },
  ]
}

function fieldsOf(voice: Voice): FilterField[] {
  const { t } = voice
  const states = ['open', 'found', 'written-off', 'closed'] as const
  return [
    {
      name: 'state',
      label: t('device.col.state'),
      kind: 'choice',
      options: states.map(value => ({ value, label: t(`incident.state.${value}`) })),
    },
    {
      name: 'kind',
      label: t('incident.kind'),
      kind: 'choice',
      options: (['lost', 'stolen'] as const).map(value => ({ value, label: t(`incident.kind.${value}`) })),
    },
    { name: 'name', label: t('device.col.name'), kind: 'text' },
    { name: 'number', label: t('incident.col.number'), kind: 'text' },
    { name: 'opened', label: t('incident.col.opened'), kind: 'age', example: '7d' },
  ]
}
