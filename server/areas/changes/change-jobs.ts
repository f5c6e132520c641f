import { everything } from '../../base/authority.ts'
import { type Actor, as, type Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { AnyJobKind, JobKind, Running } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import { authorityNow } from '../identity/index.ts'
import { aboutChange, changeWork, toChange } from './change.ts'
import { runPage, undoPage } from './change-run.ts'
import * as store from './change-store.ts'
import { outlookOf } from './effects.ts'
import { changeEvents } from './events.ts'
import { applyImport, undoImport, undoMs } from './import.ts'
import { findImport } from './import-store.ts'
import { movesFrom, planMoves, wishFrom } from './plan.ts'
import { reachOfAll } from './reach.ts'
import { judge } from './wave.ts'

type Work = Running<{ change: string }>
type Outcome = { againInMs: number } | undefined

/** While an import of a change is under way, and while devices follow. */
const lookMs = 2000
const watchMs = 15_000

const work: JobKind<{ change: string }> = {
  name: changeWork,
  leaseMs: 300_000,
  run: async (base, job) => {
    while (!job.signal.aborted) {
      const row = await base.read(job.scope, ctx => store.findChange(ctx, job.payload.change))
      if (!row || row.step === '') return undefined
      const outcome = await step(base, job, row)
      if (outcome !== 'on') return outcome
    }
    return { againInMs: 0 }
  },
}

/** One step of whatever a change is at; 'on' when the next can follow at once. */
async function step(base: Base, job: Work, row: store.ChangeRow): Promise<Outcome | 'on'> {
  switch (row.step) {
    case 'preview':
      return preview(base, job, row)
    case 'run':
      return row.source === 'import' ? runImport(base, job, row) : run(base, job, row)
    case 'undo':
      return row.source === 'import' ? undoOfImport(base, job, row) : undo(base, job, row)
    case 'watch':
      return watch(base, job, row)
    default:
      return undefined
  }
}

/** A transaction in the name of whoever approved, with what they may do by now; nothing when the change went on meanwhile. */
function inName<T>(
  base: Base,
  job: Work,
  row: store.ChangeRow,
  does: (ctx: Ctx, row: store.ChangeRow) => Promise<T>,
): Promise<T | undefined> {
  return base.transact(job.scope, async ctx => {
    const now = await store.findChange(ctx, row.id)
    if (now?.step !== row.step || now.state !== row.state || now.wave !== row.wave) return undefined
    if (now.approved_by === null) return does(ctx, now)
    const actor = JSON.parse(now.approved_by) as Actor
    return does(as(ctx, { org: ctx.org, actor, authority: await authorityNow(ctx, actor) }), now)
  })
}

async function preview(base: Base, job: Work, row: store.ChangeRow): Promise<Outcome | 'on'> {
  const scope = { ...job.scope, authority: everything }
  const moves = await base.read(scope, async ctx => {
    const rows = await store.movesAfter(ctx, row.id, { after: 0, limit: Number(row.moves) + 1 })
    return movesFrom(ctx, await planned(ctx, rows), row.devices_follow === 1)
  })
  const { preview: whole, places } = await outlookOf(base, scope, moves)
  await base.transact(job.scope, async ctx => {
    const now = await store.findChange(ctx, row.id)
    if (now?.step !== 'preview') return
    await store.putChange(ctx, row.id, { step: '', preview: JSON.stringify(whole), places: JSON.stringify(places) })
  })
  return 'on'
}

// What is gone by now moves nothing, and keeps nothing else from being shown.
async function planned(ctx: Ctx, rows: readonly store.MoveRow[]) {
  const whole = await orNone(planMoves(ctx, rows.map(wishFrom)))
  if (whole) return whole
  const all: Awaited<ReturnType<typeof planMoves>> = []
  for (const row of rows) all.push(...((await orNone(planMoves(ctx, [wishFrom(row)]))) ?? []))
  return all
}

async function orNone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return null
  }
}

async function run(base: Base, job: Work, row: store.ChangeRow): Promise<Outcome | 'on'> {
  const now = base.clock.now()
  if (row.state === 'planned') {
    if (row.run_at !== null && row.run_at > now) return { againInMs: row.run_at - now }
    await inName(base, job, row, async (ctx, found) => {
      await store.putChange(ctx, found.id, { state: 'running', started_at: ctx.now })
      await record(ctx, changeEvents.begun, await aboutChange(ctx, found.id), { name: found.name, moves: found.moves })
    })
    return 'on'
  }
  if (row.state === 'watching') return watched(base, job, row)
  if (row.state !== 'running') return undefined
  await inName(base, job, row, async (ctx, found) => {
    const { looked, failed } = await runPage(ctx, found)
    if (looked > 0)
      await store.putChange(ctx, found.id, { done: found.done + looked - failed, failed: found.failed + failed })
    else await endWave(ctx, found)
  })
  return 'on'
}

async function endWave(ctx: Ctx, row: store.ChangeRow): Promise<void> {
  const { waves } = toChange(row)
  const about = await aboutChange(ctx, row.id)
  const counts = await store.countMoves(ctx, row.id)
  const moves = counts.filter(c => c.wave === row.wave).reduce((n, c) => n + c.n, 0)
  if (waves.shares.length > 1 && moves > 0)
    await record(ctx, changeEvents.waved, about, { name: row.name, wave: row.wave + 1, of: waves.shares.length, moves })
  if (row.wave >= waves.shares.length - 1) {
    const ended = { ended_at: ctx.now, undo_until: ctx.now + undoMs }
    await store.putChange(ctx, row.id, { state: 'done', step: 'watch', ...ended })
    await record(ctx, changeEvents.done, about, { name: row.name, moves: row.done, failed: row.failed })
  } else if (waves.watchMinutes > 0 && moves > 0)
    await store.putChange(ctx, row.id, { state: 'watching', wave_until: ctx.now + waves.watchMinutes * 60_000 })
  else await store.putChange(ctx, row.id, { wave: row.wave + 1 })
}

/** A wave is watched until its time is over, or until it goes wrong. */
async function watched(base: Base, job: Work, row: store.ChangeRow): Promise<Outcome | 'on'> {
  const { waves } = toChange(row)
  const left = (row.wave_until ?? 0) - base.clock.now()
  const verdict = await judge(work_ => base.read(job.scope, work_), row, { waves, over: left <= 0 })
  if (verdict === null && left > 0) return { againInMs: Math.min(left, watchMs) }
  await inName(base, job, row, async (ctx, found) => {
    if (verdict === null) {
      await store.putChange(ctx, found.id, { state: 'running', wave: found.wave + 1, wave_until: null })
      return
    }
    const ended = { ended_at: ctx.now, undo_until: ctx.now + undoMs, stopped: JSON.stringify(verdict) }
    await store.putChange(ctx, found.id, { state: 'stopped', step: 'watch', ...ended })
    const about = await aboutChange(ctx, found.id)
    await record(ctx, changeEvents.stopped, about, { name: found.name, reason: verdict.reason })
  })
  return 'on'
}

/** Counts how far the devices are, until all have come or nothing can be taken back any more; then forgets what was needed for that. */
async function watch(base: Base, job: Work, row: store.ChangeRow): Promise<Outcome> {
  const reach = await reachOfAll(work_ => base.read(job.scope, work_), row.import ?? row.id)
  const now = base.clock.now()
  const over = row.undo_until === null || now >= row.undo_until
  await base.transact(job.scope, async ctx => {
    await store.putChange(ctx, row.id, { reach: JSON.stringify(reach), ...(over ? { step: '' } : {}) })
    if (over) await store.forgetMoves(ctx, row.id)
  })
  if (over) return undefined
  const arrived = reach.reached >= reach.managed
  const age = now - (row.ended_at ?? now)
  const next = arrived ? (row.undo_until ?? now) - now : Math.min(Math.max(watchMs, age / 20), 3_600_000)
  return { againInMs: Math.min(next, (row.undo_until ?? now) - now) }
}

async function undo(base: Base, job: Work, row: store.ChangeRow): Promise<Outcome | 'on'> {
  await inName(base, job, row, async (ctx, found) => {
    const looked = await undoPage(ctx, found)
    if (looked > 0) return store.putChange(ctx, found.id, { done: found.done + looked })
    const counts = await store.countMoves(ctx, found.id)
    const sum = (state: store.MoveRow['state']): number =>
      counts.filter(c => c.state === state).reduce((n, c) => n + c.n, 0)
    await store.putChange(ctx, found.id, { state: 'undone', step: '' })
    const data = { name: found.name, moves: sum('undone'), kept: sum('kept') }
    await record(ctx, changeEvents.undone, await aboutChange(ctx, found.id), data)
  })
  return 'on'
}

async function runImport(base: Base, job: Work, row: store.ChangeRow): Promise<Outcome | 'on'> {
  const now = base.clock.now()
  if (row.state === 'planned' && row.run_at !== null && row.run_at > now) return { againInMs: row.run_at - now }
  return inName(base, job, row, async (ctx, found): Promise<Outcome | 'on'> => {
    const file = found.import === null ? undefined : await findImport(ctx, found.import)
    const about = await aboutChange(ctx, found.id)
    if (file?.state === 'applying') return { againInMs: lookMs }
    if (file?.state === 'applied') {
      const counts = JSON.parse(file.counts) as { applied: number; failed: number }
      const ended = { ended_at: ctx.now, undo_until: file.undo_until, done: counts.applied, failed: counts.failed }
      await store.putChange(ctx, found.id, { state: 'done', step: 'watch', ...ended })
      await record(ctx, changeEvents.done, about, { name: found.name, moves: counts.applied, failed: counts.failed })
      return 'on'
    }
    try {
      await applyImport(ctx, found.import ?? '', { ...(JSON.parse(found.said) as object), change: found.id })
      await store.putChange(ctx, found.id, { state: 'running', started_at: ctx.now })
      await record(ctx, changeEvents.begun, about, { name: found.name, moves: found.moves })
      return { againInMs: lookMs }
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      const stopped = JSON.stringify({ reason: problem.code, facts: {} })
      await store.putChange(ctx, found.id, { state: 'stopped', step: '', stopped, ended_at: ctx.now })
      await record(ctx, changeEvents.stopped, about, { name: found.name, reason: problem.code })
      return undefined
    }
  })
}

async function undoOfImport(base: Base, job: Work, row: store.ChangeRow): Promise<Outcome | 'on'> {
  return inName(base, job, row, async (ctx, found): Promise<Outcome | 'on'> => {
    const file = found.import === null ? undefined : await findImport(ctx, found.import)
    if (file?.state === 'undoing') return { againInMs: lookMs }
    if (file?.state === 'applied') {
      await undoImport(ctx, file.id)
      return { againInMs: lookMs }
    }
    const counts = file ? (JSON.parse(file.counts) as { undone: number; kept: number }) : { undone: 0, kept: 0 }
    await store.putChange(ctx, found.id, { state: 'undone', step: '' })
    const data = { name: found.name, moves: counts.undone, kept: counts.kept }
    await record(ctx, changeEvents.undone, await aboutChange(ctx, found.id), data)
    return undefined
  })
}

/** What planned changes do in the background. */
export const changeJobs: readonly AnyJobKind[] = [work]
