import { roads } from './fr/roads.ts'
import { approverPages } from './fr/approverPages.ts'
import { kioskPages } from './fr/kioskPages.ts'
import { wake } from './fr/wake.ts'
import { waking } from './fr/waking.ts'
import { agent } from './fr/agent.ts'
import { agentTrust } from './fr/agentTrust.ts'
import { androidPages } from './fr/androidPages.ts'
import { agentKinds } from './fr/agentKinds.ts'
import { androidApps } from './fr/androidApps.ts'
import { androidManagement } from './fr/androidManagement.ts'
import { alertPages } from './fr/alertPages.ts'
import { incidentPages } from './fr/incidentPages.ts'
import { devices } from './fr/devices.ts'
import { commands } from './fr/commands.ts'
import { appleCommands } from './fr/appleCommands.ts'
import { enrollment } from './fr/enrollment.ts'
import { certificates } from './fr/certificates.ts'
import { audit } from './fr/audit.ts'
import { facts } from './fr/facts.ts'
import { explained } from './fr/explained.ts'
import { policies } from './fr/policies.ts'
import { policyKinds } from './fr/policyKinds.ts'
import { policyLog } from './fr/policyLog.ts'
import { policyEditor } from './fr/policyEditor.ts'
import { editor } from './fr/editor.ts'
import { blueprints } from './fr/blueprints.ts'
import { rollouts } from './fr/rollouts.ts'
import { rolloutLog } from './fr/rolloutLog.ts'
import { previews } from './fr/previews.ts'
import { reconcile } from './fr/reconcile.ts'
import { changes } from './fr/changes.ts'
import { orgPeople } from './fr/orgPeople.ts'
import { declarations } from './fr/declarations.ts'
import { effective } from './fr/effective.ts'
import { guard } from './fr/guard.ts'
import { privacy } from './fr/privacy.ts'
import { hours } from './fr/hours.ts'
import { location } from './fr/location.ts'
import { incidents } from './fr/incidents.ts'
import { compliance } from './fr/compliance.ts'
import { portal } from './fr/portal.ts'
import { reports } from './fr/reports.ts'
import { passkeys } from './fr/passkeys.ts'
import { policyViews } from './fr/policyViews.ts'
import { changePages } from './fr/changePages.ts'
import { peoplePages } from './fr/peoplePages.ts'
import { roster } from './fr/roster.ts'
import { rosterSetups } from './fr/rosterSetups.ts'
import { rosterApple } from './fr/rosterApple.ts'
import { escrow } from './fr/escrow.ts'
import { apps } from './fr/apps.ts'
import { appLog } from './fr/appLog.ts'
import { appKinds } from './fr/appKinds.ts'
import { updates } from './fr/updates.ts'
import { campaignPages } from './fr/campaignPages.ts'
import { updatePages } from './fr/updatePages.ts'
import { intakes } from './fr/intakes.ts'
import { intakePages } from './fr/intakePages.ts'
import { custody } from './fr/custody.ts'
import { custodyLog } from './fr/custodyLog.ts'
import { setups } from './fr/setups.ts'
import { licenses } from './fr/licenses.ts'
import { acme } from './fr/acme.ts'
import { estatePages } from './fr/estatePages.ts'
import { french } from './messages.ts'

/** Everything else, loaded with the first page that is not the first. */
export const rest = french({
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
})
