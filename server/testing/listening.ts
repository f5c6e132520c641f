import type { TestContext } from 'node:test'
import * as certificates from '../areas/certificates/index.ts'
import { serveDevices } from '../main.ts'
import { type House, house } from './house.ts'
import { freePort } from '../../tools/ports.ts'

/** A house whose device and public routes also answer on a real HTTPS port, with the server's own certificate. Its clock begins now. */
export async function listening(
  t: TestContext,
  environment: Record<string, string> = {},
): Promise<House & { url: string }> {
  const port = await freePort()
  const url = `https://localhost:${port}`
  const h = await house(t, { MUSTER_URL: url, MUSTER_DEVICE_LISTEN: `https://127.0.0.1:${port}`, ...environment })
  // Devices check the server's certificate by the real time.
  h.pass(Date.now() - h.now())
  const tls = await certificates.serverTls(h.base)
  const close = await serveDevices(h.server, { host: '127.0.0.1', port }, tls)
  // Before the house closes its database.
  const stop = h.server.stop
  h.server.stop = async () => {
    await close()
    await stop()
  }
  return Object.assign(h, { url })
}
