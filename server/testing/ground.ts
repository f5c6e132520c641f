import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Engine } from '../base/db.ts'
import { digest, newSecret } from '../base/id.ts'
import { silentLog } from '../base/log.ts'
import { migrate, readMigrations } from '../base/migrate.ts'
import { openPostgres } from '../base/postgres.ts'
import { openSqlite } from '../base/sqlite.ts'

/** A database of one test, brought up to date, with nothing in it. */
export interface Ground {
  /** The engine on PostgreSQL; null where the test opens the file in its folder by itself. */
  engine: Engine | null
  /** Throws the database away, after everything on it was closed. */
  end(): Promise<void>
}

const migrations = readMigrations(join(import.meta.dirname, '../migrations'))

/** A fresh database: on PostgreSQL one of its own, if TEST_DB names a server, else a file in the folder. Migrations run once, and their outcome is copied. */
export async function freshGround(folder: string): Promise<Ground> {
  const url = process.env.TEST_DB
  if (url === undefined) {
    copyFileSync(await sqliteModel(), join(folder, 'muster.db'))
    return { engine: null, end: async () => {} }
  }
  const { admin, name: model } = await postgresModel(url)
  const name = `t_${plainSecret()}`
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${model} STRATEGY WAL_LOG`)
  return {
    engine: openPostgres(onDatabase(url, name), { log: silentLog, connections: 8 }),
    end: async () => {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

let file: Promise<string> | undefined

function sqliteModel(): Promise<string> {
  file ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-model-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 'muster.db')
    const engine = openSqlite(path)
    await migrate(engine, migrations, 0)
    await engine.close()
    return path
  })()
  return file
}

let model: Promise<{ admin: pg.Pool; name: string }> | undefined

/** The database that others are copied from; made by whichever process comes first. */
function postgresModel(url: string): Promise<{ admin: pg.Pool; name: string }> {
  model ??= (async () => {
    const admin = new pg.Pool({ connectionString: url, max: 1, allowExitOnIdle: true })
    admin.on('error', () => {})
    const name = `model_${digest(migrations.map(m => m.hash).join('\n')).slice(0, 24)}`
    await admin.query('SELECT pg_advisory_lock(7823642)')
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) {
      const half = `half_${plainSecret()}`
      await admin.query(`CREATE DATABASE ${half}`)
      const engine = openPostgres(onDatabase(url, half), { log: silentLog, connections: 2 })
      await migrate(engine, migrations, 0)
      await engine.close()
      await admin.query(`ALTER DATABASE ${half} RENAME TO ${name}`)
    }
    await admin.query('SELECT pg_advisory_unlock(7823642)')
    return { admin, name }
  })()
  return model
}

function onDatabase(url: string, name: string): string {
  const at = new URL(url)
  at.pathname = `/${name}`
  return at.href
}

function plainSecret(): string {
  return newSecret(9)
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
}
