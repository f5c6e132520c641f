import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { within, movedPath } from '../../base/filter.ts'
import type { Page } from '../../base/page.ts'

/** A row of changes. */
export interface ChangeRow {
  org: string
  id: string
  name: string
  note: string | null
  source: 'hand' | 'file' | 'import'
  import: string | null
  state: 'draft' | 'planned' | 'running' | 'watching' | 'done' | 'stopped' | 'canceled' | 'undoing' | 'undone'
  step: string
  run_at: number | null
  local_at: string | null
  zone: string
  devices_follow: number
  waves: string
  wave: number
  wave_until: number | null
  moves: number
  done: number
  failed: number
  preview: string | null
  places: string | null
  said: string
  reach: string | null
  stopped: string | null
  by_kind: string
  by_id: string | null
  approved_by: string | null
  approved_at: number | null
  created_at: number
  started_at: number | null
  ended_at: number | null
  undo_until: number | null
}

/** One person or device that goes elsewhere, as it is stored. */
export interface MoveRow {
  org: string
  change: string
  n: number
  wave: number
  kind: 'user' | 'device'
  subject: string
  to_unit: string | null
  to_user: string | null
  from_unit: string
  state: 'planned' | 'applied' | 'same' | 'failed' | 'undone' | 'kept'
  error: string | null
  before: string | null
  after: string | null
}

interface Tables {
  changes: ChangeRow
  change_moves: MoveRow
  change_units: { org: string; change: string; unit: string; unit_path: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)
const rowsAtOnce = 100

/** Keeps a change with its moves, and the units it touches. */
export async function addChange(
  ctx: Ctx,
  row: ChangeRow,
  moves: readonly MoveRow[],
  units: readonly { id: string; path: string }[],
): Promise<void> {
  await db(ctx).insertInto('changes').values(row).execute()
  for (let at = 0; at < moves.length; at += rowsAtOnce)
    await db(ctx)
      .insertInto('change_moves')
      .values(moves.slice(at, at + rowsAtOnce))
      .execute()
  const places = units.map(u => ({ org: ctx.org, change: row.id, unit: u.id, unit_path: u.path }))
  for (let at = 0; at < places.length; at += rowsAtOnce)
    await db(ctx)
      .insertInto('change_units')
      .values(places.slice(at, at + rowsAtOnce))
      .execute()
}

/** The change with this id, if there is one. */
export async function findChange(ctx: Ctx, id: string): Promise<ChangeRow | undefined> {
  return db(ctx).selectFrom('changes').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** Writes columns of a change. */
export async function putChange(ctx: Ctx, id: string, change: Partial<ChangeRow>): Promise<void> {
  await db(ctx).updateTable('changes').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Paths of the units a change touches. */
export async function pathsOf(ctx: Ctx, id: string): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('change_units')
    .select('unit_path')
    .where('org', '=', ctx.org)
    .where('change', '=', id)
    .execute()
  return rows.map(r => r.unit_path)
}

/** One page of the changes all of whose units are below these paths. */
export async function listChanges(
  ctx: Ctx,
  paths: readonly string[],
  page: Page,
  states: readonly ChangeRow['state'][] | null,
): Promise<{ items: ChangeRow[]; next: string | null }> {
  const beyond = sql<SqlBool>`EXISTS (SELECT 1 FROM change_units WHERE change_units.org = changes.org
    AND change_units.change = changes.id AND NOT (${within('change_units.unit_path', paths)}))`
  const hidden: Expression<SqlBool> = sql<SqlBool>`NOT (${beyond})`
  let rows = db(ctx).selectFrom('changes').selectAll().where('org', '=', ctx.org).where(hidden)
  if (states) rows = rows.where('state', 'in', [...states])
  return page.finish(await page.apply(rows).execute())
}

/** Moves in order, after one of them; or, with `down`, before it, from the end. */
export async function movesAfter(
  ctx: Ctx,
  change: string,
  where: { after: number; limit: number; wave?: number; states?: readonly MoveRow['state'][]; down?: true },
): Promise<MoveRow[]> {
  let rows = db(ctx).selectFrom('change_moves').selectAll().where('org', '=', ctx.org).where('change', '=', change)
  if (where.wave !== undefined) rows = rows.where('wave', '=', where.wave)
  if (where.states) rows = rows.where('state', 'in', [...where.states])
  rows = where.down
    ? rows.where('n', '<', where.after).orderBy('n', 'desc')
    : rows.where('n', '>', where.after).orderBy('n')
  return rows.limit(where.limit).execute()
}

/** Writes moves that were read before, with what has become of them. */
export async function putMoves(ctx: Ctx, moves: readonly MoveRow[]): Promise<void> {
  for (let at = 0; at < moves.length; at += rowsAtOnce)
    await db(ctx)
      .insertInto('change_moves')
      .values(moves.slice(at, at + rowsAtOnce))
      .onConflict(c =>
        c.columns(['org', 'change', 'n']).doUpdateSet(e => ({
          state: e.ref('excluded.state'),
          error: e.ref('excluded.error'),
          before: e.ref('excluded.before'),
          after: e.ref('excluded.after'),
        })),
      )
      .execute()
}

/** How many moves are in each wave and state. */
export async function countMoves(
  ctx: Ctx,
  change: string,
): Promise<{ wave: number; state: MoveRow['state']; n: number }[]> {
  const rows = await db(ctx)
    .selectFrom('change_moves')
    .select(e => ['wave', 'state', e.fn.countAll<number>().as('count')])
    .where('org', '=', ctx.org)
    .where('change', '=', change)
    .groupBy(['wave', 'state'])
    .orderBy('wave')
    .execute()
  return rows.map(r => ({ wave: r.wave, state: r.state, n: Number(r.count) }))
}

/** Forgets what is needed to take moves back. */
export async function forgetMoves(ctx: Ctx, change: string): Promise<void> {
  await db(ctx)
    .updateTable('change_moves')
    .set({ before: null, after: null })
    .where('org', '=', ctx.org)
    .where('change', '=', change)
    .execute()
}

/** The changes of a person or device that are still to come. */
export async function comingFor(
  ctx: Ctx,
  kind: MoveRow['kind'],
  subjects: readonly string[],
): Promise<{ change: string; subject: string }[]> {
  if (subjects.length === 0) return []
  return db(ctx)
    .selectFrom('change_moves')
    .innerJoin('changes', j =>
      j.onRef('changes.org', '=', 'change_moves.org').onRef('changes.id', '=', 'change_moves.change'),
    )
    .select(['change_moves.change', 'change_moves.subject'])
    .where('change_moves.org', '=', ctx.org)
    .where('change_moves.kind', '=', kind)
    .where('change_moves.subject', 'in', [...subjects])
    .where('change_moves.state', '=', 'planned')
    .where('changes.state', 'in', ['draft', 'planned', 'running', 'watching'])
    .execute()
}

/** Changes follow the units they touch. */
export async function moveUnits(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('change_units')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}
