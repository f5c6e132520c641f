/* What the API says about policies, what a change to them would do, and who gets them. */
import type { Actor, UnitRef } from '../contract.ts'
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
  unhonored: { policy: string; platform: Platform; reason: string; devices: number }[]
  needsConfirmation: { phrase: string; removals: number; limit: number } | null
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
  family: 'ours' | 'apple'
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
}

/** One setting that a search found. */
export interface SettingHit {
  kind: string
  family: 'ours' | 'apple'
  key: string
  platforms: Partial<Record<Platform, Honor>>
}

/** What the fleet makes of a policy, by platform. */
export interface Coverage {
  devices: number
  /** False where there are too many to look at each. */
  exact: boolean
  platforms: {
    platform: Platform
    devices: number
    full: number
    partly: number
    not: number
    gaps: { reason: string; devices: number; keys: string[] }[]
  }[]
}

/** A part of the tree in a scope. */
export interface UnitPart {
  unit: string
  below: boolean
}

/** Some of the things that tell devices apart, by id. */
export interface ScopeSelection {
  units: UnitPart[]
  groups: string[]
  tags: string[]
  users: string[]
  devices: string[]
}

/** What a device must be. */
export interface ScopeConditions {
  ownership?: string[]
  platforms?: string[]
  osFrom?: string
  osBelow?: string
  supervised?: boolean
  tags?: string[]
}

/** Which devices an assignment means. */
export interface Scope {
  include: ScopeSelection
  exclude: ScopeSelection
  conditions: ScopeConditions
}

/** From when until when; null: always. */
export interface Window {
  from: number | null
  until: number | null
}

/** Blueprint → scope, below a unit, for a time. */
export interface Assignment {
  id: string
  unit: UnitRef
  scope: Scope
  window: Window
  enabled: boolean
  /** Names of what the scope names by id. */
  names: Record<string, string>
}

/** One line of the list of blueprints. */
export interface BlueprintRow {
  id: string
  name: string
  description: string
  unit: UnitRef
  place: number
  policies: number
  assignments: number
  updatedAt: number
}

/** A policy as a blueprint holds it. */
export interface BlueprintItem extends Ref {
  kind: string
  version: number
}

/** A blueprint with its items and assignments. */
export interface Blueprint extends Omit<BlueprintRow, 'assignments' | 'policies'> {
  items: BlueprintItem[]
  assignments: Assignment[]
}

/** How many a scope means. */
export interface ScopeCount {
  devices: number
  people: number | null
  exact: boolean
  sample: PreviewDevice[]
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

/** One share of the devices a rollout reaches. */
export interface Wave {
  percent: number
  state: 'ahead' | 'running' | 'watching' | 'done' | 'stopped'
  startedAt: number | null
  endedAt: number | null
  devices: number
  installed: number
  failed: number
  pending: number
  silent?: number
}

/** A new version of a policy on its way. */
export interface Rollout {
  id: string
  policy: Ref & { kind: string }
  from: number
  to: number
  state: 'running' | 'paused' | 'done' | 'stopped' | 'rolled-back'
  wave: number
  waves: Wave[]
  watchMinutes: number
  stopAbovePercentFailed: number
  minHeardPercent: number
  startedAt: number
  endedAt: number | null
  by: Actor | null
  reason: string | null
  nextAt: number | null
}

/** A version of a policy on one device for some minutes. */
export interface Trial {
  id: string
  device: Ref
  policy: Ref
  version: number
  until: number
  endedAt: number | null
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
