import { Link } from '@tanstack/react-router'
import type { Person } from '../../contract/changes.ts'
import type { Voice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import type { FilterField } from '../../kit/chips.ts'
import type { Column } from '../../kit/DataTable.tsx'
import { langOf } from '../../kit/names.ts'
import { shortPath } from '../../scope.tsx'

/** The columns of the list of people; readings are shown where there are any. */
export function peopleColumns({ t, f }: Voice, wish: { yomi: boolean; onMove?(row: Person): void }): Column<Person>[] {
  const { onMove } = wish
  return [
    {
      id: 'name',
      head: t('people.name'),
      width: 150,
      sort: 'displayName',
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
    ...(wish.yomi
      ? [
          {
            id: 'yomi',
            head: t('people.yomi'),
            width: 116,
            sort: 'yomi',
            cell: (row: Person) => <span lang="ja">{row.yomi ?? ''}</span>,
          },
        ]
      : []),
    {
      id: 'groups',
      head: t('groups.title'),
      width: 120,
      cell: row =>
        row.groups.length === 0 ? <span className="muted">–</span> : f.list(row.groups.map(group => group.name)),
    },
    {
      id: 'devices',
      head: t('nav.devices'),
      width: 84,
      num: true,
      cell: row => f.number(row.devices),
    },
    { id: 'unit', head: t('device.col.unit'), width: 120, cell: row => shortPath(row.unit.path) },
    {
      id: 'email',
      head: t('signIn.email'),
      width: 168,
      sort: 'email',
      cell: row => row.email ?? <span className="muted">–</span>,
    },
    ...(onMove
      ? [
          {
            id: 'menu',
            head: t('admins.actions'),
            quiet: true,
            width: 68,
            num: true,
            cell: (row: Person) => (
              <ActionMenu
                small
                label={t('person.menu', { name: row.displayName })}
                lines={[{ key: 'move', icon: 'move', label: t('move.open'), onClick: () => onMove(row) }]}
              />
            ),
          },
        ]
      : []),
  ]
}

/** The fields the filter of people knows. */
export function peopleFields({ t }: Voice): FilterField[] {
  return [
    { name: 'name', label: t('people.name'), kind: 'text' },
    { name: 'email', label: t('signIn.email'), kind: 'text' },
    { name: 'unit', label: t('device.col.unit'), kind: 'text', example: 'Sales/Tokyo' },
    { name: 'group', label: t('groups.one'), kind: 'text' },
    { name: 'number', label: t('people.number'), kind: 'text' },
    { name: 'attribute', label: t('person.attribute'), kind: 'text', example: 'floor=7' },
  ]
}
