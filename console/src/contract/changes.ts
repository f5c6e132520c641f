/* What the API says about groups, tag rules, files that are brought in, and changes that are planned. */
import type { Actor, UnitRef, User } from '../contract.ts'
import type { EffectGroup, Preview } from './policies.ts'

/** Someone who uses devices, with everything an admin may enter about them. */
export interface Person extends User {
  yomi: string | null
  attributes: Record<string, string>
  groups: { id: string; name: string }[]
}

/** Users that belong together across units. */
export interface Group {
  id: string
  name: string
  unit: UnitRef
  source: 'hand' | 'file'
  members: number
  createdAt: number
}

/** A filter that gives a tag. */
export interface TagRule {
  id: string
  name: string
  tag: string
  filter: string
  unit: UnitRef
  /** How many devices it was evaluated for since it changed; null when all were. */
  looked: number | null
  devices: number
  createdAt: number
  changedAt: number
}

/** A unit a passage begins or ends at; without an id while it is yet to be made. */
export interface PassageEnd {
  id: string | null
  name: string
  path: string
}

/** What changes for those who go from one place to another. */
export interface Passage
  extends Pick<Preview, 'devices' | 'changed' | 'people' | 'added' | 'altered' | 'removed' | 'moreGroups'> {
  from: PassageEnd
  to: PassageEnd
  groups: Omit<EffectGroup, 'sample'>[]
}

/** What asks to be typed before much is removed. */
export interface Confirmation {
  phrase: string
  removals: number
  limit: number
  short: number
}

export type ImportOf = 'users' | 'units' | 'devices'
export type ImportMode = 'add' | 'update' | 'replace'
export type Outcome = 'add' | 'change' | 'same' | 'remove' | 'error'

/** A file that is brought in: what it was taken for, what it would do, how far it is. */
export interface Import {
  id: string
  name: string
  of: ImportOf
  mode: ImportMode
  unit: UnitRef
  devicesFollow: boolean
  state: 'reading' | 'checking' | 'ready' | 'applying' | 'applied' | 'undoing' | 'undone' | 'failed' | 'expired'
  step: string
  encoding: string | null
  encodingKnown: string | null
  separator: string | null
  columns: { title: string; field: string | null }[]
  size: number
  progress: { done: number; of: number }
  counts: Record<Outcome | 'applied' | 'failed' | 'undone' | 'kept', number>
  failure: { code: string; facts: Record<string, string | number> } | null
  needsConfirmation: Confirmation | null
  preview: Preview | null
  places: Passage[]
  reach: DeviceReach | null
  by: Actor
  createdAt: number
  appliedAt: number | null
  undoUntil: number | null
  change: string | null
}

/** What is wrong with a line, or worth knowing. */
export interface LineRemark {
  column: string | null
  code: string
  facts: Record<string, string | number>
}

/** One line of a file: what it would do or did. */
export interface ImportLine {
  n: number
  line: number | null
  label: string
  outcome: Outcome | null
  state: 'planned' | 'applied' | 'failed' | 'undone' | 'kept'
  cells: Record<string, string>
  errors: LineRemark[]
  notes: LineRemark[]
  fields: { field: string; before: string | null; after: string | null }[]
  target: string | null
}

/** How far the devices have come that were really touched. */
export interface DeviceReach {
  devices: number
  /** Of them, how many are managed now: the others have nothing to wait for. */
  managed: number
  reached: number
  failed: number
  at: number
}

export type ChangeState =
  | 'draft'
  | 'planned'
  | 'running'
  | 'watching'
  | 'done'
  | 'stopped'
  | 'canceled'
  | 'undoing'
  | 'undone'

/** How a change is carried out: in shares of those who move, each watched before the next. */
export interface ChangeWaves {
  shares: number[]
  watchMinutes: number
  stopAbovePercentFailed: number
  minHeardPercent: number
}

/** Moves that are planned, reviewed as one, carried out at an instant, and can be taken back. */
export interface Change {
  id: string
  name: string
  note: string | null
  source: 'hand' | 'file' | 'import'
  import: string | null
  state: ChangeState
  /** While what it would do is being computed. */
  computing: boolean
  at: number | null
  zone: string
  devicesFollow: boolean
  waves: ChangeWaves
  wave: number
  waveUntil: number | null
  moves: number
  done: number
  failed: number
  preview: Preview | null
  places: Passage[]
  byWave: { wave: number; percent: number; moves: number; done: number }[]
  needsConfirmation: Confirmation | null
  stopped: { reason: string; facts: Record<string, number> } | null
  reach: DeviceReach | null
  by: Actor
  approvedBy: Actor | null
  approvedAt: number | null
  createdAt: number
  startedAt: number | null
  endedAt: number | null
  undoUntil: number | null
}

/** One person or device that goes elsewhere, and what became of it. */
export interface ChangeMove {
  n: number
  wave: number
  kind: 'user' | 'device'
  subject: { id: string; name: string }
  from: UnitRef
  /** Null: stays where it is. */
  to: UnitRef | null
  /** Of a device, to whom it goes; null: stays with whom it is. */
  hands: { to: { id: string; name: string } | null } | null
  state: 'planned' | 'applied' | 'same' | 'failed' | 'undone' | 'kept'
  error: { code: string; facts: Record<string, string | number> } | null
}
