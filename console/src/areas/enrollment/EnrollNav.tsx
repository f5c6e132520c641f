import { type Room, RoomTabs } from '../../kit/RoomTabs.tsx'
import { useCan } from '../../session.tsx'

const rooms: readonly (Room & { permission: string })[] = [
  { to: '/enrollment', label: 'enroll.byInvitation', permission: 'invitations:read' },
  { to: '/enrollment/waiting', label: 'newcomers.title', permission: 'invitations:read' },
  { to: '/enrollment/automated', label: 'roster.automated', permission: 'roster:read' },
  { to: '/enrollment/promised', label: 'roster.promised', permission: 'roster:read' },
  { to: '/enrollment/batches', label: 'batch.title', permission: 'intakes:read' },
  { to: '/enrollment/accounts', label: 'door.title', permission: 'invitations:read' },
  { to: '/enrollment/setups', label: 'setups.title', permission: 'roster:read' },
]

/** The rooms of enrollment: by invitation, by promise of a vendor, and how those devices are received. */
export function EnrollNav() {
  const can = useCan()
  return <RoomTabs label="roster.rooms" rooms={rooms.filter(room => can(room.permission))} />
}
