import type { Class } from './subjects.ts'

const proofs: Class = { for: 'open', why: 'what is sent proves itself' }

/** Whom the routes of our own agent are for. */
export const agentClasses: Readonly<Record<string, Class>> = {
  'POST /agent/v1/challenge': proofs,
  'POST /agent/v1/enroll': proofs,
  'POST /agent/v1/contact': proofs,
  'POST /agent/v1/renew': proofs,
  'GET /agent/v1/wait': proofs,
}
