import { bool, type Dict, dict, list, type Plist, str } from '@muster/wire/plist/plist.ts'
import type { AppleDevice } from '../device.ts'
import type { Family } from '../hardware.ts'
import { BadCommand, CommandRefused, errorChain, type Knowledge, type Outcome, type Place } from './order.ts'

/** Settings: each item succeeds or fails by itself, and the command is acknowledged all the same. */
export const settingsCommands: Record<string, Knowledge> = {
  Settings: { right: 2048, keys: { Settings: 'list' }, carryOut: apply },
}

interface Setting {
  families?: readonly Family[]
  supervised?: readonly Family[]
  cellular?: boolean
  /** The new value, checked. */
  read(item: Dict): Plist
}

const handhelds = ['iPhone', 'iPad'] as const
const enabled = (item: Dict): Plist => need(bool(item, 'Enabled'), 'Enabled')
const text =
  (key: string) =>
  (item: Dict): Plist =>
    need(str(item, key), key)
const group =
  (key: string) =>
  (item: Dict): Plist =>
    item[key] === undefined ? {} : dict(item[key])

const items: Readonly<Record<string, Setting>> = {
  DeviceName: { supervised: handhelds, read: text('DeviceName') },
  HostName: { families: ['Mac'], read: text('HostName') },
  TimeZone: { families: ['iPhone', 'iPad', 'AppleTV'], supervised: handhelds, read: text('TimeZone') },
  Wallpaper: {
    families: handhelds,
    supervised: handhelds,
    read: item => need(item.Image instanceof Uint8Array ? (item.Where ?? 3) : undefined, 'Image'),
  },
  VoiceRoaming: { cellular: true, read: enabled },
  DataRoaming: { cellular: true, read: enabled },
  PersonalHotspot: { cellular: true, read: enabled },
  Bluetooth: { supervised: handhelds, read: enabled },
  DiagnosticSubmission: { families: handhelds, supervised: handhelds, read: enabled },
  AppAnalytics: { families: handhelds, supervised: handhelds, read: enabled },
  OrganizationInfo: { read: group('OrganizationInfo') },
  MDMOptions: { read: group('MDMOptions') },
  MaximumResidentUsers: {
    families: ['iPad'],
    read: item => need(item.MaximumResidentUsers, 'MaximumResidentUsers'),
  },
  SharedDeviceConfiguration: {
    families: ['iPad'],
    supervised: ['iPad'],
    read: ({ Item: _, ...configured }) => configured,
  },
  PasscodeLockGracePeriod: {
    families: ['iPad'],
    read: item => need(item.PasscodeLockGracePeriod, 'PasscodeLockGracePeriod'),
  },
}

function apply({ device }: Place, command: Dict): Outcome {
  const wanted = (list(command, 'Settings') ?? []).map(one => {
    try {
      return dict(one)
    } catch {
      throw new BadCommand('Settings holds something that is not a dictionary.')
    }
  })
  return { keys: { Settings: wanted.map(item => applyOne(device, item)) } }
}

function applyOne(device: AppleDevice, item: Dict): Dict {
  const name = str(item, 'Item') ?? ''
  try {
    const value = readOne(device, name, item)
    if (name === 'DeviceName' && typeof value === 'string') device.interior.name = value
    device.interior.settings.set(name, value)
    return { Item: name, Status: 'Acknowledged' }
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error
    return { Item: name, Status: 'Error', ErrorChain: errorChain(error.code, error.domain, error.message) }
  }
}

function readOne({ hardware, interior }: AppleDevice, name: string, item: Dict): Plist {
  const setting = Object.hasOwn(items, name) ? items[name] : undefined
  const known =
    setting !== undefined &&
    (setting.families === undefined || setting.families.includes(hardware.family)) &&
    (setting.cellular !== true || hardware.cellular)
  if (!known) throw new CommandRefused(12_021, `This device has no setting “${name}”.`)
  if (setting.supervised?.includes(hardware.family) === true && !interior.supervised)
    throw new CommandRefused(12_029, `“${name}” can be set on supervised devices only.`)
  if (name === 'SharedDeviceConfiguration') demandShareable(interior, item)
  return setting.read(item)
}

/** How space is divided can be said only while nobody has any of it (Apple: AwaitingConfiguration). */
function demandShareable(interior: AppleDevice['interior'], item: Dict): void {
  if (!interior.multiUser) throw new CommandRefused(12_035, 'This iPad is not shared.')
  const divides = item.QuotaSize !== undefined || item.ResidentUsers !== undefined
  if (divides && !interior.awaitingConfiguration)
    throw new CommandRefused(12_035, 'How space is divided can be set only before the iPad is used.')
}

function need(value: Plist | undefined, key: string): Plist {
  if (value === undefined) throw new CommandRefused(12_008, `${key} is missing.`)
  return value
}
