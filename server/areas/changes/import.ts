import { demand } from '../../base/authority.ts'
import type { Actor, Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import { type ListQuery, readPage, type Sorts } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { unitFor } from '../identity/index.ts'
import type { Encoding } from './decode.ts'
import type { Preview } from '../previews/index.ts'
import type { Place } from './effects.ts'
import { importEvents } from './events.ts'
import { type Column, type ImportOf, isField } from './header.ts'
import * as store from './import-store.ts'
import type { Mode } from './row.ts'

/** How many lines come out how: by outcome, and of those carried out or taken back by what became of them. */
export interface Counts {
  add: number
  change: number
  same: number
  remove: number
  error: number
  applied: number
  failed: number
  undone: number
  kept: number
}

const noCounts: Counts = { add: 0, change: 0, same: 0, remove: 0, error: 0, applied: 0, failed: 0, undone: 0, kept: 0 }

/** A file that was brought in, as far as it has come. */
export interface Import {
  id: Id<'import'>
  name: string
  of: ImportOf
  mode: Mode
  unit: string
  unitPath: string
  devicesFollow: boolean
  state: store.ImportRow['state']
  step: string
  encoding: string | null
  encodingKnown: string | null
  separator: string | null
  columns: Column[]
  size: number
  progress: { done: number; of: number }
  counts: Counts
  failure: { code: string; facts: Record<string, string | number> } | null
  preview: Preview | null
  places: Place[]
  by: { kind: string; id: string | null }
  createdAt: number
  appliedAt: number | null
  undoUntil: number | null
  change: string | null
}

/** A file as it is handed in. */
export interface Upload {
  of: ImportOf
  mode: Mode
  name: string
  unit: string
  devicesFollow: boolean
  encoding: Encoding | null
  /** Title to field, where the caller knows better. */
  columns: Readonly<Record<string, string>>
  bytes: Uint8Array
}

/** Of a file. */
export const mostBytes = 20 * 1024 * 1024
/** For how long an import can be taken back. */
export const undoMs = 72 * 3_600_000
/** For how long an import waits to be applied before what it says is forgotten. */
export const waitMs = 7 * 86_400_000
/** How many removals pass without being typed. */
export const removalLimit = 25

/** Reads, checks, applies and takes back imports. */
export const importWork = jobName<{ import: string }>('imports.work')
/** Forgets what is not needed any more. */
export const importForget = jobName<{ import: string }>('imports.forget')

/** What an actor must hold on the units that a file of this kind is about, beside `changes:write`. */
export function permissionFor(of: ImportOf): string {
  switch (of) {
    case 'users':
      return 'users:write'
    case 'units':
      return 'units:write'
    case 'devices':
      return 'devices:write'
  }
}

/** Takes in a file. It is read and checked in the background; nothing it says is done before `applyImport`. */
export async function receiveImport(ctx: Ctx, upload: Upload): Promise<Import> {
  const unit = await unitFor(ctx, upload.unit, 'changes:write')
  demand(ctx.authority, permissionFor(upload.of), unit.path, 'units:read')
  if (upload.bytes.byteLength === 0) throw new Problem('import.empty')
  for (const field of Object.values(upload.columns))
    if (field !== '' && !isField(upload.of, field)) throw new Problem('import.field-unknown', { field })
  const id = newId('import')
  const row: store.ImportRow = {
    org: ctx.org,
    id,
    name: upload.name,
    about: upload.of,
    mode: upload.mode,
    unit: unit.id,
    unit_path: unit.path,
    devices_follow: upload.devicesFollow ? 1 : 0,
    state: 'reading',
    step: 'read',
    encoding: null,
    encoding_known: null,
    separator: null,
    columns: '[]',
    said: JSON.stringify({ encoding: upload.encoding, columns: upload.columns }),
    size: upload.bytes.byteLength,
    rows_read: 0,
    done: 0,
    cursor: '',
    counts: JSON.stringify(noCounts),
    failure: null,
    preview: null,
    places: null,
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.id,
    applied_by: JSON.stringify(ctx.actor),
    created_at: ctx.now,
    applied_at: null,
    undo_until: null,
    change: null,
  }
  await store.addImport(ctx, row, upload.bytes)
  const { name, of: about, mode } = upload
  await record(ctx, importEvents.received, aboutImport(row), { name, about, mode, size: row.size })
  await enqueue(ctx, importWork, { import: id }, { dedupe: id })
  return toImport(row)
}

/** The import, where the actor holds the permission on its unit; as if there were none where they may not see it. */
export async function importFor(ctx: Ctx, id: string, permission: string): Promise<Import> {
  const row = await store.findImport(ctx, id)
  if (!row) throw new Problem('id.unknown')
  demand(ctx.authority, permission, row.unit_path, 'changes:read')
  return toImport(row)
}

const sorts: Sorts = {
  list: 'imports',
  id: 'id',
  default: '-createdAt',
  columns: { createdAt: { column: 'created_at', type: 'number' } },
}

/** One page of the imports the actor may see, newest first. */
export async function listImports(ctx: Ctx, query: ListQuery): Promise<{ items: Import[]; next: string | null }> {
  const page = readPage(ctx.org, query, sorts)
  const { items, next } = await store.listImports(ctx, ctx.authority.where('changes:read'), page)
  return { items: items.map(toImport), next }
}

/** What must be typed before so much is removed, lines and what devices lose together: null when nothing need be. */
export function confirmationFor(
  counts: Pick<Counts, 'remove'>,
  preview: Preview | null,
): { phrase: string; removals: number; limit: number; short: number } | null {
  const asked = preview?.needsConfirmation ?? null
  const people = counts.remove > removalLimit
  if (!asked && !people) return null
  const removals = counts.remove + (asked?.removals ?? 0)
  const short = asked?.short ?? 0
  const phrase = [...(removals > 0 ? [`remove ${removals}`] : []), ...(short > 0 ? [`short ${short}`] : [])].join(' ')
  return { phrase, removals, limit: people ? removalLimit : (asked?.limit ?? removalLimit), short }
}

/** What is said when an import is applied. */
export interface Apply {
  confirm?: string | undefined
  /** Lines with errors are left out instead of keeping everything back. */
  skipErrors?: boolean | undefined
  /** The planned change it is part of. */
  change?: string | undefined
}

/** Checks whether an import may be applied; applies nothing. */
export async function demandApplicable(ctx: Ctx, id: string, wish: Apply): Promise<store.ImportRow> {
  const found = await importFor(ctx, id, 'changes:write')
  const row = await store.findImport(ctx, id)
  if (!row) throw new Problem('id.unknown')
  demand(ctx.authority, permissionFor(found.of), found.unitPath, 'changes:read')
  if (row.state !== 'ready') throw new Problem('import.not-ready', { state: row.state })
  if (row.change !== null && row.change !== wish.change) throw new Problem('import.planned', { change: row.change })
  const { counts } = found
  if (counts.error > 0 && found.mode === 'replace')
    throw new Problem('import.errors-in-replace', { errors: counts.error })
  if (counts.error > 0 && wish.skipErrors !== true) throw new Problem('import.has-errors', { errors: counts.error })
  if (counts.add + counts.change + counts.remove === 0) throw new Problem('import.nothing-to-do')
  const asked = confirmationFor(counts, found.preview)
  if (asked && wish.confirm !== asked.phrase) throw new Problem('import.confirm', asked)
  return row
}

/** Begins to apply an import, in pages and in the background, in the name of the actor. */
export async function applyImport(ctx: Ctx, id: string, wish: Apply): Promise<Import> {
  const row = await demandApplicable(ctx, id, wish)
  const counts = countsOf(row)
  const rows = counts.add + counts.change + counts.remove
  const change = { state: 'applying', step: 'apply', cursor: '0', done: 0, ...inName(ctx.actor) } as const
  await store.changeImport(ctx, id, { ...change, change: wish.change ?? null })
  await record(ctx, importEvents.begun, aboutImport(row), { name: row.name, rows, skipped: counts.error })
  await enqueue(ctx, importWork, { import: id }, { dedupe: id })
  return importFor(ctx, id, 'changes:read')
}

/** Begins to take an import back, in pages and in the background, in the name of the actor. */
export async function undoImport(ctx: Ctx, id: string): Promise<Import> {
  const found = await importFor(ctx, id, 'changes:write')
  demand(ctx.authority, permissionFor(found.of), found.unitPath, 'changes:read')
  if (found.state !== 'applied') throw new Problem('import.not-applied', { state: found.state })
  if (found.undoUntil === null || ctx.now >= found.undoUntil) throw new Problem('import.undo-over')
  const last = (await store.lastLine(ctx, id)) + 1
  await store.changeImport(ctx, id, {
    state: 'undoing',
    step: 'undo',
    cursor: String(last),
    done: 0,
    ...inName(ctx.actor),
  })
  await record(ctx, importEvents.undoing, { kind: 'import', id, path: found.unitPath }, { name: found.name })
  await enqueue(ctx, importWork, { import: id }, { dedupe: id })
  return importFor(ctx, id, 'changes:read')
}

function inName(actor: Actor): { applied_by: string } {
  return { applied_by: JSON.stringify(actor) }
}

/** Takes back an import that was never applied: what it says is forgotten at once. */
export async function dropImport(ctx: Ctx, id: string): Promise<void> {
  const found = await importFor(ctx, id, 'changes:write')
  if (!['reading', 'checking', 'ready', 'failed'].includes(found.state) || found.change !== null)
    throw new Problem('import.not-ready', { state: found.state })
  await store.removeFile(ctx, id)
  await store.forgetLines(ctx, id, 'all')
  await store.changeImport(ctx, id, { state: 'expired', step: '', preview: null })
  await record(ctx, importEvents.expired, { kind: 'import', id, path: found.unitPath }, { name: found.name })
}

/** Counts as they are stored. */
export function countsOf(row: Pick<store.ImportRow, 'counts'>): Counts {
  return { ...noCounts, ...(JSON.parse(row.counts) as Partial<Counts>) }
}

/** A stored row as an import. */
export function toImport(row: store.ImportRow): Import {
  const counts = countsOf(row)
  const of = { read: row.rows_read, apply: counts.add + counts.change + counts.remove, undo: counts.applied }
  return {
    id: row.id as Id<'import'>,
    name: row.name,
    of: row.about,
    mode: row.mode,
    unit: row.unit,
    unitPath: row.unit_path,
    devicesFollow: row.devices_follow === 1,
    state: row.state,
    step: row.step,
    encoding: row.encoding,
    encodingKnown: row.encoding_known,
    separator: row.separator,
    columns: JSON.parse(row.columns) as Column[],
    size: row.size,
    progress: { done: row.done, of: row.step === 'apply' ? of.apply : row.step === 'undo' ? of.undo : of.read },
    counts,
    failure: row.failure === null ? null : (JSON.parse(row.failure) as Import['failure']),
    preview: row.preview === null ? null : (JSON.parse(row.preview) as Preview),
    places: row.places === null ? [] : (JSON.parse(row.places) as Place[]),
    by: { kind: row.by_kind, id: row.by_id },
    createdAt: row.created_at,
    appliedAt: row.applied_at,
    undoUntil: row.undo_until,
    change: row.change,
  }
}

/** What events say they are about. */
export function aboutImport(row: Pick<store.ImportRow, 'id' | 'unit_path'>): {
  kind: 'import'
  id: string
  path: string
} {
  return { kind: 'import', id: row.id, path: row.unit_path }
}
