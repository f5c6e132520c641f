import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'

export type Row = Record<string, unknown>

/** Reads a server's database beside the server. */
export interface Look {
  rows(sql: string): Promise<Row[]>
  close(): Promise<void>
}

/** Opens the database of a server of ours for reading. */
export async function lookInto(data: string, database: string | undefined): Promise<Look> {
  if (database === undefined) {
    const db = new DatabaseSync(join(data, 'muster.db'), { readOnly: true, timeout: 10_000 })
    return { rows: async sql => db.prepare(sql).all() as Row[], close: async () => db.close() }
  }
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  return { rows: async sql => (await client.query(sql)).rows as Row[], close: () => client.end() }
}
