/** A part of a file as it was read; everything in it is looked at before it is believed. */
export type Node = Readonly<Record<string, unknown>>

/** Whether a part is a table of names. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The tables in a list. */
export function nodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : []
}

const systems = [
  ['iOS', 'ios'],
  ['macOS', 'macos'],
  ['tvOS', 'tvos'],
  ['visionOS', 'visionos'],
  ['watchOS', 'watchos'],
] as const

/** Two spellings of some rights are in use; what counts is the bit (Apple: Mobile Device Management, AccessRights). */
const rights: Readonly<Record<string, number>> = {
  None: 0,
  'n/a': 0,
  // Of DeviceInformation: every query has its own.
  'Special Case': 0,
  AllowInspection: 1,
  AllowInstallationRemoval: 2,
  AllowPasscodeRemovalAndLock: 4,
  DeviceLockAndRemovePasscode: 4,
  AllowDeviceErase: 8,
  AllowQueryDeviceInformation: 16,
  AllowQueryNetworkInformation: 32,
  AllowProvisioningInspection: 64,
  AllowProvisioningInstallationRemoval: 128,
  AllowQueryApplications: 256,
  QueryInstalledApps: 256,
  AllowQueryRestrictions: 512,
  AllowQuerySecurity: 1024,
  AllowSettings: 2048,
  AllowAppInstallation: 4096,
}

const flags = [
  ['multiple', 'multiple'],
  ['devicechannel', 'deviceChannel'],
  ['userchannel', 'userChannel'],
  ['supervised', 'supervised'],
  ['requiresdep', 'automated'],
  ['userapprovedmdm', 'approved'],
  ['allowmanualinstall', 'manual'],
  ['always-skippable', 'skippable'],
] as const

/** A table of systems in our words: null where something is not there, and nothing of what is not said. */
export function tableOf(supported: unknown): Record<string, object | null> | undefined {
  if (!isNode(supported)) return undefined
  const table: Record<string, object | null> = {}
  for (const [theirs, ours] of systems) {
    const facts = supported[theirs]
    if (isNode(facts)) table[ours] = factsOf(facts)
  }
  return Object.keys(table).length === 0 ? undefined : table
}

function factsOf(facts: Node): object | null {
  // Both are ways of saying "never on this system".
  if (facts.introduced === 'n/a' || version(facts.removed) === '0') return null
  const out: Record<string, unknown> = {}
  const from = version(facts.introduced)
  if (from !== undefined && from !== 'all') out.introduced = from
  for (const key of ['deprecated', 'removed']) {
    const at = version(facts[key])
    if (at !== undefined && at !== 'n/a') out[key] = at
  }
  if (facts.accessrights !== undefined) out.rights = rightsOf(String(facts.accessrights))
  for (const [theirs, ours] of flags) if (typeof facts[theirs] === 'boolean') out[ours] = facts[theirs]
  if (facts['allowed-enrollments'] !== undefined) out.enrollments = facts['allowed-enrollments']
  if (facts['allowed-scopes'] !== undefined) out.scopes = facts['allowed-scopes']
  if (isNode(facts.sharedipad)) out.sharedIpad = sharedOf(facts.sharedipad)
  if (isNode(facts.userenrollment)) out.userEnrollment = facts.userenrollment.mode
  return out
}

function rightsOf(words: string): number {
  return words
    .split(',')
    .map(w => w.trim())
    .reduce((all, word) => {
      const bit = rights[word]
      if (bit === undefined) throw new Error(`catalog: an access right nobody knows: ${word}`)
      return all | bit
    }, 0)
}

function sharedOf(shared: Node): object {
  const out: Record<string, unknown> = {}
  if (shared.mode !== undefined) out.mode = shared.mode
  if (typeof shared.devicechannel === 'boolean') out.deviceChannel = shared.devicechannel
  if (typeof shared.userchannel === 'boolean') out.userChannel = shared.userchannel
  if (shared['allowed-scopes'] !== undefined) out.scopes = shared['allowed-scopes']
  return out
}

/** A version as text; one that was read as a number may have lost its end: 18.10 would be 18.1. */
function version(value: unknown): string | undefined {
  if (typeof value === 'number' && !Number.isInteger(value)) throw new Error(`catalog: a version as a number: ${value}`)
  return value === undefined || value === null ? undefined : String(value)
}

/** What a key is on top of what its parent is, as one table. */
export function merged(
  parent: Record<string, object | null> | undefined,
  own: Record<string, object | null> | undefined,
): Record<string, object | null> {
  const out: Record<string, object | null> = { ...parent }
  for (const [system, facts] of Object.entries(own ?? {}))
    out[system] = facts === null ? null : { ...out[system], ...facts }
  return out
}
