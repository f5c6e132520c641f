import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { within, movedPath } from '../../base/filter.ts'
import type { Page } from '../../base/page.ts'

/** A row of imports. */
export interface ImportRow {
  org: string
  id: string
  name: string
  about: 'users' | 'units' | 'devices'
  mode: 'add' | 'update' | 'replace'
  unit: string
  unit_path: string
  devices_follow: number
  state: 'reading' | 'checking' | 'ready' | 'applying' | 'applied' | 'undoing' | 'undone' | 'failed' | 'expired'
  step: string
  encoding: string | null
  encoding_known: string | null
  separator: string | null
  columns: string
  said: string
  size: number
  rows_read: number
  done: number
  cursor: string
  counts: string
  failure: string | null
  preview: string | null
  places: string | null
  by_kind: string
  by_id: string | null
  applied_by: string | null
  created_at: number
  applied_at: number | null
  undo_until: number | null
  change: string | null
}

/** A line of a file as it is stored. */
export interface LineRow {
  org: string
  import: string
  n: number
  line: number | null
  label: string
  outcome: 'add' | 'change' | 'same' | 'remove' | 'error' | null
  state: 'planned' | 'applied' | 'failed' | 'undone' | 'kept'
  cells: string
  errors: string
  notes: string
  fields: string
  target: string | null
  shift: string | null
  before: string | null
  after: string | null
}

interface Tables {
  imports: ImportRow
  import_files: { org: string; import: string; bytes: Uint8Array }
  import_rows: LineRow
  import_keys: { org: string; import: string; key: string; n: number; line: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Keeps an import with its bytes. */
export async function addImport(ctx: Ctx, row: ImportRow, bytes: Uint8Array): Promise<void> {
  await db(ctx).insertInto('imports').values(row).execute()
  await db(ctx).insertInto('import_files').values({ org: ctx.org, import: row.id, bytes }).execute()
}

/** The import with this id, if there is one. */
export async function findImport(ctx: Ctx, id: string): Promise<ImportRow | undefined> {
  return db(ctx).selectFrom('imports').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** Writes columns of an import. */
export async function changeImport(ctx: Ctx, id: string, change: Partial<ImportRow>): Promise<void> {
  await db(ctx).updateTable('imports').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** One page of the imports below these paths. */
export async function listImports(
  ctx: Ctx,
  paths: readonly string[],
  page: Page,
): Promise<{ items: ImportRow[]; next: string | null }> {
  const rows = db(ctx).selectFrom('imports').selectAll().where('org', '=', ctx.org).where(within('unit_path', paths))
  return page.finish(await page.apply(rows).execute())
}

/** The bytes of a file that has not been read yet. */
export async function fileOf(ctx: Ctx, id: string): Promise<Uint8Array | undefined> {
  const row = await db(ctx)
    .selectFrom('import_files')
    .select('bytes')
    .where('org', '=', ctx.org)
    .where('import', '=', id)
    .executeTakeFirst()
  return row?.bytes
}

/** Forgets the bytes of a file. */
export async function removeFile(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('import_files').where('org', '=', ctx.org).where('import', '=', id).execute()
}

const rowsAtOnce = 100

/** Adds lines, and what they are told apart by. */
export async function addLines(
  ctx: Ctx,
  id: string,
  lines: readonly { row: Omit<LineRow, 'org' | 'import'>; keys: readonly string[] }[],
): Promise<void> {
  const of = { org: ctx.org, import: id }
  for (let at = 0; at < lines.length; at += rowsAtOnce) {
    const part = lines.slice(at, at + rowsAtOnce)
    await db(ctx)
      .insertInto('import_rows')
      .values(part.map(l => ({ ...of, ...l.row })))
      .execute()
    const keys = part.flatMap(l => [...new Set(l.keys)].map(key => ({ ...of, key, n: l.row.n, line: l.row.line ?? 0 })))
    if (keys.length > 0) await db(ctx).insertInto('import_keys').values(keys).execute()
  }
}

/** Lines after one of them, in order; or, with `down`, before it, from the end. */
export async function linesAfter(
  ctx: Ctx,
  id: string,
  where: {
    after: number
    limit: number
    outcomes?: readonly LineRow['outcome'][]
    states?: readonly LineRow['state'][]
    down?: true
  },
): Promise<LineRow[]> {
  let rows = db(ctx).selectFrom('import_rows').selectAll().where('org', '=', ctx.org).where('import', '=', id)
  if (where.outcomes) rows = rows.where('outcome', 'in', [...where.outcomes])
  if (where.states) rows = rows.where('state', 'in', [...where.states])
  rows = where.down
    ? rows.where('n', '<', where.after).orderBy('n', 'desc')
    : rows.where('n', '>', where.after).orderBy('n')
  return rows.limit(where.limit).execute()
}

/** Writes lines that were read before, with what has become of them, in few statements. */
export async function putLines(ctx: Ctx, lines: readonly LineRow[]): Promise<void> {
  for (let at = 0; at < lines.length; at += rowsAtOnce)
    await db(ctx)
      .insertInto('import_rows')
      .values(lines.slice(at, at + rowsAtOnce))
      .onConflict(c =>
        c.columns(['org', 'import', 'n']).doUpdateSet(e => ({
          label: e.ref('excluded.label'),
          outcome: e.ref('excluded.outcome'),
          state: e.ref('excluded.state'),
          errors: e.ref('excluded.errors'),
          notes: e.ref('excluded.notes'),
          fields: e.ref('excluded.fields'),
          target: e.ref('excluded.target'),
          shift: e.ref('excluded.shift'),
          before: e.ref('excluded.before'),
          after: e.ref('excluded.after'),
        })),
      )
      .execute()
}

/** Which lines have these keys. */
export async function linesWith(
  ctx: Ctx,
  id: string,
  keys: readonly string[],
): Promise<{ key: string; n: number; line: number }[]> {
  if (keys.length === 0) return []
  return db(ctx)
    .selectFrom('import_keys')
    .select(['key', 'n', 'line'])
    .where('org', '=', ctx.org)
    .where('import', '=', id)
    .where('key', 'in', [...keys])
    .orderBy('n')
    .execute()
}

/** How many lines there are of each outcome and state. */
export async function countLines(
  ctx: Ctx,
  id: string,
): Promise<{ outcome: LineRow['outcome']; state: LineRow['state']; n: number }[]> {
  const rows = await db(ctx)
    .selectFrom('import_rows')
    .select(e => ['outcome', 'state', e.fn.countAll<number>().as('count')])
    .where('org', '=', ctx.org)
    .where('import', '=', id)
    .groupBy(['outcome', 'state'])
    .execute()
  return rows.map(r => ({ outcome: r.outcome, state: r.state, n: Number(r.count) }))
}

/** Ids of whom or what the lines are about. */
export async function targetsOf(ctx: Ctx, id: string): Promise<Set<string>> {
  const rows = await db(ctx)
    .selectFrom('import_rows')
    .select('target')
    .where('org', '=', ctx.org)
    .where('import', '=', id)
    .where('target', 'is not', null)
    .execute()
  return new Set(rows.flatMap(r => r.target ?? []))
}

/** The number of the last line. */
export async function lastLine(ctx: Ctx, id: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('import_rows')
    .select(e => e.fn.max('n').as('n'))
    .where('org', '=', ctx.org)
    .where('import', '=', id)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** Everything that lines move, a page at a time. */
export async function shiftsAfter(
  ctx: Ctx,
  id: string,
  after: number,
  limit: number,
): Promise<{ n: number; shift: string }[]> {
  const rows = await db(ctx)
    .selectFrom('import_rows')
    .select(['n', 'shift'])
    .where('org', '=', ctx.org)
    .where('import', '=', id)
    .where('shift', 'is not', null)
    .where('n', '>', after)
    .orderBy('n')
    .limit(limit)
    .execute()
  return rows.map(r => ({ n: r.n, shift: r.shift ?? '' }))
}

/** Forgets what lines said and what is needed to take them back; their outcome stays where they are kept at all. */
export async function forgetLines(ctx: Ctx, id: string, what: 'all' | 'before'): Promise<void> {
  const of = { org: ctx.org, import: id }
  await db(ctx).deleteFrom('import_keys').where('org', '=', of.org).where('import', '=', of.import).execute()
  if (what === 'all')
    await db(ctx).deleteFrom('import_rows').where('org', '=', of.org).where('import', '=', of.import).execute()
  else
    await db(ctx)
      .updateTable('import_rows')
      .set({ before: null, after: null })
      .where('org', '=', of.org)
      .where('import', '=', of.import)
      .execute()
}

/** Imports follow their unit. */
export async function moveImports(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('imports')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}
