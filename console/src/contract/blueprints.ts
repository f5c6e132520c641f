/* What the API says about blueprints, their assignments and scopes. */
import type { UnitRef } from '../contract.ts'
import type { PreviewDevice, Ref } from './policies.ts'

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
