import { Link, useRouterState } from '@tanstack/react-router'
import { type Key, useVoice } from '../../i18n/index.tsx'
import { useCan } from '../../session.tsx'

const rooms: readonly { to: string; label: Key; permission: string }[] = [
  { to: '/enrollment', label: 'enroll.byInvitation', permission: 'invitations:read' },
  { to: '/enrollment/automated', label: 'roster.automated', permission: 'roster:read' },
  { to: '/enrollment/promised', label: 'roster.promised', permission: 'roster:read' },
  { to: '/enrollment/batches', label: 'batch.title', permission: 'intakes:read' },
  { to: '/enrollment/accounts', label: 'door.title', permission: 'invitations:read' },
  { to: '/enrollment/setups', label: 'setups.title', permission: 'roster:read' },
]

/** The rooms of enrollment: by invitation, by promise of a vendor, and how those devices are received. */
export function EnrollNav() {
  const { t } = useVoice()
  const can = useCan()
  const path = useRouterState({ select: state => state.location.pathname })
  return (
    <nav className="tabs" aria-label={t('roster.rooms')}>
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
