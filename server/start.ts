import * as certificates from './areas/certificates/index.ts'
import * as identity from './areas/identity/index.ts'
import * as push from './areas/push/index.ts'
import { ConfigFault, processEnvironment, readConfig } from './base/config.ts'
import type { Base } from './base/transact.ts'
import { joinServer, openBase, secure, type Server, serveDevices } from './main.ts'
import { keepFeed } from './platforms/apple/updates/feed-job.ts'

/** Starts the server of this machine: reads the settings, opens the database, listens, and stops in order when asked to. */
async function start(): Promise<void> {
  const base = await openBase(readConfig(processEnvironment()))
  const { listen, deviceListen, url } = base.config
  const tls =
    listen.tls || deviceListen || base.config.mqtt?.listen.some(l => /s$/.test(l.scheme) && l.scheme !== 'ws')
      ? await certificates.serverTls(base)
      : null
  const server = await joinServer(base, { tls: listen.tls && tls ? { cert: tls.cert, key: tls.key } : null })
  await server.http.listen({ host: listen.host, port: listen.port })
  const closing: (() => Promise<void> | void)[] = [await keepFeed(server)]
  if (deviceListen && tls) closing.push(await serveDevices(server, deviceListen, tls))
  if (tls && listen.tls) closing.push(certificates.watchServerTls(base, tls, fresh => secure(server.http, fresh)))
  await greet(base, `${listen.tls ? 'https' : 'http'}://${listen.host}:${listen.port}`, url)
  closing.push(await serveLines(base, tls))
  stopWhenAsked(base, server, closing)
}

/** The line that agents keep open: ours, or the broker that the operator runs. */
async function serveLines(base: Base, tls: certificates.ServerTls | null): Promise<() => Promise<void>> {
  const setting = base.config.mqtt
  if (setting === null) return () => Promise.resolve()
  if (setting.broker) {
    const line = push.useBroker(base, setting.broker)
    return () => line.close()
  }
  const broker = await push.startBroker(base, setting.listen, tls && { cert: tls.cert, key: tls.key })
  const unwatch = tls ? certificates.watchServerTls(base, tls, fresh => broker.secure(fresh)) : () => undefined
  return async () => {
    unwatch()
    await broker.close()
  }
}

async function greet(base: Base, address: string, url: string): Promise<void> {
  const token = await identity.ensureSetup(base)
  const lines = [`Muster listens on ${address} and is known as ${url}`]
  if (token !== null) lines.push('', 'Set it up here (the link works once, for a day):', `  ${token}`)
  if (base.config.listen.tls && base.config.tlsCert === null) {
    lines.push(
      '',
      `Its certificate is its own. Browsers ask about it once; ${url}/trust.pem is the authority to trust.`,
    )
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

function stopWhenAsked(base: Base, server: Server, closing: readonly (() => Promise<void> | void)[]): void {
  let stopping = false
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return
    stopping = true
    base.log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), 15_000).unref()
    for (const close of closing) await close()
    await server.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal))
  process.on('uncaughtException', error => {
    base.log.fatal({ error: error.stack }, 'fault outside any request; the process ends so that it starts clean')
    process.exit(1)
  })
}

if (import.meta.main) {
  try {
    await start()
  } catch (error) {
    const plain =
      error instanceof ConfigFault ||
      (error instanceof Error && 'code' in error && ['EADDRINUSE', 'EACCES'].includes(String(error.code)))
    process.stderr.write(
      `Muster does not start.\n${plain ? (error as Error).message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
    process.exit(1)
  }
}
