import { type Dict, dict, type Plist } from '@muster/wire/plist/plist.ts'
import { take } from '../behavior.ts'
import type { AppleDevice } from '../device.ts'
import { appCommands } from './apps.ts'
import { declarativeCommands } from './declarative.ts'
import { inventoryCommands } from './inventory.ts'
import { lostModeCommands } from './lost-mode.ts'
import {
  type Answer,
  BadCommand,
  CommandRefused,
  errorChain,
  type Knowledge,
  Later,
  type Outcome,
  type Order,
  type Place,
} from './order.ts'
import { profileCommands } from './profiles.ts'
import { queryCommands } from './queries.ts'
import { residentCommands } from './residents.ts'
import { secretCommands } from './secrets.ts'
import { securityCommands } from './security.ts'
import { settingsCommands } from './settings.ts'
import { tooMuch } from './too-much.ts'
import { updateCommands } from './updates.ts'

/** Every command the virtual devices know, by RequestType. */
export const knownCommands: Readonly<Record<string, Knowledge>> = {
  ...queryCommands,
  ...inventoryCommands,
  ...appCommands,
  ...profileCommands,
  ...securityCommands,
  ...secretCommands,
  ...lostModeCommands,
  ...settingsCommands,
  ...residentCommands,
  ...declarativeCommands,
  ...updateCommands,
}

/** Carries out a command, or deviates as planned, and answers what to tell the server. */
export async function answerTo(device: AppleDevice, order: Order): Promise<Answer> {
  const { commandUuid, deviation } = order
  const answer = (status: string, keys: Dict = {}): Answer => ({
    message: { Status: status, CommandUUID: commandUuid, ...keys },
  })
  switch (deviation?.does) {
    case 'not-now':
      return answer('NotNow')
    case 'format-error':
      return answer('CommandFormatError')
    case 'error': {
      const { code = 12_011, domain = 'MCMDMErrorDomain', text = 'The device was told to fail.' } = deviation
      return answer('Error', { ErrorChain: errorChain(code, domain, text) })
    }
    default:
      break
  }
  try {
    const { keys: asked = {}, afterwards } = await carryOut(device, order)
    const keys = take(device.behavior, ['tells-too-much'], [order.requestType])
      ? { ...asked, ...tooMuch(device) }
      : asked
    return { ...answer('Acknowledged', keys), ...(afterwards === undefined ? {} : { afterwards }) }
  } catch (error) {
    if (error instanceof Later) return answer('NotNow')
    if (error instanceof BadCommand)
      return answer('CommandFormatError', { ErrorChain: errorChain(12_008, 'MCMDMErrorDomain', error.message) })
    if (error instanceof CommandRefused)
      return answer('Error', { ErrorChain: errorChain(error.code, error.domain, error.message) })
    throw error
  }
}

async function carryOut(device: AppleDevice, { requestType, command, account }: Order): Promise<Outcome> {
  const { enrollment, hardware } = device
  if (enrollment === undefined) throw new CommandRefused(12_010, 'The device is not enrolled.')
  if (requestType === '') throw new BadCommand('RequestType is missing.')
  const knowledge = Object.hasOwn(knownCommands, requestType) ? knownCommands[requestType] : undefined
  const understood =
    knowledge !== undefined &&
    (knowledge.families === undefined || knowledge.families.includes(hardware.family)) &&
    (account === undefined || knowledge.accounts === true)
  if (!understood) throw new CommandRefused(12_021, `“${requestType}” is not a valid request type.`)
  permit(knowledge, { device, enrollment, account }, requestType)
  for (const [key, kind] of Object.entries(knowledge.keys ?? {}))
    if (!fits(command[key], kind)) throw new BadCommand(`${key} is missing or has the wrong type.`)
  return knowledge.carryOut({ device, enrollment, account }, command)
}

function permit(knowledge: Knowledge, { device, enrollment, account }: Place, requestType: string): void {
  const { hardware, interior } = device
  const { right = 0, supervised = [], needsUnlocked = false } = knowledge
  const rights = enrollment.profile.mdm.accessRights
  if ((rights & right) !== right) throw new CommandRefused(12_007, `The server has no right to ${requestType}.`)
  if (supervised.includes(hardware.family) && !interior.supervised)
    throw new CommandRefused(12_029, `${requestType} is for supervised devices only.`)
  const handheld = hardware.family === 'iPhone' || hardware.family === 'iPad'
  const shut = handheld
    ? (interior.locked && interior.passcode) || interior.lostMode !== undefined
    : // A Mac's own channel works behind the lock screen, but a person's keychain is closed.
      account !== undefined && interior.locked
  if (needsUnlocked && shut) throw new Later()
}

function fits(value: Plist | undefined, kind: 'text' | 'bytes' | 'list' | 'dict'): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string'
    case 'bytes':
      return value instanceof Uint8Array
    case 'list':
      return Array.isArray(value)
    case 'dict':
      return isDict(value)
  }
}

function isDict(value: Plist | undefined): boolean {
  try {
    dict(value)
    return true
  } catch {
    return false
  }
}
