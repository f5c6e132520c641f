import { type Dict, Real, str } from '@muster/wire/plist/plist.ts'
import { type AppleDevice, clockOf, goOffline } from '../device.ts'
import type { LostMode } from '../interior.ts'
import type { Language } from '../names.ts'
import { BadCommand, CommandRefused, type Knowledge, type Outcome, type Place } from './order.ts'

const handhelds = ['iPhone', 'iPad'] as const
const supervisedOnly = { families: handhelds, supervised: handhelds }

/** Managed lost mode: supervised iPhones and iPads only; a position is told only while they are lost. */
export const lostModeCommands: Record<string, Knowledge> = {
  EnableLostMode: { ...supervisedOnly, carryOut: enable },
  DisableLostMode: { ...supervisedOnly, carryOut: disable },
  PlayLostModeSound: { ...supervisedOnly, carryOut: playSound },
  DeviceLocation: { ...supervisedOnly, carryOut: locate },
}

/** Where people of each language live: London, Lyon, Gothenburg, Osaka. */
const homes: Record<Language, readonly [latitude: number, longitude: number]> = {
  en: [51.5154, -0.0922],
  fr: [45.764, 4.8357],
  sv: [57.7089, 11.9746],
  ja: [34.6937, 135.5023],
}

function enable({ device }: Place, command: Dict): Outcome {
  const message = str(command, 'Message')
  const phoneNumber = str(command, 'PhoneNumber')
  if (message === undefined && phoneNumber === undefined) throw new BadCommand('Message or PhoneNumber is needed.')
  const [latitude, longitude] = homes[device.owner.language]
  const near = (): number => (device.chance.next() - 0.5) / 50
  device.interior.lostMode = {
    message,
    phoneNumber,
    footnote: str(command, 'Footnote'),
    since: clockOf(device),
    from: [latitude + near(), longitude + near()],
    heading: device.chance.next() * 2 * Math.PI,
  }
  device.interior.locked = true
  return {}
}

function disable({ device }: Place): Outcome {
  needLost(device)
  device.interior.lostMode = undefined
  return {}
}

function playSound({ device }: Place): Outcome {
  needLost(device)
  device.interior.soundsPlayed += 1
  return {}
}

/** A degree of latitude. */
const metersPerDegree = 111_320

/** Where whoever has it has carried it since: straight on, and never quite exactly. */
function locate({ device }: Place): Outcome {
  const { since, from, heading } = needLost(device)
  const { metersPerSecond = 1.2, drain = 0 } = device.options.lost ?? {}
  const { interior, chance } = device
  const meters = (metersPerSecond * Math.max(0, clockOf(device) - since)) / 1000
  const accuracy = 5 + chance.below(60)
  const wobble = (): number => ((chance.next() - 0.5) * accuracy) / metersPerDegree
  const north = (meters * Math.cos(heading)) / metersPerDegree
  const east = (meters * Math.sin(heading)) / (metersPerDegree * Math.cos((from[0] * Math.PI) / 180))
  if (interior.battery > 0) interior.battery = Math.max(0, Math.round((interior.battery - drain) * 1000) / 1000)
  return {
    keys: {
      Latitude: new Real(from[0] + north + wobble()),
      Longitude: new Real(from[1] + east + wobble()),
      HorizontalAccuracy: new Real(accuracy),
      VerticalAccuracy: new Real(4),
      Altitude: new Real(20 + chance.below(80)),
      Speed: new Real(metersPerSecond === 0 ? -1 : metersPerSecond),
      Course: new Real((heading * 180) / Math.PI),
      Timestamp: new Date(clockOf(device)).toISOString(),
    },
    // It says where it is with its last strength.
    ...(interior.battery === 0 ? { afterwards: () => goOffline(device) } : {}),
  }
}

/** The public lists of error codes do not name this one; only its domain is certain. */
function needLost(device: AppleDevice): LostMode {
  const { lostMode } = device.interior
  if (lostMode === undefined) throw new CommandRefused(12_078, 'The device is not in lost mode.')
  return lostMode
}
