import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room } from '../../room.tsx'

/** The page of the ways by which agents are woken. */
export const wakeRooms = [
  createRoute({
    ...room,
    path: '/settings/waking',
    component: lazyRouteComponent(() => import('./WakingPage.tsx'), 'WakingPage'),
  }),
] as const
