import type { Clock } from './clock.ts'
import type { Doors } from './oauth.ts'
import type { Mail } from './pubsub.ts'
import { Refusal, type Table } from './refusal.ts'

/** A policy with the versions it has had. */
export interface Policy {
  readonly name: string
  version: number
  /** Everything but name and version. */
  body: Table
}

/** A token a device enrolls by. */
export interface Token {
  readonly name: string
  readonly value: string
  readonly body: Table
  readonly until: number
  used: number
  deleted: boolean
}

/** A command on its way. */
export interface Operation {
  readonly name: string
  readonly until: number
  readonly command: Table
  done: boolean
  error: Table | null
}

/** A phone, as much of it as the API can tell of. */
export interface Phone {
  readonly name: string
  readonly enterprise: Enterprise
  readonly serial: string
  readonly model: string
  readonly brand: string
  readonly androidVersion: string
  readonly mode: 'DEVICE_OWNER' | 'PROFILE_OWNER'
  readonly ownership: 'COMPANY_OWNED' | 'PERSONALLY_OWNED'
  readonly enrolledAt: number
  readonly token: Token
  apiLevel: number
  policyName: string
  /** What the API wants it to be. */
  state: 'ACTIVE' | 'DISABLED'
  disabledReason: Table | null
  appliedState: string
  appliedPolicy: { name: string; version: number } | null
  syncedAt: number | null
  reportedAt: number
  problems: readonly Table[]
  online: boolean
  lost: boolean
  /** Deleted by the API; it may not have heard of it. */
  deleted: boolean
  /** Reset or left: nothing runs there any more. */
  gone: boolean
  apps: Map<string, Table>
  /** Apps the store has not for it, and apps that cannot be taken off. */
  unavailable: Set<string>
  stubborn: Set<string>
  password: 'none' | 'low' | 'medium' | 'high'
  posture: Table
  /** Answer to the next wish to be lost instead of obeying. */
  lostRefusal: string | null
  /** Commands end so instead of being obeyed. */
  failing: string | null
  place: { latitude: number; longitude: number }
  battery: number
  readonly operations: Map<string, Operation>
  /** What it would do at its next contact: set while a contact is planned. */
  planned: boolean
}

/** An organization that is bound to the API. */
export interface Enterprise {
  readonly name: string
  readonly project: string
  body: Table
  readonly policies: Map<string, Policy>
  readonly tokens: Map<string, Token>
  readonly phones: Map<string, Phone>
  readonly webApps: Map<string, Table>
  readonly migrations: Map<string, Table>
  /** Apps of the store it can look up. */
  readonly applications: Map<string, Table>
}

/** One wish to sign up. */
export interface SignUp {
  readonly name: string
  readonly project: string
  readonly callback: string
  readonly secret: string
  token: string | null
  used: boolean
}

/** Everything there is. */
export interface World {
  readonly clock: Clock
  readonly doors: Doors
  readonly mail: Mail
  readonly signUps: Map<string, SignUp>
  readonly enterprises: Map<string, Enterprise>
  readonly asked: Map<string, { since: number; count: number }>
  url: string
  perMinute: number
  /** How long a phone takes to hear of something. */
  pullMs: number
  /** Which notification tells of a phone that was deleted. */
  deletedBy: 'ENROLLMENT' | 'STATUS_REPORT'
  /** The answer to a command is told before the request for it is answered. */
  earlyCommands: boolean
  count: number
}

/** A number that was not given out before. */
export function nextId(world: World): number {
  world.count += 1
  return world.count
}

/** What somebody has under a name; refused as not found. */
export function found<T>(map: ReadonlyMap<string, T>, name: string): T {
  const one = map.get(name)
  if (one === undefined) throw new Refusal('NOT_FOUND', `Requested entity was not found: ${name}`)
  return one
}

/** One page of a list, as every list of the API has pages. */
export function pageOf(key: string, all: readonly Table[], query: URLSearchParams): Table {
  const size = Math.min(Math.max(Number(query.get('pageSize')) || 100, 1), 100)
  const from = Number(Buffer.from(query.get('pageToken') ?? '', 'base64url').toString() || 0)
  if (!Number.isInteger(from) || from < 0) throw new Refusal('INVALID_ARGUMENT', 'The page token is invalid.')
  const next = from + size < all.length ? Buffer.from(String(from + size)).toString('base64url') : null
  const items = all.slice(from, from + size)
  return { ...(items.length > 0 ? { [key]: items } : {}), ...(next === null ? {} : { nextPageToken: next }) }
}
