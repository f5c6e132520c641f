import { type Room, RoomTabs } from '../../kit/RoomTabs.tsx'

const rooms: readonly Room[] = [
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
  return <RoomTabs label="compliance.rooms" rooms={rooms} />
}
