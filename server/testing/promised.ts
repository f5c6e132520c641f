import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Ade, startAde } from '@muster/simulator/outside/ade/ade.ts'
import type { Registered } from '@muster/simulator/outside/ade/vendor.ts'
import { type House, house } from './house.ts'

/** A house beside Apple's automated device enrollment, on one clock. */
export interface Promised {
  h: House
  ade: Ade
  /** An admin's key. */
  key: string
  /** Registers a server at the vendor with a key made here, buys devices for it, and takes its token into use. */
  program(what?: {
    serials?: readonly string[]
    setup?: string
    unit?: string
    name?: string
  }): Promise<{ id: string; server: Registered }>
  /** The program as the API shows it. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of any form
  shown(id: string): Promise<any>
  /** Runs the worker of every program until nothing is due. */
  work(): Promise<void>
}

/** Opens both. `environment` is added to the house's. */
export async function promised(t: TestContext, environment: Record<string, string> = {}): Promise<Promised> {
  const clock = { now: () => Date.UTC(2026, 10, 20, 9) }
  const ade = await startAde(() => clock.now())
  const folder = mkdtempSync(join(tmpdir(), 'muster-ade-'))
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, ade.ca)
  const h = await house(t, { MUSTER_ADE_URL: ade.url, MUSTER_OUTSIDE_CA: ca, ...environment })
  clock.now = () => h.now()
  t.after(async () => {
    await ade.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const { key } = await h.given.admin()
  return {
    h,
    ade,
    key,
    program: async ({ serials = [], name = 'Example', ...wish } = {}) => {
      const made = await h.http('POST', '/api/v1/programs/devices/keys', { as: key })
      const server = ade.register({ name, certificate: made.body.certificate })
      ade.buy(serials.map(serial => ({ serial })))
      ade.assign(serials, server)
      const token = ade.download(server)
      const added = await h.http('POST', '/api/v1/programs/devices', { as: key, body: { name, token, ...wish } })
      if (added.status !== 201) throw new Error(JSON.stringify(added.body))
      return { id: String(added.body.id), server }
    },
    shown: async id => (await h.http('GET', `/api/v1/programs/${id}`, { as: key })).body,
    work: () => h.settle(),
  }
}
