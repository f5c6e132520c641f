import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room, search } from '../../room.tsx'

/** The pages of compliance. */
export const complianceRooms = [
  createRoute({
    ...room,
    path: '/reports/compliance',
    component: lazyRouteComponent(() => import('./OverviewPage.tsx'), 'OverviewPage'),
  }),
  createRoute({
    ...room,
    path: '/reports/rules',
    component: lazyRouteComponent(() => import('./RulesPage.tsx'), 'RulesPage'),
  }),
  createRoute({
    ...room,
    path: '/reports/app-usage',
    component: lazyRouteComponent(() => import('./RulesPage.tsx'), 'AppUsagePage'),
  }),
  createRoute({
    ...room,
    path: '/reports/rules/$rule',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./RulePage.tsx'), 'RulePage'),
  }),
  createRoute({
    ...room,
    path: '/reports/exceptions',
    component: lazyRouteComponent(() => import('./ExceptionsPage.tsx'), 'ExceptionsPage'),
  }),
  createRoute({
    ...room,
    path: '/reports/frameworks',
    component: lazyRouteComponent(() => import('./FrameworksPage.tsx'), 'FrameworksPage'),
  }),
] as const
