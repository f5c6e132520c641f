import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room, search } from '../../room.tsx'

/** The pages of incidents. */
export const incidentRooms = [
  createRoute({
    ...room,
    path: '/incidents',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./IncidentList.tsx'), 'IncidentList'),
  }),
  createRoute({
    ...room,
    path: '/incidents/$incident',
    component: lazyRouteComponent(() => import('./IncidentPage.tsx'), 'IncidentPage'),
  }),
] as const
