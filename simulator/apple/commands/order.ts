import type { Dict } from '@muster/wire/plist/plist.ts'
import type { Deviation } from '../behavior.ts'
import type { Account, AppleDevice, Enrollment } from '../device.ts'
import type { Family } from '../hardware.ts'

/** A command as it arrived, with the deviation planned for it. */
export interface Order {
  commandUuid: string
  requestType: string
  command: Dict
  account: Account | undefined
  deviation: Deviation | undefined
}

/** What the device will say next, and what it does once that is sent. */
export interface Answer {
  message: Dict
  requestType?: string
  afterwards?: () => void | Promise<void>
}

/** What carrying out a command gives: keys for the answer, and what follows it. */
export interface Outcome {
  keys?: Dict
  afterwards?: () => void | Promise<void>
}

/** Where a command is carried out. */
export interface Place {
  device: AppleDevice
  enrollment: Enrollment
  account: Account | undefined
}

/** The type a required key of a command must have. */
export type KeyKind = 'text' | 'bytes' | 'list' | 'dict'

/** A command the device knows: who understands it, what it demands, what it does. */
export interface Knowledge {
  /** Any family when absent. */
  families?: readonly Family[]
  /** Bit of AccessRights. */
  right?: number
  /** Families on which it works on supervised devices only. */
  supervised?: readonly Family[]
  /** Whether an account's channel takes it as well. */
  accounts?: boolean
  /** A locked iPhone or iPad puts it off. */
  needsUnlocked?: boolean
  keys?: Record<string, KeyKind>
  carryOut(place: Place, command: Dict): Outcome | Promise<Outcome>
}

/** The device understood and will not, or cannot; becomes Status Error with a chain. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
  readonly code: number
  readonly domain: string

  constructor(code: number, text: string, domain = 'MCMDMErrorDomain') {
    super(text)
    this.code = code
    this.domain = domain
  }
}

/** The command breaks its schema; becomes Status CommandFormatError. */
export class BadCommand extends Error {
  override readonly name = 'BadCommand'
}

/** The device would, but not now; becomes Status NotNow. */
export class Later extends Error {
  override readonly name = 'Later'
}

/** An error chain of one link, in Apple's form. */
export function errorChain(code: number, domain: string, text: string): Dict[] {
  return [{ ErrorCode: code, ErrorDomain: domain, LocalizedDescription: text, USEnglishDescription: text }]
}
