import type { ProgramState } from '../../areas/roster/index.ts'
import type { Answered } from '../../base/outside.ts'

/** Google answered, and it was no. Its state and code are shown; `text` is in its own words. */
export class AndroidFault extends Error {
  readonly state: ProgramState
  readonly code: string
  readonly text: string
  readonly status: number
  /** It asked for so much silence. */
  readonly waitSeconds: number | null
  constructor(state: ProgramState, code: string, text: string, more: { status?: number; wait?: number | null } = {}) {
    super(`${code}: ${text}`)
    this.state = state
    this.code = code
    this.text = text
    this.status = more.status ?? 0
    this.waitSeconds = more.wait ?? null
  }
}

/** Our own share of a minute is used up: the rest waits. */
export class Paced extends Error {
  readonly waitMs: number
  constructor(waitMs: number) {
    super(`paced: ${waitMs} ms`)
    this.waitMs = waitMs
  }
}

/** What an answer that is no success means. */
export function faultOf(answer: Answered): AndroidFault {
  const text = messageIn(answer.text())
  const more = { status: answer.status, wait: answer.retryAfterSeconds }
  if (answer.status === 429) return new AndroidFault('throttled', 'throttled', text, more)
  if (answer.status === 401) return new AndroidFault('refused', 'credential-refused', text, more)
  if (answer.status === 403) return new AndroidFault('refused', 'access-denied', text, more)
  if (answer.status >= 500) return new AndroidFault('silent', 'vendor-fault', `${answer.status} ${text}`.trim(), more)
  if (answer.status === 404) return new AndroidFault('refused', 'not-found', text, more)
  return new AndroidFault('refused', 'not-understood', `${answer.status} ${text}`.trim(), more)
}

/** Whether it says no to this one thing, and would not to another. */
export function isAboutThis(error: unknown): error is AndroidFault {
  return error instanceof AndroidFault && [400, 404, 409, 412].includes(error.status)
}

function messageIn(text: string): string {
  const found = /"message"\s*:\s*"((?:[^"\\]|\\.){1,400})/.exec(text)?.[1] ?? text
  return found
    .replaceAll(/[\s"]+/g, ' ')
    .trim()
    .slice(0, 200)
}
