import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as apple from '../simulator/apple/index.ts'
import type { Ade } from '../simulator/outside/ade/ade.ts'
import type { Apns } from '../simulator/outside/apns/apns.ts'
import { mintMaker } from '../simulator/outside/attestation/maker.ts'
import { type Business, startBusiness } from '../simulator/outside/business/business.ts'
import type { caller } from './call.ts'

type Call = ReturnType<typeof caller>

/** What stands before the door of the demo: who vouches for devices, the vendor's portal, and iPads in their boxes. */
export interface DemoDoors {
  environment: Record<string, string>
  business: Business
  /** iPads that are delivered today. */
  ipads: readonly apple.AppleDevice[]
  /** The ways in beside invitations for single people: signing in, Configurator, the certificate server, the portal. */
  seed(call: Call, top: string): Promise<void>
  /** Today's delivery: a batch, of which most are switched on. */
  deliver(call: Call, wish: { unit: string; setup: string; people: readonly string[]; ade: Ade }): Promise<void>
}

/** Makes them; `authorities` takes the portal's own. */
export async function playDoors(data: string, apns: Apns, authorities: (pem: string) => void): Promise<DemoDoors> {
  const birth = apple.birthAuthority()
  const maker = mintMaker()
  const births = join(data, 'outside-births.pem')
  writeFileSync(births, birth.pem)
  const business = await startBusiness()
  authorities(business.ca)
  const ipads = Array.from({ length: 8 }, (_, i) => {
    const one = apple.device({
      model: 'iPad Air 11-inch (M3)',
      osVersion: '27.0',
      seed: 7100 + i,
      careless: true,
      apns,
      maker,
    })
    // What was just taken out of its box holds nothing of anybody.
    one.interior.apps = []
    return one
  })
  process.once('exit', () => {
    for (const one of ipads) apple.putAway(one)
  })
  return {
    environment: {
      MUSTER_APPLE_DEVICE_CA: births,
      MUSTER_BUSINESS_URL: business.url,
      MUSTER_ACCOUNT_URL: business.url,
    },
    business,
    ipads,
    seed: (call, top) => seedDoors(call, top, { business, root: maker.root.pem }),
    deliver: (call, wish) => deliver(call, { ...wish, ipads, birth }),
  }
}

async function seedDoors(
  call: Call,
  top: string,
  { business, root }: { business: Business; root: string },
): Promise<void> {
  await call('PATCH', '/settings/account-driven', { byod: true, adde: true, way: 'web', domains: ['havsten.example'] })
  await call('POST', '/invitations', {
    unit: top,
    name: 'Configurator at reception',
    ownership: 'company',
    uses: 50,
    expiresInHours: 720,
  })
  await call('POST', '/acme/bindings', {
    name: 'Printers, Stockholm',
    names: ['*.print.havsten.example'],
  })
  await call('POST', '/attestation-roots', { pem: root })
  business.addServer('Muster')
  await call('POST', '/programs/portal', {
    name: 'Havsten in the portal',
    account: 'apple-business@havsten.example',
    ...business.account(),
  })
}

interface Delivery {
  unit: string
  setup: string
  people: readonly string[]
  ade: Ade
  ipads: readonly apple.AppleDevice[]
  birth: apple.BirthAuthority
}

async function deliver(call: Call, { unit, setup, people, ade, ipads, birth }: Delivery): Promise<void> {
  const { id } = await call('POST', '/intakes', {
    name: 'Reception and stores',
    day: new Date().toISOString().slice(0, 10),
    zone: 'Europe/Stockholm',
    unit,
    setup,
    note: 'Unpacked in the meeting room on the second floor.',
    source: {
      kind: 'list',
      lines: ipads.map(({ hardware }, i) => ({
        line: i + 2,
        serial: hardware.serial,
        assetTag: `HAV-${2500 + i}`,
        person: people[i] ?? '',
      })),
    },
  })
  // One stays in its box, and one loses its network as soon as it is on.
  const [, mute, ...others] = ipads
  for (let tries = 0; tries < 60 && others.some(o => ade.profileFor(o.hardware.serial) === null); tries += 1)
    await new Promise(resolve => setTimeout(resolve, 500))
  await call('POST', `/intakes/${String(id)}/start`, { anyway: true })
  const on = async (machine: apple.AppleDevice): Promise<void> => {
    const offer = ade.profileFor(machine.hardware.serial)
    if (offer === null) return
    await apple.boot(machine, {
      promised: {
        url: String(offer.profile['url']),
        is_supervised: offer.profile['is_supervised'] === true,
        await_device_configured: offer.profile['await_device_configured'] === true,
      },
      authority: birth,
    })
  }
  for (const machine of others) await on(machine)
  if (!mute) return
  await on(mute)
  apple.goOffline(mute)
}
