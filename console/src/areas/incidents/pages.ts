import { lazyRouteComponent } from '@tanstack/react-router'

/** The pages of incidents, each fetched when it is first opened. */
export const incidentList = lazyRouteComponent(() => import('./IncidentList.tsx'), 'IncidentList')
export const incidentPage = lazyRouteComponent(() => import('./IncidentPage.tsx'), 'IncidentPage')
