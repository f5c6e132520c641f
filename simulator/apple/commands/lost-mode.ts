import { type Dict, Real, str } from '@muster/wire/plist/plist.ts'
import { type AppleDevice, clockOf } from '../device.ts'
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
  device.interior.lostMode = { message, phoneNumber, footnote: str(command, 'Footnote'), since: clockOf(device) }
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

function locate({ device }: Place): Outcome {
  needLost(device)
  const [latitude, longitude] = homes[device.owner.language]
  const near = (): number => (device.chance.next() - 0.5) / 50
  return {
    keys: {
      Latitude: new Real(latitude + near()),
      Longitude: new Real(longitude + near()),
      HorizontalAccuracy: new Real(5 + device.chance.below(60)),
      VerticalAccuracy: new Real(4),
      Altitude: new Real(20 + device.chance.below(80)),
      Speed: new Real(-1),
      Course: new Real(-1),
      Timestamp: new Date(clockOf(device)).toISOString(),
    },
  }
}

/** The public lists of error codes do not name this one; only its domain is certain. */
function needLost(device: AppleDevice): void {
  if (device.interior.lostMode === undefined) throw new CommandRefused(12_078, 'The device is not in lost mode.')
}
