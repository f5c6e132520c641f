import type { Catalog } from './en.ts'
import { appleCommands } from './ja/appleCommands.ts'
import { audit } from './ja/audit.ts'
import { blueprints } from './ja/blueprints.ts'
import { certificates } from './ja/certificates.ts'
import { changes } from './ja/changes.ts'
import { commands } from './ja/commands.ts'
import { declarations } from './ja/declarations.ts'
import { devices } from './ja/devices.ts'
import { effective } from './ja/effective.ts'
import { editor } from './ja/editor.ts'
import { enrollment } from './ja/enrollment.ts'
import { explained } from './ja/explained.ts'
import { facts } from './ja/facts.ts'
import { home } from './ja/home.ts'
import { identity } from './ja/identity.ts'
import { orgPeople } from './ja/orgPeople.ts'
import { peoplePages } from './ja/peoplePages.ts'
import { changePages } from './ja/changePages.ts'
import { policies } from './ja/policies.ts'
import { policyEditor } from './ja/policyEditor.ts'
import { policyLog } from './ja/policyLog.ts'
import { policyKinds } from './ja/policyKinds.ts'
import { policyViews } from './ja/policyViews.ts'
import { previews } from './ja/previews.ts'
import { problems } from './ja/problems.ts'
import { reconcile } from './ja/reconcile.ts'
import { rolloutLog } from './ja/rolloutLog.ts'
import { rollouts } from './ja/rollouts.ts'
import { shell } from './ja/shell.ts'
import { standing } from './ja/standing.ts'
import { guard } from './ja/guard.ts'
import { privacy } from './ja/privacy.ts'
import { hours } from './ja/hours.ts'
import { location } from './ja/location.ts'
import { incidentPages } from './ja/incidentPages.ts'
import { incidents } from './ja/incidents.ts'
import { compliance } from './ja/compliance.ts'
import { alerts } from './ja/alerts.ts'
import { portal } from './ja/portal.ts'
import { reports } from './ja/reports.ts'
import { passkeys } from './ja/passkeys.ts'

/** Japanese: polite, no italics, one plural form. */
export const ja: Catalog = {
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
