import { roads } from './sv/roads.ts'
import { approverPages } from './sv/approverPages.ts'
import { kioskPages } from './sv/kioskPages.ts'
import { wake } from './sv/wake.ts'
import { waking } from './sv/waking.ts'
import { agent } from './sv/agent.ts'
import { agentTrust } from './sv/agentTrust.ts'
import { androidPages } from './sv/androidPages.ts'
import { agentKinds } from './sv/agentKinds.ts'
import { androidApps } from './sv/androidApps.ts'
import { androidManagement } from './sv/androidManagement.ts'
import { alertPages } from './sv/alertPages.ts'
import { incidentPages } from './sv/incidentPages.ts'
import { devices } from './sv/devices.ts'
import { commands } from './sv/commands.ts'
import { appleCommands } from './sv/appleCommands.ts'
import { enrollment } from './sv/enrollment.ts'
import { certificates } from './sv/certificates.ts'
import { audit } from './sv/audit.ts'
import { facts } from './sv/facts.ts'
import { explained } from './sv/explained.ts'
import { policies } from './sv/policies.ts'
import { policyKinds } from './sv/policyKinds.ts'
import { policyLog } from './sv/policyLog.ts'
import { policyEditor } from './sv/policyEditor.ts'
import { editor } from './sv/editor.ts'
import { blueprints } from './sv/blueprints.ts'
import { rollouts } from './sv/rollouts.ts'
import { rolloutLog } from './sv/rolloutLog.ts'
import { previews } from './sv/previews.ts'
import { reconcile } from './sv/reconcile.ts'
import { changes } from './sv/changes.ts'
import { orgPeople } from './sv/orgPeople.ts'
import { declarations } from './sv/declarations.ts'
import { effective } from './sv/effective.ts'
import { guard } from './sv/guard.ts'
import { privacy } from './sv/privacy.ts'
import { hours } from './sv/hours.ts'
import { location } from './sv/location.ts'
import { incidents } from './sv/incidents.ts'
import { compliance } from './sv/compliance.ts'
import { portal } from './sv/portal.ts'
import { reports } from './sv/reports.ts'
import { passkeys } from './sv/passkeys.ts'
import { policyViews } from './sv/policyViews.ts'
import { changePages } from './sv/changePages.ts'
import { peoplePages } from './sv/peoplePages.ts'
import { roster } from './sv/roster.ts'
import { rosterSetups } from './sv/rosterSetups.ts'
import { rosterApple } from './sv/rosterApple.ts'
import { escrow } from './sv/escrow.ts'
import { apps } from './sv/apps.ts'
import { appLog } from './sv/appLog.ts'
import { appKinds } from './sv/appKinds.ts'
import { updates } from './sv/updates.ts'
import { campaignPages } from './sv/campaignPages.ts'
import { updatePages } from './sv/updatePages.ts'
import { intakes } from './sv/intakes.ts'
import { intakePages } from './sv/intakePages.ts'
import { custody } from './sv/custody.ts'
import { custodyLog } from './sv/custodyLog.ts'
import { setups } from './sv/setups.ts'
import { licenses } from './sv/licenses.ts'
import { acme } from './sv/acme.ts'
import { estatePages } from './sv/estatePages.ts'

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
