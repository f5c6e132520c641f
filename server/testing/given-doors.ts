import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import * as apple from '@muster/simulator/apple/index.ts'
import { keysForTests } from '@muster/simulator/apple/testing/keys.ts'
import type { Smtp } from '@muster/simulator/outside/smtp/smtp.ts'
import * as roster from '../areas/roster/index.ts'
import { apnsFor } from './given-push.ts'
import type { House } from './house.ts'
import { listening } from './listening.ts'
import { smtpFor } from './mailing.ts'

const keys = await keysForTests(24)

/** A server that devices reach before they are enrolled, whoever makes them, and mail for people who sign in. */
export interface Doors {
  h: House & { url: string }
  smtp: Smtp
  authority: apple.BirthAuthority
  /** A device that is new. */
  unpack(options?: apple.DeviceOptions): apple.AppleDevice
  /** A device that is promised, and what the enrollment service tells it. */
  promise(
    options?: apple.DeviceOptions & { body?: Partial<roster.SetupBody>; unit?: string; setup?: roster.Setup },
  ): Promise<{ machine: apple.AppleDevice; promised: apple.PromisedProfile; setup: roster.Setup; entry: roster.Entry }>
  /** The code that was mailed last. */
  code(): Promise<string>
  /** Lets the server and these devices come to rest, with the clock going on. */
  rest(machines: readonly apple.AppleDevice[], rounds?: number): Promise<void>
}

/** Opens it for one test. */
export async function doorsFor(t: TestContext, environment: Record<string, string> = {}): Promise<Doors> {
  const authority = apple.birthAuthority()
  const folder = mkdtempSync(join(tmpdir(), 'muster-births-'))
  writeFileSync(join(folder, 'ca.pem'), authority.pem)
  const { apns, environment: push } = await apnsFor(t)
  const { smtp, environment: mail } = await smtpFor(t)
  const h = await listening(t, {
    ...push,
    ...mail,
    MUSTER_APPLE_DEVICE_CA: join(folder, 'ca.pem'),
    ...environment,
  })
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  await h.given.pushCertificate()
  // Whoever answers for it is written to: that mail is out before the test begins.
  await h.settle()
  let seed = 9000
  const unpack: Doors['unpack'] = (options = {}) => {
    seed += 1
    const one = apple.device({ model: 'iPad Pro 11-inch (M4)', seed, keys, careless: true, apns, ...options })
    t.after(() => apple.putAway(one))
    return one
  }
  return {
    h,
    smtp,
    authority,
    unpack,
    promise: async ({ body, unit, setup: given, ...options } = {}) => {
      const machine = unpack(options)
      const setup = given ?? (await h.given.setup({ ...(body ? { body } : {}) }))
      const entry = await h.given.entry({
        serial: machine.hardware.serial,
        setup: setup.id,
        ...(unit === undefined ? {} : { unit }),
      })
      const secret = await h.run(ctx => roster.setupSecret(ctx, setup))
      const url = `${h.url}/enroll/apple/auto/${secret}`
      const promised: apple.PromisedProfile = {
        url,
        is_supervised: setup.supervised,
        await_device_configured: setup.awaits,
        is_multi_user: setup.sharedDevice,
        auto_advance_setup: setup.autoAdvance,
        skip_setup_items: setup.skip,
        ...(setup.language === null ? {} : { language: setup.language }),
        ...(setup.region === null ? {} : { region: setup.region }),
        ...(setup.signIn === 'web' ? { configuration_web_url: `${url}/web` } : {}),
      }
      return { machine, promised, setup, entry }
    },
    code: async () => {
      // Other mail leaves too; only people of the test get codes.
      const found = (): string | undefined => {
        const mail = smtp.received.findLast(m => m.to.endsWith('@havsten.example'))
        return /\b\d{6}\b/.exec(mail?.mail.text ?? '')?.[0]
      }
      await h.settle()
      return found() ?? ''
    },
    rest: async (machines, rounds = 4) => {
      for (let i = 0; i < rounds; i += 1) {
        h.pass(5000)
        await h.settle()
        for (const machine of machines) {
          await apple.connect(machine)
          await apple.settled(machine)
        }
      }
    },
  }
}
