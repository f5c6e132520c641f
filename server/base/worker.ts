import { type Kysely, sql } from 'kysely'
import { everything } from './authority.ts'
import { sleep } from './clock.ts'
import type { Scope } from './ctx.ts'
import { type Engine, own } from './db.ts'
import { fixed } from './fixed.ts'
import type { Id } from './id.ts'
import { type AnyJobKind, type JobRow, type JobTables, onEnqueued } from './jobs.ts'
import { metricsOf } from './metrics.ts'
import type { Base } from './transact.ts'

export interface Worker {
  /** Runs everything that is due now, and what that makes due, then answers. For tests and shutdown. */
  settle(): Promise<void>
  stop(): Promise<void>
}

/** Runs due jobs of these kinds, at most `concurrency` at once, until stopped. Several processes on one database share the work: a job has one holder at a time. A `still` one runs nothing but when it is settled. */
export function startJobs(
  base: Base,
  kinds: readonly AnyJobKind[],
  options: { concurrency?: number; pollMs?: number | null; still?: boolean } = {},
): Worker {
  const byName = new Map(kinds.map(k => [String(k.name), k]))
  const questions = asking(base.engine.kind, [...byName.keys()])
  const concurrency = options.concurrency ?? 16
  const stopping = new AbortController()
  const active = new Set<Promise<void>>()
  let looping: Promise<void> | null = null
  let asked = false
  let seenAt = Infinity

  /** At the start, and when the clock went back: nothing waits for a time that only a wrong clock could have meant. */
  const broughtForward = async (): Promise<void> => {
    const now = base.clock.now()
    const back = now < seenAt - clockSlackMs
    seenAt = now
    if (back) await bringForward(base, kinds).catch(warn)
  }
  const loop = async (): Promise<void> => {
    do {
      asked = false
      await broughtForward()
      const room = concurrency - active.size
      const claimed = room > 0 && !stopping.signal.aborted ? await claim(base, byName, questions, room).catch(warn) : []
      for (const job of claimed ?? []) track(runOne(base, byName, job, stopping.signal))
      if ((claimed?.length ?? 0) === room && room > 0) asked = true
    } while (asked && !stopping.signal.aborted)
  }
  const warn = (error: unknown): JobRow[] => {
    base.log.warn({ error: String(error) }, 'jobs wait for the database')
    return []
  }
  const track = (run: Promise<void>): void => {
    const held = run.finally(() => {
      active.delete(held)
      kick()
    })
    active.add(held)
  }
  const kick = (): void => {
    asked = true
    if (stopping.signal.aborted) return
    looping ??= loop().finally(() => {
      looping = null
      // Jobs may have ended between the loop's last look and now.
      if (asked) kick()
    })
  }
  if (!options.still) onEnqueued(base.secrets, kick)
  const poll = options.pollMs === null ? null : setInterval(kick, options.pollMs ?? 1000)
  return {
    settle: async () => {
      do {
        kick()
        await looping
        await Promise.all(active)
      } while (looping !== null || active.size > 0)
    },
    stop: async () => {
      stopping.abort()
      if (poll) clearInterval(poll)
      await looping
      const given = new AbortController()
      await Promise.race([Promise.all(active), sleep(5000, given.signal)])
      given.abort()
    },
  }
}

/** Clocks are set a little all the time. */
const clockSlackMs = 1000

async function bringForward(base: Base, kinds: readonly AnyJobKind[]): Promise<void> {
  const now = base.clock.now()
  await base.engine.transact(async tx => {
    for (const { name, farthestMs, leaseMs } of kinds) {
      if (farthestMs === undefined) continue
      const waiting = own<JobTables>(tx).updateTable('jobs').where('kind', '=', name).where('state', '=', 'waiting')
      await waiting
        .set({ run_at: now })
        .where('run_at', '>', now + farthestMs)
        .execute()
      await waiting
        .set({ leased_until: null })
        .where('leased_until', '>', now + (leaseMs ?? 60_000))
        .execute()
    }
  })
}

/** The questions of a worker, which it asks after everything that was done: a name for each of its kinds is in one of them. */
function asking(engine: Engine['kind'], names: readonly string[]) {
  const due = fixed<JobTables, { now: number }>()((from, v) => freeBy(from, v).select('id').limit(1))
  const free = fixed<JobTables, { now: number; most: number }>()((from, v) => {
    const rows = freeBy(from, v).selectAll().where('kind', 'in', names).orderBy('run_at').limit(v.most)
    return engine === 'postgres' ? rows.forUpdate().skipLocked() : rows
  })
  return { due, free }
}

/** The state is no value, since there is an index of those that wait: SQLite would plan anew each time. */
function freeBy(from: Kysely<JobTables>, { now }: { now: number }) {
  return from
    .selectFrom('jobs')
    .where(sql<boolean>`state = 'waiting'`)
    .where('run_at', '<=', now)
    .where(e => e.or([e('leased_until', 'is', null), e('leased_until', '<', now)]))
}

async function claim(
  base: Base,
  kinds: ReadonlyMap<string, AnyJobKind>,
  { due, free }: ReturnType<typeof asking>,
  most: number,
): Promise<JobRow[]> {
  const now = base.clock.now()
  if ((await base.engine.read(tx => due(tx, { now }))).length === 0) return []
  return base.engine.transact(async tx => {
    const db = own<JobTables>(tx)
    const rows = await free(tx, { now, most })
    const taken: JobRow[] = []
    for (const row of rows) {
      const next = {
        leased_until: now + (kinds.get(row.kind)?.leaseMs ?? 60_000),
        fence: row.fence + 1,
        attempts: row.attempts + 1,
        again: 0,
      }
      await db.updateTable('jobs').set(next).where('org', '=', row.org).where('id', '=', row.id).execute()
      taken.push({ ...row, ...next })
    }
    return taken
  })
}

async function runOne(
  base: Base,
  kinds: ReadonlyMap<string, AnyJobKind>,
  row: JobRow,
  stopping: AbortSignal,
): Promise<void> {
  const kind = kinds.get(row.kind)
  if (!kind) return
  const org = row.org as Id<'org'>
  const scope: Scope = {
    org,
    actor: { kind: 'system', id: null, what: row.kind },
    authority: everything,
    request: row.id,
  }
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(kind.leaseMs ?? 60_000)])
  try {
    const outcome = await kind.run(base, {
      org,
      id: row.id,
      payload: JSON.parse(row.payload),
      attempt: row.attempts,
      signal,
      scope,
    })
    await finish(
      base,
      row,
      outcome === undefined
        ? null
        : { run_at: base.clock.now() + Math.round(outcome.againInMs), attempts: 0, state: 'waiting', last_error: null },
    )
    metricsOf(base).jobs.inc({ kind: row.kind, outcome: 'done' })
  } catch (error) {
    metricsOf(base).jobs.inc({ kind: row.kind, outcome: 'failed' })
    const dead = row.attempts >= (kind.attempts ?? 20)
    const wait =
      Math.min(kind.maxWaitMs ?? 3_600_000, 1000 * 2 ** Math.min(row.attempts, 12)) * (0.5 + Math.random() / 2)
    base.log[dead ? 'error' : 'warn'](
      {
        job: row.id,
        kind: row.kind,
        attempt: row.attempts,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      },
      dead ? 'job set aside' : 'job failed, will retry',
    )
    const change = {
      run_at: base.clock.now() + Math.round(wait),
      attempts: row.attempts,
      state: dead ? ('dead' as const) : ('waiting' as const),
      last_error: String(error).slice(0, 2000),
    }
    await finish(base, row, change).catch(cause =>
      base.log.warn({ job: row.id, error: String(cause) }, 'job outcome not stored; its lease will end'),
    )
  }
}

/** Ends or keeps the job, only if this run still holds it; one that was asked for again while it ran stays, due now. */
async function finish(
  base: Base,
  row: JobRow,
  change: Pick<JobRow, 'run_at' | 'attempts' | 'state' | 'last_error'> | null,
): Promise<void> {
  await base.engine.transact(async tx => {
    const db = own<JobTables>(tx)
    const mine = db
      .selectFrom('jobs')
      .select(['again', 'run_at'])
      .where('org', '=', row.org)
      .where('id', '=', row.id)
      .where('fence', '=', row.fence)
    const now = await mine.executeTakeFirst()
    if (!now) return
    if (now.again === 0 && change === null) {
      await db.deleteFrom('jobs').where('org', '=', row.org).where('id', '=', row.id).execute()
      return
    }
    const next =
      now.again === 1 ? { run_at: now.run_at, attempts: 0, state: 'waiting' as const, last_error: null } : change
    await db
      .updateTable('jobs')
      .set({ ...next, leased_until: null, again: 0 })
      .where('org', '=', row.org)
      .where('id', '=', row.id)
      .execute()
  })
}
