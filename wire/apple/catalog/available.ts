import {
  type Artifact,
  type Json,
  type Mode,
  placeOf,
  rootOf,
  type System,
  type SystemFacts,
  type SystemTable,
} from './catalog.ts'
import { compareVersions, isVersion } from './version.ts'

/** A device, or one account on it, as far as it decides what is available; null: not known. */
export interface CatalogTarget {
  readonly system: System
  readonly version: string | null
  readonly supervised: boolean | null
  /** How it is managed: as the organization's device, for one of its user's accounts only, or by a person at the device. */
  readonly enrollment: 'device' | 'user' | 'local' | null
  /** Enrolled through the organization's automated enrollment. */
  readonly automated: boolean | null
  /** Management was approved by the user (macOS). */
  readonly approved: boolean | null
  readonly channel: 'device' | 'user'
  readonly sharedIpad: boolean
  /** Bits of the access rights held; null where they do not count. */
  readonly rights: number | null
  /** Types that the device itself said it can read (status item `management.client-capabilities`). */
  readonly capabilities: { readonly declarations: readonly string[]; readonly statusItems: readonly string[] } | null
}

/** Why something is not there. */
export const unavailableReasons = [
  'system',
  'too-old',
  'removed',
  'not-supervised',
  'not-automated',
  'not-approved',
  'user-enrollment',
  'needs-user-enrollment',
  'enrollment',
  'scope',
  'device-channel-only',
  'user-channel-only',
  'shared-ipad',
  'needs-shared-ipad',
  'access-right',
  'capability',
] as const
export type UnavailableReason = (typeof unavailableReasons)[number]

/** What is not known of the device, or of the artifact. */
export type UnknownReason = 'version-unknown' | 'supervision-unknown' | 'enrollment-unknown' | 'system-unknown'

/** Whether an artifact or key can be used on a target. */
export type Availability =
  | { readonly can: 'yes'; readonly deprecated?: string }
  | { readonly can: 'no'; readonly reason: UnavailableReason; readonly facts: Readonly<Record<string, string>> }
  | { readonly can: 'ignored'; readonly reason: 'user-enrollment' | 'shared-ipad' }
  | { readonly can: 'unknown'; readonly reason: UnknownReason }

/** What is known of a thing on one system, its own facts laid over those of everything it is in; null: not there; undefined: nothing is said. */
export function factsOn(tables: readonly SystemTable[], system: System): SystemFacts | null | undefined {
  let facts: SystemFacts | null | undefined
  for (const [i, table] of tables.entries()) {
    const own = table[system]
    if (own === undefined) continue
    // A dictionary that is not there holds no key that is.
    if (own === null) return null
    if (i > 0 && facts === undefined && tables.slice(0, i).some(t => Object.keys(t).length > 0)) return undefined
    facts = facts ? over(facts, own) : own
  }
  return facts
}

function over(outer: SystemFacts, own: SystemFacts): SystemFacts {
  const shared = own.sharedIpad ? { sharedIpad: { ...outer.sharedIpad, ...own.sharedIpad } } : {}
  const both = { ...outer, ...own, ...shared }
  // A key cannot be older than what it is in, whatever its own line says; nor outlive it.
  const introduced = later(outer.introduced, own.introduced)
  return introduced === undefined ? both : { ...both, introduced }
}

const later = (a: string | undefined, b: string | undefined): string | undefined =>
  a !== undefined && b !== undefined ? (compareVersions(a, b) > 0 ? a : b) : (a ?? b)

/** Whether an artifact, or the key at a JSON pointer in it, can be used on a target. The value at hand decides which variant or case is meant. */
export function availability(artifact: Artifact, target: CatalogTarget, pointer = '', value?: Json): Availability {
  const place = placeOf(artifact, rootOf(artifact, value), pointer, value)
  const tables = place ? place.os : [artifact.os]
  const said = bySystem(tables, target)
  if (said.can !== 'yes') return said
  return byCapability(artifact, target) ?? said
}

/** Whether something with these tables, outermost first, can be used on a target. */
export function bySystem(tables: readonly SystemTable[], target: CatalogTarget): Availability {
  const facts = factsOn(tables, target.system)
  if (facts === null) return no('system', { system: target.system })
  if (facts === undefined) return { can: 'unknown', reason: 'system-unknown' }
  return (
    byVersion(facts, target) ??
    byMode(facts, target) ??
    byChannel(facts, target) ??
    byStanding(facts, target) ?? { can: 'yes', ...deprecation(facts, target) }
  )
}

function no(reason: UnavailableReason, facts: Readonly<Record<string, string>> = {}): Availability {
  return { can: 'no', reason, facts }
}

function byVersion({ introduced, removed }: SystemFacts, target: CatalogTarget): Availability | undefined {
  if (introduced === undefined && removed === undefined) return undefined
  if (target.version === null || !isVersion(target.version)) return { can: 'unknown', reason: 'version-unknown' }
  if (introduced !== undefined && compareVersions(target.version, introduced) < 0)
    return no('too-old', { needs: introduced, is: target.version })
  if (removed !== undefined && compareVersions(target.version, removed) >= 0)
    return no('removed', { since: removed, is: target.version })
  return undefined
}

function deprecation({ deprecated }: SystemFacts, target: CatalogTarget): { deprecated?: string } {
  return deprecated !== undefined && target.version !== null && compareVersions(target.version, deprecated) >= 0
    ? { deprecated }
    : {}
}

function byMode(facts: SystemFacts, target: CatalogTarget): Availability | undefined {
  const user = target.enrollment === 'user'
  const { userEnrollment: mode } = facts
  if (mode !== undefined && mode !== 'allowed') {
    if (target.enrollment === null && mode !== 'ignored') return { can: 'unknown', reason: 'enrollment-unknown' }
    const said = modeOf(mode, user, 'user-enrollment', 'needs-user-enrollment')
    if (said) return said
  }
  const shared = facts.sharedIpad?.mode
  return shared === undefined ? undefined : modeOf(shared, target.sharedIpad, 'shared-ipad', 'needs-shared-ipad')
}

function modeOf(
  mode: Mode,
  is: boolean,
  reason: 'user-enrollment' | 'shared-ipad',
  needs: UnavailableReason,
): Availability | undefined {
  if (mode === 'forbidden' && is) return no(reason)
  if (mode === 'required' && !is) return no(needs)
  return mode === 'ignored' && is ? { can: 'ignored', reason } : undefined
}

function byChannel(facts: SystemFacts, target: CatalogTarget): Availability | undefined {
  const shared = target.sharedIpad ? facts.sharedIpad : undefined
  const onDevice = shared?.deviceChannel ?? facts.deviceChannel
  const onUser = shared?.userChannel ?? facts.userChannel
  if (target.channel === 'device' && onDevice === false)
    return no(onUser === true ? 'user-channel-only' : 'scope', { is: 'device' })
  if (target.channel === 'user' && onUser === false) return no('device-channel-only')
  const scopes = shared?.scopes ?? facts.scopes
  const scope = target.channel === 'device' ? 'system' : 'user'
  return scopes && !scopes.includes(scope) ? no('scope', { needs: scopes.join(', '), is: scope }) : undefined
}

function byStanding(facts: SystemFacts, target: CatalogTarget): Availability | undefined {
  if (facts.supervised && target.supervised !== true)
    return target.supervised === null ? { can: 'unknown', reason: 'supervision-unknown' } : no('not-supervised')
  if (facts.automated && target.automated !== true)
    return target.automated === null ? { can: 'unknown', reason: 'enrollment-unknown' } : no('not-automated')
  if (facts.approved && target.approved !== true)
    return target.approved === null ? { can: 'unknown', reason: 'enrollment-unknown' } : no('not-approved')
  if (facts.enrollments) {
    if (target.enrollment === null) return { can: 'unknown', reason: 'enrollment-unknown' }
    if (!facts.enrollments.some(e => fits(e, target)))
      return no(
        facts.enrollments.includes('supervised') && target.enrollment === 'device' ? 'not-supervised' : 'enrollment',
        {
          needs: facts.enrollments.join(', '),
        },
      )
  }
  if (facts.rights && target.rights !== null && (target.rights & facts.rights) !== facts.rights)
    return no('access-right', { needs: String(facts.rights & ~target.rights) })
  return undefined
}

/** A supervised device is a device too. */
function fits(enrollment: string, target: CatalogTarget): boolean {
  if (enrollment === 'supervised') return target.enrollment === 'device' && target.supervised === true
  return enrollment === target.enrollment
}

/** What the device said of itself outweighs what we know of its version. */
function byCapability(artifact: Artifact, { capabilities }: CatalogTarget): Availability | undefined {
  if (capabilities === null) return undefined
  if (artifact.family === 'declaration')
    return capabilities.declarations.includes(artifact.id) ? undefined : no('capability', { type: artifact.id })
  if (artifact.family === 'status')
    return capabilities.statusItems.includes(artifact.id) ? undefined : no('capability', { type: artifact.id })
  return undefined
}
