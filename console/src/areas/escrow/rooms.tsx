import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room } from '../../room.tsx'

/** The pages about secrets of the whole fleet. */
export const escrowRooms = [
  createRoute({
    ...room,
    path: '/reports/keys',
    component: lazyRouteComponent(() => import('./MissingKeysPage.tsx'), 'MissingKeysPage'),
  }),
  createRoute({
    ...room,
    path: '/policies/secrets',
    component: lazyRouteComponent(() => import('./RulesPage.tsx'), 'RulesPage'),
  }),
] as const
