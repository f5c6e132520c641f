import { z } from 'zod'
import { encryptPush, type RawKey, vapidHeader } from '@muster/wire/webpush/webpush.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { ask } from '../../base/outside.ts'
import { type Breaker, openBreaker } from './breaker.ts'
import { type Handed, not, type Sender, sent } from './outcome.ts'

/** Push services that browsers and distributors of UnifiedPush use. Whoever runs one adds it. */
const known = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.notify.windows.com',
  'web.push.apple.com',
  'ntfy.sh',
]

/** How Web Push is used: whom a push service may write to, and which services may be asked at all. */
export const webpushShape = z.strictObject({
  contact: z
    .string()
    .max(300)
    .regex(/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/)
    .describe('mailto: or https: address that push services may write to.'),
  hosts: z
    .array(
      z
        .string()
        .max(253)
        .regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/),
    )
    .max(50)
    .default(known)
    .describe('Hosts that agents may name as their push service; *. stands for any name below.'),
})

/** As it is stored: with the public half of the key, which agents register with. */
export const webpushSettings = webpushShape.extend({ key: z.string() })

const addressShape = z.object({ endpoint: z.string(), p256dh: z.string(), auth: z.string() })

/**
 * Whether an agent may have us ask this address. It comes from a device, so it is asked only where an admin said so: never a name of our own network,
 * another scheme or another port.
 */
export function mayAsk(endpoint: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false
  const url = new URL(endpoint)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false
  return hosts.some(host => (host.startsWith('*.') ? url.host.endsWith(host.slice(1)) : url.host === host))
}

const breakers = new WeakMap<object, Map<string, Breaker>>()

/** One for each service: that one is down says nothing of another. */
function breakerOf(secrets: object, host: string): Breaker {
  const all = breakers.get(secrets) ?? new Map<string, Breaker>()
  breakers.set(secrets, all)
  const breaker = all.get(host) ?? openBreaker()
  all.set(host, breaker)
  return breaker
}

const daySeconds = 86_400
const tokenSeconds = 12 * 3600
const longestHoldMs = 3_600_000

/** Wakes an agent by the push service that its distributor uses. Only the agent can read what is said, and a new wake takes the place of one that was not delivered. */
export const sendWebpush: Sender = async (base, _scope, wake) => {
  const { endpoint, p256dh, auth } = addressShape.parse(JSON.parse(wake.address))
  const { contact, hosts, key } = webpushSettings.parse(JSON.parse(wake.settings))
  if (!mayAsk(endpoint, hosts)) return not('skipped', 'host-not-allowed')
  const breaker = breakerOf(base.secrets, new URL(endpoint).host)
  const now = (): number => base.clock.monotonic()
  if (!breaker.admits(now())) return not('later', breaker.reason ?? 'held', true)
  const own: RawKey = { secret: Buffer.from(wake.secret, 'base64url'), point: Buffer.from(key, 'base64url') }
  try {
    const raw = (text: string): Buffer => Buffer.from(text, 'base64url')
    const body = encryptPush(Buffer.from(JSON.stringify({ w: 1, n: wake.nonce })), {
      p256dh: raw(p256dh),
      auth: raw(auth),
    })
    const expiresAtSeconds = Math.floor(base.clock.now() / 1000) + tokenSeconds
    const authorization = vapidHeader(own, { origin: new URL(endpoint).origin, contact, expiresAtSeconds })
    const answer = await ask(base.config, 'Web Push', {
      url: endpoint,
      method: 'POST',
      headers: {
        authorization,
        ttl: String(daySeconds),
        urgency: 'high',
        topic: 'wake',
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
      },
      body,
      limitBytes: 64 * 1024,
      timeoutMs: 15_000,
    })
    const handed = outcomeOf(answer.status)
    if (!handed.provider) breaker.succeeded()
    else if (answer.retryAfterSeconds !== null)
      breaker.hold(now() + Math.min(answer.retryAfterSeconds * 1000, longestHoldMs), handed.reason)
    else breaker.failed(now(), handed.reason)
    return handed
  } catch (error) {
    // The agent told keys that are none.
    if (error instanceof Malformed) return not('dead', error.code)
    const reason = error instanceof Error ? error.message : String(error)
    breaker.failed(now(), reason)
    return not('later', reason, true)
  }
}

/** RFC 8030 §5, §7.3, §8.4; 401 and 403 are of our key (RFC 8292 §4.2), and the agent registers anew with the present one. */
function outcomeOf(status: number): Handed {
  if (status >= 200 && status < 300) return sent
  const reason = String(status)
  if (status === 404 || status === 410 || status === 401 || status === 403) return not('dead', reason)
  return status === 429 || status >= 500 ? not('later', reason, true) : not('rejected', reason)
}
