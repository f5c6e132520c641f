import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import { type ListQuery, readPage, type Sorts } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { rootUnit, unitOf } from '../identity/index.ts'
import type { Preview } from '../previews/index.ts'
import * as store from './change-store.ts'
import type { Place } from './effects.ts'
import { changeEvents } from './events.ts'
import { type MoveWish, type PlannedMove, planMoves, waveOf } from './plan.ts'
import { demandZone, instantOf, localAt } from './zone.ts'

/** How a change is carried out: in shares of those who move, each watched before the next. */
export interface Waves {
  /** In percent, ascending; the last is 100. */
  shares: number[]
  watchMinutes: number
  /** Of the devices touched so far, how many may fail before it stops by itself. */
  stopAbovePercentFailed: number
  /** How many of them must have called home since, before it goes on. */
  minHeardPercent: number
}

/** At once, and not watched: what a single move on the screen is. */
export const atOnce: Waves = { shares: [100], watchMinutes: 0, stopAbovePercentFailed: 100, minHeardPercent: 0 }

/** A planned change, as far as it has come. */
export interface Change {
  id: Id<'change'>
  name: string
  note: string | null
  source: store.ChangeRow['source']
  import: string | null
  state: store.ChangeRow['state']
  step: string
  at: number | null
  local: string | null
  zone: string
  devicesFollow: boolean
  waves: Waves
  wave: number
  waveUntil: number | null
  moves: number
  done: number
  failed: number
  preview: Preview | null
  places: Place[]
  stopped: { reason: string; facts: Record<string, number> } | null
  by: { kind: string; id: string | null }
  approvedBy: { kind: string; id: string | null } | null
  approvedAt: number | null
  createdAt: number
  startedAt: number | null
  endedAt: number | null
  undoUntil: number | null
}

/** A change as it is asked for. `at`: an instant, a time on the wall of the zone (`2026-12-01T00:00`), or null for as soon as it is approved. */
export interface ChangeWish {
  name: string
  note?: string | undefined
  at: number | string | null
  zone: string
  devicesFollow: boolean
  waves: Waves
  moves: readonly MoveWish[]
}

/** Computes, carries out, watches and takes back changes. */
export const changeWork = jobName<{ change: string }>('changes.work')

/** Plans a change: checked now, shown, and carried out by nobody before it is approved. */
export async function planChange(ctx: Ctx, wish: ChangeWish): Promise<Change> {
  const planned = await planMoves(ctx, wish.moves)
  const id = newId('change')
  const row: store.ChangeRow = {
    ...(await draft(ctx, id, wish)),
    source: 'hand',
    step: planned.length > 0 ? 'preview' : '',
    moves: planned.length,
  }
  const moves = planned.map((p, i) => moveRow(ctx, row, p, { n: i + 1, shares: wish.waves.shares }))
  await store.addChange(ctx, row, moves, await unitsOf(ctx, planned))
  const { name, moves: count, run_at: at, zone } = row
  await record(ctx, changeEvents.planned, await aboutChange(ctx, id), { name, moves: count, at, zone })
  if (planned.length > 0) await enqueue(ctx, changeWork, { change: id }, { dedupe: id })
  return changeFor(ctx, id, 'changes:read')
}

/** A change that is not stored yet. */
export async function draft(
  ctx: Ctx,
  id: string,
  wish: Pick<ChangeWish, 'name' | 'note' | 'at' | 'zone' | 'devicesFollow' | 'waves'>,
): Promise<store.ChangeRow> {
  return {
    org: ctx.org,
    id,
    name: wish.name,
    note: wish.note ?? null,
    source: 'hand',
    import: null,
    state: 'draft',
    step: '',
    ...timeOf(ctx, wish.at, wish.zone),
    devices_follow: wish.devicesFollow ? 1 : 0,
    waves: JSON.stringify(wish.waves),
    wave: 0,
    wave_until: null,
    moves: 0,
    done: 0,
    failed: 0,
    preview: null,
    places: null,
    said: '{}',
    reach: null,
    stopped: null,
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.id,
    approved_by: null,
    approved_at: null,
    created_at: ctx.now,
    started_at: null,
    ended_at: null,
    undo_until: null,
  }
}

/** When a change is to be carried out, as it is stored. */
export function timeOf(
  ctx: Ctx,
  at: ChangeWish['at'],
  zone: string,
): Pick<store.ChangeRow, 'run_at' | 'local_at' | 'zone'> {
  demandZone(zone)
  if (at === null) return { run_at: null, local_at: null, zone }
  const run_at = typeof at === 'number' ? at : instantOf(at, zone)
  if (run_at <= ctx.now) throw new Problem('change.time-past')
  return { run_at, local_at: localAt(run_at, zone), zone }
}

function moveRow(
  ctx: Ctx,
  row: store.ChangeRow,
  move: PlannedMove,
  of: { n: number; shares: readonly number[] },
): store.MoveRow {
  return {
    org: ctx.org,
    change: row.id,
    n: of.n,
    wave: waveOf(row.id, move.subject, of.shares),
    kind: move.kind,
    subject: move.subject,
    to_unit: move.toUnit?.id ?? null,
    to_user: move.toUser === null ? '' : (move.toUser ?? null),
    from_unit: move.fromUnit,
    state: 'planned',
    error: null,
    before: null,
    after: null,
  }
}

/** The units that planned moves touch; a change without any is its maker's. */
async function unitsOf(ctx: Ctx, planned: readonly PlannedMove[]): Promise<{ id: string; path: string }[]> {
  const units = new Map<string, string>()
  for (const p of planned) {
    units.set(p.fromUnit, p.fromPath)
    if (p.toUnit) units.set(p.toUnit.id, p.toUnit.path)
  }
  const [own] = ctx.authority.where('changes:write')
  if (units.size === 0) {
    const unit = own === undefined || own === '/' ? await rootUnit(ctx) : await unitOf(ctx, own.split('/').at(-2) ?? '')
    units.set(unit.id, unit.path)
  }
  return [...units].map(([id, path]) => ({ id, path }))
}

/** The change, where the actor holds the permission on every unit it touches; as if there were none where they may not see all of it. */
export async function changeFor(ctx: Ctx, id: string, permission: string): Promise<Change> {
  return toChange(await rowFor(ctx, id, permission))
}

/** The same as it is stored. */
export async function rowFor(ctx: Ctx, id: string, permission: string): Promise<store.ChangeRow> {
  const row = await store.findChange(ctx, id)
  const paths = row ? await store.pathsOf(ctx, id) : []
  if (!row || !paths.every(p => may(ctx.authority, 'changes:read', p))) throw new Problem('id.unknown')
  for (const path of paths) demand(ctx.authority, permission, path, 'changes:read')
  return row
}

const sorts: Sorts = {
  list: 'changes',
  id: 'id',
  default: '-createdAt',
  columns: { createdAt: { column: 'created_at', type: 'number' } },
}

/** One page of the changes all of whose units the actor may see, newest first. */
export async function listChanges(
  ctx: Ctx,
  query: ListQuery & { open?: boolean },
): Promise<{ items: Change[]; next: string | null }> {
  const page = readPage(ctx.org, { ...query, filter: query.open ? 'open' : '' }, sorts)
  const states = query.open ? (['draft', 'planned', 'running', 'watching', 'stopped', 'undoing'] as const) : null
  const { items, next } = await store.listChanges(ctx, ctx.authority.where('changes:read'), page, states)
  return { items: items.map(toChange), next }
}

/** What events of a change say they are about: the nearest unit above all it touches. */
export async function aboutChange(ctx: Ctx, id: string): Promise<{ kind: 'change'; id: string; path: string }> {
  const paths = await store.pathsOf(ctx, id)
  return { kind: 'change', id, path: above(paths) }
}

function above(paths: readonly string[]): string {
  const [first = '/', ...rest] = paths.map(p => p.split('/'))
  const same = (i: number): boolean => rest.every(p => p[i] === first[i])
  let upTo = 0
  while (upTo < first.length - 1 && same(upTo)) upTo += 1
  return `${Array.isArray(first) ? first.slice(0, upTo).join('/') : ''}/`
}

/** A stored row as a change. */
export function toChange(row: store.ChangeRow): Change {
  const approved =
    row.approved_by === null ? null : (JSON.parse(row.approved_by) as { kind: string; id: string | null })
  return {
    id: row.id as Id<'change'>,
    name: row.name,
    note: row.note,
    source: row.source,
    import: row.import,
    state: row.state,
    step: row.step,
    at: row.run_at,
    local: row.local_at,
    zone: row.zone,
    devicesFollow: row.devices_follow === 1,
    waves: JSON.parse(row.waves) as Waves,
    wave: row.wave,
    waveUntil: row.wave_until,
    moves: row.moves,
    done: row.done,
    failed: row.failed,
    preview: row.preview === null ? null : (JSON.parse(row.preview) as Preview),
    places: row.places === null ? [] : (JSON.parse(row.places) as Place[]),
    stopped: row.stopped === null ? null : (JSON.parse(row.stopped) as Change['stopped']),
    by: { kind: row.by_kind, id: row.by_id },
    approvedBy: approved && { kind: approved.kind, id: approved.id },
    approvedAt: row.approved_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    undoUntil: row.undo_until,
  }
}
