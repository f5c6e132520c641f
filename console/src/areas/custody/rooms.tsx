import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room } from '../../room.tsx'

/** The pages of the accounts at vendors and of the check of the set-up. */
export const custodyRooms = [
  createRoute({
    ...room,
    path: '/settings/accounts',
    component: lazyRouteComponent(() => import('./AccountsPage.tsx'), 'AccountsPage'),
  }),
  createRoute({
    ...room,
    path: '/settings/setup-check',
    component: lazyRouteComponent(() => import('./SetupCheckPage.tsx'), 'SetupCheckPage'),
  }),
] as const
