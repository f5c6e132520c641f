import type { Ctx } from '../../base/ctx.ts'
import type { Unit } from '../identity/index.ts'
import type { Tree } from './tree.ts'

/** How the lines of a file are taken: only new ones, only known ones, or as all there is. */
export const modes = ['add', 'update', 'replace'] as const
export type Mode = (typeof modes)[number]

/** What is wrong with a line, or worth knowing about it; each has a sentence in four languages. */
export const rowCodes = [
  'key-missing',
  'key-ambiguous',
  'duplicate',
  'unknown',
  'missing',
  'too-long',
  'not-readable',
  'cells-too-many',
  'email-malformed',
  'email-taken',
  'language-unknown',
  'unit-unknown',
  'unit-ambiguous',
  'unit-name-taken',
  'unit-not-empty',
  'unit-cycle',
  'group-unknown',
  'group-ambiguous',
  'attribute-name',
  'attributes-too-many',
  'tags-too-many',
  'ownership-unknown',
  'yes-or-no',
  'user-unknown',
  'user-ambiguous',
  'device-unknown',
  'device-shared',
  'permission',
  'changed-since',
  'exists',
  'unit-made',
  'group-made',
  'devices-follow',
  'devices-left',
] as const
export type RowCode = (typeof rowCodes)[number]

/** A code with its facts; `column` is the field it is about. */
export interface Remark {
  column: string | null
  code: RowCode
  facts: Record<string, string | number>
}

/** What a line says, as far as it can be understood without looking at anything else. */
export interface ReadRow {
  /** Null for what the file leaves out. */
  line: number | null
  /** Field to text; a column that is there with an empty cell is ''. */
  cells: Readonly<Record<string, string>>
  /** What it is told apart by: `number:1042`. */
  keys: readonly string[]
  errors: readonly Remark[]
  /** Id of whom or what it is about; known beforehand only for what the file leaves out. */
  target?: string
}

export type Outcome = 'add' | 'change' | 'same' | 'remove' | 'error'

/** What changes of one field; absent is null. */
export interface FieldChange {
  field: string
  before: string | null
  after: string | null
}

/** Tags, folded, that come and go. */
export interface TagShift {
  add: readonly string[]
  remove: readonly string[]
}

/** What a line moves, for the effects on devices: paths and ids as the kernel compares them. */
export interface Shift {
  /** A person, where they hung and will hang, and which groups they will be in. */
  user?: { id: string; from: string; to: string; groups?: readonly string[]; gone?: true }
  /** A device and what it will be. Absent parts stay. */
  device?: { id: string; path?: string; user?: string | null; tags?: TagShift; ownership?: string }
  /** A unit that moves with everything below. */
  unit?: { from: string; to: string }
}

/** What a line would do. */
export interface Planned {
  outcome: Outcome
  target: string | null
  label: string
  errors: readonly Remark[]
  notes: readonly Remark[]
  fields: readonly FieldChange[]
  shift: Shift | null
  /** Of a person: the groups they will be in, `new:name` for those to be made; absent when they stay in theirs. Not stored. */
  groups?: readonly string[]
}

/** What every line of one file is planned with. */
export interface Env {
  mode: Mode
  /** Below which everything in the file belongs. */
  unit: Unit
  tree: Tree
  devicesFollow: boolean
  /** The fields the file has columns for. */
  columns: ReadonlySet<string>
}

/** What a line did: enough to take it back, and to see whether someone changed it since. Plain JSON. */
export interface Done {
  state: 'applied' | 'failed'
  target: string | null
  before: unknown
  after: unknown
  errors: readonly Remark[]
  /** Devices it touched. */
  devices: readonly string[]
}

/** What became of taking a line back. */
export interface Undone {
  state: 'undone' | 'kept'
  errors: readonly Remark[]
}

/** How lines about one kind of thing are read, planned, carried out and taken back. Pages are small; one page is one transaction. */
export interface RowKind {
  /** Reads a line by itself. Pure. */
  read(line: number, cells: Readonly<Record<string, string>>): ReadRow
  /** What these lines would do now. */
  plan(ctx: Ctx, env: Env, rows: readonly ReadRow[]): Promise<Planned[]>
  /** Does what these lines say, in order. */
  apply(ctx: Ctx, env: Env, rows: readonly { row: ReadRow; planned: Planned }[]): Promise<Done[]>
  /** Takes these lines back, in order. */
  undo(ctx: Ctx, rows: readonly { target: string; before: unknown; after: unknown }[]): Promise<Undone[]>
  /** What belongs to the set that a whole file replaces, a page at a time, in the order in which it may be removed. */
  set(ctx: Ctx, env: Env, after: string, limit: number): Promise<{ id: string; label: string }[]>
  /** What belongs to what the file names without being named itself, and so is not left out. */
  implied?(env: Env, named: ReadonlySet<string>): ReadonlySet<string>
}

/** A remark. */
export function remark(code: RowCode, column: string | null = null, facts: Remark['facts'] = {}): Remark {
  return { column, code, facts }
}

/** Remarks on cells that hold what could not be decoded, or more than fits. */
export function cellFaults(cells: Readonly<Record<string, string>>, most: (field: string) => number): Remark[] {
  return Object.entries(cells).flatMap(([field, text]) => {
    if (text.includes('\ufffd')) return [remark('not-readable', field)]
    return text.length > most(field) ? [remark('too-long', field, { most: most(field), has: text.length })] : []
  })
}

/** The names in a cell that holds several. */
export function severalIn(text: string): string[] {
  const names = text.split(/[;；、\n]/).map(n => n.trim())
  return [...new Set(names.filter(n => n !== ''))]
}
