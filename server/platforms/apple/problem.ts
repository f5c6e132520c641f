import { Malformed } from '@muster/wire/malformed.ts'
import { Problem, type ProblemCode, Unavailable } from '../../base/problem.ts'
import type { Reply } from '../../base/route.ts'

/**
 * Refusals in which the identity, not the message, is the trouble. They answer 403, which by itself changes nothing on a device.
 * Everything else that a device could send better answers 400.
 */
const forbidden: ReadonlySet<ProblemCode> = new Set([
  'device.proof-missing',
  'device.certificate-untrusted',
  'device.certificate-expired',
  'device.certificate-unknown',
  'device.certificate-retired',
  'enrollment.device-elsewhere',
  'invitation.revoked',
  'invitation.used',
  'device.not-apple',
  'device.replayed',
  'device.challenge-unknown',
  'device.identity-changed',
  'setup.not-expected',
  'setup.sign-in-needed',
  'account-door.nobody',
])

/**
 * Says an error to an Apple device. Never 401 and never 410, which un-enroll it (Apple: a device that is answered 401 removes its management);
 * 403 alone does nothing, only `unrecognized` un-enrolls. What may succeed later is answered 503 with Retry-After.
 */
export function deviceProblem(_path: string, error: unknown): Reply<Uint8Array | string | null> {
  if (error instanceof Unavailable) return said(503, 'server.unavailable', error.message, 5 + Math.random() * 25)
  if (error instanceof Malformed) return said(400, error.code, 'The message cannot be read.')
  if (!(error instanceof Problem)) return said(500, 'server.fault', 'The server made a mistake.')
  if (error.status === 429 || error.status === 503)
    return said(error.status, error.code, error.message, Number(error.facts.retryAfter ?? 30))
  if (error.status === 413) return said(413, error.code, error.message)
  if (error.code === 'device.declaration-unknown' || error.code === 'device.profile-unknown')
    return said(404, error.code, error.message)
  if (error.status >= 500) return said(500, error.code, error.message)
  return said(forbidden.has(error.code) ? 403 : 400, error.code, error.message)
}

/** The one answer that un-enrolls a device (Apple: error code com.apple.unrecognized.device): for enrollments that an admin ended. */
export function unrecognized(): Reply<string> {
  return said(403, 'com.apple.unrecognized.device', 'The management of this device has ended.')
}

function said(status: number, code: string, description: string, retryAfter?: number): Reply<string> {
  return {
    status,
    type: 'application/json',
    body: JSON.stringify({ code, description, message: description }),
    headers: {
      'cache-control': 'no-store',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) }),
    },
  }
}
