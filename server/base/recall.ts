import type { Flow } from './flow.ts'
import { type Catalog, catalogOf, Memo, type Statement, statementOf } from './memo.ts'

const tablesAsked = 'SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace'
const lossesAsked = `SELECT conrelid::regclass::text AS "table", confrelid::regclass::text AS "by" FROM pg_constraint
  WHERE contype = 'f' AND confdeltype NOT IN ('a', 'r') AND connamespace = current_schema()::regnamespace`

/** What the connection of PostgreSQL that writes remembers within one transaction, which sees one state of the database and its own changes. */
export class Recall {
  readonly memo = new Memo()
  readonly #statements = new Map<string, Statement>()
  #catalog: Catalog | null = null

  /** To be told before a transaction begins. */
  async beginning(flow: Flow): Promise<void> {
    this.memo.clear()
    if (this.#catalog) return
    const tables = await flow.ask(tablesAsked)
    const losses = await flow.ask(lossesAsked)
    const bare = (name: string): string => name.replaceAll('"', '').replace(/^.*\./, '')
    this.#catalog = catalogOf(
      tables.rows.map(({ name }: { name: string }) => name),
      losses.rows.map(({ table, by }: { table: string; by: string }) => ({ table: bare(table), by: bare(by) })),
    )
    this.#statements.clear()
  }

  /** Which tables there are is asked anew, because a migration ran. */
  forget(): void {
    this.memo.clear()
    this.#catalog = null
  }

  /** What a statement does; null while it is not known which tables there are. */
  doing(text: string): Statement | null {
    if (!this.#catalog) return null
    const known = this.#statements.get(text)
    if (known) return known
    const fresh = statementOf(text, this.#catalog)
    if (this.#statements.size < mostTexts) this.#statements.set(text, fresh)
    return fresh
  }
}

const mostTexts = 2000
