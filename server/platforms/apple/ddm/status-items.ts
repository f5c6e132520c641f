import type { Json } from '@muster/wire/apple/result.ts'
import { itemOf, type StatusTree } from '@muster/wire/apple/status.ts'
import { versionNumber } from '../../../areas/devices/index.ts'
import type { EnrollmentKind } from '../pinned.ts'

/** A status item we subscribe to: since which system, what it is called among our facts, and where it must not be asked. */
interface Item {
  readonly name: string
  /** Absent: it is no fact of the device; who needs it reads the report. */
  readonly fact?: string
  readonly since: Readonly<Record<string, string>>
  /** Apple withholds it where only work data is managed, and so do we. */
  readonly withheld?: boolean
  read?(value: Json): Json | undefined
}

const everywhere = { ios: '16.0', ipados: '16.0', macos: '13.0', tvos: '16.0' }
const text = (value: Json): Json | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const truth = (value: Json): Json | undefined => (typeof value === 'boolean' ? value : undefined)

const updates = { ios: '17.0', ipados: '17.0', macos: '14.0', tvos: '18.4' }

/** Some systems put the whole name of an item before a key within it, `softwareupdate.target-local-date-time`; the last part is the key. */
function plainNames(value: Json): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.slice(key.lastIndexOf('.') + 1), each]))
}

const items: readonly Item[] = [
  { name: 'device.operating-system.version', fact: 'os.version', since: everywhere, read: text },
  { name: 'device.operating-system.build-version', fact: 'os.build', since: everywhere, read: text },
  {
    name: 'device.operating-system.supplemental.build-version',
    fact: 'os.supplementalBuild',
    since: { ios: '16.1', ipados: '16.1', macos: '13.1', tvos: '16.1' },
    read: text,
  },
  {
    name: 'device.operating-system.supplemental.extra-version',
    fact: 'os.supplementalVersion',
    since: { ios: '16.1', ipados: '16.1', macos: '13.1', tvos: '16.1' },
    read: text,
  },
  { name: 'device.model.identifier', fact: 'identity.model', since: everywhere, read: text, withheld: true },
  {
    name: 'device.power.battery-health',
    fact: 'battery.health',
    since: { ios: '17.0', ipados: '17.0', macos: '14.0' },
    read: text,
    withheld: true,
  },
  {
    name: 'passcode.is-compliant',
    fact: 'security.passcodeCompliant',
    since: { ios: '16.0', ipados: '16.0', macos: '13.0' },
    read: truth,
  },
  {
    name: 'passcode.is-present',
    fact: 'security.passcode',
    since: { ios: '16.0', ipados: '16.0' },
    read: truth,
    withheld: true,
  },
  { name: 'diskmanagement.filevault.enabled', fact: 'security.encrypted', since: { macos: '14.0' }, read: truth },
  { name: 'softwareupdate.install-state', fact: 'os.updateState', since: updates, read: text, withheld: true },
  { name: 'app.managed.list', since: { ios: '17.2', ipados: '17.2', macos: '26.0' } },
  { name: 'package.list', since: { macos: '26.0' } },
  {
    name: 'softwareupdate.pending-version',
    fact: 'os.updatePending',
    since: updates,
    read: plainNames,
    withheld: true,
  },
  { name: 'softwareupdate.install-reason', fact: 'os.updateReason', since: updates, read: plainNames, withheld: true },
  { name: 'softwareupdate.failure-reason', fact: 'os.updateFailure', since: updates, read: plainNames, withheld: true },
  { name: 'softwareupdate.device-id', fact: 'os.updateId', since: updates, read: text, withheld: true },
]

/** The names of every status item we ever subscribe to. */
export const askedItems: readonly string[] = items.map(i => i.name)

/** Who subscribes: the channel's device, how it is enrolled, and what its client says it can tell. */
export interface Subscriber {
  readonly platform: string
  readonly osVersion: string | null
  readonly kind: EnrollmentKind
  readonly onAccount: boolean
  /** Null: it has not said. */
  readonly supported: readonly string[] | null
}

/** The names of the status items a channel subscribes to. The device speaks for itself; its accounts have nothing of their own to tell. */
export function subscriptionsOf(by: Subscriber): string[] {
  if (by.onAccount) return []
  return items.filter(item => mayAsk(item, by)).map(item => item.name)
}

function mayAsk(item: Item, { platform, osVersion, kind, supported }: Subscriber): boolean {
  const since = item.since[platform]
  if (since === undefined || osVersion === null || versionNumber(osVersion) < versionNumber(since)) return false
  if (item.withheld && kind === 'user-enrollment') return false
  return supported === null || supported.includes(item.name)
}

/** What a report says, as facts in our keys. Only what was subscribed to is taken, so that nothing is learned that was not to be asked. */
export function factsIn(tree: StatusTree, by: Subscriber): Record<string, Json> {
  const facts: Record<string, Json> = {}
  if (by.onAccount) return facts
  for (const item of items) {
    if (item.fact === undefined || !mayAsk(item, { ...by, supported: null })) continue
    const said = itemOf(tree, item.name)
    const value = said === undefined ? undefined : item.read ? item.read(said) : said
    if (value !== undefined && value !== null) facts[item.fact] = value
  }
  return facts
}
