import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Content, startContent } from '../../simulator/outside/content/content.ts'
import type { Location } from '../../simulator/outside/content/location.ts'
import * as apps from '../areas/apps/index.ts'
import type { Id } from '../base/id.ts'
import { house, type House } from './house.ts'

/** A house beside Apps and Books: the service, one location of it, and what tests do with licenses. */
export interface ContentHouse {
  h: House
  content: Content
  at: Location
  token: string
  /** Bearer key of an owner. */
  key: string
  /** Takes the token into use and answers its program. */
  program(token?: string): Promise<string>
  /** An app of the store in the catalog, of which the location owns so many. */
  app(of?: {
    name?: string
    storeId?: string
    total?: number
    toDevices?: boolean
    revocable?: boolean
    book?: boolean
  }): Promise<Id<'app'>>
  /** A device by the serial. */
  device(serial: string, user?: string): Promise<{ id: Id<'device'>; serial: string; user: string | null }>
  /** Wishes for an app on a device. */
  ask(device: { id: string; user?: string | null }, app: string, holder?: 'device' | 'user'): Promise<apps.SeatAnswer>
  /** Lets the worker look now, as if its rest were over, and until nothing moves any more. */
  work(program: string, rounds?: number): Promise<void>
  /** Seats of the org by holder: `state` or `state reason`. */
  seats(): Promise<Record<string, string>>
  /** Who holds what at the service: `adamId holder`. */
  given(): string[]
}

/** Opens a house and the service for this test. `reachable`: the service can tell it of changes. */
export async function contentHouse(t: TestContext, options: { reachable?: boolean } = {}): Promise<ContentHouse> {
  const state: { h?: House } = {}
  const content = await startContent({
    now: () => state.h?.now() ?? 0,
    tell: async ({ url, token }, body) => {
      if (options.reachable === false || !state.h) throw new Error('not reached')
      const headers = { authorization: `Bearer ${token}` }
      return (await state.h.http('POST', new URL(url).pathname, { body, headers })).status
    },
  })
  const folder = mkdtempSync(join(tmpdir(), 'muster-content-'))
  writeFileSync(join(folder, 'ca.pem'), content.ca)
  const h = await house(t, { MUSTER_CONTENT_URL: content.url, MUSTER_OUTSIDE_CA: join(folder, 'ca.pem') })
  state.h = h
  t.after(async () => {
    await content.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const { at, token } = content.location()
  const { key } = await h.given.admin()
  let count = 361_309_700
  const program: ContentHouse['program'] = async (file = token) => {
    const made = await h.http('POST', '/api/v1/programs/content', { as: key, body: { token: file } })
    if (made.status !== 201) throw new Error(JSON.stringify(made.body))
    return String(made.body.id)
  }
  const app: ContentHouse['app'] = async ({
    name,
    storeId,
    total,
    toDevices = true,
    revocable = true,
    book = false,
  } = {}) => {
    count += 1
    const adamId = storeId ?? String(count)
    if (total !== undefined)
      content.buy(at, {
        adamId,
        totalCount: total,
        deviceAssignable: toDevices,
        revocable,
        productType: book ? 'Book' : 'App',
      })
    const made = await h.run(ctx =>
      apps.addApp(ctx, {
        platform: 'ios',
        kind: 'store',
        name: name ?? `App ${adamId}`,
        unit: h.root.id,
        storeId: adamId,
        bundle: `com.example.a${adamId}`,
      }),
    )
    return made.id
  }
  return {
    h,
    content,
    at,
    token,
    key,
    program,
    app,
    device: async (serial, user) => {
      const made = await h.given.device({ serial, ...(user === undefined ? {} : { user }) })
      return { id: made.id, serial, user: user ?? null }
    },
    ask: (device, id, holder) =>
      h.run(ctx =>
        apps.seatReady(ctx, { device: device.id, user: device.user ?? null, app: id, ...(holder ? { holder } : {}) }),
      ),
    work: async (id, rounds = 6) => {
      await h.settle()
      for (let i = 0; i < rounds; i += 1) {
        h.pass(3000)
        await h.run(ctx => apps.wakeWorker(ctx, id))
        await h.settle()
      }
    },
    seats: async () => {
      const rows = await h.run(ctx =>
        ctx.tx.selectFrom('seats').selectAll().orderBy('holder').orderBy('license').execute(),
      )
      return Object.fromEntries(
        rows.map(r => [String(r.holder), `${String(r.state)}${r.reason === null ? '' : ` ${String(r.reason)}`}`]),
      )
    },
    given: () => [...at.assignments.values()].map(a => `${a.adamId} ${a.serialNumber ?? a.clientUserId}`).sort(),
  }
}
