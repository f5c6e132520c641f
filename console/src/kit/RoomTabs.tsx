import { Link, useRouterState } from '@tanstack/react-router'
import { type Key, useVoice } from '../i18n/index.tsx'

/** A page beside others of the same part of the console. */
export interface Room {
  readonly to: string
  readonly label: Key
}

/** The pages of a part of the console as tabs; the one that is open is marked. */
export function RoomTabs({ label, rooms }: { label: Key; rooms: readonly Room[] }) {
  const { t } = useVoice()
  const path = useRouterState({ select: state => state.location.pathname })
  return (
    <nav className="tabs" aria-label={t(label)}>
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
