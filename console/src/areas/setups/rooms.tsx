import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room } from '../../room.tsx'

/** The page on which an org decides how people enroll by signing in. */
export const setupRooms = [
  createRoute({
    ...room,
    path: '/enrollment/accounts',
    component: lazyRouteComponent(() => import('./AccountDriven.tsx'), 'AccountDriven'),
  }),
] as const
