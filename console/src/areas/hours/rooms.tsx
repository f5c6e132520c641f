import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room } from '../../room.tsx'

/** The pages of working time. */
export const hoursRooms = [
  createRoute({
    ...room,
    path: '/policies/calendars',
    component: lazyRouteComponent(() => import('./CalendarsPage.tsx'), 'CalendarsPage'),
  }),
  createRoute({
    ...room,
    path: '/people/hours',
    component: lazyRouteComponent(() => import('./ExceptionsPage.tsx'), 'ExceptionsPage'),
  }),
] as const
