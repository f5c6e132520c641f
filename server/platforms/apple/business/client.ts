import { clientAssertion, portalKey } from '@muster/wire/apple/client-assertion.ts'
import { z } from 'zod'
import { type Answered, ask } from '../../../base/outside.ts'
import { Unavailable } from '../../../base/problem.ts'
import type { Base } from '../../../base/transact.ts'

/** What an API key of the portal consists of. */
export const credentialShape = z.object({
  clientId: z.string().regex(/^(BUSINESS|SCHOOL)API\.[0-9A-Za-z-]{8,80}$/),
  keyId: z.string().min(4).max(120),
  key: z.string().min(100).max(4000),
})
export type Credential = z.output<typeof credentialShape>

/** The vendor does not do what was asked; `state` is what the program is in then. */
export class PortalFault extends Error {
  readonly state: 'refused' | 'throttled' | 'silent'
  readonly code: string
  readonly said: string | undefined
  readonly waitMs: number | null

  constructor(state: PortalFault['state'], code: string, said?: string, waitMs: number | null = null) {
    super(`${code} ${said ?? ''}`)
    this.state = state
    this.code = code
    this.said = said
    this.waitMs = waitMs
  }
}

/** A line to the portal of one program. */
export interface Line {
  call(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown>
}

const assertionMs = 10 * 60_000
const spareMs = 60_000
const tokenShape = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

const tokens = new WeakMap<object, Map<string, { token: string; until: number }>>()

/** Opens a line. The token is asked for when none is held or the one held is nearly over, and kept in memory alone. */
export function openLine(base: Base, program: string, credential: Credential, signal: AbortSignal): Line {
  const school = credential.clientId.startsWith('SCHOOL')
  const at = school ? base.config.schoolUrl : base.config.businessUrl
  const held = tokens.get(base.secrets) ?? new Map<string, { token: string; until: number }>()
  tokens.set(base.secrets, held)
  const token = async (): Promise<string> => {
    const known = held.get(program)
    if (known && known.until - spareMs > base.clock.now()) return known.token
    const fresh = await freshToken(base, credential, signal)
    held.set(program, fresh)
    return fresh.token
  }
  const send = async (method: 'GET' | 'POST', path: string, body?: object): Promise<Answered> =>
    ask(base.config, 'Apple Business', {
      // Pages are told as whole addresses.
      url: path.startsWith('https://') ? sameHost(path, at) : `${at}${path}`,
      method,
      signal,
      headers: {
        authorization: `Bearer ${await token()}`,
        // Anything else is answered with 406.
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  return {
    call: async (method, path, body) => {
      let answer = await send(method, path, body)
      if (answer.status === 401) {
        // It may have been taken back before its time; a second refusal is one.
        held.delete(program)
        answer = await send(method, path, body)
      }
      return readAnswer(answer)
    },
  }
}

async function freshToken(
  base: Base,
  { clientId, keyId, key }: Credential,
  signal: AbortSignal,
): Promise<{ token: string; until: number }> {
  const now = base.clock.now()
  const assertion = clientAssertion({ key: portalKey(key), keyId, clientId }, { now, forMs: assertionMs })
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope: clientId.startsWith('SCHOOL') ? 'school.api' : 'business.api',
  })
  const answer = await ask(base.config, 'Apple Account', {
    url: `${base.config.accountUrl}/auth/oauth2/token`,
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
  })
  if (answer.status === 400 || answer.status === 401)
    throw new PortalFault('refused', 'portal-key-refused', errorIn(answer))
  const { access_token, expires_in } = tokenShape.parse(readAnswer(answer))
  return { token: access_token, until: now + expires_in * 1000 }
}

function readAnswer(answer: Answered): unknown {
  const { status, retryAfterSeconds } = answer
  if (status === 429) throw new PortalFault('throttled', 'portal-busy', undefined, (retryAfterSeconds ?? 60) * 1000)
  if (status >= 500) throw new Unavailable('Apple Business', new Error(`status ${status}`))
  if (status === 401 || status === 403) throw new PortalFault('refused', 'portal-forbidden', errorIn(answer))
  if (status >= 400) throw new PortalFault('silent', 'portal-not-understood', errorIn(answer))
  try {
    return JSON.parse(answer.text())
  } catch (cause) {
    throw new Unavailable('Apple Business', cause)
  }
}

const errorShape = z.object({
  errors: z.array(z.object({ code: z.string().optional(), detail: z.string().optional() })).optional(),
  error: z.string().optional(),
})

/** The vendor's own words, cut to what fits a line. */
function errorIn(answer: Answered): string {
  try {
    const { errors, error } = errorShape.parse(JSON.parse(answer.text()))
    const [first] = errors ?? []
    return [first?.code, first?.detail, error].filter(Boolean).join(': ').slice(0, 200) || `status ${answer.status}`
  } catch {
    return `status ${answer.status}`
  }
}

/** A page is only fetched from where the first came from: the token goes nowhere else. */
function sameHost(next: string, at: string): string {
  if (new URL(next).host === new URL(at).host) return next
  throw new PortalFault('silent', 'portal-not-understood', 'a page at another host')
}
