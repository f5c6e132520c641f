import { randomBytes } from 'node:crypto'
import { authorization } from '@muster/wire/apple/oauth1.ts'
import type { ServerToken } from '@muster/wire/apple/server-token.ts'
import { type Answered, ask } from '../../../base/outside.ts'
import type { Base } from '../../../base/transact.ts'
import { AdeFault, faultOf } from './fault.ts'

/** Newest protocol whose answers we read: deadlines of migration, devices that must wait and for how long. */
const protocolVersion = '10'

/** One program's line to the vendor: its token, and the session that is open on it. */
export interface Line {
  base: Base
  token: ServerToken
  signal: AbortSignal
  session: string | null
}

/** A line without a session yet. */
export function openLine(base: Base, token: ServerToken, signal: AbortSignal): Line {
  return { base, token, signal, session: null }
}

/**
 * Asks the vendor and answers whatever it says with a status below 300, or a 400 for the caller to read. A session that it takes no longer is opened anew
 * once; every other refusal is an AdeFault. Throws Unavailable when it cannot be reached.
 */
export async function call(
  line: Line,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Answered> {
  if (line.session === null) await login(line)
  const first = await send(line, method, path, body)
  if (!sessionOver(first)) return settled(line, first)
  await login(line)
  return settled(line, await send(line, method, path, body))
}

function settled(line: Line, answer: Answered): Answered {
  if (answer.status < 300 || answer.status === 400) return answer
  throw faultOf(answer, line.base.clock.now())
}

/** A session lapses after minutes of silence; the vendor says so with 401, or with 403 in words that name no other trouble. */
function sessionOver(answer: Answered): boolean {
  if (answer.status === 401) return true
  return answer.status === 403 && /^\W*(FORBIDDEN|UNAUTHORIZED|INVALID_SESSION|SESSION)?\W*$/i.test(answer.text())
}

/** Opens a session with the token. (RFC 5849; Apple: Device Assignment) */
async function login(line: Line): Promise<void> {
  const url = `${line.base.config.adeUrl}/session`
  const { consumerKey, consumerSecret, accessToken, accessSecret } = line.token
  const now = line.base.clock.now()
  const header = authorization({
    method: 'GET',
    url,
    consumerKey,
    consumerSecret,
    token: accessToken,
    tokenSecret: accessSecret,
    timestamp: Math.floor(now / 1000),
    nonce: randomBytes(16).toString('hex'),
    realm: 'ADM',
  })
  line.session = null
  const answer = await ask(line.base.config, 'Apple device enrollment', {
    url,
    headers: { authorization: header, 'x-server-protocol-version': protocolVersion, accept: 'application/json' },
    signal: line.signal,
  })
  if (answer.status !== 200) throw faultOf(answer, line.base.clock.now())
  line.session = sessionIn(answer)
}

function sessionIn(answer: Answered): string {
  const read: unknown = jsonOf(answer)
  if (typeof read === 'object' && read !== null && 'auth_session_token' in read) {
    const { auth_session_token: token } = read
    if (typeof token === 'string' && token !== '' && token.length < 4000) return token
  }
  throw unreadable(answer)
}

async function send(line: Line, method: 'GET' | 'POST' | 'DELETE', path: string, body: unknown): Promise<Answered> {
  const answer = await ask(line.base.config, 'Apple device enrollment', {
    url: `${line.base.config.adeUrl}${path}`,
    method,
    headers: {
      'x-adm-auth-session': line.session ?? '',
      'x-server-protocol-version': protocolVersion,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json;charset=UTF8' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: line.signal,
  })
  // Any answer may hand over the next session.
  const next = answer.headers['x-adm-auth-session']
  if (typeof next === 'string' && next !== '') line.session = next
  return answer
}

/** The answer as JSON, or undefined where it is none. */
export function jsonOf(answer: Answered): unknown {
  try {
    return JSON.parse(answer.text())
  } catch {
    return undefined
  }
}

/** An answer that says yes and cannot be read is a fault of the vendor's, and passes. */
export function unreadable(answer: Answered): AdeFault {
  return new AdeFault('silent', 'unreadable', String(answer.status))
}
