import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room, search } from '../../room.tsx'

/** The pages of reports, and of what a device was. */
export const reportRooms = [
  createRoute({
    ...room,
    path: '/reports',
    component: lazyRouteComponent(() => import('./ReportsPage.tsx'), 'ReportsPage'),
  }),
  createRoute({
    ...room,
    path: '/devices/$device/past',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./PastPage.tsx'), 'PastPage'),
  }),
] as const
