import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room, search } from '../../room.tsx'

/** The pages of the guard. */
export const guardRooms = [
  createRoute({
    ...room,
    path: '/settings/guard',
    component: lazyRouteComponent(() => import('./GuardPage.tsx'), 'GuardPage'),
  }),
  createRoute({
    ...room,
    path: '/settings/guard/approvers',
    component: lazyRouteComponent(() => import('./ApproversPage.tsx'), 'ApproversPage'),
  }),
  createRoute({
    ...room,
    path: '/activity/held',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./HeldList.tsx'), 'HeldList'),
  }),
  createRoute({
    ...room,
    path: '/activity/held/$intent',
    component: lazyRouteComponent(() => import('./IntentPage.tsx'), 'IntentPage'),
  }),
] as const
