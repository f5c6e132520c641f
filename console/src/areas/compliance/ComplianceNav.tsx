import { Link, useRouterState } from '@tanstack/react-router'
import { type Key, useVoice } from '../../i18n/index.tsx'

const rooms: readonly { to: string; label: Key }[] = [
  { to: '/reports', label: 'reports.files' },
  { to: '/reports/compliance', label: 'compliance.title' },
  { to: '/reports/rules', label: 'rules.title' },
  { to: '/reports/app-usage', label: 'appUsage.title' },
  { to: '/reports/exceptions', label: 'ruleExceptions.title' },
  { to: '/reports/frameworks', label: 'frameworks.title' },
  { to: '/reports/keys', label: 'escrow.missing.title' },
]

/** The rooms of reports and compliance: files, how the fleet stands, rules, app usage, exceptions, frameworks. */
export function ComplianceNav() {
  const { t } = useVoice()
  const path = useRouterState({ select: state => state.location.pathname })
  return (
    <nav className="tabs" aria-label={t('compliance.rooms')}>
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
