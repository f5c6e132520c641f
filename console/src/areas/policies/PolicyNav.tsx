import { Link, useRouterState } from '@tanstack/react-router'
import type { Key } from '../../i18n/index.tsx'
import { useVoice } from '../../i18n/index.tsx'

const rooms: readonly { to: string; label: Key }[] = [
  { to: '/policies', label: 'nav.policies' },
  { to: '/policies/blueprints', label: 'blueprints.title' },
  { to: '/policies/tests', label: 'tests.title' },
  { to: '/policies/rollouts', label: 'rollouts.title' },
  { to: '/updates', label: 'updates.title' },
  { to: '/policies/calendars', label: 'calendars.title' },
  { to: '/policies/catalog', label: 'catalog.title' },
]

/** The rooms of policies: what is wanted, who gets it, what must hold, what is on its way, when nobody works. */
export function PolicyNav() {
  const { t } = useVoice()
  const path = useRouterState({ select: state => state.location.pathname })
  return (
    <nav className="tabs" aria-label={t('policies.rooms')}>
      {rooms.map(room => (
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
