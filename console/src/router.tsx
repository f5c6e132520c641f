import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { guardRooms } from './areas/guard/rooms.tsx'
import { privacyRooms } from './areas/privacy/rooms.tsx'
import { alertRooms } from './areas/alerts/rooms.tsx'
import { certificateRooms } from './areas/certificates/rooms.tsx'
import { androidRooms } from './areas/android/rooms.tsx'
import { custodyRooms } from './areas/custody/rooms.tsx'
import { wakeRooms } from './areas/wake/rooms.tsx'
import { complianceRooms } from './areas/compliance/rooms.tsx'
import { hoursRooms } from './areas/hours/rooms.tsx'
import { incidentRooms } from './areas/incidents/rooms.tsx'
import { licenseRooms } from './areas/licenses/rooms.tsx'
import { intakeRooms } from './areas/intakes/rooms.tsx'
import { newcomerRooms } from './areas/newcomers/rooms.tsx'
import { escrowRooms } from './areas/escrow/rooms.tsx'
import { appRooms } from './areas/apps/rooms.tsx'
import { setupRooms } from './areas/setups/rooms.tsx'
import { reportRooms } from './areas/reports/rooms.tsx'
import { updateRooms } from './areas/updates/rooms.tsx'
import { rosterRooms } from './areas/roster/rooms.tsx'
import { plainSearch } from './plain-search.ts'
import { gate, hall, house, room, root, search } from './room.tsx'
import { NotFound } from './shell/Faults.tsx'

const routes = root.addChildren([
  createRoute({
    ...gate,
    path: '/sign-in',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./areas/identity/SignIn.tsx'), 'SignIn'),
  }),
  createRoute({
    ...gate,
    path: '/sign-in/link',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./areas/identity/SignIn.tsx'), 'SignIn'),
  }),
  createRoute({
    ...gate,
    path: '/setup',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./areas/identity/Setup.tsx'), 'Setup'),
  }),
  createRoute({
    ...gate,
    path: '/accept',
    validateSearch: search,
    component: lazyRouteComponent(() => import('./areas/identity/Accept.tsx'), 'Accept'),
  }),
  house.addChildren([
    createRoute({ ...hall, path: '/', component: lazyRouteComponent(() => import('./areas/views/Home.tsx'), 'Home') }),
    createRoute({
      ...room,
      path: '/home',
      beforeLoad: () => {
        throw redirect({ to: '/' })
      },
    }),
    createRoute({
      ...room,
      path: '/devices',
      validateSearch: search,
      component: lazyRouteComponent(() => import('./areas/devices/DeviceList.tsx'), 'DeviceList'),
    }),
    createRoute({
      ...room,
      path: '/devices/$device',
      validateSearch: search,
      component: lazyRouteComponent(() => import('./areas/devices/DevicePage.tsx'), 'DevicePage'),
    }),
    createRoute({
      ...room,
      path: '/devices/$device/apple',
      validateSearch: search,
      component: lazyRouteComponent(() => import('./areas/devices/apple/ApplePage.tsx'), 'ApplePage'),
    }),
    createRoute({
      ...room,
      path: '/commands',
      validateSearch: search,
      component: lazyRouteComponent(() => import('./areas/commands/CommandList.tsx'), 'CommandList'),
    }),
    createRoute({
      ...room,
      path: '/commands/$command',
      component: lazyRouteComponent(() => import('./areas/commands/CommandPage.tsx'), 'CommandPage'),
    }),
    createRoute({
      ...room,
      path: '/enrollment',
      validateSearch: search,
      component: lazyRouteComponent(() => import('./areas/enrollment/Enroll.tsx'), 'Enroll'),
    }),
    createRoute({
      ...room,
      path: '/enrollment/$invitation',
      component: lazyRouteComponent(() => import('./areas/enrollment/InvitationPage.tsx'), 'InvitationPage'),
    }),
    createRoute({
      ...room,
      path: '/people',
      validateSearch: search,
      component: lazyRouteComponent(() => import('./areas/identity/People.tsx'), 'People'),
    }),
    createRoute({
      ...room,
      path: '/people/$user',
      component: lazyRouteComponent(() => import('./areas/identity/UserPage.tsx'), 'UserPage'),
    }),
    createRoute({
      ...room,
      path: '/people/groups',
      component: lazyRouteComponent(() => import('./areas/identity/Groups.tsx'), 'Groups'),
    }),
    createRoute({
      ...room,
      path: '/people/groups/$group',
      component: lazyRouteComponent(() => import('./areas/identity/GroupPage.tsx'), 'GroupPage'),
    }),
    createRoute({
      ...room,
      path: '/people/changes',
      component: lazyRouteComponent(() => import('./areas/changes/ChangeList.tsx'), 'ChangeList'),
    }),
    createRoute({
      ...room,
      path: '/people/changes/$change',
      component: lazyRouteComponent(() => import('./areas/changes/ChangePage.tsx'), 'ChangePage'),
    }),
    createRoute({
      ...room,
      path: '/people/import',
      component: lazyRouteComponent(() => import('./areas/changes/ImportStart.tsx'), 'ImportStart'),
    }),
    createRoute({
      ...room,
      path: '/people/import/$import',
      component: lazyRouteComponent(() => import('./areas/changes/ImportPage.tsx'), 'ImportPage'),
    }),
    createRoute({
      ...room,
      path: '/settings/tags',
      component: lazyRouteComponent(() => import('./areas/devices/TagRules.tsx'), 'TagRules'),
    }),
    createRoute({
      ...room,
      path: '/activity',
      validateSearch: search,
      component: lazyRouteComponent(() => import('./areas/audit/Activity.tsx'), 'Activity'),
    }),
    createRoute({
      ...room,
      path: '/settings',
      component: lazyRouteComponent(() => import('./areas/identity/Settings.tsx'), 'Settings'),
    }),
    createRoute({
      ...room,
      path: '/settings/certificates',
      validateSearch: search,
      component: lazyRouteComponent(() => import('./areas/certificates/Certificates.tsx'), 'Certificates'),
    }),
    createRoute({
      ...room,
      path: '/settings/admins',
      component: lazyRouteComponent(() => import('./areas/identity/Admins.tsx'), 'Admins'),
    }),
    createRoute({
      ...room,
      path: '/settings/keys',
      component: lazyRouteComponent(() => import('./areas/identity/Keys.tsx'), 'Keys'),
    }),
    createRoute({
      ...room,
      path: '/me',
      component: lazyRouteComponent(() => import('./areas/identity/Account.tsx'), 'Account'),
    }),
    createRoute({
      ...room,
      path: '/policies',
      validateSearch: search,
      component: lazyRouteComponent(() => import('./areas/policies/PolicyList.tsx'), 'PolicyList'),
    }),
    createRoute({
      ...room,
      path: '/policies/new',
      component: lazyRouteComponent(() => import('./areas/policies/NewPolicy.tsx'), 'NewPolicy'),
    }),
    createRoute({
      ...room,
      path: '/policies/new/$kind',
      validateSearch: search,
      component: lazyRouteComponent(() => import('./areas/policies/NewPolicyEditor.tsx'), 'NewPolicyEditor'),
    }),
    ...guardRooms,
    ...privacyRooms,
    ...hoursRooms,
    ...incidentRooms,
    ...intakeRooms,
    ...newcomerRooms,
    ...licenseRooms,
    ...setupRooms,
    ...alertRooms,
    ...complianceRooms,
    ...certificateRooms,
    ...rosterRooms,
    ...androidRooms,
    ...custodyRooms,
    ...wakeRooms,
    ...reportRooms,
    ...escrowRooms,
    ...updateRooms,
    createRoute({
      ...room,
      path: '/policies/tests',
      component: lazyRouteComponent(() => import('./areas/policies/TestsPage.tsx'), 'TestsPage'),
    }),
    createRoute({
      ...room,
      path: '/policies/rollouts',
      component: lazyRouteComponent(() => import('./areas/rollouts/RolloutList.tsx'), 'RolloutList'),
    }),
    createRoute({
      ...room,
      path: '/policies/rollouts/$rollout',
      component: lazyRouteComponent(() => import('./areas/rollouts/RolloutPage.tsx'), 'RolloutPage'),
    }),
    createRoute({
      ...room,
      path: '/policies/blueprints',
      component: lazyRouteComponent(() => import('./areas/blueprints/BlueprintList.tsx'), 'BlueprintList'),
    }),
    createRoute({
      ...room,
      path: '/policies/blueprints/$blueprint',
      component: lazyRouteComponent(() => import('./areas/blueprints/BlueprintPage.tsx'), 'BlueprintPage'),
    }),
    createRoute({
      ...room,
      path: '/policies/$policy',
      validateSearch: search,
      component: lazyRouteComponent(() => import('./areas/policies/PolicyPage.tsx'), 'PolicyPage'),
    }),
    createRoute({
      ...room,
      path: '/policies/catalog',
      validateSearch: search,
      component: lazyRouteComponent(() => import('./areas/policies/CatalogPage.tsx'), 'CatalogPage'),
    }),
    createRoute({
      ...room,
      path: '/policies/catalog/$family/$id',
      validateSearch: search,
      component: lazyRouteComponent(() => import('./areas/policies/ArtifactPage.tsx'), 'ArtifactPage'),
    }),
    ...appRooms,
  ]),
])

/** The router; addresses carry their search as plain text, so a filter in the address is the filter people type. */
export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: routes,
    context: { client },
    defaultPreload: 'intent',
    defaultPendingMs: 300,
    scrollRestoration: true,
    defaultNotFoundComponent: NotFound,
    ...plainSearch,
  })
}
