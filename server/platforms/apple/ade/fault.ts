import type { Answered } from '../../../base/outside.ts'
import type { ProgramState } from '../../../areas/roster/index.ts'

/** The vendor answered, and it was no. Its state and code are shown; `text` is in its own words. */
export class AdeFault extends Error {
  readonly state: ProgramState
  readonly code: string
  readonly text: string
  /** It asked for so much silence. */
  readonly waitSeconds: number | null
  constructor(state: ProgramState, code: string, text: string, waitSeconds: number | null = null) {
    super(`${code}: ${text}`)
    this.state = state
    this.code = code
    this.text = text
    this.waitSeconds = waitSeconds
  }
}

/** Words of the vendor that name one trouble, whatever the status they come with. */
const known: readonly [RegExp, ProgramState, string][] = [
  [/T_C_NOT_SIGNED/i, 'terms', 'terms'],
  [/token_expired|ACCESS_TOKEN_EXPIRED/i, 'expired', 'token-over'],
  [/token_rejected/i, 'refused', 'token-rejected'],
  [/signature_invalid/i, 'refused', 'signature-invalid'],
  [/ACCESS_DENIED/i, 'refused', 'access-denied'],
  [/TOO_MANY_REQUESTS/i, 'throttled', 'throttled'],
]

/** Clocks further apart than this spoil every signature. */
const skewMs = 4 * 60_000

/** What an answer that is no success means. */
export function faultOf(answer: Answered, now: number): AdeFault {
  const text = answer
    .text()
    .replaceAll(/[\s"]+/g, ' ')
    .trim()
    .slice(0, 200)
  for (const [words, state, code] of known)
    if (words.test(text)) return new AdeFault(state, code, text, answer.retryAfterSeconds)
  if (answer.status === 429 || (answer.status === 503 && answer.retryAfterSeconds !== null))
    return new AdeFault('throttled', 'throttled', text, answer.retryAfterSeconds)
  if (answer.status === 401) {
    const apart = clockApart(answer, now)
    if (apart !== null && Math.abs(apart) > skewMs)
      return new AdeFault('refused', 'clock', `${Math.round(apart / 1000)} s`)
    return new AdeFault('refused', 'credential-refused', text)
  }
  if (answer.status >= 500) return new AdeFault('silent', 'vendor-fault', `${answer.status} ${text}`.trim())
  return new AdeFault('refused', 'not-understood', `${answer.status} ${text}`.trim())
}

/** How far the vendor's clock is ahead of ours. */
function clockApart(answer: Answered, now: number): number | null {
  const header = answer.headers['date']
  const at = typeof header === 'string' ? Date.parse(header) : Number.NaN
  return Number.isNaN(at) ? null : at - now
}

/** What the vendor says of a cursor that it takes no longer; null when it says something else. */
export function cursorFault(answer: Answered): 'expired' | 'invalid' | 'exhausted' | null {
  if (answer.status !== 400) return null
  const text = answer.text()
  if (/EXPIRED_CURSOR/.test(text)) return 'expired'
  if (/EXHAUSTED_CURSOR/.test(text)) return 'exhausted'
  return /INVALID_CURSOR|CURSOR_REQUIRED/.test(text) ? 'invalid' : null
}
