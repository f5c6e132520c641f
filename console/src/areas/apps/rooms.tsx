import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room, search } from '../../room.tsx'

/** The pages of the catalog. */
export const appRooms = [
  createRoute({
    ...room,
    path: '/apps',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./AppList.tsx'), 'AppList'),
  }),
  createRoute({
    ...room,
    path: '/apps/$app',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./AppPage.tsx'), 'AppPage'),
  }),
] as const
