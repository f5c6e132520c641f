import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room, search } from '../../room.tsx'

/** The pages of this room. */
export const alertRooms = [
  createRoute({
    ...room,
    path: '/alerts',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./AlertList.tsx'), 'AlertList'),
  }),
  createRoute({
    ...room,
    path: '/alerts/$alert',
    component: lazyRouteComponent(() => import('./AlertPage.tsx'), 'AlertPage'),
  }),
  createRoute({
    ...room,
    path: '/settings/notifications',
    component: lazyRouteComponent(() => import('./Notifications.tsx'), 'Notifications'),
  }),
  createRoute({
    ...room,
    path: '/settings/mail',
    component: lazyRouteComponent(() => import('./MailPage.tsx'), 'MailPage'),
  }),
] as const
