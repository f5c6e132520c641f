import type { Catalog } from './en.ts'
import { appleCommands } from './sv/appleCommands.ts'
import { audit } from './sv/audit.ts'
import { blueprints } from './sv/blueprints.ts'
import { certificates } from './sv/certificates.ts'
import { changes } from './sv/changes.ts'
import { commands } from './sv/commands.ts'
import { declarations } from './sv/declarations.ts'
import { devices } from './sv/devices.ts'
import { effective } from './sv/effective.ts'
import { editor } from './sv/editor.ts'
import { enrollment } from './sv/enrollment.ts'
import { explained } from './sv/explained.ts'
import { facts } from './sv/facts.ts'
import { home } from './sv/home.ts'
import { identity } from './sv/identity.ts'
import { orgPeople } from './sv/orgPeople.ts'
import { peoplePages } from './sv/peoplePages.ts'
import { changePages } from './sv/changePages.ts'
import { policies } from './sv/policies.ts'
import { policyEditor } from './sv/policyEditor.ts'
import { policyLog } from './sv/policyLog.ts'
import { policyKinds } from './sv/policyKinds.ts'
import { policyViews } from './sv/policyViews.ts'
import { previews } from './sv/previews.ts'
import { problems } from './sv/problems.ts'
import { reconcile } from './sv/reconcile.ts'
import { rolloutLog } from './sv/rolloutLog.ts'
import { rollouts } from './sv/rollouts.ts'
import { shell } from './sv/shell.ts'
import { standing } from './sv/standing.ts'
import { guard } from './sv/guard.ts'
import { privacy } from './sv/privacy.ts'
import { hours } from './sv/hours.ts'
import { location } from './sv/location.ts'
import { incidentPages } from './sv/incidentPages.ts'
import { incidents } from './sv/incidents.ts'
import { compliance } from './sv/compliance.ts'
import { alerts } from './sv/alerts.ts'
import { portal } from './sv/portal.ts'
import { reports } from './sv/reports.ts'
import { passkeys } from './sv/passkeys.ts'

/** Swedish. */
export const sv: Catalog = {
  ...shell,
  ...identity,
  ...home,
  ...standing,
  ...devices,
  ...commands,
  ...appleCommands,
  ...enrollment,
  ...certificates,
  ...audit,
  ...facts,
  ...explained,
  ...problems,
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
  ...alerts,
  ...portal,
  ...reports,
  ...passkeys,
  ...policyViews,
  ...changePages,
  ...peoplePages,
}
