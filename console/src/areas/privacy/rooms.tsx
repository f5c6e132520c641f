import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room } from '../../room.tsx'

/** The page of the privacy charter. */
export const privacyRooms = [
  createRoute({
    ...room,
    path: '/settings/privacy',
    component: lazyRouteComponent(() => import('./PrivacyPage.tsx'), 'PrivacyPage'),
  }),
] as const
