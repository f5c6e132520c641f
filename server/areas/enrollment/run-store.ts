import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Id } from '../../base/id.ts'
import type { RunState, SetupRun, Waiting } from './run.ts'

interface RunRow {
  org: string
  enrollment: string
  device: string
  since: number
  until: number
  state: string
  awaits: string
  waiting: string
  done: number
  total: number
  last_word_at: number
  changed_at: number
  ended_at: number | null
}

interface Tables {
  setup_runs: RunRow
  enrollments: { org: string; id: string; setting_up: number }
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Keeps the run, and on its enrollment whether it goes on. */
export async function putRun(ctx: On, run: SetupRun): Promise<void> {
  const row: RunRow = {
    org: ctx.org,
    enrollment: run.enrollment,
    device: run.device,
    since: run.since,
    until: run.until,
    state: run.state,
    awaits: JSON.stringify(run.awaits),
    waiting: JSON.stringify(run.waitingFor),
    done: run.done,
    total: run.total,
    last_word_at: run.lastWordAt,
    changed_at: run.changedAt,
    ended_at: run.endedAt,
  }
  await db(ctx)
    .insertInto('setup_runs')
    .values(row)
    .onConflict(c => c.columns(['org', 'enrollment']).doUpdateSet(row))
    .execute()
}

/** Notes on the enrollment whether a run of it goes on. */
export async function markSettingUp(ctx: On, enrollment: string, going: boolean): Promise<void> {
  await db(ctx)
    .updateTable('enrollments')
    .set({ setting_up: going ? 1 : 0 })
    .where('org', '=', ctx.org)
    .where('id', '=', enrollment)
    .execute()
}

export async function findRun(ctx: On, enrollment: string): Promise<SetupRun | undefined> {
  const row = await db(ctx)
    .selectFrom('setup_runs')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .executeTakeFirst()
  return row && toRun(row)
}

/** The newest run of each of these devices. */
export async function runsOfDevices(ctx: On, devices: readonly string[]): Promise<Map<string, SetupRun>> {
  if (devices.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('setup_runs')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .orderBy('since')
    .orderBy('enrollment')
    .execute()
  return new Map(rows.map(r => [r.device, toRun(r)]))
}

/** Runs that have not ended, oldest first, after the one named. */
export async function openRuns(ctx: On, limit: number): Promise<SetupRun[]> {
  const rows = await db(ctx)
    .selectFrom('setup_runs')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('ended_at', 'is', null)
    .orderBy('since')
    .orderBy('enrollment')
    .limit(limit)
    .execute()
  return rows.map(toRun)
}

function toRun(row: RunRow): SetupRun {
  return {
    enrollment: row.enrollment as Id<'enrollment'>,
    device: row.device as Id<'device'>,
    since: row.since,
    until: row.until,
    state: row.state as RunState,
    awaits: JSON.parse(row.awaits) as string[],
    waitingFor: JSON.parse(row.waiting) as Waiting[],
    done: Number(row.done),
    total: Number(row.total),
    lastWordAt: row.last_word_at,
    changedAt: row.changed_at,
    endedAt: row.ended_at,
  }
}
