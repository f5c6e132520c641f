import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
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

/** A Kysely over exactly one connection whose transactions we steer ourselves. */
export function kyselyOver(engine: 'sqlite' | 'postgres', execute: Execute): Tx {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, affected } = await execute(query.sql, query.parameters)
      return { rows: rows as R[], numAffectedRows: BigInt(affected) }
    },
    // biome-ignore lint/correctness/useYield: streaming is not offered; pages are
    async *streamQuery() {
      throw new Error('lists are paged, not streamed')
    },
  }
  const refuse = async (): Promise<void> => {
    throw new Error('transactions are opened by base/transact.ts only')
  }
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: async () => {},
  }
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
  // biome-ignore lint/suspicious/noExplicitAny: see Tx
  return new Kysely<any>({ dialect })
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
