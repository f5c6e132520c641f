import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room, search } from '../../room.tsx'

/** The pages of batches. */
export const intakeRooms = [
  createRoute({
    ...room,
    path: '/enrollment/batches',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./BatchList.tsx'), 'BatchList'),
  }),
  createRoute({
    ...room,
    path: '/enrollment/batches/new',
    component: lazyRouteComponent(() => import('./NewBatch.tsx'), 'NewBatch'),
  }),
  createRoute({
    ...room,
    path: '/enrollment/batches/$intake',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./BatchPage.tsx'), 'BatchPage'),
  }),
] as const
