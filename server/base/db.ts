import {
  type CompiledQuery,
  DefaultQueryExecutor,
  type Dialect,
  type DialectAdapter,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'

/** A transaction (or the read-only connection): only `own` and `store.ts` files look inside. */
// biome-ignore lint/suspicious/noExplicitAny: the tables are named by each area's `own`
export type Tx = Kysely<any>

/** The transaction as seen by one area: its own tables, typed. */
export function own<Tables>(tx: Tx): Kysely<Tables> {
  return tx as Kysely<Tables>
}

/** Values for an IN, made a power of two by saying the last again: lists of all lengths share a few statements, each of which is prepared once. */
export function padded<T>(values: readonly T[]): T[] {
  const [last] = values.slice(-1)
  if (last === undefined) return []
  const length = 2 ** Math.ceil(Math.log2(values.length))
  return [...values, ...Array.from({ length: length - values.length }, () => last)]
}

/** How one statement is run on a connection we hold. */
export type Execute = (sql: string, parameters: readonly unknown[]) => Promise<{ rows: unknown[]; affected: number }>

/** Runs what was compiled on the one connection there is: no other is looked for, and nothing is made of the rows. */
class Straight extends DefaultQueryExecutor {
  readonly #execute: Execute

  constructor(compiler: QueryCompiler, adapter: DialectAdapter, execute: Execute) {
    super(compiler, adapter, {
      provideConnection: async () => {
        throw new Error('transactions are opened by base/transact.ts, and lists are paged, not streamed')
      },
    })
    this.#execute = execute
  }

  override async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, affected } = await this.#execute(query.sql, query.parameters)
    return { rows: rows as R[], numAffectedRows: BigInt(affected) }
  }

  /** There are none; a new executor would look for a connection. */
  override withoutPlugins(): DefaultQueryExecutor {
    return this
  }
}

/** A Kysely over exactly one connection whose transactions we steer ourselves. */
export function kyselyOver(engine: 'sqlite' | 'postgres', execute: Execute): Tx {
  const driver = new DummyDriver()
  const dialect: Dialect =
    engine === 'sqlite'
      ? {
          createAdapter: () => new SqliteAdapter(),
          createDriver: () => driver,
          createIntrospector: db => new SqliteIntrospector(db),
          createQueryCompiler: () => new SqliteQueryCompiler(),
        }
      : {
          createAdapter: () => new PostgresAdapter(),
          createDriver: () => driver,
          createIntrospector: db => new PostgresIntrospector(db),
          createQueryCompiler: () => new PostgresQueryCompiler(),
        }
  const executor = new Straight(dialect.createQueryCompiler(), dialect.createAdapter(), execute)
  // biome-ignore lint/suspicious/noExplicitAny: see Tx
  return new Kysely<any>({ config: { dialect }, dialect, driver, executor })
}

/** What the two engines have in common. Nothing above base knows which one is in use. */
export interface Engine {
  readonly kind: 'sqlite' | 'postgres'
  /** Runs `work` in one serializable transaction and answers after it is durable. `work` may run several times on PostgreSQL. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs reads that need no transaction; they see only committed rows. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs plain SQL statements in one transaction, for migrations. */
  script(statements: readonly string[]): Promise<void>
  /** Numbers for metrics: groups committed, requests in them, retries. */
  readonly counts: { commits: number; requests: number; retries: number }
  close(): Promise<void>
}
