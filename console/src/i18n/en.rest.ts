import { roads } from './en/roads.ts'
import { approverPages } from './en/approverPages.ts'
import { kioskPages } from './en/kioskPages.ts'
import { wake } from './en/wake.ts'
import { waking } from './en/waking.ts'
import { agent } from './en/agent.ts'
import { agentTrust } from './en/agentTrust.ts'
import { androidPages } from './en/androidPages.ts'
import { agentKinds } from './en/agentKinds.ts'
import { androidApps } from './en/androidApps.ts'
import { androidManagement } from './en/androidManagement.ts'
import { alertPages } from './en/alertPages.ts'
import { incidentPages } from './en/incidentPages.ts'
import { devices } from './en/devices.ts'
import { commands } from './en/commands.ts'
import { appleCommands } from './en/appleCommands.ts'
import { enrollment } from './en/enrollment.ts'
import { certificates } from './en/certificates.ts'
import { audit } from './en/audit.ts'
import { facts } from './en/facts.ts'
import { explained } from './en/explained.ts'
import { policies } from './en/policies.ts'
import { policyKinds } from './en/policyKinds.ts'
import { policyLog } from './en/policyLog.ts'
import { policyEditor } from './en/policyEditor.ts'
import { editor } from './en/editor.ts'
import { blueprints } from './en/blueprints.ts'
import { rollouts } from './en/rollouts.ts'
import { rolloutLog } from './en/rolloutLog.ts'
import { previews } from './en/previews.ts'
import { reconcile } from './en/reconcile.ts'
import { changes } from './en/changes.ts'
import { orgPeople } from './en/orgPeople.ts'
import { declarations } from './en/declarations.ts'
import { effective } from './en/effective.ts'
import { guard } from './en/guard.ts'
import { privacy } from './en/privacy.ts'
import { hours } from './en/hours.ts'
import { location } from './en/location.ts'
import { incidents } from './en/incidents.ts'
import { compliance } from './en/compliance.ts'
import { portal } from './en/portal.ts'
import { reports } from './en/reports.ts'
import { passkeys } from './en/passkeys.ts'
import { policyViews } from './en/policyViews.ts'
import { changePages } from './en/changePages.ts'
import { peoplePages } from './en/peoplePages.ts'
import { roster } from './en/roster.ts'
import { rosterSetups } from './en/rosterSetups.ts'
import { rosterApple } from './en/rosterApple.ts'
import { escrow } from './en/escrow.ts'
import { apps } from './en/apps.ts'
import { appLog } from './en/appLog.ts'
import { appKinds } from './en/appKinds.ts'
import { updates } from './en/updates.ts'
import { campaignPages } from './en/campaignPages.ts'
import { updatePages } from './en/updatePages.ts'
import { intakes } from './en/intakes.ts'
import { intakePages } from './en/intakePages.ts'
import { custody } from './en/custody.ts'
import { custodyLog } from './en/custodyLog.ts'
import { setups } from './en/setups.ts'
import { licenses } from './en/licenses.ts'
import { acme } from './en/acme.ts'
import { estatePages } from './en/estatePages.ts'

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
