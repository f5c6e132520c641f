import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Apns, startApns } from '@muster/simulator/outside/apns/apns.ts'
import {
  type MintedPushCertificate,
  mintPushCertificate,
  type PushCertificateWish,
} from '@muster/simulator/outside/apns/certificates.ts'
import * as push from '../areas/push/index.ts'
import { newId } from '../base/id.ts'
import type { House } from './house.ts'

/** A device as the push service and the server know it; `calls` grows whenever a push reaches it. */
export interface Reached {
  enrollment: string
  account: string
  token: Uint8Array
  calls: string[]
  /** The push service forgets the device: it answers 410. */
  vanish(): void
}

export interface GivenPush {
  /** A push certificate in use; answers what was uploaded. */
  pushCertificate(
    wish?: PushCertificateWish & { account?: string },
  ): Promise<{ topic: string; certificate: string; key: string }>
  /** An enrollment whose address the server knows; with `apns` the device is also registered there. */
  wakeAddress(wish: {
    topic: string
    apns?: Apns
    account?: string
    enrollment?: string
    token?: Uint8Array
  }): Promise<Reached>
}

/** Arranges push certificates and addresses. */
export function givenPush(house: House): GivenPush {
  return {
    pushCertificate: async ({ account, ...wish } = {}) => {
      const minted = mintFor(house, wish)
      const offered = push.readUpload({ certificate: minted.certificate, key: minted.key }, house.now())
      await house.run(ctx => push.adopt(ctx, offered, { account: account ?? 'it@example.com', replace: false }))
      return minted
    },
    wakeAddress: async wish => {
      const token = wish.token ?? randomBytes(32)
      const magic = newId('wake')
      const reached = {
        enrollment: wish.enrollment ?? newId('enrollment'),
        account: wish.account ?? '',
        token,
        calls: [] as string[],
      }
      const { enrollment, account } = reached
      await house.run(ctx =>
        push.setAddress(ctx, { enrollment, account, channel: 'apns', topic: wish.topic, token, magic }),
      )
      const line = wish.apns?.register(token, given => reached.calls.push(given), { topic: wish.topic })
      return Object.assign(reached, { vanish: () => line?.remove() })
    },
  }
}

/** A push certificate that is valid by the house's clock and by the machine's, by which the simulated service goes. */
export function mintFor(house: House, wish: PushCertificateWish = {}): MintedPushCertificate {
  const day = 86_400_000
  const notAfter = Math.max(house.now(), Date.now()) + 365 * day
  return mintPushCertificate({ notBefore: house.now() - day, notAfter, ...wish })
}

/** The simulated push service for one test, and the settings that make a house use it. */
export async function apnsFor(t: TestContext): Promise<{ apns: Apns; environment: Record<string, string> }> {
  const apns = await startApns()
  const folder = mkdtempSync(join(tmpdir(), 'muster-apns-'))
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, apns.ca)
  t.after(async () => {
    await apns.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { apns, environment: { MUSTER_APNS_URL: apns.url, MUSTER_APNS_CA: ca } }
}
