import { Link, useRouterState } from '@tanstack/react-router'
import { type Key, useVoice } from '../../i18n/index.tsx'
import { useCan } from '../../session.tsx'

const rooms: readonly { to: string; label: Key; permission: string }[] = [
  { to: '/people', label: 'people.room.org', permission: 'users:read' },
  { to: '/people/groups', label: 'groups.title', permission: 'users:read' },
  { to: '/people/hours', label: 'hours.title', permission: 'hours:read' },
  { to: '/people/changes', label: 'changes.title', permission: 'changes:read' },
  { to: '/people/import', label: 'imports.title', permission: 'changes:read' },
]

/** The rooms of people: the organization, groups, who is released from being off, what is planned, and files that are brought in. */
export function PeopleNav() {
  const { t } = useVoice()
  const can = useCan()
  const path = useRouterState({ select: state => state.location.pathname })
  return (
    <nav className="tabs" aria-label={t('people.rooms')}>
      {rooms
        .filter(room => can(room.permission))
        .map(room => (
          <Link
            key={room.to}
            to={room.to}
            activeOptions={{ exact: true }}
            {...(path === room.to ? { 'aria-current': 'page' as const } : {})}
          >
            {t(room.label)}
          </Link>
        ))}
    </nav>
  )
}
