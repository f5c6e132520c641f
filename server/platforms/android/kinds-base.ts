import { z } from 'zod'
import type * as commands from '../../areas/commands/index.ts'
import type { ProblemCode } from '../../base/problem.ts'
import type { Mode } from './modes.ts'

/** A kind of order on this road. */
export type Kind<A extends object> = commands.CommandKind<A>

/** What an order asks of the device that takes it. */
export interface Terms {
  readonly modes: readonly Mode[]
  /** The first API level at which it is done, by the way a device is held. */
  readonly api?: (mode: string) => number
}

/** Modes that hold the device as a whole. */
export const whole: readonly Mode[] = ['fully-managed', 'dedicated']
/** Modes of the organization's own devices. */
export const owned: readonly Mode[] = [...whole, 'company-profile']

/** The fact that a device is in lost mode. */
export const lostFact = 'security.lostMode'

/** Whether a device can take an order on these terms, else why not. */
export function meets(
  terms: Terms,
  { device, enrollment: held, account, facts }: commands.Subject,
): true | ProblemCode {
  if (device.platform !== 'android') return 'command.platform'
  if (account !== '') return 'command.channel'
  const personal = device.ownership === 'personal' || held.kind === 'work-profile'
  if (personal && !terms.modes.includes('work-profile')) return 'command.personal-device'
  if (!terms.modes.some(m => m === held.kind)) return 'command.mode'
  const level = facts['os.apiLevel']
  const least = terms.api?.(held.kind)
  return least !== undefined && typeof level === 'number' && level < least ? 'command.os-too-old' : true
}

/** How an order is said to Google: its type and what comes with it, without how long it is good for. */
export const say = (type: string, more: object = {}): Uint8Array => Buffer.from(JSON.stringify({ type, ...more }))

export const platforms = ['android']
/** No arguments. */
export const nothing = z.strictObject({})
