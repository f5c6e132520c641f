import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { KindRow, PolicyRow } from '../../contract/policies.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { bothFilters, type FilterField } from '../../kit/chips.ts'
import { type Column, DataTable } from '../../kit/DataTable.tsx'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { langOf } from '../../kit/names.ts'
import { Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { sayKind } from '../../kit/values.tsx'
import { shortPath, useScope } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { DeviceBar } from './DeviceBar.tsx'
import { PolicyNav } from './PolicyNav.tsx'
import { kindsQuery, policiesQuery } from './queries.ts'

const usualSort = 'name'

/** Every policy with where it is used and how many devices have it. */
export function PolicyList() {
  const voice = useVoice()
  const { t, f } = voice
  const can = useCan()
  const navigate = useNavigate()
  const scope = useScope()
  const { filter = '', sort = usualSort } = useSearch({ strict: false }) as { filter?: string; sort?: string }
  const full = bothFilters(scope.filter, filter)
  const list = useInfiniteQuery(policiesQuery(full, sort))
  const kinds = useQuery(kindsQuery)
  const rows = useMemo(() => list.data?.pages.flatMap(page => page.items) ?? [], [list.data])
  const total = list.data?.pages[0]?.total ?? null
  const go = (next: { filter?: string; sort?: string }) => {
    const search = { filter, sort, ...next }
    void navigate({
      to: '/policies',
      search: {
        ...(search.filter ? { filter: search.filter } : {}),
        ...(search.sort !== usualSort ? { sort: search.sort } : {}),
      },
    })
  }
  const nothing = !list.isPending && !list.error && rows.length === 0
  const fresh = can('policies:write') && (
    <ButtonLink to="/policies/new" icon="plus" variant={nothing && filter === '' ? 'primary' : 'default'}>
      {t('policies.new')}
    </ButtonLink>
  )
  return (
    <>
      <PageHead title={t('nav.policies')} lede={t('policies.lede')}>
        {fresh}
      </PageHead>
      <PolicyNav />
      <FilterBar
        label={t('policies.filter')}
        example="kind:wifi unit:Tokyo guest"
        fields={fieldsOf(voice, kinds.data ?? [])}
        text={filter}
        onChange={text => go({ filter: text })}
        fixed={
          scope.unit && (
            <span className="chip fixed">
              <span className="chip-words">
                {t('scope.short')} <b>{scope.unit.name}</b>
              </span>
            </span>
          )
        }
      />
      <div className="pad">
        <ProblemNote error={list.error} />
        {nothing &&
          (filter === '' ? (
            <Empty title={t('policies.empty')} action={fresh}>
              {t('policies.emptyText')}
            </Empty>
          ) : (
            <Empty
              title={t('policies.noMatch')}
              action={<Button onClick={() => go({ filter: '' })}>{t('devices.clearFilter')}</Button>}
            >
              {t('policies.noMatchText')}
            </Empty>
          ))}
      </div>
      {(list.isPending || rows.length > 0) && (
        <>
          <DataTable
            caption={t('policies.caption')}
            columns={columnsOf(voice)}
            rows={rows}
            total={total}
            loading={list.isPending || list.isFetchingNextPage}
            hasMore={list.hasNextPage}
            onMore={() => void list.fetchNextPage()}
            sort={sort}
            onSort={next => go({ sort: next })}
            onOpen={row => void navigate({ to: '/policies/$policy', params: { policy: row.id } })}
            nameOf={row => row.name}
            stickyTop={48}
            card={['name', 'version', 'devices', 'kind']}
          />
          <div className="foot">
            <p className="small muted" role="status">
              {t('policies.shown', { n: rows.length, shown: f.number(rows.length), total: total ?? rows.length })}
            </p>
          </div>
        </>
      )}
    </>
  )
}

function columnsOf(voice: Voice): Column<PolicyRow>[] {
  const { t } = voice
  return [
    {
      id: 'name',
      head: t('policies.col.name'),
      width: 210,
      sort: 'name',
      cell: (row, link) => (
        <Link
          to="/policies/$policy"
          params={{ policy: row.id }}
          lang={langOf(row.name)}
          {...link}
          className="row-link cut"
        >
          {row.name}
        </Link>
      ),
    },
    { id: 'kind', head: t('policies.col.kind'), width: 150, sort: 'kind', cell: row => sayKind(voice, row.kind) },
    { id: 'unit', head: t('device.col.unit'), width: 140, cell: row => shortPath(row.unit.path) },
    {
      id: 'usedBy',
      head: t('policies.col.usedBy'),
      width: 150,
      cell: row =>
        row.usedBy.length === 0 ? (
          <span className="muted">{t('policies.unused')}</span>
        ) : (
          voice.f.list(row.usedBy.map(one => one.name))
        ),
    },
    { id: 'devices', head: t('nav.devices'), width: 236, cell: row => <DeviceBar counts={row.devices} /> },
    {
      id: 'version',
      head: t('policies.col.version'),
      width: 92,
      num: true,
      cell: row =>
        row.rollout ? (
          <State tone="pending" icon="send" quiet>
            {t('policies.toVersion', { version: row.rollout.to })}
          </State>
        ) : (
          voice.f.number(row.version)
        ),
    },
    {
      id: 'updatedAt',
      head: t('policies.col.updated'),
      width: 88,
      num: true,
      sort: 'updatedAt',
      cell: row => <Age at={row.updatedAt} />,
    },
  ]
}

function fieldsOf(voice: Voice, kinds: readonly KindRow[]): FilterField[] {
  const { t } = voice
  const ours = kinds.filter(kind => kind.family === 'ours')
  return [
    { name: 'name', label: t('policies.col.name'), kind: 'text' },
    {
      name: 'kind',
      label: t('policies.col.kind'),
      kind: 'choice',
      options: ours.map(kind => ({ value: kind.kind, label: sayKind(voice, kind.kind) })),
    },
    { name: 'unit', label: t('device.col.unit'), kind: 'text', example: 'Sales/Tokyo' },
  ]
}
