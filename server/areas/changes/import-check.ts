import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { enqueue } from '../../base/jobs.ts'
import type { Outlook } from './effects.ts'
import { importEvents } from './events.ts'
import { aboutImport, type Counts, importForget, waitMs } from './import.ts'
import * as store from './import-store.ts'
import { kindOf } from './kinds.ts'
import { envOf, plannedColumns, readOf } from './lines.ts'
import { type ReadRow, remark, type Remark } from './row.ts'

const rowsAtOnce = 500

/** Checks one page of lines against the org as it is: what each would do. Nothing is done. */
export async function checkPage(ctx: Ctx, row: store.ImportRow): Promise<void> {
  const lines = await store.linesAfter(ctx, row.id, { after: Number(row.cursor), limit: rowsAtOnce })
  const last = lines.at(-1)
  if (!last) {
    await store.changeImport(ctx, row.id, { step: row.mode === 'replace' ? 'absent' : 'effects', cursor: '' })
    return
  }
  const env = await envOf(ctx, row)
  const read = lines.map(line => readOf(row.about, line))
  const twins = await twinsOf(ctx, row.id, read)
  const whole = read.map((r, i) => ({ ...r, errors: [...r.errors, ...(twins[i] ?? [])] }))
  const planned = await kindOf(row.about).plan(ctx, env, whole)
  await store.putLines(
    ctx,
    lines.flatMap((line, i) => {
      const plan = planned[i]
      return plan ? [{ ...line, ...plannedColumns(plan) }] : []
    }),
  )
  await store.changeImport(ctx, row.id, { cursor: String(last.n), done: row.done + lines.length })
}

/** Two lines that mean the same are both wrong, and each names the others. */
async function twinsOf(ctx: Ctx, id: string, rows: readonly ReadRow[]): Promise<Remark[][]> {
  const keys = [...new Set(rows.flatMap(r => r.keys))]
  const byKey = Map.groupBy(await store.linesWith(ctx, id, keys), l => l.key)
  return rows.map(row => {
    const others = row.keys.flatMap(key => (byKey.get(key) ?? []).map(l => l.line).filter(l => l !== row.line))
    const lines = [...new Set(others)].sort((a, b) => a - b)
    if (lines.length === 0) return []
    const shown = lines.slice(0, 20).join(', ')
    return [remark('duplicate', null, { lines: lines.length > 20 ? `${shown}, …` : shown, key: keyShown(row, byKey) })]
  })
}

function keyShown(row: ReadRow, byKey: ReadonlyMap<string, readonly unknown[]>): string {
  const key = row.keys.find(k => (byKey.get(k)?.length ?? 0) > 1) ?? ''
  return key.slice(key.indexOf(':') + 1)
}

/** Finds one page of what belongs to the set that the file replaces and is not in it. */
export async function absentPage(ctx: Ctx, row: store.ImportRow): Promise<void> {
  const env = await envOf(ctx, row)
  const kind = kindOf(row.about)
  const page = await kind.set(ctx, env, row.cursor, rowsAtOnce)
  const last = page.at(-1)
  if (!last) {
    await store.changeImport(ctx, row.id, { step: 'effects', cursor: '' })
    return
  }
  const named = await store.targetsOf(ctx, row.id)
  const meant = kind.implied?.(env, named) ?? named
  const absent = page.filter(p => !meant.has(p.id))
  const first = (await store.lastLine(ctx, row.id)) + 1
  const read: ReadRow[] = absent.map(a => ({ line: null, cells: {}, keys: [], errors: [], target: a.id }))
  const planned = await kind.plan(ctx, env, read)
  const lines = absent.flatMap((a, i) => {
    const plan = planned[i]
    if (!plan || plan.outcome === 'same') return []
    const blank = { line: null, state: 'planned' as const, cells: '{}', before: null, after: null }
    const columns = { ...plannedColumns(plan), label: a.label, target: a.id, outcome: plan.outcome }
    return [{ row: { ...emptyLine, ...blank, ...columns, n: 0 }, keys: [] }]
  })
  await store.addLines(
    ctx,
    row.id,
    lines.map((l, i) => ({ ...l, row: { ...l.row, n: first + i } })),
  )
  await store.changeImport(ctx, row.id, { cursor: last.id })
}

const emptyLine = { errors: '[]', notes: '[]', fields: '[]', shift: null }

/** The check is through: what the import would do is known. */
export async function checked(ctx: Ctx, row: store.ImportRow, outlook: Outlook | null): Promise<void> {
  const counts = await countedLines(ctx, row.id)
  await store.changeImport(ctx, row.id, {
    state: 'ready',
    step: '',
    cursor: '',
    counts: JSON.stringify(counts),
    preview: outlook === null ? null : JSON.stringify(outlook.preview),
    places: outlook === null ? null : JSON.stringify(outlook.places),
  })
  const rows = counts.add + counts.change + counts.remove
  await record(ctx, importEvents.checked, aboutImport(row), { name: row.name, rows, errors: counts.error })
  await enqueue(ctx, importForget, { import: row.id }, { dedupe: row.id, inMs: waitMs })
}

/** Lines by what they would do and by what became of them. */
export async function countedLines(ctx: Ctx, id: string): Promise<Counts> {
  const counts: Counts = { add: 0, change: 0, same: 0, remove: 0, error: 0, applied: 0, failed: 0, undone: 0, kept: 0 }
  for (const { outcome, state, n } of await store.countLines(ctx, id)) {
    if (outcome !== null) counts[outcome] += n
    if (state !== 'planned') counts[state] += n
    // What was taken back, or stayed because it had changed, was applied before.
    if (state === 'undone' || state === 'kept') counts.applied += n
  }
  return counts
}
