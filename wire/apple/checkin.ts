import { Malformed } from '../malformed.ts'
import { bool, bytes, type Dict, decode, dict, type Limits, str } from '../plist/plist.ts'
import { type Identity, readIdentity } from './identity.ts'

interface Said<T extends string> {
  readonly type: T
  readonly identity: Identity
}

/** First message of an enrollment: what the device is. Not yet proof of success (Apple: Authenticate). */
export interface Authenticate extends Said<'Authenticate'> {
  readonly topic: string
  readonly osVersion?: string
  readonly buildVersion?: string
  readonly productName?: string
  readonly serialNumber?: string
  readonly imei?: string
  readonly meid?: string
  readonly deviceName?: string
  readonly model?: string
  readonly modelName?: string
}

/** Where the channel is reached; the first one completes the enrollment (Apple: TokenUpdate). */
export interface TokenUpdate extends Said<'TokenUpdate'> {
  readonly topic: string
  readonly token: Uint8Array
  readonly pushMagic: string
  /** Only sent when it is available; its absence never means that it is gone. */
  readonly unlockToken?: Uint8Array
  readonly awaitingConfiguration: boolean
  readonly notOnConsole: boolean
}

/** The channel's management is over (Apple: CheckOut); it may never arrive. */
export interface CheckOut extends Said<'CheckOut'> {
  readonly topic?: string
}

/** A network account of a Mac asks to be managed; the second step carries `digestResponse` (Apple: UserAuthenticate). */
export interface UserAuthenticate extends Said<'UserAuthenticate'> {
  readonly digestResponse?: string
}

/** Absent bytes take the stored token away (Apple: SetBootstrapToken). */
export interface SetBootstrapToken extends Said<'SetBootstrapToken'> {
  readonly bootstrapToken?: Uint8Array
}

export type GetBootstrapToken = Said<'GetBootstrapToken'>

/** `endpoint` is tokens, declaration-items, status or declaration/<kind>/<identifier> (Apple: DeclarativeManagement). */
export interface DeclarativeManagement extends Said<'DeclarativeManagement'> {
  readonly endpoint: string
  readonly body?: Uint8Array
}

export interface GetToken extends Said<'GetToken'> {
  readonly tokenKind: string
}

export type ReturnToService = Said<'ReturnToService'>

/** Any of the nine messages a device checks in with. */
export type Checkin =
  | Authenticate
  | TokenUpdate
  | CheckOut
  | UserAuthenticate
  | SetBootstrapToken
  | GetBootstrapToken
  | DeclarativeManagement
  | GetToken
  | ReturnToService

// Texts go into databases, some of which cannot hold U+0000.
const bounds: Limits = { maxDepth: 16, maxNodes: 4096, nul: false }

/** Reads a check-in as devices send it, with the drift of types that is seen in the field; throws only `Malformed`. */
export function decodeCheckin(body: Uint8Array, limits: Limits = {}): Checkin {
  const message = dict(decode(body, { ...bounds, ...limits }))
  const type = str(message, 'MessageType')
  const identity = readIdentity(message)
  switch (type) {
    case 'Authenticate':
      return { type, identity, topic: required(message, 'Topic'), ...described(message) }
    case 'TokenUpdate':
      return { type, identity, ...readTokenUpdate(message) }
    case 'CheckOut':
      return { type, identity, ...some('topic', text(message, 'Topic')) }
    case 'UserAuthenticate':
      return { type, identity, ...some('digestResponse', text(message, 'DigestResponse')) }
    case 'SetBootstrapToken':
      return { type, identity, ...some('bootstrapToken', filled(message, 'BootstrapToken')) }
    case 'GetBootstrapToken':
    case 'ReturnToService':
      return { type, identity }
    case 'DeclarativeManagement':
      return { type, identity, endpoint: required(message, 'Endpoint'), ...some('body', filled(message, 'Data')) }
    case 'GetToken':
      return { type, identity, tokenKind: required(message, 'TokenServiceType') }
    default:
      throw new Malformed('checkin.type', type === undefined ? 'no MessageType' : type.slice(0, 80))
  }
}

function readTokenUpdate(message: Dict): Omit<TokenUpdate, 'type' | 'identity'> {
  const token = filled(message, 'Token')
  if (token === undefined || token.length > 1024) throw new Malformed('checkin.field', 'Token')
  return {
    topic: required(message, 'Topic'),
    token,
    pushMagic: required(message, 'PushMagic'),
    ...some('unlockToken', filled(message, 'UnlockToken')),
    awaitingConfiguration: bool(message, 'AwaitingConfiguration') ?? false,
    notOnConsole: bool(message, 'NotOnConsole') ?? false,
  }
}

function described(message: Dict): Omit<Authenticate, 'type' | 'identity' | 'topic'> {
  return {
    ...some('osVersion', text(message, 'OSVersion')),
    ...some('buildVersion', text(message, 'BuildVersion')),
    ...some('productName', text(message, 'ProductName')),
    ...some('serialNumber', text(message, 'SerialNumber')),
    ...some('imei', digits(message, 'IMEI')),
    ...some('meid', digits(message, 'MEID')),
    ...some('deviceName', text(message, 'DeviceName')),
    ...some('model', text(message, 'Model')),
    ...some('modelName', text(message, 'ModelName')),
  }
}

/** IMEI and MEID as they are compared: devices group their digits with spaces. */
function digits(from: Dict, key: string): string | undefined {
  return text(from, key)?.replaceAll(/[\s-]/g, '').toUpperCase() || undefined
}

function text(from: Dict, key: string): string | undefined {
  const value = str(from, key)?.trim()
  return value === undefined || value === '' ? undefined : value.slice(0, 1024)
}

function required(from: Dict, key: string): string {
  const value = text(from, key)
  if (value === undefined) throw new Malformed('checkin.field', key)
  return value
}

function filled(from: Dict, key: string): Uint8Array | undefined {
  const value = bytes(from, key)
  return value === undefined || value.length === 0 ? undefined : value
}

function some<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}
