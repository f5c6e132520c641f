import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room, search } from '../../room.tsx'

/** The page of devices that wait to be let in. */
export const newcomerRooms = [
  createRoute({
    ...room,
    path: '/enrollment/waiting',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./Waiting.tsx'), 'Waiting'),
  }),
] as const
