import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { room } from '../../room.tsx'

/** The pages of the certificate server. */
export const certificateRooms = [
  createRoute({
    ...room,
    path: '/settings/acme',
    component: lazyRouteComponent(() => import('./AcmePage.tsx'), 'AcmePage'),
  }),
] as const
