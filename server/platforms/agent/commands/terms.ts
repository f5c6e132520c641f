import type { AgentMode } from '@muster/wire/agent/messages.ts'
import type { Subject } from '../../../areas/commands/index.ts'
import type { JsonValue } from '../../../areas/devices/index.ts'
import type { ProblemCode } from '../../../base/problem.ts'

/** What an order asks of the device that takes it. */
export interface Terms {
  /** The ways of holding a device in which its system lets an agent do this. */
  readonly modes: readonly AgentMode[]
  /** The first API level at which it does; absent: every level an agent runs on. */
  readonly api?: number
  /** Never given to a device of the person who uses it. */
  readonly company?: true
}

/** The ways in which the whole device is the agent's. */
export const whole = ['fully-managed', 'dedicated'] as const
/** Those in which the organization owns it. */
export const owned = [...whole, 'company-profile'] as const
/** All. */
export const everywhere = [...owned, 'work-profile'] as const

/** The fact of the API level of a device. */
export const apiFact = 'os.apiLevel'
/** The fact that a device is in lost mode. */
export const lostFact = 'security.lostMode'

/** Platforms that agents of ours run on. */
export const platforms = ['android']

/** Whether the device meets the terms, else what stands against it, the hardest to change first. A level nobody told is taken to be enough. */
export function meets(terms: Terms, { device, enrollment, account, facts }: Subject): true | ProblemCode {
  if (!platforms.includes(device.platform)) return 'command.platform'
  if (account !== '') return 'command.channel'
  const personal = device.ownership === 'personal' || enrollment.kind === 'work-profile'
  if (terms.company && personal) return 'command.personal-device'
  if (!terms.modes.some(mode => mode === enrollment.kind)) return 'command.mode'
  const level = facts[apiFact]
  if (terms.api !== undefined && typeof level === 'number' && level < terms.api) return 'command.os-too-old'
  return true
}

/** The terms, and that the device is known to be in lost mode. */
export function meetsWhileLost(terms: Terms, subject: Subject): true | ProblemCode {
  const met = meets(terms, subject)
  if (met !== true) return met
  return subject.facts[lostFact] === true ? true : 'command.not-in-lost-mode'
}

/** The bytes of an order as it stands in the signed list. What was left out is not said. */
export function say(kind: string, args: Readonly<Record<string, unknown>> = {}): Uint8Array {
  return Buffer.from(JSON.stringify({ kind, args }))
}

/** What an agent answered beside its status, as an object. */
export function answerOf(result: unknown): Readonly<Record<string, JsonValue>> {
  return typeof result === 'object' && result !== null ? (result as Record<string, JsonValue>) : {}
}
