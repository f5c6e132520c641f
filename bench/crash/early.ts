// The negative control of the crash harness: a server that answers before it commits. Never used by the product.
// kill -9 alone cannot show what synchronous=OFF loses, because the kernel keeps what a dead process wrote; see README.md.
import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import { processEnvironment, readConfig } from '../../server/base/config.ts'
import type { Engine, Tx } from '../../server/base/db.ts'
import { openLog } from '../../server/base/log.ts'
import { openPostgres } from '../../server/base/postgres.ts'
import { openSqlite } from '../../server/base/sqlite.ts'
import { joinServer, openBase } from '../../server/main.ts'

/** How long after the answer the commit comes: widens the fault so that few points suffice to show that it is caught. */
const lateMs = 60

/** Answers each request as soon as its work is done, and commits a moment later. */
function answerEarly(engine: Engine): Engine {
  return {
    ...engine,
    transact: <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
      new Promise<T>((resolve, reject) => {
        engine
          .transact(async tx => {
            const value = await work(tx)
            resolve(value)
            await new Promise(done => setTimeout(done, lateMs))
            return value
          })
          .catch(reject)
      }),
  }
}

const config = readConfig(processEnvironment())
mkdirSync(config.data, { recursive: true, mode: 0o700 })
const engine =
  config.database === null
    ? openSqlite(join(config.data, 'muster.db'))
    : openPostgres(config.database, { log: openLog('warn'), connections: 4 })
const server = await joinServer(await openBase(config, { engine: answerEarly(engine) }))
await server.http.listen({ host: config.listen.host, port: config.listen.port })
