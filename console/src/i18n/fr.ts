import type { Catalog } from './en.ts'
import { appleCommands } from './fr/appleCommands.ts'
import { audit } from './fr/audit.ts'
import { blueprints } from './fr/blueprints.ts'
import { certificates } from './fr/certificates.ts'
import { changes } from './fr/changes.ts'
import { commands } from './fr/commands.ts'
import { declarations } from './fr/declarations.ts'
import { devices } from './fr/devices.ts'
import { effective } from './fr/effective.ts'
import { editor } from './fr/editor.ts'
import { enrollment } from './fr/enrollment.ts'
import { explained } from './fr/explained.ts'
import { facts } from './fr/facts.ts'
import { home } from './fr/home.ts'
import { identity } from './fr/identity.ts'
import { orgPeople } from './fr/orgPeople.ts'
import { peoplePages } from './fr/peoplePages.ts'
import { changePages } from './fr/changePages.ts'
import { policies } from './fr/policies.ts'
import { policyEditor } from './fr/policyEditor.ts'
import { policyLog } from './fr/policyLog.ts'
import { policyKinds } from './fr/policyKinds.ts'
import { policyViews } from './fr/policyViews.ts'
import { previews } from './fr/previews.ts'
import { problems } from './fr/problems.ts'
import { reconcile } from './fr/reconcile.ts'
import { rolloutLog } from './fr/rolloutLog.ts'
import { rollouts } from './fr/rollouts.ts'
import { shell } from './fr/shell.ts'
import { standing } from './fr/standing.ts'
import { guard } from './fr/guard.ts'
import { privacy } from './fr/privacy.ts'
import { hours } from './fr/hours.ts'
import { location } from './fr/location.ts'
import { incidentPages } from './fr/incidentPages.ts'
import { incidents } from './fr/incidents.ts'
import { compliance } from './fr/compliance.ts'
import { alerts } from './fr/alerts.ts'
import { portal } from './fr/portal.ts'
import { reports } from './fr/reports.ts'
import { passkeys } from './fr/passkeys.ts'
import { french } from './messages.ts'

/** French, with its no-break spaces set. */
export const fr: Catalog = french({
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
})
