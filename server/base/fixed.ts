import type { CompiledQuery, Kysely, QueryExecutorProvider } from 'kysely'
import type { Tx } from './db.ts'

/** Where a value goes in a text that is made once. */
class Place {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

interface Made {
  readonly sql: string
  /** In the order of the text: the name of what is given each time, or a value that is always the same. */
  readonly values: readonly unknown[]
}

/** What can be asked: a query of Kysely that has not been executed. */
interface Asking<R> {
  compile(on: QueryExecutorProvider): CompiledQuery<R>
}

/**
 * A statement whose text is always the same, for what every contact of every device asks: Kysely makes it once for each connection, and
 * each time only the values are filled in. `make` sees places instead of values, so it must not look at them, and every value it is given
 * must be named in it.
 */
export function fixed<Tables, V extends Readonly<Record<string, unknown>>>() {
  return <R>(make: (db: Kysely<Tables>, values: V) => Asking<R>): ((tx: Tx, values: V) => Promise<R[]>) => {
    const texts = new WeakMap<Tx, Made>()
    const places = new Proxy({} as V, { get: (_none, name) => new Place(String(name)) })
    const madeFor = (tx: Tx): Made => {
      const { sql, parameters } = make(tx as unknown as Kysely<Tables>, places).compile(tx)
      const made = { sql, values: parameters }
      texts.set(tx, made)
      return made
    }
    return async (tx, given) => {
      const { sql, values } = texts.get(tx) ?? madeFor(tx)
      const parameters = values.map(v => (v instanceof Place ? given[v.name] : v))
      const query = { sql, parameters, query: nothing, queryId: one } as unknown as CompiledQuery<R>
      const { rows } = await tx.getExecutor().executeQuery<R>(query)
      return rows
    }
  }
}

/** Executing looks at neither. */
const nothing = { kind: 'RawNode', sqlFragments: [], parameters: [] }
const one = { queryId: 'fixed' }
