import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import type { Preview } from '../previews/index.ts'
import * as store from './change-store.ts'
import {
  aboutChange,
  atOnce,
  type Change,
  changeFor,
  type ChangeWish,
  changeWork,
  draft,
  rowFor,
  timeOf,
} from './change.ts'
import { changeEvents } from './events.ts'
import { type Apply, demandApplicable, undoMs } from './import.ts'
import { changeImport } from './import-store.ts'

/** What is said when a change is approved. */
export interface Approval {
  confirm?: string | undefined
  /** Why it is right although policy tests fail; takes `policies:override`. */
  override?: string | undefined
}

/** Approves a change as it was shown: it is carried out at its time, in the name of the actor. One that stopped goes on. */
export async function approveChange(ctx: Ctx, id: string, said: Approval): Promise<Change> {
  const row = await rowFor(ctx, id, 'changes:write')
  if (row.state !== 'draft' && row.state !== 'stopped') throw new Problem('change.not-open', { state: row.state })
  if (row.moves === 0) throw new Problem('change.empty')
  if (row.step === 'preview' || row.preview === null) throw new Problem('change.not-ready')
  const { needsConfirmation: asked, tests } = JSON.parse(row.preview) as Preview
  if (asked && said.confirm !== asked.phrase) throw new Problem('change.confirm', asked)
  const failing = tests.filter(t => t.newly > 0).map(t => t.name)
  if (failing.length > 0) {
    if (said.override === undefined) throw new Problem('policy-test.failed', { tests: failing })
    for (const path of await store.pathsOf(ctx, id)) demand(ctx.authority, 'policies:override', path, 'changes:read')
  }
  if (row.state === 'draft' && row.run_at !== null && row.run_at <= ctx.now) throw new Problem('change.time-past')
  const stopped = row.state === 'stopped'
  await store.putChange(ctx, id, {
    state: stopped ? 'running' : 'planned',
    step: 'run',
    approved_by: JSON.stringify(ctx.actor),
    approved_at: ctx.now,
    said: JSON.stringify(said),
    stopped: null,
    ...(stopped ? { wave: row.wave_until === null ? row.wave : row.wave + 1, wave_until: null } : {}),
  })
  const { name, moves, run_at: at, zone } = row
  await record(ctx, changeEvents.approved, await aboutChange(ctx, id), {
    name,
    moves,
    at,
    zone,
    override: said.override,
  })
  await enqueue(ctx, changeWork, { change: id }, { dedupe: id, inMs: Math.max(0, (at ?? 0) - ctx.now) })
  return changeFor(ctx, id, 'changes:read')
}

/** Puts a change that has not begun to another time. */
export async function reschedule(ctx: Ctx, id: string, when: Pick<ChangeWish, 'at' | 'zone'>): Promise<Change> {
  const row = await rowFor(ctx, id, 'changes:write')
  if (row.state !== 'draft' && row.state !== 'planned') throw new Problem('change.not-open', { state: row.state })
  const time = timeOf(ctx, when.at, when.zone)
  await store.putChange(ctx, id, time)
  const { run_at: at, zone } = time
  await record(ctx, changeEvents.rescheduled, await aboutChange(ctx, id), { name: row.name, at, zone })
  // An earlier time is kept by the job; at a later one it finds that it is too early.
  if (row.state === 'planned')
    await enqueue(ctx, changeWork, { change: id }, { dedupe: id, inMs: Math.max(0, (at ?? 0) - ctx.now) })
  return changeFor(ctx, id, 'changes:read')
}

/** Calls a change off. What it has done so far stays, and can be undone. */
export async function cancelChange(ctx: Ctx, id: string): Promise<Change> {
  const row = await rowFor(ctx, id, 'changes:write')
  const begun = row.state === 'running' || row.state === 'watching'
  if (!begun && row.state !== 'draft' && row.state !== 'planned')
    throw new Problem('change.not-open', { state: row.state })
  if (begun && row.source === 'import') throw new Problem('change.not-open', { state: row.state })
  if (row.source === 'import' && row.import !== null) await changeImport(ctx, row.import, { change: null })
  const ended = { ended_at: ctx.now, step: '', ...(begun ? { undo_until: ctx.now + undoMs } : {}) }
  const stopped = begun ? { stopped: JSON.stringify({ reason: 'by-hand', facts: {} }) } : {}
  await store.putChange(ctx, id, { state: begun ? 'stopped' : 'canceled', ...ended, ...stopped })
  if (begun) await record(ctx, changeEvents.stopped, await aboutChange(ctx, id), { name: row.name, reason: 'by-hand' })
  else await record(ctx, changeEvents.canceled, await aboutChange(ctx, id), { name: row.name })
  return changeFor(ctx, id, 'changes:read')
}

/** Begins to take a change back, the last move first, in the name of the actor. */
export async function undoChange(ctx: Ctx, id: string): Promise<Change> {
  const row = await rowFor(ctx, id, 'changes:write')
  if (row.state !== 'done' && row.state !== 'stopped') throw new Problem('change.not-undoable', { state: row.state })
  if (row.undo_until === null || ctx.now >= row.undo_until) throw new Problem('change.undo-over')
  await store.putChange(ctx, id, {
    state: 'undoing',
    step: 'undo',
    done: 0,
    approved_by: JSON.stringify(ctx.actor),
    approved_at: ctx.now,
  })
  await record(ctx, changeEvents.undoing, await aboutChange(ctx, id), { name: row.name })
  await enqueue(ctx, changeWork, { change: id }, { dedupe: id })
  return changeFor(ctx, id, 'changes:read')
}

/** Has an import applied at a time: it becomes a change, approved by who says so now. */
export async function planImport(
  ctx: Ctx,
  id: string,
  said: Apply,
  when: { at: NonNullable<ChangeWish['at']>; zone: string },
): Promise<Change> {
  const found = await demandApplicable(ctx, id, said)
  const change = newId('change')
  const wish = {
    name: found.name,
    at: when.at,
    zone: when.zone,
    devicesFollow: found.devices_follow === 1,
    waves: atOnce,
  }
  const counts = JSON.parse(found.counts) as { add: number; change: number; remove: number }
  const row: store.ChangeRow = {
    ...(await draft(ctx, change, wish)),
    source: 'import',
    import: id,
    state: 'planned',
    step: 'run',
    moves: counts.add + counts.change + counts.remove,
    preview: found.preview,
    places: found.places,
    said: JSON.stringify(said),
    approved_by: JSON.stringify(ctx.actor),
    approved_at: ctx.now,
  }
  await store.addChange(ctx, row, [], [{ id: found.unit, path: found.unit_path }])
  await changeImport(ctx, id, { change })
  const { name, moves, run_at: at, zone } = row
  await record(ctx, changeEvents.approved, await aboutChange(ctx, change), { name, moves, at, zone })
  await enqueue(ctx, changeWork, { change }, { dedupe: change, inMs: Math.max(0, (at ?? 0) - ctx.now) })
  return changeFor(ctx, change, 'changes:read')
}
