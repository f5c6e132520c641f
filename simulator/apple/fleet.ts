import type { WakeSource } from '../outside/apns/tokens.ts'
import { signIn } from './accounts.ts'
import { changeApps } from './apps.ts'
import { type AppleDevice, type DeviceOptions, deviceOf, putAway } from './device.ts'
import { enroll } from './enroll.ts'
import { type Product, product } from './hardware.ts'
import { agents } from './http.ts'
import { freshKeys, type KeySource } from './keys.ts'
import { noteTrouble } from './ledger.ts'
import { type Language, person } from './names.ts'
import { type Random, random } from './random.ts'
import { connect } from './session.ts'

/** How to start a fleet of virtual Apple devices. */
export interface FleetOptions {
  /** Where the device of this number gets its .mobileconfig. */
  profileUrlFor(index: number, device: AppleDevice): string | Promise<string>
  count: number
  /** Without it, devices call only every `pollMs`, or when told. */
  apns?: WakeSource
  /** The same seed makes the same people, machines and serial numbers. */
  seed?: number
  /** Enrollments under way at once; 8 when absent. */
  concurrency?: number
  /** Marketing or product names to draw from; a plausible mix when absent. */
  models?: readonly string[]
  languages?: readonly Language[]
  keys?: KeySource
  /** Share of iPhones and iPads that are supervised; 0.6 when absent. */
  supervised?: number
  /** Whether the owner of a Mac signs in and opens the user channel; true when absent. */
  accounts?: boolean
  pollMs?: number
  /** How often the owner of each device changes their mind about an app; never when absent. */
  appsChangeMs?: number
  maxSockets?: number
  /** Called after each attempt. */
  onEnrolled?(device: AppleDevice, index: number, error?: unknown): void
  /** Further wishes for each device. */
  device?: DeviceOptions
}

/** Many virtual devices in one process, with one set of connections. */
export interface Fleet {
  devices: readonly AppleDevice[]
  failures: { device: AppleDevice; error: unknown }[]
  /** Resolves when every device has tried to enroll. */
  enrolled: Promise<void>
  /** Stops everything without a word to the server. */
  close(): void
}

/** How often each product is met: [product name, weight]. */
const mix: readonly (readonly [string, number])[] = [
  ['iPhone18,3', 18],
  ['iPhone18,1', 8],
  ['iPhone18,4', 4],
  ['iPhone17,5', 14],
  ['iPhone17,3', 10],
  ['iPhone15,4', 6],
  ['iPhone14,6', 4],
  ['iPad15,7', 8],
  ['iPad15,4', 5],
  ['iPad16,3', 3],
  ['iPad16,2', 2],
  ['Mac16,12', 9],
  ['Mac16,1', 5],
  ['Mac16,3', 2],
  ['Mac16,10', 1],
  ['AppleTV14,1', 1],
]

/** Starts a fleet; the devices exist at once and enroll in the background, see `enrolled`. */
export function startFleet(options: FleetOptions): Fleet {
  const chance = random(options.seed ?? 1)
  const shared = agents(options.maxSockets)
  const devices = Array.from({ length: options.count }, () => unpack(options, chance, shared))
  const failures: Fleet['failures'] = []
  const polls: NodeJS.Timeout[] = []
  const run = { closed: false }
  const enrolled = inLanes(options.concurrency ?? 8, devices, async (device, index) => {
    if (run.closed) return
    try {
      await enroll(device, { profileUrl: await options.profileUrlFor(index, device), attempts: 5, pauseMs: 500 })
      if (!run.closed) await settleIn(device, options, polls)
      options.onEnrolled?.(device, index)
    } catch (error) {
      failures.push({ device, error })
      options.onEnrolled?.(device, index, error)
    }
  })
  return {
    devices,
    failures,
    enrolled,
    close: () => {
      run.closed = true
      for (const poll of polls) clearInterval(poll)
      for (const device of devices) putAway(device)
      shared.close()
    },
  }
}

function unpack(options: FleetOptions, chance: Random, shared: ReturnType<typeof agents>): AppleDevice {
  // Each device has a chance of its own, so that one more device changes nothing about the others.
  const own = random(chance.below(2 ** 32))
  const kind = choose(options, own)
  const handheld = kind.family === 'iPhone' || kind.family === 'iPad'
  const supervised = !handheld || own.next() < (options.supervised ?? 0.6)
  const language = own.pick(options.languages ?? (['en', 'fr', 'sv', 'ja'] as const))
  return deviceOf(kind, own, {
    agents: shared,
    keys: options.keys ?? freshKeys,
    owner: person(own, language),
    supervised,
    unlockAfterMs: 20_000,
    complyAfterMs: 15_000,
    retryMs: 5_000,
    ...(options.apns === undefined ? {} : { apns: options.apns }),
    ...options.device,
  })
}

function choose({ models }: FleetOptions, chance: Random): Product {
  if (models !== undefined) return product(chance.pick(models))
  const total = mix.reduce((sum, [, weight]) => sum + weight, 0)
  let left = chance.below(total) // runs down to the chosen one
  for (const [name, weight] of mix) {
    if (left < weight) return product(name)
    left -= weight
  }
  throw new Error('the mix is empty')
}

async function settleIn(device: AppleDevice, options: FleetOptions, polls: NodeJS.Timeout[]): Promise<void> {
  if (device.hardware.family === 'Mac' && options.accounts !== false)
    // The Mac works without its user channel; a refusal is worth a note, not a failed enrollment.
    await signIn(device).catch(error => noteTrouble(device.ledger, `sign-in: ${String(error)}`))
  if (options.appsChangeMs !== undefined)
    polls.push(setInterval(() => changeApps(device), options.appsChangeMs).unref())
  if (options.pollMs === undefined) return
  polls.push(setInterval(() => void connect(device), options.pollMs))
}

async function inLanes<T>(
  width: number,
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const entries = items.entries()
  const lane = async (): Promise<void> => {
    for (const [index, item] of entries) await work(item, index)
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane))
}
