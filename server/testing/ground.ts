import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import type { Engine, Tx } from '../base/db.ts'
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

/** A fresh database: on PostgreSQL an empty one on the server that TEST_DB names, else a file in the folder. Migrations run once, and their outcome is copied. */
export async function freshGround(folder: string): Promise<Ground> {
  const url = process.env.TEST_DB
  if (url === undefined) {
    copyFileSync(await sqliteModel(), join(folder, 'muster.db'))
    return { engine: null, end: async () => {} }
  }
  const plot = fallow.pop() ?? (await newPlot(url))
  let closed = false
  // Whoever still works on it after it was closed must not reach into the next test.
  const open = <T>(work: () => Promise<T>): Promise<T> =>
    closed ? Promise.reject(new Error('the database of this test is closed')) : work()
  const engine: Engine = {
    kind: plot.engine.kind,
    counts: plot.engine.counts,
    transact: work => open(() => plot.engine.transact(work)),
    read: work => open(() => plot.engine.read(work)),
    script: statements => open(() => plot.engine.script(statements)),
    close: async () => {
      closed = true
      await plot.engine.transact(async () => {})
    },
  }
  return {
    engine,
    end: async () => {
      closed = true
      if (await emptied(plot)) fallow.push(plot)
      else await plot.drop()
    },
  }
}

/** A database with connections that stay open, because both are dear; tests of this process have it one after another. */
interface Plot {
  engine: Engine
  /** What it is made of, when it was new. */
  shape: string
  drop(): Promise<void>
}

const fallow: Plot[] = []

async function newPlot(url: string): Promise<Plot> {
  const { admin, name: model } = await postgresModel(url)
  const name = `t_${plainSecret()}`
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${model} STRATEGY WAL_LOG`)
  const engine = openPostgres(onDatabase(url, name), { log: silentLog, connections: 8 })
  return {
    engine,
    shape: await engine.read(shapeOf),
    drop: async () => {
      await engine.close().catch(() => undefined)
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

/** Empties every table, so that the next test finds the database as if it were new; false when somebody still holds on to it, or has changed what it is made of. */
async function emptied({ engine, shape }: Plot): Promise<boolean> {
  try {
    return await engine.transact(async tx => {
      if ((await shapeOf(tx)) !== shape) return false
      await sql`SET LOCAL lock_timeout = 3000`.execute(tx)
      const { rows } = await sql<{ name: string }>`
        SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migrations'`.execute(
        tx,
      )
      const looks = rows.map(
        ({ name }) => sql`SELECT ${sql.lit(name)} AS name WHERE EXISTS (SELECT FROM ${sql.table(name)})`,
      )
      const used = await sql<{ name: string }>`${sql.join(looks, sql` UNION ALL `)}`.execute(tx)
      const tables = used.rows.map(({ name }) => sql.table(name))
      if (tables.length > 0) await sql`TRUNCATE ${sql.join(tables)} CASCADE`.execute(tx)
      return true
    })
  } catch {
    return false
  }
}

/** How many tables, indexes and columns there are; a test that adds or drops one leaves another shape. */
async function shapeOf(tx: Tx): Promise<string> {
  const { rows } = await sql<{ shape: string }>`
    SELECT count(DISTINCT c.oid) || ' ' || count(*) AS shape
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace`.execute(tx)
  return rows[0]?.shape ?? ''
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
