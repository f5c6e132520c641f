import { type Room, RoomTabs } from '../../kit/RoomTabs.tsx'

const rooms: readonly Room[] = [
  { to: '/apps', label: 'appsPage.catalog' },
  { to: '/apps/licenses', label: 'licenses.title' },
]

/** The rooms of apps and content. */
export function AppsNav() {
  return <RoomTabs label="nav.apps" rooms={rooms} />
}
