import { appleCommands } from './en/appleCommands.ts'
import { audit } from './en/audit.ts'
import { blueprints } from './en/blueprints.ts'
import { certificates } from './en/certificates.ts'
import { changes } from './en/changes.ts'
import { commands } from './en/commands.ts'
import { declarations } from './en/declarations.ts'
import { devices } from './en/devices.ts'
import { effective } from './en/effective.ts'
import { editor } from './en/editor.ts'
import { enrollment } from './en/enrollment.ts'
import { explained } from './en/explained.ts'
import { facts } from './en/facts.ts'
import { home } from './en/home.ts'
import { identity } from './en/identity.ts'
import { orgPeople } from './en/orgPeople.ts'
import { peoplePages } from './en/peoplePages.ts'
import { changePages } from './en/changePages.ts'
import { policies } from './en/policies.ts'
import { policyEditor } from './en/policyEditor.ts'
import { policyLog } from './en/policyLog.ts'
import { policyKinds } from './en/policyKinds.ts'
import { policyViews } from './en/policyViews.ts'
import { previews } from './en/previews.ts'
import { problems } from './en/problems.ts'
import { reconcile } from './en/reconcile.ts'
import { rolloutLog } from './en/rolloutLog.ts'
import { rollouts } from './en/rollouts.ts'
import { shell } from './en/shell.ts'
import { standing } from './en/standing.ts'
import { guard } from './en/guard.ts'
import { privacy } from './en/privacy.ts'
import { hours } from './en/hours.ts'
import { location } from './en/location.ts'
import { incidentPages } from './en/incidentPages.ts'
import { incidents } from './en/incidents.ts'
import { compliance } from './en/compliance.ts'
import { alerts } from './en/alerts.ts'
import { portal } from './en/portal.ts'
import { reports } from './en/reports.ts'
import { passkeys } from './en/passkeys.ts'

/** English, the source of every key. */
export const en = {
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
} as const

/** The name of a message. */
export type Key = keyof typeof en

/** A whole catalog: every key, nothing else. */
export type Catalog = Readonly<Record<Key, string>>

/** One part of a catalog in another language: the same keys as the English part. */
export type Part<T> = Readonly<Record<keyof T, string>>
