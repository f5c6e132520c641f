import { type Room, RoomTabs } from '../../kit/RoomTabs.tsx'

const rooms: readonly Room[] = [
  { to: '/policies', label: 'nav.policies' },
  { to: '/policies/blueprints', label: 'blueprints.title' },
  { to: '/policies/tests', label: 'tests.title' },
  { to: '/policies/rollouts', label: 'rollouts.title' },
  { to: '/updates', label: 'updates.title' },
  { to: '/policies/secrets', label: 'escrowRule.title' },
  { to: '/policies/calendars', label: 'calendars.title' },
  { to: '/policies/catalog', label: 'catalog.title' },
]

/** The rooms of policies: what is wanted, who gets it, what must hold, what is on its way, when nobody works. */
export function PolicyNav() {
  return <RoomTabs label="policies.rooms" rooms={rooms} />
}
