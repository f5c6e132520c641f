import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Unit } from '../../contract.ts'
import type { Person } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { bothFilters } from '../../kit/chips.ts'
import { DataTable } from '../../kit/DataTable.tsx'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { isSelected, noSelection, type Selection } from '../../kit/selection.ts'
import { shortPath, unitFilter, useScope, useUnits, withBelow } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { ComingNote } from '../changes/ComingNote.tsx'
import { MoveDialog } from '../changes/MoveDialog.tsx'
import { carryPeople } from './carry.ts'
import { ExportMenu } from './ExportMenu.tsx'
import { PeopleNav } from './PeopleNav.tsx'
import { PeopleSelection } from './PeopleSelection.tsx'
import { peopleColumns, peopleFields } from './peopleColumns.tsx'
import { peopleQuery } from './peopleQueries.ts'
import { AddUser } from './PersonForm.tsx'
import { UnitTree } from './UnitTree.tsx'

/** Who is about to be moved, and where they were dropped. */
type Moving = { people: readonly { id: string; name: string }[]; unit: string | null } | null

/** The org's tree beside the people in it. */
export function People() {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const {
    filter = '',
    unit: unitId,
    sort,
  } = useSearch({ strict: false }) as {
    filter?: string
    unit?: string
    sort?: string
  }
  const order = sort ?? (voice.locale === 'ja' ? 'yomi' : 'displayName')
  const navigate = useNavigate()
  const scope = useScope()
  const units = useUnits()
  const unit = units.data?.find(one => one.id === unitId) ?? null
  const full = bothFilters(unit ? unitFilter(unit) : scope.filter, filter)
  const list = useInfiniteQuery(peopleQuery(full, order))
  const rows = useMemo(() => list.data?.pages.flatMap(page => page.items) ?? [], [list.data])
  const [adding, setAdding] = useState(false)
  const [moving, setMoving] = useState<Moving>(null)
  const [selection, setSelection] = useState<Selection>(noSelection)
  const may = can('users:write')
  const go = (search: { filter?: string; unit?: string | undefined; sort?: string | undefined }) => {
    setSelection(noSelection)
    void navigate({
      to: '/people',
      search: {
        ...(search.unit ? { unit: search.unit } : {}),
        ...(search.filter ? { filter: search.filter } : {}),
        ...(search.sort ? { sort: search.sort } : {}),
      },
    })
  }
  const total = list.data?.pages[0]?.total ?? null
  const chosen = rows.filter(row => isSelected(selection, row.id))
  const move = (people: readonly Person[], to: string | null = null) =>
    setMoving({ people: people.map(one => ({ id: one.id, name: one.displayName })), unit: to })
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
        <ExportMenu filter={full} sort={order} />
        {can('changes:write') && (
          <ButtonLink to="/people/import" icon="upload">
            {t('imports.open')}
          </ButtonLink>
        )}
        {may && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('people.add')}
          </Button>
        )}
      </PageHead>
      <PeopleNav />
      <div className="people">
        <UnitTree
          units={units.data ?? []}
          current={unit?.id ?? null}
          onChoose={(next: Unit | null) => go({ filter, unit: next?.id, sort })}
          onMovePeople={(ids, to) =>
            move(
              rows.filter(row => ids.includes(row.id)),
              to.id,
            )
          }
        />
        <div className="people-list">
          <ComingNote />
          <FilterBar
            label={t('people.filter')}
            example="email:havsten unit:Tokyo"
            fields={peopleFields(voice)}
            text={filter}
            onChange={text => go({ filter: text, unit: unit?.id, sort })}
          />
          {chosen.length > 0 && (
            <PeopleSelection people={chosen} onMove={() => move(chosen)} onClear={() => setSelection(noSelection)} />
          )}
          <div className="pad">
            <ProblemNote error={list.error} />
            {!list.isPending && !list.error && rows.length === 0 && (
              <Empty title={t('people.none')}>{t('people.noneText')}</Empty>
            )}
          </div>
          {(list.isPending || rows.length > 0) && (
            <DataTable
              caption={t('people.caption')}
              columns={peopleColumns(voice, {
                yomi: voice.locale === 'ja' || rows.some(row => row.yomi !== null),
                ...(may ? { onMove: (row: Person) => move([row]) } : {}),
              })}
              rows={rows}
              total={total}
              loading={list.isPending || list.isFetchingNextPage}
              hasMore={list.hasNextPage}
              onMore={() => void list.fetchNextPage()}
              onOpen={row => void navigate({ to: '/people/$user', params: { user: row.id } })}
              sort={order}
              onSort={next => go({ filter, unit: unit?.id, sort: next })}
              {...(may
                ? {
                    selection,
                    onSelection: (next: Selection) =>
                      setSelection(next.all ? { all: false, ids: new Set(rows.map(row => row.id)) } : next),
                    onDrag: (row: Person, event) =>
                      carryPeople(event, isSelected(selection, row.id) ? chosen.map(one => one.id) : [row.id]),
                  }
                : {})}
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
      {moving && <MoveDialog people={moving.people} unit={moving.unit} onClose={() => setMoving(null)} />}
    </>
  )
}
