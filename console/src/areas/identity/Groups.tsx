import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { shortPath, useScope, useUnits } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { GroupForm } from './GroupDialogs.tsx'
import { PeopleNav } from './PeopleNav.tsx'
import { groupsQuery } from './peopleQueries.ts'

/** Groups of people, with how many are in each. */
export function Groups() {
  const { t, f } = useVoice()
  const can = useCan()
  const scope = useScope()
  const units = useUnits()
  const list = useInfiniteQuery(groupsQuery(scope.filter))
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  const [adding, setAdding] = useState(false)
  const add = can('users:write') && (
    <Button icon="plus" onClick={() => setAdding(true)}>
      {t('groups.add')}
    </Button>
  )
  return (
    <>
      <PageHead title={t('groups.title')} lede={t('groups.lede')}>
        {add}
      </PageHead>
      <PeopleNav />
      <div className="pad">
        <ProblemNote error={list.error} />
        {list.isPending && <Bones lines={5} label={t('kit.loading')} />}
        {list.data && rows.length === 0 && (
          <Empty title={t('groups.none')} action={add}>
            {t('groups.noneText')}
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <ListTable
          caption={t('groups.title')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            {
              id: 'name',
              head: t('people.name'),
              cell: row => (
                <Link to="/people/groups/$group" params={{ group: row.id }} lang={langOf(row.name)}>
                  {row.name}
                </Link>
              ),
            },
            { id: 'members', head: t('groups.members'), width: 96, num: true, cell: row => f.number(row.members) },
            { id: 'unit', head: t('device.col.unit'), width: 260, cell: row => shortPath(row.unit.path) },
            {
              id: 'source',
              head: t('groups.source'),
              width: 160,
              aside: true,
              cell: row => t(`groups.source.${row.source}`),
            },
            {
              id: 'since',
              head: t('groups.since'),
              width: 112,
              num: true,
              aside: true,
              cell: row => <Age at={row.createdAt} />,
            },
          ]}
        />
      )}
      {list.hasNextPage && (
        <div className="pad more">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('kit.more')}
          </Button>
        </div>
      )}
      {adding && (
        <GroupForm group={null} unit={scope.unit?.id ?? units.data?.[0]?.id ?? ''} onClose={() => setAdding(false)} />
      )}
    </>
  )
}
