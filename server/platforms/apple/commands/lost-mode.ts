import type { Subject } from '../../../areas/commands/index.ts'
import type { ProblemCode } from '../../../base/problem.ts'
import { meets, mobile, type Terms } from './eligibility.ts'

/** What lost mode asks of a device (Apple: Enable Lost Mode Command). */
export const terms: Terms = { on: mobile('9.3', true), company: true }

/** The fact that a device is in lost mode. */
export const lostModeFact = 'security.lostMode'

/** The terms, and that the device is known to be in lost mode. */
export function meetsWhileLost(asked: Terms, subject: Subject): true | ProblemCode {
  const met = meets(asked, subject)
  if (met !== true) return met
  return subject.facts[lostModeFact] === true ? true : 'command.not-in-lost-mode'
}

/** What the kinds of lost mode have in common. */
export const lostMode = {
  permission: 'devices:lose',
  impact: 'disruptive',
  destructive: false,
  secret: [],
  priority: 'high',
} as const
