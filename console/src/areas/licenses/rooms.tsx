import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room, search } from '../../room.tsx'

/** The pages of licenses. */
export const licenseRooms = [
  createRoute({
    ...room,
    path: '/apps/licenses',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./LicensesPage.tsx'), 'LicensesPage'),
  }),
  createRoute({
    ...room,
    path: '/apps/licenses/$license',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./LicensePage.tsx'), 'LicensePage'),
  }),
] as const
