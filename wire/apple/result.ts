import { Malformed } from '../malformed.ts'
import { bool, type Dict, decode, dict, type Limits, list, num, type Plist, Real, str, Uid } from '../plist/plist.ts'
import { isDict } from '../plist/value.ts'
import { type Identity, readIdentity } from './identity.ts'

/** What a device may say about a command, or that there is nothing to say (Apple: Status). */
export const statuses = ['Idle', 'Acknowledged', 'Error', 'CommandFormatError', 'NotNow'] as const
export type Status = (typeof statuses)[number]

/** One link of an ErrorChain; the first is the most general. */
export interface ChainLink {
  readonly domain: string | null
  readonly code: number | null
  readonly message: string | null
}

/** A report of the command channel that could be read. */
export interface Result {
  readonly read: true
  readonly identity: Identity
  readonly status: Status
  /** Absent on Idle. */
  readonly uuid: string | null
  readonly errors: readonly ChainLink[]
  readonly notOnConsole: boolean
  /** Everything the device sent, as it sent it. */
  readonly body: Dict
}

/** A report that could not be read: what can be told of it all the same. Its sender is known by certificate only. */
export interface Garbled {
  readonly read: false
  readonly status: Status | null
  readonly uuid: string | null
  readonly bytes: Uint8Array
  /** Code of what is wrong. */
  readonly why: string
}

/** Any report of the command channel. */
export type Report = Result | Garbled

// Lists of apps and certificates run to many megabytes. Texts go into databases, some of which cannot hold U+0000.
const bounds: Limits = { maxBytes: 32 * 1024 * 1024, maxDepth: 32, maxNodes: 1_000_000, nul: false }

/** Reads a report of the command channel as devices send it; throws only `Malformed`. */
export function decodeResult(body: Uint8Array, limits: Limits = {}): Result {
  const message = dict(decode(body, { ...bounds, ...limits }))
  const uuid = str(message, 'CommandUUID')?.slice(0, 255) ?? null
  const said = str(message, 'Status')
  const status = statuses.find(s => s === said)
  if (status === undefined) throw new Malformed('result.status', said?.slice(0, 80) ?? 'absent')
  if (status !== 'Idle' && !uuid) throw new Malformed('result.command', 'no CommandUUID')
  return {
    read: true,
    identity: readIdentity(message),
    status,
    uuid: status === 'Idle' ? null : uuid,
    errors: chainOf(message),
    notOnConsole: bool(message, 'NotOnConsole') ?? false,
    body: message,
  }
}

/** Reads a report, never throwing: one that makes no sense must not keep the queue waiting for ever. */
export function readReport(body: Uint8Array, limits: Limits = {}): Report {
  try {
    return decodeResult(body, limits)
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return { read: false, ...salvage(body), bytes: body, why: error.code }
  }
}

/** The ErrorChain of a dictionary, tolerant of anything in it. */
export function chainOf(from: Dict): ChainLink[] {
  const links = list(from, 'ErrorChain') ?? []
  return links.slice(0, 32).flatMap(link => {
    if (!isDict(link)) return []
    const message = str(link, 'USEnglishDescription') ?? str(link, 'LocalizedDescription') ?? null
    return [
      {
        domain: str(link, 'ErrorDomain')?.slice(0, 200) ?? null,
        code: num(link, 'ErrorCode') ?? null,
        message: message?.slice(0, 1000) ?? null,
      },
    ]
  })
}

const head = 256 * 1024

/** Looks for the two keys that matter in text that is no property list, near its start and its end. */
function salvage(body: Uint8Array): { status: Status | null; uuid: string | null } {
  const text = Buffer.concat([body.subarray(0, head), body.subarray(Math.max(head, body.length - head))]).toString(
    'latin1',
  )
  const of = (key: string): string | null =>
    new RegExp(`<key>${key}</key>\\s{0,80}<string>([\\x20-\\x7e]{1,255}?)</string>`).exec(text)?.[1] ?? null
  const said = of('Status')
  return { status: statuses.find(s => s === said) ?? null, uuid: of('CommandUUID') }
}

/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

// Keys whose values open something; they are kept sealed where we need them, and nowhere else.
const secret = new Set(
  [
    'UnlockToken',
    'BootstrapToken',
    'AuthToken',
    'PIN',
    'Password',
    'NewPassword',
    'CurrentPassword',
    'EscrowSecret',
    'ActivationLockBypassCode',
    'FDE_PersonalRecoveryKeyCMS',
    'FDE_PersonalRecoveryKeyDeviceKey',
    'PersonalRecoveryKey',
    'EncryptedNewRecoveryKey',
    'iTunesStoreAccountHash',
    'PushToken',
    'PushMagic',
  ].map(k => k.toLowerCase()),
)

/** A property list as JSON: bytes as base64, dates as ISO text, integers beyond 2^53 as text, and secrets as `null`. */
export function toJson(value: Plist): Json {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Real || value instanceof Uid) return Number.isFinite(value.value) ? value.value : null
  if (Array.isArray(value)) return value.map(toJson)
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, secret.has(key.toLowerCase()) ? null : toJson(inner)]),
  )
}
