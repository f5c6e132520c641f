import { randomBytes } from 'node:crypto'
import type { Dict } from '@muster/wire/plist/plist.ts'
import type { Registration, WakeSource } from '../outside/apns/tokens.ts'
import type { Maker } from '../outside/attestation/maker.ts'
import type { Behavior, Rule } from './behavior.ts'
import type { Declared } from './declarations/declared.ts'
import { build, type Hardware, type Product, product } from './hardware.ts'
import type { Agents } from './http.ts'
import { freshKeys, type KeySource } from './keys.ts'
import { type Ledger, ledger } from './ledger.ts'
import { dropAll } from './managed.ts'
import { deviceName, type Person, person } from './names.ts'
import type { EnrollmentProfile, Profile } from './profile.ts'
import { type Random, random } from './random.ts'
import type { Identity } from './scep.ts'
import { factoryState, type Interior, systemOf } from './interior.ts'

/** How a virtual device shall be; everything has a plausible default. */
export interface DeviceOptions {
  /** Marketing or product name: `iPhone 17`, `Mac16,12`. */
  model?: string
  seed?: number
  owner?: Person
  name?: string
  osVersion?: string
  supervised?: boolean
  /** In Setup Assistant and waiting for DeviceConfigured, as after automated enrollment. */
  awaitingConfiguration?: boolean
  /** Where push tokens are registered; without it only `connect` makes the device call. */
  apns?: WakeSource
  /** PEM of authorities trusted beside those of the profile. */
  trust?: readonly string[]
  /** Downloads the profile without checking the server's certificate. */
  careless?: boolean
  /** Shows the identity as TLS client certificate as well. */
  clientCertificate?: boolean
  /** Signs messages even though the profile does not ask for it, or not although it does. */
  signMessage?: boolean
  agents?: Agents
  keys?: KeySource
  /** How far the device's clock is ahead of the real one. */
  clockSkewMs?: number
  /** After this long somebody unlocks a device that was locked by command; never when absent. */
  unlockAfterMs?: number
  /** After this long the owner sets a passcode that the policies ask for; never when absent. */
  complyAfterMs?: number
  /** Tries again by itself, ever more slowly, when the server cannot be reached or is in trouble. */
  retryMs?: number
  /** On renewal: whether the first message of the new identity is the TokenUpdate or the acknowledgment. */
  renewalOrder?: 'token-first' | 'ack-first'
  /** Some systems send Authenticate with the new identity when the profile is replaced. */
  authenticateOnRenewal?: boolean
  timeoutMs?: number
  /** What the owner of a device that is not supervised answers when it asks about an app; accepts when absent. */
  prompts?: 'accept' | 'decline' | 'wait'
  /** A cable of the network is in it while it starts. */
  ethernet?: boolean
  /** False: no SIM is in it. */
  sim?: boolean
  /** Attests keys in its chip, as its maker does; without it the device can only ask by SCEP. */
  maker?: Maker
  /** A Mac whose protections of the system are turned off. */
  weakened?: boolean
  /** A Mac with an Intel processor. */
  intel?: boolean
  /** Short name of the administrator that Setup Assistant made for the server on this Mac. */
  automaticAdmin?: string
  /** Of a device in lost mode: how fast whoever has it goes, and what each position costs of its battery (0 to 1). At its end it is dead. */
  lost?: { metersPerSecond?: number; drain?: number }
  /** Commands in one conversation after which the device hangs up on a server in a loop; 2,000 when absent. */
  commandLimit?: number
}

/** A push channel: the device itself has one, each managed account of it another. */
export interface Channel {
  token: Uint8Array
  magic: string
  registration: Registration | undefined
  /** Whether the server accepted the token; pushes before that mean nothing. */
  confirmed: boolean
  /** A conversation under way; a channel has one at a time. */
  talking: Promise<Conversation> | undefined
  /** A wake that came during the conversation. */
  again: boolean
  /** Makes the device call on this channel; set when it begins to listen for pushes. */
  call: (() => void) | undefined
  /** The last conversation ended in NotNow: the device calls by itself when it can. */
  deferred: boolean
}

/** A person signed in on the device whom the server manages too. */
export interface Account extends Channel {
  userId: string
  shortName: string
  longName: string
  /** Network and mobile accounts introduce themselves with UserAuthenticate. */
  network: boolean
  password: string
  /** From UserAuthenticate; sent with each later message of the account. */
  authToken: string | undefined
  profiles: Map<string, Profile>
  /** What is declared to the account. */
  declared: Declared
}

/** One period of management, from the profile to its removal. */
export interface Enrollment extends Channel {
  profile: EnrollmentProfile
  /** Where the profile came from. */
  source: string
  identity: Identity
  /** Only with user enrollment, where the UDID is withheld. */
  enrollmentId: string | undefined
  unlockToken: Uint8Array | undefined
  accounts: Map<string, Account>
}

/** How a conversation with the server went. */
export interface Conversation {
  commands: number
  ended: 'empty' | 'unreachable' | 'refused' | 'unenrolled' | 'offline' | 'not-enrolled'
  /** HTTP status of the last reply. */
  status: number
}

/** A virtual iPhone, iPad, Mac or Apple TV. */
export interface AppleDevice {
  hardware: Hardware
  owner: Person
  chance: Random
  options: DeviceOptions
  keys: KeySource
  /** What an erase brings back to the factory's: name, locks, profiles, apps, settings. */
  interior: Interior
  enrollment: Enrollment | undefined
  /** False while the device is in a drawer without network. */
  online: boolean
  behavior: Behavior
  ledger: Ledger
  /** Requests kept back by the `hold` deviation, oldest first. */
  held: Packet[]
  /** Replaces or adds keys of every message: for spoofed identifiers and drifting types. */
  disguise: Dict
  timers: Set<NodeJS.Timeout>
  /** Starts it anew by the promise it was first started with, as after Return to Service; absent for a device that nobody promised. */
  startAgain?: () => Promise<unknown>
}

/** A request ready to be sent, and sent again, byte for byte. */
export interface Packet {
  url: string
  contentType: string
  body: Uint8Array
  signature: string | undefined
  message: string
  requestType: string | undefined
  commandUuid: string | undefined
  account: string | undefined
}

/** Unpacks a new virtual device; it is not enrolled and belongs to nobody but its owner. */
export function device(options: DeviceOptions = {}): AppleDevice {
  const chance = random(options.seed ?? randomBytes(4).readUInt32BE())
  return deviceOf(product(options.model ?? 'iPhone 17'), chance, options)
}

/** A new virtual device of this product, drawn from this chance. */
export function deviceOf(from: Product, chance: Random, options: DeviceOptions = {}): AppleDevice {
  const owner = options.owner ?? person(chance)
  const hardware = build(from, chance)
  return {
    hardware,
    owner,
    chance,
    options,
    keys: options.keys ?? freshKeys,
    interior: factoryState(hardware, {
      name: options.name ?? deviceName(owner, from.family),
      system: systemOf(from.family, options.osVersion, chance),
      supervised: options.supervised ?? false,
      chance,
    }),
    enrollment: undefined,
    online: true,
    behavior: [],
    ledger: ledger(),
    held: [],
    disguise: {},
    timers: new Set(),
  }
}

/** Plans a deviation: `misbehave(phone, { does: 'not-now', on: 'InstallProfile', times: 3 })`. */
export function misbehave(device: AppleDevice, ...rules: Rule[]): void {
  device.behavior.push(...rules)
}

/** The device's own idea of the time. */
export function clockOf(device: AppleDevice): number {
  return Date.now() + (device.options.clockSkewMs ?? 0)
}

/** A fresh push channel: random token and magic, not yet known to anybody. */
export function openChannel(): Channel {
  return {
    token: randomBytes(32),
    magic: uuid(),
    registration: undefined,
    confirmed: false,
    talking: undefined,
    again: false,
    call: undefined,
    deferred: false,
  }
}

/** The channel of an account, or the device's own. */
export function channelOf(enrollment: Enrollment, account: Account | undefined): Channel {
  return account ?? enrollment
}

/** Takes the device off the network; pushes are kept by the service. */
export function goOffline(device: AppleDevice): void {
  device.online = false
  for (const channel of channels(device)) channel.registration?.offline()
}

/** Brings the device back; a kept push arrives now. */
export function comeOnline(device: AppleDevice): void {
  device.online = true
  for (const channel of channels(device)) channel.registration?.online()
}

/** Every push channel of the device: its own, then those of its accounts. */
export function channels(device: AppleDevice): Channel[] {
  const { enrollment } = device
  return enrollment === undefined ? [] : [enrollment, ...enrollment.accounts.values()]
}

/** Does this later unless the device is put away before. */
export function later(device: AppleDevice, ms: number, work: () => void): void {
  const timer = setTimeout(() => {
    device.timers.delete(timer)
    work()
  }, ms)
  timer.unref()
  device.timers.add(timer)
}

/** A UUID in Apple's capital letters. */
export function uuid(): string {
  return crypto.randomUUID().toUpperCase()
}

/** Forgets the enrollment, as a removal or an erase does, without telling the server. */
export function forgetEnrollment(device: AppleDevice, tokenDies = true): void {
  const { enrollment } = device
  if (enrollment === undefined) return
  for (const channel of channels(device)) {
    if (tokenDies) channel.registration?.remove()
    else channel.registration?.offline()
    channel.registration = undefined
    channel.confirmed = false
  }
  dropAll(device)
  device.enrollment = undefined
}

/** Brings everything but the hardware back to the factory's state, without telling the server. */
export function resetDevice(device: AppleDevice): void {
  forgetEnrollment(device)
  for (const timer of device.timers) clearTimeout(timer)
  device.timers.clear()
  device.held = []
  device.interior = factoryState(device.hardware, {
    name: device.hardware.family === 'AppleTV' ? 'Apple TV' : device.hardware.family,
    system: device.interior.system,
    // Supervision by Apple Configurator or automated enrollment ends with the erase.
    supervised: false,
    chance: device.chance,
  })
}

/** Puts the device away for good: no timers, no wakes. The server is not told. */
export function putAway(device: AppleDevice): void {
  device.online = false
  for (const timer of device.timers) clearTimeout(timer)
  device.timers.clear()
  forgetEnrollment(device, false)
}
