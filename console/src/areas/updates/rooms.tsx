import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room, search } from '../../room.tsx'

/** The pages of versions and campaigns. */
export const updateRooms = [
  createRoute({
    ...room,
    path: '/updates',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./UpdatesPage.tsx'), 'UpdatesPage'),
  }),
  createRoute({
    ...room,
    path: '/updates/new',
    validateSearch: (of: Record<string, unknown>): { platform?: string; version?: string } => ({
      ...(typeof of['platform'] === 'string' ? { platform: of['platform'] } : {}),
      ...(typeof of['version'] === 'string' ? { version: of['version'] } : {}),
    }),
    component: lazyRouteComponent(() => import('./NewCampaign.tsx'), 'NewCampaign'),
  }),
  createRoute({
    ...room,
    path: '/updates/$campaign',
    component: lazyRouteComponent(() => import('./CampaignPage.tsx'), 'CampaignPage'),
  }),
] as const
