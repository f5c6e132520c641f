/* What the API says about policies, what a change to them would do, and who gets them. */
import type { Actor, UnitRef } from '../contract.ts'
import type { Scope } from './blueprints.ts'
import type { FormFactor, Platform } from './devices.ts'

/** What JSON can say; the value of a policy. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Something named. */
export interface Ref {
  id: string
  name: string
}

/** What changes of one key of an item; null where there was or will be nothing. */
export interface KeyEffect {
  key: string
  before: Json
  after: Json
}

/** What changes of one item on a device. */
export interface Effect {
  sign: 'add' | 'change' | 'remove'
  item: string
  kind: string
  name: string
  policy: string
  keys: KeyEffect[]
  /** Keys beyond those that are named. */
  moreKeys: number
}

/** A device as it is named inside a preview. */
export interface PreviewDevice extends Ref {
  user: string | null
  platform: Platform
  formFactor: FormFactor
}

/** The devices for which exactly the same changes. */
export interface EffectGroup {
  key: string
  devices: number
  people: number
  byPlatform: Partial<Record<Platform, number>>
  sample: PreviewDevice[]
  effects: Effect[]
  licenses?: LicenseShift[]
}

/** Licenses of an app that a change takes and gives back. */
export interface LicenseShift {
  app: string
  name: string
  taken: number
  returned: number
}

/** The same in all, with what was free before and what is missing then. */
export interface LicenseCount extends LicenseShift {
  free: number
  total: number
  short: number
}

/** An assertion that was tried on the devices a change touches. */
export interface TestResult extends Ref {
  passed: boolean
  devices: number
  failing: number
  /** Of those failing, how many the change makes fail; only these keep it from being saved. */
  newly: number
  failures: { device: Ref; why: string; item: string; key?: string; is?: Json }[]
}

/** Which devices something is about: of a platform, and where it makes a difference, held by one road in one of its modes. */
export interface HeldAs {
  platform: Platform
  road: string | null
  mode: string | null
}

/** What a change would do, over all the devices it can touch; the answer of every dry run. */
export interface Preview {
  id: string
  state: 'computing' | 'done' | 'failed'
  progress: { looked: number; of: number }
  devices: number
  changed: number
  people: number
  added: number
  altered: number
  removed: number
  groups: EffectGroup[]
  moreGroups: number
  tests: TestResult[]
  conflicts: {
    item: string
    key: string | null
    policies: Ref[]
    winner: string
    level: 'equal' | 'nearer'
    devices: number
  }[]
  unhonored: (HeldAs & { policy: string; kind: string; reason: string; keys: string[]; devices: number })[]
  notes: { code: string; facts: Record<string, string | number> }[]
  licenses?: LicenseCount[]
  needsConfirmation: { phrase: string; removals: number; limit: number; short: number } | null
}

/** How many devices have what they should of a policy. */
export interface DeviceCounts {
  desired: number
  installed: number
  failed: number
  pending: number
}

/** One line of the list of policies. */
export interface PolicyRow {
  id: string
  kind: string
  name: string
  description: string
  unit: UnitRef
  version: number
  createdAt: number
  updatedAt: number
  updatedBy: Actor
  archivedAt: number | null
  usedBy: Ref[]
  devices: DeviceCounts | null
  rollout: { id: string; state: string; from: number; to: number; percent: number } | null
}

/** A policy with what it says now. */
export interface Policy extends PolicyRow {
  value: Json
  note: string
}

/** What a policy said from one version to the next. */
export interface PolicyVersion {
  version: number
  note: string
  by: Actor
  at: number
}

/** A finding about a value: errors keep it from being saved. */
export interface Finding {
  severity: 'error' | 'warning' | 'note'
  code: string
  path: string
  facts?: Record<string, string | number | boolean | null>
}

/** How much of a kind or a key a platform honors. */
export interface Honor {
  how: 'full' | 'partly' | 'no'
  reason?: string
  from?: string
  until?: string
  supervised?: boolean
  enrollments?: string[]
}

/** A kind in the picker. */
export interface KindRow {
  kind: string
  family: 'ours' | 'apple' | 'android'
  merge: 'settings' | 'instances'
  platforms: Partial<Record<Platform, Honor>>
  keys: number
  /** Where the vendor's catalog describes it. */
  catalog: { family: string; id: string } | null
}

/** A kind with the form of its value and what platforms make of each key. */
export interface Kind extends KindRow {
  schema: Json
  honors: Partial<Record<Platform, Record<string, Honor>>>
  roads: Road[]
}

/** How a road says a setting: by which call or field, and in which modes since which version; or the code of why it never does. */
export type Way = { by: string; modes: Record<string, string> } | { not: string }

/** What one road to a platform makes of the settings of a kind, by key. */
export interface Road {
  road: string
  platform: Platform
  modes: string[]
  ways: Record<string, Way>
  reasons: { mode: string; version: string }
}

/** One setting that a search found. */
export interface SettingHit {
  kind: string
  family: 'ours' | 'apple' | 'android'
  key: string
  platforms: Partial<Record<Platform, Honor>>
}

/** What the fleet makes of a policy, by platform. */
export interface Coverage {
  devices: number
  /** False where there are too many to look at each. */
  exact: boolean
  platforms: (HeldAs & {
    devices: number
    full: number
    partly: number
    not: number
    gaps: { reason: string; devices: number; keys: string[] }[]
  })[]
}

/** What a device must or must not end up with. */
export type Expectation =
  | { has: string }
  | { has: string; key: string; equals: Json }
  | { has: string; key: string; atLeast: number | string }
  | { has: string; key: string; atMost: number | string }
  | { has: string; key: string; oneOf: readonly Json[] }
  | { lacks: string; key?: string }

/** An assertion about what devices end up with. */
export interface PolicyTest {
  id: string
  name: string
  unit: UnitRef
  /** The filter it was written as; empty when it was written as a scope. */
  where: string
  scope: Scope
  expect: Expectation
  last: { at: number; passed: boolean; devices: number; failing: number } | null
}

/** A device with how far it is with one item of a policy. */
export interface PolicyDevice {
  device: Ref
  item: string
  version: number
  state: string
  error: { code: string; facts: Record<string, string | number | boolean | null> } | null
  attempts: number
  at: number
}
