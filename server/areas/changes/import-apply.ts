import { record } from '../../base/events.ts'
import type { Ctx } from '../../base/ctx.ts'
import { enqueue } from '../../base/jobs.ts'
import { recompute } from '../reconcile/index.ts'
import { importEvents } from './events.ts'
import { aboutImport, importForget, undoMs } from './import.ts'
import { countedLines } from './import-check.ts'
import * as store from './import-store.ts'
import { kindOf } from './kinds.ts'
import { envOf, errorsOf, plannedOf, readOf } from './lines.ts'
import { type Planned, remark } from './row.ts'
import { addTouched } from './touched-store.ts'

/** Lines of one transaction. */
export const pageSize = 200

/**
 * Carries out one page of lines, each exactly once: what became of a line, and what is needed to take it back, is written in the same transaction.
 * Every line is planned anew, and one that would no longer do what was shown is left alone.
 */
export async function applyPage(ctx: Ctx, row: store.ImportRow): Promise<void> {
  const lines = await store.linesAfter(ctx, row.id, {
    after: Number(row.cursor),
    limit: pageSize,
    outcomes: ['add', 'change', 'remove'],
    states: ['planned'],
  })
  const last = lines.at(-1)
  if (!last) return applied(ctx, row)
  const env = await envOf(ctx, row)
  const kind = kindOf(row.about)
  const read = lines.map(line => ({ ...readOf(row.about, line), errors: [] }))
  const planned = await kind.plan(ctx, env, read)
  const now = planned.map((plan, i) => asShown(plannedOf(lines[i] ?? last), plan))
  const done = await kind.apply(
    ctx,
    env,
    now.flatMap((plan, i) => {
      const one = read[i]
      return one ? [{ row: one, planned: plan }] : []
    }),
  )
  await store.putLines(
    ctx,
    lines.flatMap((line, i) => {
      const one = done[i]
      if (!one) return []
      const kept = { before: textOf(one.before), after: textOf(one.after) }
      return [{ ...line, state: one.state, target: one.target, errors: JSON.stringify(one.errors), ...kept }]
    }),
  )
  const touched = [...new Set(done.flatMap(d => d.devices))]
  await addTouched(ctx, row.id, touched, 0)
  await recompute(ctx, touched)
  await store.changeImport(ctx, row.id, { cursor: String(last.n), done: row.done + lines.length })
}

/** What a line would do now, if that is what was shown; else an error. */
function asShown(shown: Planned, now: Planned): Planned {
  if (now.outcome === 'error') return now
  const facts = (plan: Planned): string =>
    JSON.stringify([plan.outcome, plan.target, plan.fields.map(f => [f.field, f.before])])
  return facts(shown) === facts(now) ? now : { ...now, outcome: 'error', errors: [remark('changed-since')] }
}

async function applied(ctx: Ctx, row: store.ImportRow): Promise<void> {
  const counts = await countedLines(ctx, row.id)
  await store.changeImport(ctx, row.id, {
    state: 'applied',
    step: '',
    cursor: '',
    counts: JSON.stringify(counts),
    applied_at: ctx.now,
    undo_until: ctx.now + undoMs,
  })
  const { applied: rows, failed } = counts
  await record(ctx, importEvents.applied, aboutImport(row), { name: row.name, rows, failed })
  await enqueue(ctx, importForget, { import: row.id }, { dedupe: row.id, inMs: undoMs })
}

/** Takes back one page of lines, the last first, each exactly once. What someone changed since stays as it is, and is named. */
export async function undoPage(ctx: Ctx, row: store.ImportRow): Promise<void> {
  const lines = await store.linesAfter(ctx, row.id, {
    after: Number(row.cursor),
    limit: pageSize,
    states: ['applied'],
    down: true,
  })
  const last = lines.at(-1)
  if (!last) return undone(ctx, row)
  const back = lines.flatMap(line => (line.target === null ? [] : [{ line, target: line.target }]))
  const outcomes = await kindOf(row.about).undo(
    ctx,
    back.map(({ line, target }) => ({ target, before: parsed(line.before), after: parsed(line.after) })),
  )
  await store.putLines(
    ctx,
    back.flatMap(({ line }, i) => {
      const one = outcomes[i]
      return one ? [{ ...line, state: one.state, errors: JSON.stringify([...errorsOf(line), ...one.errors]) }] : []
    }),
  )
  await store.changeImport(ctx, row.id, { cursor: String(last.n), done: row.done + lines.length })
}

function textOf(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}

function parsed(text: string | null): unknown {
  return text === null ? null : (JSON.parse(text) as unknown)
}

async function undone(ctx: Ctx, row: store.ImportRow): Promise<void> {
  const counts = await countedLines(ctx, row.id)
  await store.changeImport(ctx, row.id, { state: 'undone', step: '', cursor: '', counts: JSON.stringify(counts) })
  const { undone: rows, kept } = counts
  await record(ctx, importEvents.undone, aboutImport(row), { name: row.name, rows, kept })
}
