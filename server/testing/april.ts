import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { type Ade, startAde } from '@muster/simulator/outside/ade/ade.ts'
import { type Content, startContent } from '@muster/simulator/outside/content/content.ts'
import type { Location } from '@muster/simulator/outside/content/location.ts'
import { storeApps } from '@muster/simulator/outside/store/catalog.ts'
import * as apps from '../areas/apps/index.ts'
import { type Doors, doorsFor } from './given-doors.ts'

/** One line of a batch as the API shows it. */
export interface AprilLine {
  serial: string
  state: string
  cause: string | null
  apps: { wanted: number; there: number }
}

/** A server in April: new iPads are promised by the vendor, ten apps are in the catalog, licenses are at the store, and all of it is played. */
export interface April {
  h: Doors['h']
  ade: Ade
  content: Content
  at: Location
  /** The program that holds the licenses. */
  licenses: string
  ipads: apple.AppleDevice[]
  /** Ids of the ten apps, in the order of the store. */
  apps: string[]
  /** Calls the API as an owner; throws what is refused. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of any form
  call(method: string, path: string, body?: unknown): Promise<any>
  /** A blueprint of policies: required apps, and what else is said. */
  blueprint(name: string, of: readonly { kind: string; value: object }[]): Promise<string>
  /** Switches a device on: it asks the vendor whose it is, and goes to the door it is told. */
  switchOn(machine: apple.AppleDevice): Promise<void>
  /** So many seconds of the server's clock, in steps, with the devices calling in between. */
  live(seconds: number, machines?: readonly apple.AppleDevice[]): Promise<void>
  lines(batch: string): Promise<AprilLine[]>
}

/** The apps that are demanded, as the store numbers them. */
export const ten = storeApps.slice(0, 10)

/** Opens it for one test, with so many iPads and so many licenses of each app. */
export async function april(
  t: TestContext,
  wish: { ipads: number; licenses: number /** Of the first app. */; first?: number },
): Promise<April> {
  const clock = { now: () => Date.now() }
  const ade = await startAde(() => clock.now())
  const content = await startContent({ now: () => clock.now() })
  const folder = mkdtempSync(join(tmpdir(), 'muster-april-'))
  writeFileSync(join(folder, 'outside.pem'), `${ade.ca}\n${content.ca}`)
  const doors = await doorsFor(t, {
    MUSTER_ADE_URL: ade.url,
    MUSTER_CONTENT_URL: content.url,
    MUSTER_OUTSIDE_CA: join(folder, 'outside.pem'),
  })
  const { h, authority, unpack } = doors
  clock.now = () => h.now()
  t.after(async () => {
    await ade.close()
    await content.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const { key } = await h.given.admin()
  const call: April['call'] = async (method, path, body) => {
    const answer = await h.http(method, `/api/v1${path}`, { as: key, ...(body === undefined ? {} : { body }) })
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 500)}`)
    return answer.body
  }
  const ipads = Array.from({ length: wish.ipads }, () => unpack({ model: 'iPad Air 11-inch (M3)', osVersion: '27.0' }))
  // What was just taken out of its box holds nothing of anybody.
  for (const { interior } of ipads) interior.apps = []
  await promise(ade, call, ipads)
  const { at, token } = content.location()
  for (const [i, app] of ten.entries()) {
    const totalCount = i === 0 ? (wish.first ?? wish.licenses) : wish.licenses
    content.buy(at, { adamId: String(app.id), totalCount, deviceAssignable: true, revocable: true })
  }
  const licenses = String((await call('POST', '/programs/content', { token })).id)
  const ids: string[] = []
  for (const { id, bundle, name } of ten) {
    const app = { platform: 'ios', kind: 'store', name, bundle, storeId: String(id), unit: h.root.id } as const
    ids.push((await h.run(ctx => apps.addApp(ctx, app))).id)
  }
  await h.settle()
  const live: April['live'] = async (seconds, machines = ipads) => {
    for (let passed = 0; passed < seconds; passed += 5) {
      h.pass(5000)
      await h.settle()
      for (const machine of machines) {
        await apple.connect(machine)
        await apple.settled(machine)
      }
    }
    await h.settle()
    await h.settle()
  }
  return {
    ...{ h, ade, content, at, licenses, ipads, apps: ids, call, live },
    blueprint: (name, of) => blueprintOf(call, { name, unit: h.root.id, of }),
    switchOn: async machine => {
      const offer = ade.profileFor(machine.hardware.serial)
      if (offer === null) throw new Error(`${machine.hardware.serial} is promised to nobody`)
      const url = String(offer.profile['url'])
      const supervised = offer.profile['is_supervised'] === true
      const waits = offer.profile['await_device_configured'] === true
      await apple.boot(machine, {
        promised: { url, is_supervised: supervised, await_device_configured: waits },
        authority,
      })
    },
    lines: async batch => (await call('GET', `/intakes/${batch}/devices?limit=200`)).items as AprilLine[],
  }
}

/** The vendor sells the devices to the org, and promises them to this server. */
async function promise(ade: Ade, call: April['call'], ipads: readonly apple.AppleDevice[]): Promise<void> {
  const serials = ipads.map(i => i.hardware.serial)
  const made = await call('POST', '/programs/devices/keys')
  const server = ade.register({ name: 'Havsten', certificate: String(made.certificate) })
  ade.buy(serials.map(serial => ({ serial })))
  ade.assign(serials, server)
  await call('POST', '/programs/devices', { name: 'Havsten Business', token: ade.download(server) })
}

async function blueprintOf(
  call: April['call'],
  { name, unit, of }: { name: string; unit: string; of: readonly { kind: string; value: object }[] },
): Promise<string> {
  const items: string[] = []
  for (const [i, { kind, value }] of of.entries()) {
    const made = await call('POST', '/policies', { kind, name: `${name} ${i + 1}`, unit, value })
    items.push(String(made.policy.id))
  }
  return String((await call('POST', '/blueprints', { name, unit, items })).blueprint.id)
}
