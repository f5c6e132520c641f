import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room } from '../../room.tsx'

/** The pages of Android devices as a whole. */
export const androidRooms = [
  createRoute({
    ...room,
    path: '/settings/android',
    component: lazyRouteComponent(() => import('./AndroidPage.tsx'), 'AndroidPage'),
  }),
  createRoute({
    ...room,
    path: '/settings/android/google',
    component: lazyRouteComponent(() => import('./GooglePage.tsx'), 'GooglePage'),
  }),
] as const
