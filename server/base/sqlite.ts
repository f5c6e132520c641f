import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { type Engine, type Execute, kyselyOver, type Tx } from './db.ts'
import { type Catalog, catalogOf, Memo, type Statement, statementOf } from './memo.ts'
import { Unavailable } from './problem.ts'

interface Waiting {
  work: (tx: Tx) => Promise<unknown>
  resolve(value: unknown): void
  reject(error: unknown): void
}

export interface SqliteOptions {
  /** FULL survives power loss and is the only value the product uses; OFF exists for the negative control of the crash tests. */
  synchronous?: 'FULL' | 'OFF'
}

const groupLimit = 256
const groupMs = 25

/**
 * SQLite in WAL mode with group commit: concurrent requests run one after the other, each in its own savepoint,
 * in one transaction, and all are answered after its one fsync. A refused request rolls back alone.
 */
export function openSqlite(path: string, options: SqliteOptions = {}): Engine {
  const writer = connect(path, options.synchronous ?? 'FULL')
  const reader = connect(path, 'FULL')
  reader.exec('PRAGMA query_only = ON')
  const counts = { commits: 0, requests: 0, retries: 0 }
  const memory = remembering(writer)
  const steps = stepsOn(writer)
  const tx = kyselyOver('sqlite', executor(writer, memory))
  const read = kyselyOver('sqlite', executor(reader, null))
  const queue: Waiting[] = []
  let draining: Promise<void> | null = null

  const drain = async (): Promise<void> => {
    await immediate()
    while (queue.length > 0) {
      await commitGroup({ db: writer, steps, tx, memory }, queue, counts)
      await immediate()
    }
  }
  const submit = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      queue.push({ work, resolve: value => resolve(value as T), reject })
      draining ??= drain().finally(() => {
        draining = null
      })
    })

  return {
    kind: 'sqlite',
    counts,
    transact: submit,
    read: work => work(read),
    script: statements =>
      submit(async () => {
        for (const statement of statements) writer.exec(statement)
        memory.forget()
      }),
    close: async () => {
      await draining
      reader.close()
      writer.close()
    },
  }
}

interface Writer {
  db: DatabaseSync
  steps: Steps
  tx: Tx
  memory: Memory
}

async function commitGroup(to: Writer, queue: Waiting[], counts: Engine['counts']): Promise<void> {
  const { db, steps, memory } = to
  const answers: { answer: () => void; waiting: Waiting }[] = []
  try {
    steps.begin.run()
    memory.begun()
  } catch (cause) {
    for (const waiting of queue.splice(0)) waiting.reject(new Unavailable('storage', cause))
    return
  }
  const until = performance.now() + groupMs
  while (answers.length < groupLimit && performance.now() < until) {
    const waiting = queue.shift()
    if (!waiting) break
    answers.push({ answer: await runInSavepoint(to, waiting), waiting })
    // A full disk took the whole group back. Whoever ran now would be committed alone, and told that it was not.
    if (!db.isTransaction) break
  }
  try {
    steps.commit.run()
    counts.commits += 1
    counts.requests += answers.length
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK')
    memory.forget()
    for (const { waiting } of answers) waiting.reject(new Unavailable('storage', cause))
    return
  }
  for (const { answer } of answers) answer()
}

async function runInSavepoint(
  { db, steps, tx, memory }: Writer,
  { work, resolve, reject }: Waiting,
): Promise<() => void> {
  try {
    steps.savepoint.run()
    memory.memo.savepoint()
    const value = await work(tx)
    steps.release.run()
    return () => resolve(value)
  } catch (error) {
    // A full disk or an I/O error may have rolled the whole transaction back already.
    if (db.isTransaction) db.exec('ROLLBACK TO request; RELEASE request')
    if (db.isTransaction) memory.memo.takenBack()
    else memory.forget()
    const storage = isStorageFault(error)
    return () => reject(storage ? new Unavailable('storage', error) : error)
  }
}

/** What every request has in common, prepared once. */
interface Steps {
  readonly begin: StatementSync
  readonly savepoint: StatementSync
  readonly release: StatementSync
  readonly commit: StatementSync
}

function stepsOn(db: DatabaseSync): Steps {
  return {
    begin: db.prepare('BEGIN IMMEDIATE'),
    savepoint: db.prepare('SAVEPOINT request'),
    release: db.prepare('RELEASE request'),
    commit: db.prepare('COMMIT'),
  }
}

function connect(path: string, synchronous: string): DatabaseSync {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 10_000 })
  db.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000`,
  )
  return db
}

/** What the writing connection knows without asking: nobody else writes through it, and it notices when another connection did. */
interface Memory {
  readonly memo: Memo
  catalog(): Catalog
  /** To be told when a transaction has begun. */
  begun(): void
  /** Nothing that was known is so any more, not even which tables there are. */
  forget(): void
}

function remembering(db: DatabaseSync): Memory {
  const memo = new Memo()
  let known: Catalog | null = null
  let version: unknown
  const now = db.prepare('PRAGMA data_version')
  const forget = (): void => {
    memo.clear()
    known = null
  }
  return {
    memo,
    catalog: () => (known ??= catalogIn(db)),
    forget,
    begun: () => {
      const { data_version } = now.get() as { data_version: unknown }
      if (data_version !== version) forget()
      version = data_version
    },
  }
}

function catalogIn(db: DatabaseSync): Catalog {
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const losses = db
    .prepare(
      `SELECT m.name AS "table", f."table" AS "by" FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f
       WHERE m.type = 'table' AND f.on_delete NOT IN ('NO ACTION', 'RESTRICT')`,
    )
    .all()
  return catalogOf(
    tables.map(t => String(t['name'])),
    losses.map(l => ({ table: String(l['table']), by: String(l['by']) })),
  )
}

/** Runs statements from a cache: preparing costs three times as much as running. */
function executor(db: DatabaseSync, memory: Memory | null): Execute {
  const cache = new Map<string, Prepared>()
  const prepared = (sql: string): Prepared => {
    const known = cache.get(sql)
    if (known) return known
    const statement = db.prepare(sql)
    statement.setReturnArrays(true)
    const fresh = { statement, columns: namesOf(statement), does: null, of: null }
    const oldest = cache.size >= 500 ? cache.keys().next().value : undefined
    if (oldest !== undefined) cache.delete(oldest)
    cache.set(sql, fresh)
    return fresh
  }
  const run = (one: Prepared, parameters: readonly unknown[]): SQLOutputValue[][] => {
    const found = one.statement.all(...(parameters as SQLInputValue[])) as unknown as SQLOutputValue[][]
    // SQLite prepares again by itself after the schema changed, and * may mean more columns than before.
    if (found[0] !== undefined && found[0].length !== one.columns.length) one.columns = namesOf(one.statement)
    return found
  }
  return async (sql, parameters) => {
    const one = prepared(sql)
    const does = memory && doesIn(one, sql, memory.catalog())
    if (does?.writes === null) memory?.forget()
    if (does) memory?.memo.running(does)
    // A first bind value that is an object would be read as named parameters; stores bind scalars and bytes only.
    if (one.columns.length === 0)
      return { rows: [], affected: Number(one.statement.run(...(parameters as SQLInputValue[])).changes) }
    const kept = does && (memory?.memo.find(does, parameters) as SQLOutputValue[][] | undefined)
    const found = kept ?? run(one, parameters)
    if (does && !kept && memory)
      memory.memo.keep(does, parameters, { answer: found, rows: found.length, since: memory.memo.now() })
    return { rows: found.map(row => asRow(one.columns, row)), affected: found.length }
  }
}

/** What the statement does, as long as the tables are the same. */
function doesIn(one: Prepared, sql: string, catalog: Catalog): Statement {
  if (one.does && one.of === catalog) return one.does
  one.of = catalog
  one.does = statementOf(sql, catalog)
  return one.does
}

interface Prepared {
  statement: StatementSync
  /** Of what it answers; none when it only writes. */
  columns: readonly string[]
  /** What it does, by which catalog. */
  does: Statement | null
  of: Catalog | null
}

const namesOf = (statement: StatementSync): string[] => statement.columns().map(c => c.name)

/** Twice as fast as having rows made as objects, which have no prototype and must be copied to be plain ones. */
function asRow(columns: readonly string[], values: readonly SQLOutputValue[]): Record<string, SQLOutputValue> {
  const row: Record<string, SQLOutputValue> = {}
  for (let i = 0; i < columns.length; i += 1) row[columns[i] ?? ''] = values[i] ?? null
  return row
}

function isStorageFault(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
  return code === 10 || code === 13 || code === 5 // SQLITE_IOERR, SQLITE_FULL, SQLITE_BUSY
}

function immediate(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
