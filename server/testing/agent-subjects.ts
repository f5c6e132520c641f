import { agentSetupClasses } from './agent-setup-classes.ts'
import type { Class } from './subjects.ts'
import { wakeClasses } from './wake-classes.ts'

const proofs: Class = { for: 'open', why: 'what is sent proves itself' }

/** Whom the routes are for that our own agents speak to, and those that set up and wake them. */
export const agentClasses: Readonly<Record<string, Class>> = {
  ...agentSetupClasses,
  ...wakeClasses,
  'POST /agent/v1/challenge': proofs,
  'POST /agent/v1/enroll': proofs,
  'POST /agent/v1/contact': proofs,
  'POST /agent/v1/renew': proofs,
  'POST /agent/v1/certify': proofs,
  'GET /agent/v1/wait': proofs,
}
