import { roads } from './ja/roads.ts'
import { approverPages } from './ja/approverPages.ts'
import { kioskPages } from './ja/kioskPages.ts'
import { wake } from './ja/wake.ts'
import { waking } from './ja/waking.ts'
import { agent } from './ja/agent.ts'
import { agentTrust } from './ja/agentTrust.ts'
import { androidPages } from './ja/androidPages.ts'
import { agentKinds } from './ja/agentKinds.ts'
import { androidApps } from './ja/androidApps.ts'
import { androidManagement } from './ja/androidManagement.ts'
import { alertPages } from './ja/alertPages.ts'
import { incidentPages } from './ja/incidentPages.ts'
import { devices } from './ja/devices.ts'
import { commands } from './ja/commands.ts'
import { appleCommands } from './ja/appleCommands.ts'
import { enrollment } from './ja/enrollment.ts'
import { certificates } from './ja/certificates.ts'
import { audit } from './ja/audit.ts'
import { facts } from './ja/facts.ts'
import { explained } from './ja/explained.ts'
import { policies } from './ja/policies.ts'
import { policyKinds } from './ja/policyKinds.ts'
import { policyLog } from './ja/policyLog.ts'
import { policyEditor } from './ja/policyEditor.ts'
import { editor } from './ja/editor.ts'
import { blueprints } from './ja/blueprints.ts'
import { rollouts } from './ja/rollouts.ts'
import { rolloutLog } from './ja/rolloutLog.ts'
import { previews } from './ja/previews.ts'
import { reconcile } from './ja/reconcile.ts'
import { changes } from './ja/changes.ts'
import { orgPeople } from './ja/orgPeople.ts'
import { declarations } from './ja/declarations.ts'
import { effective } from './ja/effective.ts'
import { guard } from './ja/guard.ts'
import { privacy } from './ja/privacy.ts'
import { hours } from './ja/hours.ts'
import { location } from './ja/location.ts'
import { incidents } from './ja/incidents.ts'
import { compliance } from './ja/compliance.ts'
import { portal } from './ja/portal.ts'
import { reports } from './ja/reports.ts'
import { passkeys } from './ja/passkeys.ts'
import { policyViews } from './ja/policyViews.ts'
import { changePages } from './ja/changePages.ts'
import { peoplePages } from './ja/peoplePages.ts'
import { roster } from './ja/roster.ts'
import { rosterSetups } from './ja/rosterSetups.ts'
import { rosterApple } from './ja/rosterApple.ts'
import { escrow } from './ja/escrow.ts'
import { apps } from './ja/apps.ts'
import { appLog } from './ja/appLog.ts'
import { appKinds } from './ja/appKinds.ts'
import { updates } from './ja/updates.ts'
import { campaignPages } from './ja/campaignPages.ts'
import { updatePages } from './ja/updatePages.ts'
import { intakes } from './ja/intakes.ts'
import { intakePages } from './ja/intakePages.ts'
import { custody } from './ja/custody.ts'
import { custodyLog } from './ja/custodyLog.ts'
import { setups } from './ja/setups.ts'
import { licenses } from './ja/licenses.ts'
import { acme } from './ja/acme.ts'
import { estatePages } from './ja/estatePages.ts'

/** Everything else, loaded with the first page that is not the first. */
export const rest = {
  ...agent,
  ...agentTrust,
  ...androidPages,
  ...agentKinds,
  ...androidApps,
  ...roads,
  ...approverPages,
  ...kioskPages,
  ...wake,
  ...waking,
  ...androidManagement,
  ...alertPages,
  ...devices,
  ...commands,
  ...appleCommands,
  ...enrollment,
  ...certificates,
  ...audit,
  ...facts,
  ...explained,
  ...policies,
  ...policyKinds,
  ...policyLog,
  ...policyEditor,
  ...editor,
  ...blueprints,
  ...rollouts,
  ...rolloutLog,
  ...previews,
  ...reconcile,
  ...changes,
  ...orgPeople,
  ...declarations,
  ...effective,
  ...guard,
  ...privacy,
  ...hours,
  ...location,
  ...incidents,
  ...incidentPages,
  ...compliance,
  ...portal,
  ...reports,
  ...passkeys,
  ...policyViews,
  ...changePages,
  ...peoplePages,
  ...roster,
  ...rosterSetups,
  ...rosterApple,
  ...escrow,
  ...apps,
  ...appLog,
  ...appKinds,
  ...updates,
  ...campaignPages,
  ...updatePages,
  ...intakes,
  ...intakePages,
  ...custody,
  ...custodyLog,
  ...setups,
  ...licenses,
  ...acme,
  ...estatePages,
} as const
