import { ask } from '../../base/outside.ts'
import { accessToken, forgetToken, type ServiceAccount, TokenRefused } from '../../base/service-account.ts'
import type { Base } from '../../base/transact.ts'
import { AndroidFault, faultOf, Paced } from './fault.ts'
import { takeShare } from './pace.ts'

const scope = 'https://www.googleapis.com/auth/androidmanagement'

/** One program's line to Google. */
export interface Line {
  readonly base: Base
  readonly account: ServiceAccount
  readonly signal: AbortSignal
}

/** What is asked of Google: query parameters, and a body. */
export interface Asked {
  query?: Readonly<Record<string, string>>
  body?: unknown
}

/** Asks Google's management interface and answers what it said. Every refusal is an AndroidFault; Paced when our own share is used up; Unavailable when it is not reached. */
export async function call(
  line: Line,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  asked: Asked = {},
): Promise<unknown> {
  const first = await send(line, method, path, asked)
  if (first.status !== 401) return settled(first)
  // A token may be taken back before its time.
  forgetToken(line.base.config, line.account, scope)
  return settled(await send(line, method, path, asked))
}

async function send(line: Line, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, asked: Asked) {
  const { config } = line.base
  const wait = await takeShare(line.base, line.account.project)
  if (wait > 0) throw new Paced(wait)
  const query = asked.query === undefined ? '' : `?${new URLSearchParams(asked.query).toString()}`
  const token = await tokenOf(line)
  return ask(config, 'Google', {
    url: `${config.androidUrl}/v1/${path}${query}`,
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
    signal: line.signal,
  })
}

async function tokenOf({ base, account, signal }: Line): Promise<string> {
  try {
    return await accessToken(base.config, account, scope, { now: base.clock.now(), signal })
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error
    const text = error.answer
      .text()
      .replaceAll(/[\s"]+/g, ' ')
      .slice(0, 200)
    if (error.answer.status === 429)
      throw new AndroidFault('throttled', 'throttled', text, { status: 429, wait: error.answer.retryAfterSeconds })
    throw new AndroidFault('refused', 'credential-refused', text, { status: 401 })
  }
}

function settled(answer: Awaited<ReturnType<typeof send>>): unknown {
  if (answer.status >= 300) throw faultOf(answer)
  try {
    return answer.bytes.length === 0 ? {} : JSON.parse(answer.text())
  } catch {
    throw new AndroidFault('silent', 'unreadable', String(answer.status), { status: answer.status })
  }
}
