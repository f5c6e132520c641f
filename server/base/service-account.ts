import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { z } from 'zod'
import type { Config } from './config.ts'
import { type Answered, ask } from './outside.ts'
import { Unavailable } from './problem.ts'

/** An account that a program of Google's knows a server by. */
export interface ServiceAccount {
  readonly email: string
  readonly project: string
  readonly keyId: string
  readonly key: KeyObject
}

const shape = z.object({
  type: z.literal('service_account'),
  project_id: z.string().min(1).max(200),
  private_key_id: z.string().max(200).default(''),
  private_key: z.string().min(100).max(20_000),
  client_email: z.email().max(300),
})

/** Reads the key file of a service account; null when it is none, or its key is no RSA key. The address in it that gives tokens is not believed: it is a setting. */
export function readServiceAccount(text: string): ServiceAccount | null {
  try {
    const read = shape.parse(JSON.parse(text))
    const key = createPrivateKey(read.private_key)
    if (key.asymmetricKeyType !== 'rsa') return null
    return { email: read.client_email, project: read.project_id, keyId: read.private_key_id, key }
  } catch {
    return null
  }
}

/** The service that gives tokens said no. */
export class TokenRefused extends Error {
  readonly answer: Answered
  constructor(answer: Answered) {
    super(`no token: ${answer.status}`)
    this.answer = answer
  }
}

const lifeSeconds = 3600
const held = new WeakMap<Config, Map<string, { token: string; until: number }>>()
const granted = z.object({
  access_token: z.string().min(1).max(8000),
  expires_in: z.number().min(1).default(lifeSeconds),
})

/** A token for the account, asked for anew when the last one is nearly over. (RFC 7523 §2.1) */
export async function accessToken(
  config: Config,
  account: ServiceAccount,
  scope: string,
  { now, signal }: { now: number; signal: AbortSignal },
): Promise<string> {
  const tokens = held.get(config) ?? new Map<string, { token: string; until: number }>()
  held.set(config, tokens)
  const name = `${account.email} ${account.keyId} ${scope}`
  const known = tokens.get(name)
  if (known && known.until > now && known.until <= now + lifeSeconds * 1000) return known.token
  const answer = await ask(config, 'Google', {
    url: config.googleTokenUrl,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: assertion(account, { scope, aud: config.googleTokenUrl, now }),
    }).toString(),
    signal,
  })
  if (answer.status >= 500) throw new Unavailable('Google', new Error(`tokens: ${answer.status}`))
  if (answer.status !== 200) throw new TokenRefused(answer)
  const read = granted.safeParse(parsed(answer.text()))
  if (!read.success) throw new Unavailable('Google', read.error)
  const { access_token: token, expires_in: seconds } = read.data
  // A token ends a little earlier with us than with them.
  tokens.set(name, { token, until: now + Math.max(Math.min(seconds, lifeSeconds) - 60, 1) * 1000 })
  return token
}

/** Forgets the token of an account, because it was not taken. */
export function forgetToken(config: Config, account: ServiceAccount, scope: string): void {
  held.get(config)?.delete(`${account.email} ${account.keyId} ${scope}`)
}

function assertion(account: ServiceAccount, of: { scope: string; aud: string; now: number }): string {
  const iat = Math.floor(of.now / 1000)
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const header = { alg: 'RS256', typ: 'JWT', ...(account.keyId === '' ? {} : { kid: account.keyId }) }
  const claims = { iss: account.email, scope: of.scope, aud: of.aud, iat, exp: iat + lifeSeconds }
  const text = `${part(header)}.${part(claims)}`
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), account.key).toString('base64url')}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
