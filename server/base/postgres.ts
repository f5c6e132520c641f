import pg from 'pg'
import { sleep } from './clock.ts'
import { type Engine, type Execute, kyselyOver, type Tx } from './db.ts'
import type { Log } from './log.ts'
import { Problem, Unavailable } from './problem.ts'

export interface PostgresOptions {
  log: Log
  /** Most connections this process opens. */
  connections?: number
  /** A schema of its own, for tests. */
  schema?: string
}

/** Most requests in one transaction; more than 64 subtransactions would leave PostgreSQL's fast path. */
const groupLimit = 48
const groupMs = 25
const attempts = 16
/** For so long after a conflict with another process, groups of all processes that met one go one after the other. */
const crowdedMs = 2000
/** Names the turn that processes take; any number that nothing else on the server locks. */
const turn = 7_823_641

interface Waiting {
  work: (tx: Tx) => Promise<unknown>
  resolve(value: unknown): void
  reject(error: unknown): void
  tries: number
}

/**
 * PostgreSQL with serializable transactions and group commit, as with SQLite: the requests of this process run one after the other on one
 * connection, each in its own savepoint, and all are answered after one commit. Side by side they would meet false conflicts all the time,
 * because PostgreSQL notes what was read by page of an index, and commands under way share few pages. Conflicts with other processes
 * run the group again. Reads have connections of their own.
 */
export function openPostgres(url: string, options: PostgresOptions): Engine {
  const most = options.connections ?? 16
  const writers = pool(url, options, {
    max: 1,
    settings: '-c default_transaction_isolation=serializable',
    pipeline: true,
  })
  const readers = pool(url, options, { max: Math.max(1, most - 1), settings: '-c default_transaction_read_only=on' })
  const counts = { commits: 0, requests: 0, retries: 0 }
  const handles = new WeakMap<pg.PoolClient, Tx>()
  const handle = (client: pg.PoolClient): Tx => {
    const known = handles.get(client)
    if (known) return known
    const tx = kyselyOver('postgres', executor(client))
    handles.set(client, tx)
    return tx
  }
  const queue: Waiting[] = []
  const line = { queue, counts, crowdedUntil: 0 }
  let draining: Promise<void> | null = null
  const drain = async (): Promise<void> => {
    await immediate()
    while (queue.length > 0) {
      const client = await connect(writers).catch((error: unknown) => {
        for (const waiting of queue.splice(0)) waiting.reject(error)
        return null
      })
      if (client) await commitGroup(client, handle(client), line)
    }
    // At once, so that no request comes between the last look at the queue and this.
    draining = null
  }
  const submit = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      queue.push({ work, resolve: value => resolve(value as T), reject, tries: 0 })
      draining ??= drain()
    })
  return {
    kind: 'postgres',
    counts,
    transact: submit,
    read: async work => {
      const client = await connect(readers)
      try {
        return await work(handle(client))
      } catch (error) {
        throw translate(error)
      } finally {
        client.release()
      }
    },
    script: statements =>
      submit(async tx => {
        const execute = raw.get(tx)
        for (const statement of statements) await execute?.(statement, [])
      }),
    close: async () => {
      await draining
      await Promise.all([writers.end(), readers.end()])
    },
  }
}

function pool(
  url: string,
  { log, schema }: PostgresOptions,
  { max, settings, pipeline = false }: { max: number; settings: string; pipeline?: boolean },
): pg.Pool {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === 20 ? Number : pg.types.getTypeParser(oid, format),
  }
  const opened = new pg.Pool({
    connectionString: url,
    max,
    types: types as pg.CustomTypesConfig,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    ...({ pipeline } as object),
    options: `-c statement_timeout=30000 -c idle_in_transaction_session_timeout=30000 -c jit=off ${settings}${schema ? ` -c search_path=${schema}` : ''}`,
  })
  // Without this an idle connection that breaks ends the process.
  opened.on('error', error => log.warn({ error: error.message }, 'database connection lost'))
  return opened
}

const raw = new WeakMap<Tx, Execute>()

async function commitGroup(
  client: pg.PoolClient,
  tx: Tx,
  line: { queue: Waiting[]; counts: Engine['counts']; crowdedUntil: number },
): Promise<void> {
  raw.set(tx, async (sql, parameters) => ({ rows: (await client.query(sql, [...parameters])).rows, affected: 0 }))
  const { queue, counts } = line
  const group: Waiting[] = []
  const answers: (() => void)[] = []
  const again: Waiting[] = []
  const crowded = performance.now() < line.crowdedUntil
  let broken: Error | undefined
  try {
    if (crowded) await client.query(`SELECT pg_advisory_lock(${turn})`)
    await client.query('BEGIN')
    const until = performance.now() + groupMs
    while (group.length < groupLimit && performance.now() < until) {
      const waiting = queue.shift()
      if (!waiting) break
      group.push(waiting)
      const answer = await runInSavepoint(client, tx, waiting)
      if (answer) answers.push(answer)
      else again.push(waiting)
    }
    const { command } = await client.query('COMMIT')
    // PostgreSQL answers ROLLBACK, and no error, when something in the transaction had failed.
    if (command !== 'COMMIT') throw new Error(`COMMIT was answered with ${command}`)
    counts.commits += 1
    counts.requests += answers.length
    for (const answer of answers) answer()
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause
    })
    again.splice(0)
    if (isConflict(error)) line.crowdedUntil = performance.now() + crowdedMs
    for (const waiting of group)
      if (isConflict(error) && waiting.tries < attempts) again.push(waiting)
      else waiting.reject(translate(error))
  } finally {
    if (crowded && !broken) await client.query(`SELECT pg_advisory_unlock(${turn})`).catch(() => undefined)
    client.release(broken)
  }
  if (again.length === 0) return
  for (const waiting of again) waiting.tries += 1
  counts.retries += again.length
  queue.unshift(...again)
  await sleep(Math.random() * Math.min(100, 2 ** Math.max(...again.map(w => w.tries))))
}

/** Answers how to tell the outcome once it is committed, or null when the request must run again in another transaction. Throws what ends the group. */
async function runInSavepoint(
  client: pg.PoolClient,
  tx: Tx,
  { work, resolve, reject, tries }: Waiting,
): Promise<(() => void) | null> {
  // Sent together with the first statement; when it fails, that one fails too.
  client.query('SAVEPOINT request').catch(() => undefined)
  try {
    const value = await work(tx)
    await client.query('RELEASE request')
    return () => resolve(value)
  } catch (error) {
    if (isConflict(error)) throw error
    await client.query('ROLLBACK TO request; RELEASE request')
    if (isClash(error) && tries < 2) return null
    const said = translate(error)
    return () => reject(said)
  }
}

function executor(client: pg.PoolClient): Execute {
  const names = new Map<string, string>()
  return async (text, parameters) => {
    let name = names.get(text)
    if (name === undefined && names.size < 500) {
      name = `s${names.size}`
      names.set(text, name)
    }
    const result = await client.query({
      ...(name === undefined ? {} : { name }),
      text,
      values: parameters as unknown[],
    })
    return { rows: result.rows, affected: result.rowCount ?? 0 }
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (cause) {
    throw new Unavailable('database', cause)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** A unique clash may be a race that a second run sees as an existing row; if it is not, it comes again at once. */
function isClash(error: unknown): boolean {
  return codeOf(error) === '23505'
}

/** Serialization failure or deadlock. */
function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error))
}

/** Connection, resource and shutdown classes become Unavailable; everything else stays what it is. */
function translate(error: unknown): unknown {
  const code = codeOf(error)
  // PostgreSQL cannot hold a NUL in text; whoever sent one is refused.
  if (['22021', '22P05'].includes(code)) return new Problem('request.malformed', {}, { cause: error })
  const gone = /^(08|53|57|58)/.test(code) || /^E[A-Z]+$/.test(code) || isConflict(error)
  const ended =
    error instanceof Error &&
    /Connection terminated|client has encountered a connection error|timeout exceeded/.test(error.message)
  return gone || ended ? new Unavailable('database', error) : error
}

function immediate(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
