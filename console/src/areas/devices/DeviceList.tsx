import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import type { DeviceRow } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { bothFilters } from '../../kit/chips.ts'
import { DataTable } from '../../kit/DataTable.tsx'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { countSelected, noSelection, type Selection } from '../../kit/selection.ts'
import { useScope } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { ColumnChooser, useColumns } from './ColumnChooser.tsx'
import { CsvMenu } from './CsvMenu.tsx'
import { deviceColumns, deviceFields } from './columns.tsx'
import { countsQuery, devicesQuery } from './queries.ts'
import { SelectionBar } from './SelectionBar.tsx'
import { ViewTabs } from './ViewTabs.tsx'

/** The device list: saved views, filter as chips and text, a table that takes a hundred thousand rows. */
export function DeviceList() {
  const voice = useVoice()
  const { t, f } = voice
  const { filter = '', sort = '-lastSeenAt' } = useSearch({ strict: false }) as { filter?: string; sort?: string }
  const navigate = useNavigate()
  const scope = useScope()
  const can = useCan()
  const full = bothFilters(scope.filter, filter)
  const list = useInfiniteQuery(devicesQuery(full, sort))
  const counts = useQuery(countsQuery(full))
  const [selection, setSelection] = useState<Selection>(noSelection)
  const columns = useColumns(deviceColumns(voice))
  const rows = useMemo<DeviceRow[]>(() => list.data?.pages.flatMap(page => page.items) ?? [], [list.data])
  const total = list.data?.pages[0]?.total ?? counts.data?.total ?? null
  const go = (next: { filter?: string; sort?: string }) => {
    const search = { filter, sort, ...next }
    void navigate({
      to: '/devices',
      search: {
        ...(search.filter ? { filter: search.filter } : {}),
        ...(search.sort !== '-lastSeenAt' ? { sort: search.sort } : {}),
      },
    })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list, another selection
  useEffect(() => setSelection(noSelection), [full])
  const selected = countSelected(selection, total ?? rows.length)
  const states = counts.data?.byState
  const nothing = !list.isPending && rows.length === 0
  return (
    <>
      <PageHead
        title={t('nav.devices')}
        lede={
          counts.data
            ? t('devices.lede', {
                total: counts.data.total,
                active: states?.active ?? 0,
                silent: states?.silent ?? 0,
                lost: states?.lost ?? 0,
                enrolling: states?.enrolling ?? 0,
              })
            : null
        }
      >
        <CsvMenu filter={full} sort={sort} columns={columns.shown.map(column => column.id)} />
        {can('invitations:write') && (
          <ButtonLink to="/enrollment" icon="plus">
            {t('devices.enroll')}
          </ButtonLink>
        )}
      </PageHead>
      <ViewTabs
        filter={filter}
        sort={sort}
        columns={columns.ids}
        scope={scope.filter}
        onFilter={text => go({ filter: text })}
        onOpen={view => {
          if (view?.columns) columns.choose(view.columns)
          go({ filter: view?.filter ?? '', sort: view?.sort ?? '-lastSeenAt' })
        }}
      />
      <FilterBar
        label={t('devices.filter')}
        example="platform:ios seen>14d tanaka"
        fields={deviceFields(voice)}
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
      >
        <ColumnChooser columns={columns} />
      </FilterBar>
      {selected > 0 && (
        <SelectionBar
          selection={selection}
          filter={full}
          total={total ?? rows.length}
          onClear={() => setSelection(noSelection)}
        />
      )}
      <div className="pad">
        <ProblemNote error={list.error} />
      </div>
      {nothing && !list.error ? (
        <div className="pad">
          {filter === '' && !scope.unit ? (
            <Empty
              title={t('devices.empty')}
              action={
                <ButtonLink to="/enrollment" variant="primary">
                  {t('home.emptyAction')}
                </ButtonLink>
              }
            >
              {t('devices.emptyText')}
            </Empty>
          ) : (
            <Empty
              title={t('devices.noMatch')}
              action={filter !== '' && <Button onClick={() => go({ filter: '' })}>{t('devices.clearFilter')}</Button>}
            >
              {t('devices.noMatchText')}
            </Empty>
          )}
        </div>
      ) : (
        <>
          <DataTable
            caption={t('devices.caption')}
            columns={columns.shown}
            rows={rows}
            total={total}
            loading={list.isPending || list.isFetchingNextPage}
            hasMore={list.hasNextPage}
            onMore={() => void list.fetchNextPage()}
            sort={sort}
            onSort={next => go({ sort: next })}
            onOpen={row => void navigate({ to: '/devices/$device', params: { device: row.id } })}
            selection={selection}
            onSelection={next => setSelection(withoutExceptions(next, rows))}
            nameOf={row => row.name}
            card={['name', 'lastSeenAt', 'state', 'unit']}
            stickyTop={selected > 0 ? 48 + 58 : 48}
          />
          <div className="foot">
            <p className="small muted" role="status">
              {list.hasNextPage
                ? t('devices.shown', { shown: f.number(rows.length), total: total ?? rows.length })
                : t('devices.shownAll', { total: rows.length })}
            </p>
            <p className="small muted push wide-only keys-line">
              <kbd>j</kbd> <kbd>k</kbd> {t('keys.move')} <kbd>x</kbd> {t('keys.select')} <kbd>Shift</kbd>{' '}
              {t('keys.range')} <kbd>Enter</kbd> {t('keys.open')}
            </p>
          </div>
        </>
      )}
    </>
  )
}

/** A batch takes a filter or a list: whoever takes rows out of "all" goes on with the rows that are loaded. */
function withoutExceptions(selection: Selection, rows: readonly DeviceRow[]): Selection {
  if (!selection.all || selection.except.size === 0) return selection
  return { all: false, ids: new Set(rows.map(row => row.id).filter(id => !selection.except.has(id))) }
}
