import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openBlobs } from './base/blobs.ts'
import { type Clock, systemClock } from './base/clock.ts'
import type { Config } from './base/config.ts'
import type { Engine } from './base/db.ts'
import { type Log, openLog } from './base/log.ts'
import { migrate, readMigrations } from './base/migrate.ts'
import { openPostgres } from './base/postgres.ts'
import { keyFor, openSecrets } from './base/secrets.ts'
import { openSqlite } from './base/sqlite.ts'
import { type Base, joinBase } from './base/transact.ts'

/** Opens what lies below the areas: log, database brought up to date, key file, blobs. */
export async function openBase(
  config: Config,
  options: { clock?: Clock; log?: Log; engine?: Engine } = {},
): Promise<Base> {
  const clock = options.clock ?? systemClock
  const log = options.log ?? openLog(config.logLevel)
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  const engine =
    options.engine ??
    (config.database === null
      ? openSqlite(join(config.data, 'muster.db'), { synchronous: config.sqliteSynchronous })
      : openPostgres(config.database, { log, connections: config.databaseConnections }))
  await migrate(engine, readMigrations(join(import.meta.dirname, 'migrations')), clock.now())
  const secrets = openSecrets(await keyFor(engine, join(config.data, 'secret.key')), clock.now)
  return joinBase({ config, engine, clock, log, secrets, blobs: openBlobs(join(config.data, 'blobs')) })
}
