import { jobs as changeJobs } from './areas/changes/jobs.ts'
import { routes as changeRoutes } from './areas/changes/routes.ts'
import { jobs as certificateJobs } from './areas/certificates/jobs.ts'
import { routes as certificateRoutes } from './areas/certificates/routes.ts'
import { jobs as commandJobs } from './areas/commands/jobs.ts'
import { routes as commandRoutes } from './areas/commands/routes.ts'
import { jobs as deviceJobs } from './areas/devices/jobs.ts'
import { routes as deviceRoutes } from './areas/devices/routes.ts'
import { jobs as enrollmentJobs } from './areas/enrollment/jobs.ts'
import { routes as enrollmentRoutes } from './areas/enrollment/routes.ts'
import { kindRoutes } from './areas/policies/kind-routes.ts'
import { routes as blueprintRoutes } from './areas/blueprints/routes.ts'
import { routes as policyRoutes } from './areas/policies/routes.ts'
import { jobs as previewJobs } from './areas/previews/jobs.ts'
import { routes as previewRoutes } from './areas/previews/routes.ts'
import { jobs as pushJobs } from './areas/push/jobs.ts'
import { routes as pushRoutes } from './areas/push/routes.ts'
import { jobs as reconcileJobs } from './areas/reconcile/jobs.ts'
import { routes as reconcileRoutes } from './areas/reconcile/routes.ts'
import { jobs as rolloutJobs } from './areas/rollouts/jobs.ts'
import { routes as rolloutRoutes } from './areas/rollouts/routes.ts'
import { routes as viewRoutes } from './areas/views/routes.ts'
import { routes as auditRoutes } from './areas/audit/routes.ts'
import { routes as identityRoutes } from './areas/identity/routes.ts'
import * as guard from './areas/guard/index.ts'
import { jobs as guardJobs } from './areas/guard/jobs.ts'
import { routes as guardRoutes } from './areas/guard/routes.ts'
import * as privacy from './areas/privacy/index.ts'
import { jobs as privacyJobs } from './areas/privacy/jobs.ts'
import { routes as privacyRoutes } from './areas/privacy/routes.ts'
import { jobs as hoursJobs } from './areas/hours/jobs.ts'
import { routes as hoursRoutes } from './areas/hours/routes.ts'
import { jobs as locationJobs } from './areas/location/jobs.ts'
import { routes as locationRoutes } from './areas/location/routes.ts'
import * as incidents from './areas/incidents/index.ts'
import { jobs as incidentsJobs } from './areas/incidents/jobs.ts'
import { routes as incidentsRoutes } from './areas/incidents/routes.ts'
import * as compliance from './areas/compliance/index.ts'
import { jobs as complianceJobs } from './areas/compliance/jobs.ts'
import { routes as complianceRoutes } from './areas/compliance/routes.ts'
import * as alerts from './areas/alerts/index.ts'
import { jobs as alertsJobs } from './areas/alerts/jobs.ts'
import { routes as alertsRoutes } from './areas/alerts/routes.ts'
import { jobs as portalJobs } from './areas/portal/jobs.ts'
import { routes as portalRoutes } from './areas/portal/routes.ts'
import { jobs as reportsJobs } from './areas/reports/jobs.ts'
import { routes as reportsRoutes } from './areas/reports/routes.ts'
import * as roster from './areas/roster/index.ts'
import { jobs as rosterJobs } from './areas/roster/jobs.ts'
import { routes as rosterRoutes } from './areas/roster/routes.ts'
import { jobs as escrowJobs } from './areas/escrow/jobs.ts'
import { routes as escrowRoutes } from './areas/escrow/routes.ts'
import * as apps from './areas/apps/index.ts'
import { jobs as appsJobs } from './areas/apps/jobs.ts'
import { routes as appsRoutes } from './areas/apps/routes.ts'
import { jobs as updatesJobs } from './areas/updates/jobs.ts'
import { routes as updatesRoutes } from './areas/updates/routes.ts'
import * as intakes from './areas/intakes/index.ts'
import { jobs as intakesJobs } from './areas/intakes/jobs.ts'
import { routes as intakesRoutes } from './areas/intakes/routes.ts'
import * as custody from './areas/custody/index.ts'
import { jobs as custodyJobs } from './areas/custody/jobs.ts'
import { routes as custodyRoutes } from './areas/custody/routes.ts'
import { type Following, following } from './base/follow.ts'
import { declining } from './platforms/apple/business/act.ts'
import type { AnyJobKind } from './base/jobs.ts'
import { mailJobs } from './base/mail-job.ts'
import { operationRoutes } from './base/metrics.ts'
import type { Route } from './base/route.ts'
import { catalogRoutes as appleCatalogRoutes } from './platforms/apple/catalog-routes.ts'
import { contentRoutes as appleContentRoutes } from './platforms/apple/content/routes.ts'
import { contentJob } from './platforms/apple/content/work.ts'
import { adeRoutes } from './platforms/apple/ade/routes.ts'
import { workJob as adeJob } from './platforms/apple/ade/work.ts'
import { lookJob } from './platforms/apple/apps/look.ts'
import { watchJob } from './platforms/apple/ddm/stall.ts'
import { renewItemsJob } from './platforms/apple/deliver/renew.ts'
import { issuerJob } from './platforms/apple/door/issuer.ts'
import { doorRoutes } from './platforms/apple/door/routes.ts'
import { firstAccountJob } from './platforms/apple/setup/first-account.ts'
import { setupRoutes as appleSetupRoutes } from './platforms/apple/setup/routes.ts'
import { lintRoutes as appleLintRoutes } from './platforms/apple/policies/lint-routes.ts'
import { businessRoutes } from './platforms/apple/business/routes.ts'
import { portalJob } from './platforms/apple/business/work.ts'
import { unlockRoutes } from './platforms/apple/escrow/routes.ts'
import { unlockJob } from './platforms/apple/escrow/unlock.ts'
import { localAdminJob } from './platforms/apple/escrow/local-admin.ts'
import { renewalJob } from './platforms/apple/renewal.ts'
import { feedJob } from './platforms/apple/updates/feed-job.ts'
import { routes as appleRoutes } from './platforms/apple/routes.ts'
import { tidyJob as tidyAgents } from './platforms/agent/keeping.ts'
import { agentRoutes } from './platforms/agent/routes.ts'
import { setupRoutes as agentSetupRoutes } from './platforms/agent/setup-routes.ts'
import { androidRoutes } from './platforms/android/routes.ts'
import { signersJob } from './platforms/android/signed.ts'
import { workJob as androidJob } from './platforms/android/work.ts'

/** Every route of the product, area by area, then platform by platform. */
export const routes: readonly Route[] = [
  ...operationRoutes,
  ...identityRoutes,
  ...auditRoutes,
  ...certificateRoutes,
  ...pushRoutes,
  ...deviceRoutes,
  ...enrollmentRoutes,
  ...commandRoutes,
  ...kindRoutes,
  ...policyRoutes,
  ...blueprintRoutes,
  ...rolloutRoutes,
  ...previewRoutes,
  ...reconcileRoutes,
  ...changeRoutes,
  ...guardRoutes,
  ...privacyRoutes,
  ...hoursRoutes,
  ...locationRoutes,
  ...incidentsRoutes,
  ...complianceRoutes,
  ...alertsRoutes,
  ...portalRoutes,
  ...reportsRoutes,
  ...rosterRoutes,
  ...escrowRoutes,
  ...appsRoutes,
  ...updatesRoutes,
  ...intakesRoutes,
  ...custodyRoutes,
  ...viewRoutes,
  ...appleRoutes,
  ...businessRoutes,
  ...unlockRoutes,
  ...appleCatalogRoutes,
  ...adeRoutes,
  ...appleLintRoutes,
  ...appleContentRoutes,
  ...doorRoutes,
  ...appleSetupRoutes,
  ...agentRoutes,
  ...agentSetupRoutes,
  ...androidRoutes,
]

/** Everything that reads the sealed log on behind the requests, in no particular order. */
export const followers: readonly Following[] = [
  compliance.follower,
  roster.rosterFollowing,
  following(privacy.privacyFollower),
  guard.sparing,
  following(incidents.follower),
  following(intakes.follower),
  following(apps.seatFollower),
  alerts.alertsFollowing,
  following(custody.custodyFollower),
  following(declining),
]

/** Every kind of job of the product. */
export const jobs: readonly AnyJobKind[] = [
  ...followers.map(f => f.job),
  ...mailJobs,
  ...certificateJobs,
  ...pushJobs,
  ...deviceJobs,
  ...enrollmentJobs,
  ...commandJobs,
  ...reconcileJobs,
  ...previewJobs,
  ...rolloutJobs,
  renewalJob,
  watchJob,
  adeJob,
  androidJob,
  tidyAgents,
  signersJob,
  renewItemsJob,
  feedJob,
  contentJob,
  issuerJob,
  firstAccountJob,
  localAdminJob,
  lookJob,
  unlockJob,
  portalJob,
  ...guardJobs,
  ...privacyJobs,
  ...hoursJobs,
  ...locationJobs,
  ...incidentsJobs,
  ...complianceJobs,
  ...alertsJobs,
  ...portalJobs,
  ...reportsJobs,
  ...rosterJobs,
  ...escrowJobs,
  ...appsJobs,
  ...updatesJobs,
  ...intakesJobs,
  ...custodyJobs,
  ...changeJobs,
]
