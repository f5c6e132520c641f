import { Link, useRouterState } from '@tanstack/react-router'
import { type Key, useVoice } from '../../i18n/index.tsx'

const rooms: readonly { to: string; label: Key }[] = [
  { to: '/apps', label: 'appsPage.catalog' },
  { to: '/apps/licenses', label: 'licenses.title' },
]

/** The rooms of apps and content. */
export function AppsNav() {
  const { t } = useVoice()
  const path = useRouterState({ select: state => state.location.pathname })
  if (rooms.length < 2) return null
  return (
    <nav className="tabs" aria-label={t('nav.apps')}>
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
