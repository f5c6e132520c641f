import type { Json } from '@muster/wire/apple/result.ts'
import { itemOf, type StatusTree } from '@muster/wire/apple/status.ts'
import type { JsonValue, May } from '../../areas/devices/index.ts'
import { type DataType, typeOf } from '../../areas/privacy/index.ts'
import { factNameOf } from './facts.ts'

/** Keys of answers whose kind no fact of ours tells; `open` ones only hold others. */
const keys: Readonly<Record<string, DataType | 'open'>> = {
  QueryResponses: 'open',
  SecurityInfo: 'open',
  ManagementStatus: 'open',
  FirewallSettings: 'open',
  FirmwarePasswordStatus: 'open',
  SecureBoot: 'security',
  HardwareEncryptionCaps: 'security',
  Settings: 'open',
  Status: 'system',
  Item: 'system',
  Identifier: 'system',
  ErrorChain: 'usage',
  EID: 'cellular',
  Latitude: 'location',
  Longitude: 'location',
  Altitude: 'location',
  HorizontalAccuracy: 'location',
  VerticalAccuracy: 'location',
  Speed: 'location',
  Course: 'location',
  Timestamp: 'location',
  InstalledApplicationList: 'apps',
  ManagedApplicationList: 'managed-apps',
  Books: 'managed-apps',
  ProfileList: 'profiles',
  ProvisioningProfileList: 'profiles',
  CertificateList: 'certificates',
  Users: 'accounts',
  ActiveManagedUsers: 'accounts',
  AutoSetupAdminAccounts: 'accounts',
  ResidentUsers: 'accounts',
  iTunesStoreAccountIsActive: 'accounts',
  iTunesStoreAccountHash: 'accounts',
  SubscriberMCC: 'cellular',
  SubscriberMNC: 'cellular',
  // The country and the network it is in now.
  CurrentMCC: 'network',
  CurrentMNC: 'network',
  AvailableOSUpdates: 'system',
  OSUpdateStatus: 'system',
  UpdateResults: 'system',
  SoftwareUpdateSettings: 'system',
  AwaitingConfiguration: 'system',
  MDMOptions: 'system',
  OrganizationInfo: 'system',
  DeviceID: 'identifiers',
  DiagnosticSubmissionEnabled: 'security',
  AppAnalyticsEnabled: 'security',
  MaximumResidentUsers: 'system',
  EstimatedResidentUsers: 'system',
  QuotaSize: 'system',
  UserSessionTimeout: 'system',
  TemporarySessionTimeout: 'system',
  TemporarySessionOnly: 'system',
  SupportsLOMDevice: 'hardware',
  SupportsiOSAppInstalls: 'hardware',
}

/** The kind of what a key of an answer tells; `open` when it only holds other keys, and of one that nobody has classed the strictest. */
export function typeOfKey(key: string): DataType | 'open' {
  const named = Object.hasOwn(keys, key) ? keys[key] : undefined
  if (named) return named
  const fact = factNameOf(key)
  return fact === undefined ? 'usage' : typeOf(fact)
}

/** The keys of a query that may be asked: what may not be stored is not asked for. */
export function askable(queries: readonly string[], may: May): string[] {
  return queries.filter(q => {
    const type = typeOfKey(q)
    return type === 'open' || may(type)
  })
}

/**
 * Takes out of an answer what may not be kept, key by key. Entries of lists hold much that nobody has classed, so where that may not be kept whole
 * lists are left out: what may be known of them is kept apart, in a form of our own.
 */
export function stripAnswer(of: string, answer: JsonValue, may: May): JsonValue {
  if (!Array.isArray(answer)) return strip(answer, may)
  const type = typeOfKey(of)
  return may('usage') && (type === 'open' || may(type)) ? answer : null
}

function strip(value: JsonValue, may: May): JsonValue {
  if (Array.isArray(value)) return value.map(v => strip(v, may))
  if (value === null || typeof value !== 'object') return value
  const kept: Record<string, JsonValue> = {}
  for (const [key, inner] of Object.entries(value)) {
    const type = typeOfKey(key)
    if (type === 'open' ? isNested(inner) || may('usage') : may(type)) kept[key] = strip(inner, may)
  }
  return kept
}

const isNested = (value: JsonValue): boolean => value !== null && typeof value === 'object'

const statusTypes: readonly (readonly [prefix: string, type: DataType])[] = [
  ['account.', 'accounts'],
  ['app.', 'managed-apps'],
  ['mdm.app', 'managed-apps'],
  ['package.', 'managed-apps'],
  ['device.identifier.', 'identifiers'],
  ['device.model.', 'hardware'],
  ['device.power.', 'hardware'],
  ['device.operating-system.', 'system'],
  ['diskmanagement.', 'security'],
  ['passcode.', 'security'],
  ['security.certificate.', 'certificates'],
  ['softwareupdate.', 'system'],
  ['management.', 'system'],
  ['test.', 'system'],
]

/** The kind of what a status item tells, by its dotted name. */
export function typeOfStatus(name: string): DataType {
  return statusTypes.find(([prefix]) => name === prefix || name.startsWith(prefix))?.[1] ?? 'usage'
}

/** The status items that may be kept. On a device of somebody those that were asked for, and nothing else: `only` names them. */
export function stripStatus(tree: StatusTree, may: May, only: readonly string[] | null): StatusTree {
  if (only === null) return asTree(pruned(tree, '', may))
  const kept: StatusTree = {}
  for (const name of only) {
    const value = itemOf(tree, name)
    if (value === undefined || (typeof value === 'object' && value !== null && name !== capabilities)) continue
    put(kept, name.split('.'), value)
  }
  return kept
}

/** What a client can do: without it nothing can be declared. */
export const capabilities = 'management.client-capabilities'

function pruned(value: Json, path: string, may: May): Json | undefined {
  const known = statusTypes.some(([prefix]) => `${path}.`.startsWith(prefix) || path === prefix)
  if (known || value === null || typeof value !== 'object' || Array.isArray(value))
    return may(typeOfStatus(path === '' ? '' : `${path}.`)) ? value : undefined
  const inner = Object.entries(value).flatMap(([key, v]) => {
    const kept = pruned(v, path === '' ? key : `${path}.${key}`, may)
    return kept === undefined ? [] : [[key, kept] as const]
  })
  return Object.fromEntries(inner)
}

function asTree(value: Json | undefined): StatusTree {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {}
}

function put(tree: StatusTree, [first = '', ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0) {
    tree[first] = value
    return
  }
  const inner = asTree(tree[first])
  tree[first] = inner
  put(inner, rest, value)
}
