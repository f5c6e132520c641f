import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room, search } from '../../room.tsx'

/** The pages of devices that vendors promise. */
export const rosterRooms = [
  createRoute({
    ...room,
    path: '/enrollment/automated',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./ProgramsPage.tsx'), 'ProgramsPage'),
  }),
  createRoute({
    ...room,
    path: '/enrollment/promised',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./RosterPage.tsx'), 'RosterPage'),
  }),
  createRoute({
    ...room,
    path: '/enrollment/portal/$program',
    component: lazyRouteComponent(() => import('./PortalPage.tsx'), 'PortalPage'),
  }),
  createRoute({
    ...room,
    path: '/enrollment/setups',
    component: lazyRouteComponent(() => import('./SetupsPage.tsx'), 'SetupsPage'),
  }),
  createRoute({
    ...room,
    path: '/enrollment/setups/$setup',
    component: lazyRouteComponent(() => import('./SetupPage.tsx'), 'SetupPage'),
  }),
] as const
