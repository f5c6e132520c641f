import { sql } from 'kysely'
import type { Ctx, Scope } from './ctx.ts'
import { own } from './db.ts'
import { fixed } from './fixed.ts'
import { type Id, newId } from './id.ts'
import type { Base } from './transact.ts'

/** A job as it is stored. */
export interface JobRow {
  org: string
  id: string
  kind: string
  dedupe: string | null
  payload: string
  run_at: number
  attempts: number
  leased_until: number | null
  fence: number
  again: number
  state: 'waiting' | 'dead'
  last_error: string | null
  created_at: number
}

/** The table of jobs. */
export interface JobTables {
  jobs: JobRow
}

declare const payloadOf: unique symbol
/** The name of a kind of job, `noun.verb`, which knows the type of its payload (plain JSON). */
export type JobName<P> = string & { readonly [payloadOf]: P }

/** Names a kind of job. */
export function jobName<P>(name: string): JobName<P> {
  return name as JobName<P>
}

/** What a running job is given; `signal` fires when the server stops or the lease is about to end. */
export interface Running<P> {
  org: Id<'org'>
  id: string
  payload: P
  attempt: number
  signal: AbortSignal
  /** The scope for the job's own transactions. */
  scope: Scope
}

/** How a kind of job is carried out. Answering `{ againInMs }` keeps it for later; throwing retries it with jittered back-off. */
export interface JobKind<P> {
  name: JobName<P>
  run(base: Base, job: Running<P>): Promise<{ againInMs: number } | undefined>
  /** Tries before it is set aside as dead, default 20. */
  attempts?: number
  /** How long one run may take, default 60 s. */
  leaseMs?: number
  /** Longest wait between tries, default one hour. */
  maxWaitMs?: number
  /** It is never kept for later than this: what waits for longer was set by a clock that was wrong, and is brought forward. */
  farthestMs?: number
}

/** A job kind with its payload type forgotten, as lists hold them. */
// biome-ignore lint/suspicious/noExplicitAny: the payload's type is known where the job is named
export type AnyJobKind = JobKind<any>

const keeping = fixed<JobTables, { readonly [C in keyof JobRow]: JobRow[C] }>()((from, v) => {
  const earlier = sql<number>`CASE WHEN jobs.run_at < ${v.run_at} AND jobs.state = 'waiting' THEN jobs.run_at ELSE ${v.run_at} END`
  return from
    .insertInto('jobs')
    .values({
      org: v.org,
      id: v.id,
      kind: v.kind,
      dedupe: v.dedupe,
      payload: v.payload,
      run_at: v.run_at,
      attempts: v.attempts,
      leased_until: v.leased_until,
      fence: v.fence,
      again: v.again,
      state: v.state,
      last_error: v.last_error,
      created_at: v.created_at,
    })
    .onConflict(c =>
      c
        .columns(['org', 'kind', 'dedupe'])
        .where('dedupe', 'is not', null)
        .doUpdateSet({ run_at: earlier, payload: v.payload, again: 1, state: 'waiting', attempts: 0 }),
    )
})

/**
 * Keeps work for later, in this transaction. With `dedupe`, at most one job of the kind waits: asking again moves it earlier,
 * and asking while it runs makes it run once more.
 */
export async function enqueue<P>(
  ctx: Ctx,
  name: JobName<P>,
  payload: P,
  options: { dedupe?: string; inMs?: number } = {},
): Promise<void> {
  const run_at = ctx.now + (options.inMs ?? 0)
  const row: JobRow = {
    org: ctx.org,
    id: newId('job'),
    kind: name,
    dedupe: options.dedupe ?? null,
    payload: JSON.stringify(payload),
    run_at,
    attempts: 0,
    leased_until: null,
    fence: 0,
    again: 0,
    state: 'waiting',
    last_error: null,
    created_at: ctx.now,
  }
  if (options.dedupe === undefined) await own<JobTables>(ctx.tx).insertInto('jobs').values(row).execute()
  else await keeping(ctx.tx, { ...row })
  if (run_at <= ctx.now) ctx.after(() => kicks.get(ctx.secrets)?.())
}

const dropping = fixed<JobTables, { org: string; kind: string; dedupe: string }>()((from, v) =>
  from
    .deleteFrom('jobs')
    .where('org', '=', v.org)
    .where('kind', '=', v.kind)
    .where('dedupe', '=', v.dedupe)
    .where('leased_until', 'is', null),
)

/** Takes back what was kept for later, in this transaction, unless it is being done now. What it would have found out must be without it all the same. */
export async function withdraw<P>(ctx: Ctx, name: JobName<P>, dedupe: string): Promise<void> {
  await dropping(ctx.tx, { org: ctx.org, kind: name, dedupe })
}

const kicks = new WeakMap<object, () => void>()

/** Tells `enqueue` how to wake the worker of this process. */
export function onEnqueued(secrets: object, kick: () => void): void {
  kicks.set(secrets, kick)
}
