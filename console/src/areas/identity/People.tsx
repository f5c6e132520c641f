import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { get } from '../../api.ts'
import type { Page, Unit, User } from '../../contract.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { bothFilters, type FilterField } from '../../kit/chips.ts'
import { type Column, DataTable } from '../../kit/DataTable.tsx'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { langOf } from '../../kit/names.ts'
import { Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { shortPath, unitFilter, useScope, useUnits, withBelow } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { AddUser } from './PeopleDialogs.tsx'
import { UnitTree } from './UnitTree.tsx'

/** The org's tree beside the people in it. */
export function People() {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const { filter = '', unit: unitId } = useSearch({ strict: false }) as { filter?: string; unit?: string }
  const navigate = useNavigate()
  const scope = useScope()
  const units = useUnits()
  const unit = units.data?.find(one => one.id === unitId) ?? null
  const full = bothFilters(unit ? unitFilter(unit) : scope.filter, filter)
  const list = useInfiniteQuery({
    queryKey: ['users', 'list', full],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<User>>('/users', { filter: full, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
    placeholderData: previous => previous,
  })
  const rows = useMemo(() => list.data?.pages.flatMap(page => page.items) ?? [], [list.data])
  const [adding, setAdding] = useState(false)
  const go = (search: { filter?: string; unit?: string | undefined }) =>
    void navigate({
      to: '/people',
      search: { ...(search.unit ? { unit: search.unit } : {}), ...(search.filter ? { filter: search.filter } : {}) },
    })
  const total = list.data?.pages[0]?.total ?? null
  return (
    <>
      <PageHead
        title={t('nav.people')}
        lede={
          unit
            ? t('people.ledeUnit', {
                unit: shortPath(unit.path),
                users: withBelow(units.data ?? [], unit, 'users'),
                devices: withBelow(units.data ?? [], unit, 'devices'),
              })
            : t('people.lede')
        }
      >
        {can('users:write') && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('people.add')}
          </Button>
        )}
      </PageHead>
      <div className="people">
        <UnitTree
          units={units.data ?? []}
          current={unit?.id ?? null}
          onChoose={(next: Unit | null) => go({ filter, unit: next?.id })}
        />
        <div className="people-list">
          <FilterBar
            label={t('people.filter')}
            example="email:havsten unit:Tokyo"
            fields={fieldsOf(voice)}
            text={filter}
            onChange={text => go({ filter: text, unit: unit?.id })}
          />
          <div className="pad">
            <ProblemNote error={list.error} />
            {!list.isPending && !list.error && rows.length === 0 && (
              <Empty title={t('people.none')}>{t('people.noneText')}</Empty>
            )}
          </div>
          {(list.isPending || rows.length > 0) && (
            <DataTable
              caption={t('people.caption')}
              columns={columnsOf(voice)}
              rows={rows}
              total={total}
              loading={list.isPending || list.isFetchingNextPage}
              hasMore={list.hasNextPage}
              onMore={() => void list.fetchNextPage()}
              onOpen={row => void navigate({ to: '/people/$user', params: { user: row.id } })}
              nameOf={row => row.displayName}
              stickyTop={48}
              card={['name', 'devices', 'email', 'unit']}
            />
          )}
        </div>
      </div>
      {adding && (
        <AddUser unit={unit?.id ?? scope.unit?.id ?? units.data?.[0]?.id ?? ''} onClose={() => setAdding(false)} />
      )}
    </>
  )
}

function columnsOf({ t, f }: Voice): Column<User>[] {
  return [
    {
      id: 'name',
      head: t('people.name'),
      width: 160,
      cell: (row, link) => (
        <Link
          to="/people/$user"
          params={{ user: row.id }}
          lang={langOf(row.displayName)}
          {...link}
          className="row-link cut"
        >
          {row.displayName}
        </Link>
      ),
    },
    { id: 'email', head: t('signIn.email'), width: 256, cell: row => row.email ?? <span className="muted">–</span> },
    { id: 'unit', head: t('device.col.unit'), width: 172, cell: row => shortPath(row.unit.path) },
    {
      id: 'number',
      head: t('people.number'),
      width: 120,
      cell: row => <span className="mono">{row.employeeNumber ?? '–'}</span>,
    },
    { id: 'devices', head: t('nav.devices'), width: 80, num: true, cell: row => f.number(row.devices) },
  ]
}

function fieldsOf({ t }: Voice): FilterField[] {
  return [
    { name: 'name', label: t('people.name'), kind: 'text' },
    { name: 'email', label: t('signIn.email'), kind: 'text' },
    { name: 'unit', label: t('device.col.unit'), kind: 'text', example: 'Sales/Tokyo' },
  ]
}
