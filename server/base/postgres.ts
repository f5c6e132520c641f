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

const attempts = 16

/** PostgreSQL with serializable transactions, run again on conflict with jittered waits; named prepared statements on every connection. */
export function openPostgres(url: string, options: PostgresOptions): Engine {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === 20 ? Number : pg.types.getTypeParser(oid, format),
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 16,
    types: types as pg.CustomTypesConfig,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    options: `-c statement_timeout=30000 -c idle_in_transaction_session_timeout=30000 -c default_transaction_isolation=serializable -c jit=off${options.schema ? ` -c search_path=${options.schema}` : ''}`,
  })
  // Without this an idle connection that breaks ends the process.
  pool.on('error', error => options.log.warn({ error: error.message }, 'database connection lost'))
  const counts = { commits: 0, requests: 0, retries: 0 }
  const handles = new WeakMap<pg.PoolClient, Tx>()
  const handle = (client: pg.PoolClient): Tx => {
    const known = handles.get(client)
    if (known) return known
    const tx = kyselyOver('postgres', executor(client))
    handles.set(client, tx)
    return tx
  }
  const transact = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      const client = await connect(pool)
      try {
        return await runOnce(client, handle(client), work, counts)
      } catch (error) {
        if (attempt >= (isClash(error) ? 3 : isConflict(error) ? attempts : 1)) throw translate(error)
        counts.retries += 1
      }
      await sleep(Math.random() * Math.min(200, 2 ** attempt))
    }
  }
  return {
    kind: 'postgres',
    counts,
    transact,
    read: async work => {
      const client = await connect(pool)
      try {
        return await work(handle(client))
      } catch (error) {
        throw translate(error)
      } finally {
        client.release()
      }
    },
    script: statements =>
      transact(async tx => {
        const execute = raw.get(tx)
        for (const statement of statements) await execute?.(statement, [])
      }),
    close: () => pool.end(),
  }
}

const raw = new WeakMap<Tx, Execute>()

async function runOnce<T>(
  client: pg.PoolClient,
  tx: Tx,
  work: (tx: Tx) => Promise<T>,
  counts: Engine['counts'],
): Promise<T> {
  raw.set(tx, async (sql, parameters) => ({ rows: (await client.query(sql, [...parameters])).rows, affected: 0 }))
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const value = await work(tx)
    await client.query('COMMIT')
    counts.commits += 1
    counts.requests += 1
    return value
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause
    })
    throw error
  } finally {
    client.release(broken)
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
