import { createPrivateKey, sign } from 'node:crypto'
import { z } from 'zod'
import type { Scope } from '../../base/ctx.ts'
import { ask, type Answered } from '../../base/outside.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import { type Breaker, openBreaker } from './breaker.ts'
import { type Handed, not, type Outgoing, type Sender, sent } from './outcome.ts'

/** The file that the console of the service gives for a service account, as far as we need it. */
const accountShape = z.object({
  type: z.literal('service_account'),
  project_id: z.string().regex(/^[\w.:-]{1,100}$/),
  private_key: z.string().min(1).max(10_000),
  client_email: z.string().min(3).max(300),
  token_uri: z.url().startsWith('https://').max(300),
})
type ServiceAccount = z.infer<typeof accountShape>

const who = 'FCM'
const scopeAsked = 'https://www.googleapis.com/auth/firebase.messaging'
const hour = 3600

/** Reads the file of a service account; refuses one that cannot sign. */
export function readServiceAccount(text: string): ServiceAccount {
  try {
    const account = accountShape.parse(JSON.parse(text))
    if (createPrivateKey(account.private_key).asymmetricKeyType !== 'rsa') throw new Error('not RSA')
    return account
  } catch (cause) {
    throw new Problem('wake-channel.credential', {}, { cause })
  }
}

interface Line {
  /** Which account it is for: another one begins anew. */
  readonly account: string
  readonly breaker: Breaker
  token: { readonly value: string; readonly until: number } | null
}

const lines = new WeakMap<object, Map<string, Line>>()

function lineOf(base: Base, scope: Scope, account: string): Line {
  const known = lines.get(base.secrets) ?? new Map<string, Line>()
  lines.set(base.secrets, known)
  const held = known.get(scope.org)
  if (held?.account === account) return held
  const fresh: Line = { account, breaker: openBreaker(), token: null }
  known.set(scope.org, fresh)
  return fresh
}

const addressShape = z.object({ token: z.string() })

/** Wakes an agent by the vendor's service, with high priority, so that a phone that sleeps hears it. A new wake takes the place of one that was not delivered. */
export const sendFcm: Sender = async (base, scope, wake) => {
  const line = lineOf(base, scope, wake.secret)
  if (!line.breaker.admits(base.clock.monotonic())) return not('later', line.breaker.reason ?? 'held', true)
  try {
    const said = await post(base, line, wake)
    judge(base, line, said)
    return said.handed
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    line.breaker.failed(base.clock.monotonic(), reason)
    return not('later', reason, true)
  }
}

interface Judged {
  handed: Handed
  retryAfterSeconds: number | null
}

async function post(base: Base, line: Line, wake: Outgoing): Promise<Judged> {
  const account = accountShape.parse(JSON.parse(wake.secret))
  const token = await tokenFor(base, line, account)
  if (typeof token !== 'string') return token
  const { token: to } = addressShape.parse(JSON.parse(wake.address))
  const answer = await ask(base.config, who, {
    url: `${base.config.fcmUrl}/v1/projects/${account.project_id}/messages:send`,
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      message: {
        token: to,
        data: { w: '1', n: wake.nonce },
        android: { priority: 'HIGH', ttl: '86400s', collapse_key: 'wake' },
      },
    }),
    limitBytes: 64 * 1024,
    timeoutMs: 15_000,
  })
  if (answer.status === 401) line.token = null
  return { handed: outcomeOf(answer), retryAfterSeconds: answer.retryAfterSeconds }
}

/** A token of the account, an hour long; or why there is none. */
async function tokenFor(base: Base, line: Line, account: ServiceAccount): Promise<string | Judged> {
  const now = base.clock.now()
  if (line.token && line.token.until > now) return line.token.value
  const iat = Math.floor(now / 1000)
  const claims = { iss: account.client_email, scope: scopeAsked, aud: account.token_uri, iat, exp: iat + hour }
  const head = [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map(p => Buffer.from(JSON.stringify(p)).toString('base64url'))
    .join('.')
  const signature = sign('sha256', Buffer.from(head), account.private_key).toString('base64url')
  const grant = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: `${head}.${signature}` }
  const answer = await ask(base.config, who, {
    url: account.token_uri,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(grant).toString(),
    limitBytes: 64 * 1024,
    timeoutMs: 15_000,
  })
  const given = z.object({ access_token: z.string(), expires_in: z.number() }).safeParse(jsonOf(answer))
  if (answer.status === 200 && given.success) {
    // A token is asked for anew a minute before it ends.
    line.token = { value: given.data.access_token, until: now + (given.data.expires_in - 60) * 1000 }
    return given.data.access_token
  }
  const kind = answer.status === 400 || answer.status === 401 || answer.status === 403 ? 'rejected' : 'later'
  return { handed: not(kind, `token: ${answer.status}`, true), retryAfterSeconds: answer.retryAfterSeconds }
}

const refusalShape = z.object({
  error: z.object({
    status: z.string().optional(),
    message: z.string().optional(),
    details: z.array(z.looseObject({ errorCode: z.string().optional() })).optional(),
  }),
})

/** Sorts an answer by the code of the service, and by its status where it says none. */
function outcomeOf(answer: Answered): Handed {
  if (answer.status === 200) return sent
  const said = refusalShape.safeParse(jsonOf(answer)).data?.error
  const code = said?.details?.find(d => d.errorCode !== undefined)?.errorCode ?? said?.status ?? String(answer.status)
  if (code === 'UNREGISTERED' || code === 'SENDER_ID_MISMATCH' || answer.status === 404) return not('dead', code)
  if (code === 'INVALID_ARGUMENT') return not('dead', code)
  if (answer.status === 429) return not('later', code, true)
  if (answer.status >= 500) return not('later', code, true)
  return not('rejected', code, true)
}

const rejectedMs = 10 * 60_000

function judge(base: Base, { breaker }: Line, { handed, retryAfterSeconds }: Judged): void {
  const now = base.clock.monotonic()
  if (!handed.provider) breaker.succeeded()
  else if (handed.kind === 'rejected') breaker.hold(now + rejectedMs, handed.reason)
  else if (retryAfterSeconds !== null) breaker.hold(now + Math.min(retryAfterSeconds, hour) * 1000, handed.reason)
  else breaker.failed(now, handed.reason)
}

function jsonOf(answer: Answered): unknown {
  try {
    return JSON.parse(answer.text())
  } catch {
    return null
  }
}
