/** What a database says of its tables: which there are, and which lose rows when rows of another are deleted. */
export interface Catalog {
  readonly tables: ReadonlySet<string>
  readonly losing: ReadonlyMap<string, readonly string[]>
}

/** The two lists a catalog is made of: names of tables, and who loses rows by whom. */
export function catalogOf(
  tables: readonly string[],
  losses: readonly { readonly table: string; readonly by: string }[],
): Catalog {
  const direct = Map.groupBy(losses, l => l.by)
  const losing = new Map<string, string[]>()
  for (const name of direct.keys()) {
    const all = new Set<string>()
    const add = (by: string): void => {
      for (const { table } of direct.get(by) ?? []) if (!all.has(table) && all.add(table)) add(table)
    }
    add(name)
    losing.set(name, [...all])
  }
  return { tables: new Set(tables), losing }
}

/** What one statement has to do with what is remembered; the same object for the same text. */
export interface Statement {
  /** The tables whose rows it answers with; null: its answer is not to be remembered. */
  readonly reads: readonly string[] | null
  /** The tables it may change; null: nobody knows. */
  readonly writes: readonly string[] | null
  readonly kept: Map<string, Kept>
}

interface Kept {
  readonly answer: unknown
  readonly rows: number
  /** When it was asked: what was written since counts against it. */
  readonly since: number
}

/** Answers so long are not remembered, nor more rows than that of all. */
const mostRows = 32
const mostKept = 2048
const mostValues = 16

/**
 * The answers of one connection to what was asked of it, each good until something is written that could change it. The same question
 * in one transaction is then asked once, and on the only connection that writes, once until the answer is another.
 */
export class Memo {
  readonly #written = new Map<string, number>()
  readonly #used = new Set<Statement>()
  /** Written since the savepoint; null: nobody knows what. */
  #inSavepoint: Set<string> | null = new Set()
  #now = 0
  /** What was asked before this is not remembered: what was written since is forgotten. */
  #from = 0
  #rows = 0

  /** Everything is asked anew. */
  clear(): void {
    for (const { kept } of this.#used) kept.clear()
    this.#used.clear()
    this.#written.clear()
    this.#rows = 0
    this.#now += 1
    this.#from = this.#now
  }

  /** From here on what is written may be taken back. */
  savepoint(): void {
    if (this.#inSavepoint === null || this.#inSavepoint.size > 0) this.#inSavepoint = new Set()
  }

  /** What was written since the savepoint was taken back, and with it what was read of it. */
  takenBack(): void {
    if (this.#inSavepoint === null) this.clear()
    else this.#touch([...this.#inSavepoint])
  }

  /** To be told before a statement runs: what it may change is not remembered any more. */
  running({ writes }: Statement): void {
    if (writes === null) {
      this.#inSavepoint = null
      this.clear()
    } else if (writes.length > 0) {
      for (const table of writes) this.#inSavepoint?.add(table)
      this.#touch(writes)
    }
  }

  /** The answer to the same question, if nothing could have changed it. */
  find(statement: Statement, values: readonly unknown[]): unknown {
    if (statement.reads === null || statement.kept.size === 0) return undefined
    const key = keyOf(values)
    const kept = key === null ? undefined : statement.kept.get(key)
    if (!kept) return undefined
    for (const table of statement.reads) if ((this.#written.get(table) ?? -1) >= kept.since) return undefined
    return kept.answer
  }

  /** To be taken when something is asked, and given back with its answer. */
  now(): number {
    return this.#now
  }

  /** Remembers an answer. */
  keep(statement: Statement, values: readonly unknown[], kept: Kept): void {
    if (statement.reads === null || kept.rows > mostRows) return
    const key = keyOf(values)
    if (key === null) return
    if (this.#rows >= mostKept) this.clear()
    if (kept.since < this.#from) return
    const before = statement.kept.get(key)
    this.#rows += kept.rows - (before ? before.rows : -1)
    statement.kept.set(key, kept)
    this.#used.add(statement)
  }

  #touch(tables: readonly string[]): void {
    for (const table of tables) this.#written.set(table, this.#now)
    this.#now += 1
  }
}

/** Values as a key; null for those that are not compared by what they look like. */
function keyOf(values: readonly unknown[]): string | null {
  if (values.length > mostValues) return null
  for (const value of values)
    if (typeof value !== 'string' && value !== null && !(typeof value === 'number' && Number.isFinite(value)))
      return null
  return JSON.stringify(values)
}

/** Text that writes, locks, or answers otherwise when it is asked again. */
const restless =
  /\b(insert\s+into|delete\s+from|update\s+"?\w+"?\s+set|for\s+(no\s+key\s+)?update|for\s+(key\s+)?share|skip\s+locked|(random\w*|now|changes|\w*timestamp|nextval|last_insert_rowid)\s*\(|current_(date|time|timestamp)|pg_\w+)/

/** What a statement reads and writes, by its text. Whatever is not plainly a reader or a writer of one table counts as writing anything. */
export function statementOf(text: string, { tables, losing }: Catalog): Statement {
  const lower = text.toLowerCase()
  const words = (): string[] => [...new Set(lower.match(/[a-z_][a-z0-9_]*/g))].filter(word => tables.has(word))
  if (/^\s*(select|with)\b/.test(lower) && !restless.test(lower)) {
    const named = words()
    return { reads: named.length > 0 ? named : null, writes: [], kept: new Map() }
  }
  // One that locks what it reads changes nothing either.
  if (/^\s*select\b/.test(lower)) return { reads: null, writes: [], kept: new Map() }
  const [, verb, table = ''] = /^\s*(insert into|update|delete from)\s+"?([a-z_][a-z0-9_]*)/.exec(lower) ?? []
  if (verb === undefined || !tables.has(table)) return { reads: null, writes: null, kept: new Map() }
  const writes = verb === 'delete from' ? [table, ...(losing.get(table) ?? [])] : [table]
  return { reads: null, writes, kept: new Map() }
}
