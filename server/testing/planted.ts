import { inflateRawSync } from 'node:zlib'
import { sql } from 'kysely'
import type { House } from './house.ts'

/** Everything every table holds, as text: JSON as it is, bytes as they are and, where they are packed, unpacked. For tests that look for what must not be there. */
export async function everythingStored(h: House): Promise<{ table: string; text: string }[]> {
  return h.run(async ({ tx }) => {
    const found: { table: string; text: string }[] = []
    for (const table of await tablesOf(tx)) {
      const { rows } = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(table)}`.execute(tx)
      for (const row of rows) found.push({ table, text: Object.values(row).map(textOf).join('\n') })
    }
    return found
  })
}

async function tablesOf(tx: Parameters<Parameters<House['run']>[0]>[0]['tx']): Promise<string[]> {
  const all = await tx.introspection.getTables()
  return all.map(t => t.name)
}

function textOf(value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value)
  const bytes = Buffer.from(value)
  try {
    return `${bytes.toString('latin1')}\n${inflateRawSync(bytes).toString('utf8')}`
  } catch {
    return bytes.toString('latin1')
  }
}
