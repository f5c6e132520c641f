import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Engine, own } from './db.ts'

interface Tables {
  migrations: { name: string; hash: string; applied_at: number }
}

/** One step of the schema: plain SQL valid on both engines, forward only, never edited once released. */
export interface Migration {
  name: string
  statements: readonly string[]
  hash: string
}

/** The migrations of a folder in their order. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter(name => /^\d{4}_[a-z_]+\.sql$/.test(name))
    .sort()
    .map(name => {
      const text = readFileSync(join(folder, name), 'utf8')
      return { name, statements: statementsOf(text), hash: createHash('sha256').update(text).digest('hex') }
    })
}

/**
 * Brings the schema up to date; each migration in one transaction with its own record, so a kill leaves it done or not begun.
 * Refuses a database that a newer release has migrated, or whose applied migrations differ from ours.
 */
export async function migrate(engine: Engine, migrations: readonly Migration[], now: number): Promise<string[]> {
  await makeRecord(engine)
  const applied = await appliedTo(engine)
  for (const { name, hash } of applied) {
    const ours = migrations.find(m => m.name === name)
    if (!ours)
      throw new Error(
        `The database was migrated by a newer release (${name}). Start that release, or restore a backup made before it.`,
      )
    if (ours.hash !== hash)
      throw new Error(`The migration ${name} in this release differs from the one this database has.`)
  }
  const missing = migrations.filter(m => !applied.some(a => a.name === m.name))
  for (const { name, statements, hash } of missing) {
    try {
      await engine.script([
        ...statements,
        `INSERT INTO migrations (name, hash, applied_at) VALUES ('${name}', '${hash}', ${now})`,
      ])
    } catch (error) {
      // Another process that starts at the same moment may have been first.
      if (!(await appliedTo(engine)).some(a => a.name === name && a.hash === hash)) throw error
    }
  }
  return missing.map(m => m.name)
}

/** On PostgreSQL, IF NOT EXISTS does not keep two processes from making the same table at the same moment: the later one fails, and finds it there. */
async function makeRecord(engine: Engine): Promise<void> {
  try {
    await engine.script([
      'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied_at BIGINT NOT NULL)',
    ])
  } catch (error) {
    await appliedTo(engine).catch(() => {
      throw error
    })
  }
}

function appliedTo(engine: Engine): Promise<Tables['migrations'][]> {
  return engine.read(tx => own<Tables>(tx).selectFrom('migrations').selectAll().orderBy('name').execute())
}

/** Splits at semicolons that end a line; comments stay with their statement. */
function statementsOf(text: string): string[] {
  return text
    .split(/;[ \t]*(?:\r?\n|$)/)
    .map(s => s.trim())
    .filter(s => s.replaceAll(/--[^\n]*/g, '').trim() !== '')
}
