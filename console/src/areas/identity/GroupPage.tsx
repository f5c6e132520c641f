import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Group, Person } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Button } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { shortPath } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { ChangeMember, GroupForm, PickPerson, RemoveGroup } from './GroupDialogs.tsx'
import { groupFilter, groupQuery, peopleQuery } from './peopleQueries.ts'

/** One group: who is in it; people are added and taken out here. */
export function GroupPage() {
  const { t } = useVoice()
  const can = useCan()
  const navigate = useNavigate()
  const { group: id = '' } = useParams({ strict: false }) as { group?: string }
  const group = useQuery(groupQuery(id))
  const [asking, setAsking] = useState<'edit' | 'remove' | null>(null)
  const crumbs = [
    { label: t('nav.people'), to: '/people' },
    { label: t('groups.title'), to: '/people/groups' },
  ]
  if (!group.data) {
    return (
      <>
        <PageHead title={t('groups.title')} crumbs={crumbs} />
        <div className="pad">
          {group.error ? <ProblemNote error={group.error} /> : <Bones label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  const { data } = group
  return (
    <>
      <PageHead
        title={data.name}
        crumbs={crumbs}
        heading={<h1 lang={langOf(data.name)}>{data.name}</h1>}
        lede={t('groups.ledeOne', { n: data.members, unit: shortPath(data.unit.path) })}
      >
        {can('users:write') && (
          <ActionMenu
            label={t('groups.menu', { name: data.name })}
            lines={[
              { key: 'edit', icon: 'edit', label: t('groups.edit'), onClick: () => setAsking('edit') },
              { key: 'remove', icon: 'x', label: t('groups.remove'), apart: true, onClick: () => setAsking('remove') },
            ]}
          />
        )}
      </PageHead>
      <Members group={data} />
      {asking === 'edit' && <GroupForm group={data} unit={data.unit.id} onClose={() => setAsking(null)} />}
      {asking === 'remove' && (
        <RemoveGroup
          group={data}
          onClose={() => setAsking(null)}
          onGone={() => void navigate({ to: '/people/groups' })}
        />
      )}
    </>
  )
}

function Members({ group }: { group: Group }) {
  const { t } = useVoice()
  const can = useCan()
  const list = useInfiniteQuery(peopleQuery(groupFilter(group.id), ''))
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  const [asking, setAsking] = useState<{ how: 'add' | 'remove'; person: Person } | null>(null)
  const may = can('users:write')
  return (
    <>
      <Section id="members" title={t('groups.members')}>
        {may && (
          <div className="add-item">
            <PickPerson
              label={t('groups.addPerson')}
              without={new Set(rows.map(row => row.id))}
              onPick={person => setAsking({ how: 'add', person })}
            />
          </div>
        )}
        <ProblemNote error={list.error} />
        {list.isPending && <Bones label={t('kit.loading')} />}
        {list.data && rows.length === 0 && <Empty title={t('groups.empty')}>{t('groups.emptyText')}</Empty>}
      </Section>
      {rows.length > 0 && (
        <ListTable
          caption={t('groups.members')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            {
              id: 'name',
              head: t('people.name'),
              cell: (row: Person) => (
                <Link to="/people/$user" params={{ user: row.id }} lang={langOf(row.displayName)}>
                  {row.displayName}
                </Link>
              ),
            },
            { id: 'unit', head: t('device.col.unit'), width: 260, cell: row => shortPath(row.unit.path) },
            { id: 'email', head: t('signIn.email'), width: 280, aside: true, cell: row => row.email ?? '–' },
            {
              id: 'out',
              head: t('admins.actions'),
              quiet: true,
              width: 112,
              num: true,
              cell: row =>
                may && (
                  <Button
                    size="sm"
                    variant="quiet"
                    aria-label={t('groups.takeOutOf', { name: row.displayName, group: group.name })}
                    onClick={() => setAsking({ how: 'remove', person: row })}
                  >
                    {t('groups.takeOut')}
                  </Button>
                ),
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
      {asking && <ChangeMember group={group} {...asking} onClose={() => setAsking(null)} />}
    </>
  )
}
