import pg from 'pg'
import { sleep } from './clock.ts'
import { type Engine, type Execute, kyselyOver, type Tx } from './db.ts'
import { Flow } from './flow.ts'
import type { Log } from './log.ts'
import { isClash, isConflict, translate } from './postgres-fault.ts'
import { Unavailable } from './problem.ts'
import { Recall } from './recall.ts'

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
  const handle = (client: pg.PoolClient, writing: Writing | null): Tx => {
    const known = handles.get(client)
    if (known) return known
    const tx = kyselyOver('postgres', executor(client, writing))
    handles.set(client, tx)
    return tx
  }
  const queue: Waiting[] = []
  const line: Line = { queue, counts, crowdedUntil: 0, careful: false }
  let draining: Promise<void> | null = null
  const drain = async (): Promise<void> => {
    await immediate()
    while (queue.length > 0) {
      const client = await connect(writers).catch((error: unknown) => {
        for (const waiting of queue.splice(0)) waiting.reject(error)
        return null
      })
      if (!client) continue
      const writing = writings.get(client) ?? { flow: new Flow(client), recall: new Recall() }
      writings.set(client, writing)
      await commitGroup({ client, ...writing, tx: handle(client, writing) }, line)
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
        return await work(handle(client, null))
      } catch (error) {
        throw translate(error)
      } finally {
        client.release()
      }
    },
    script: statements =>
      submit(async tx => {
        const execute = raw.get(tx)
        // A migration of a large fleet may build an index for longer than any request may run.
        for (const statement of ['SET LOCAL statement_timeout = 0', ...statements]) await execute?.(statement, [])
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
  // The pool listens while a connection is idle only: one that breaks in the middle of a request would end the process too. Its statements fail.
  opened.on('connect', client => void client.on('error', () => undefined))
  return opened
}

const raw = new WeakMap<Tx, Execute>()
const writings = new WeakMap<pg.PoolClient, Writing>()

/** What belongs to a connection that writes. */
interface Writing {
  readonly flow: Flow
  readonly recall: Recall
}

interface Line {
  queue: Waiting[]
  counts: Engine['counts']
  crowdedUntil: number
  /** The next group waits for every statement, so that a failure is known to be whose it is. */
  careful: boolean
}

interface Writer extends Writing {
  client: pg.PoolClient
  tx: Tx
}

/** A statement failed whose outcome nobody had waited for; the group runs again and waits. */
class Astray extends Error {}

async function commitGroup(writer: Writer, line: Line): Promise<void> {
  const { client, flow, recall, tx } = writer
  raw.set(tx, async sql => {
    recall.forget()
    return { rows: (await flow.ask(sql)).rows, affected: 0 }
  })
  const { queue, counts } = line
  const group: Waiting[] = []
  const answers: (() => void)[] = []
  const again: Waiting[] = []
  const crowded = performance.now() < line.crowdedUntil
  Object.assign(flow, { careful: line.careful, of: null, failure: null })
  line.careful = false
  let broken: Error | undefined
  try {
    if (crowded) await flow.ask(`SELECT pg_advisory_lock(${turn})`)
    await recall.beginning(flow)
    flow.post('BEGIN')
    const until = performance.now() + groupMs
    while (group.length < groupLimit && performance.now() < until) {
      const waiting = queue.shift()
      if (!waiting) break
      group.push(waiting)
      const answer = await runInSavepoint(writer, waiting)
      if (answer) answers.push(answer)
      else again.push(waiting)
    }
    const { command } = await flow.ask('COMMIT')
    // PostgreSQL answers ROLLBACK, and no error, when something in the transaction had failed.
    if (flow.failure) throw isConflict(flow.failure.error) ? flow.failure.error : new Astray()
    if (command !== 'COMMIT') throw new Error(`COMMIT was answered with ${command}`)
    counts.commits += 1
    counts.requests += answers.length
    for (const answer of answers) answer()
  } catch (error) {
    await flow.ask('ROLLBACK').catch((cause: Error) => {
      broken = cause
    })
    again.splice(0)
    if (isConflict(error)) line.crowdedUntil = performance.now() + crowdedMs
    if (error instanceof Astray) line.careful = true
    const repeats = isConflict(error) || (error instanceof Astray && !broken)
    for (const waiting of group)
      if (repeats && waiting.tries < attempts) again.push(waiting)
      else waiting.reject(translate(error instanceof Astray ? (flow.failure?.error ?? error) : error))
  } finally {
    // A turn that cannot be given back ends with its connection; nobody else would ever have theirs.
    if (crowded && !broken)
      await flow.ask(`SELECT pg_advisory_unlock(${turn})`).catch((cause: Error) => {
        broken = cause
      })
    client.release(broken)
  }
  if (again.length === 0) return
  for (const waiting of again) waiting.tries += 1
  counts.retries += again.length
  queue.unshift(...again)
  if (!line.careful) await sleep(Math.random() * Math.min(100, 2 ** Math.max(...again.map(w => w.tries))))
}

/** Answers how to tell the outcome once it is committed, or null when the request must run again in another transaction. Throws what ends the group. */
async function runInSavepoint({ flow, recall, tx }: Writer, waiting: Waiting): Promise<(() => void) | null> {
  const { work, resolve, reject, tries } = waiting
  flow.of = waiting
  flow.post('SAVEPOINT request')
  recall.memo.savepoint()
  try {
    const value = await work(tx)
    flow.post('RELEASE request')
    return () => resolve(value)
  } catch (caught) {
    await flow.settled()
    const { failure } = flow
    if (failure && failure.of !== waiting) throw new Astray()
    const error = failure?.error ?? caught
    if (isConflict(error)) throw error
    await flow.ask('ROLLBACK TO request; RELEASE request')
    recall.memo.takenBack()
    flow.failure = null
    if (isClash(error) && tries < 2) return null
    const said = translate(error)
    return () => reject(said)
  }
}

/** Whether a statement only writes: stores read what they need by RETURNING, never by the number of rows. */
const writesOnly = (text: string): boolean => /^\s*(insert|update|delete)\b/i.test(text) && !/\breturning\b/i.test(text)

function executor(client: pg.PoolClient, writing: Writing | null): Execute {
  const names = new Map<string, { name: string | undefined; posted: boolean }>()
  return async (text, parameters) => {
    let known = names.get(text)
    if (known === undefined) {
      const room = names.size < 500
      known = { name: room ? `s${names.size}` : undefined, posted: writesOnly(text) }
      if (room) names.set(text, known)
    }
    const query = { ...(known.name === undefined ? {} : { name: known.name }), text, values: parameters as unknown[] }
    if (!writing) return answerOf(await client.query(query))
    const { flow, recall } = writing
    const does = recall.doing(text)
    if (does) recall.memo.running(does)
    if (known.posted && !flow.careful) {
      flow.post(query)
      return { rows: [], affected: 0 }
    }
    const kept = does && (recall.memo.find(does, parameters) as object[] | undefined)
    if (kept) return { rows: kept.map(row => ({ ...row })), affected: kept.length }
    const since = recall.memo.now()
    const answer = answerOf(await flow.ask(query))
    const { rows } = answer
    if (does?.reads)
      recall.memo.keep(does, parameters, { answer: rows.map(row => ({ ...row })), rows: rows.length, since })
    return answer
  }
}

const answerOf = ({ rows, rowCount }: pg.QueryResult<object>) => ({ rows, affected: rowCount ?? 0 })

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (cause) {
    throw new Unavailable('database', cause)
  }
}

function immediate(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
