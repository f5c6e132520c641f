import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room } from '../../room.tsx'

/** The page about keys of the whole fleet. */
export const escrowRooms = [
  createRoute({
    ...room,
    path: '/reports/keys',
    component: lazyRouteComponent(() => import('./MissingKeysPage.tsx'), 'MissingKeysPage'),
  }),
] as const
