import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { keyFor, openSecrets } from '../base/secrets.ts'
import { joinBase } from '../base/transact.ts'
import { joinServer, type Server } from '../main.ts'
import type { House } from './house.ts'

/** Another process on the database of a house, which remembers nothing: what a restart leaves, or a second server beside the first. */
export async function anotherProcess(
  h: House,
  t: TestContext,
): Promise<Pick<Server, 'base' | 'worker' | 'sealing' | 'watch'>> {
  const { config, engine, clock, log, blobs } = h.base
  const secrets = openSecrets(await keyFor(engine, join(config.data, 'secret.key')), clock.now)
  const base = joinBase({ config, engine, clock, log, secrets, blobs })
  const server = await joinServer(base, { pollMs: null, console: join(config.data, 'no-console') })
  t.after(async () => {
    await server.worker.stop()
    await server.watch.stop()
    await server.sealing.stop()
  })
  return server
}
