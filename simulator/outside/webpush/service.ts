import { createPublicKey, randomBytes, randomUUID, verify } from 'node:crypto'
import { decryptPush, newRawKey } from '@muster/wire/webpush/webpush.ts'
import { type Heard, type Said, startWeb, type Web } from '../web/web.ts'

/** An installation that registered: what its agent tells the server. */
export interface Registered {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
  /** It unsubscribes: the service answers 410. */
  vanish(): void
}

/** A push that the service took, as its receiver decrypted it. */
export interface Pushed {
  readonly text: string
  readonly ttl: string
  readonly urgency: string
  readonly topic: string
}

/** A push service (RFC 8030), with the receivers behind it. */
export interface PushService extends Web {
  readonly pushed: readonly Pushed[]
  /** Registers an installation for whoever has this key (RFC 8292), base64url. */
  register(key: string, arrived?: (text: string) => void): Registered
}

/** Starts it on loopback. */
export async function startPushService(): Promise<PushService> {
  const pushed: Pushed[] = []
  const receivers = new Map<string, ((heard: Heard) => Said) | 'gone'>()
  const web = await startWeb(heard => {
    const receiver = receivers.get(heard.path)
    if (receiver === 'gone') return { status: 410 }
    return receiver === undefined ? { status: 404 } : receiver(heard)
  })
  const register: PushService['register'] = (key, arrived = () => undefined) => {
    const own = newRawKey()
    const auth = randomBytes(16)
    const path = `/push/${randomUUID()}`
    receivers.set(path, heard => {
      const against = authorized(heard, key, web.url)
      if (against !== null) return { status: against, body: 'who are you?' }
      if (heard.headers['content-encoding'] !== 'aes128gcm') return { status: 415 }
      const text = Buffer.from(decryptPush(heard.body, own, auth)).toString('utf8')
      const header = (name: string): string => String(heard.headers[name] ?? '')
      pushed.push({ text, ttl: header('ttl'), urgency: header('urgency'), topic: header('topic') })
      arrived(text)
      return { status: 201, headers: { location: `${web.url}/message/${pushed.length}` } }
    })
    const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
    return {
      endpoint: `${web.url}${path}`,
      p256dh: b64(own.point),
      auth: b64(auth),
      vanish: () => void receivers.set(path, 'gone'),
    }
  }
  return { ...web, pushed, register }
}

/** The status with which it refuses; null when whoever registered it pushes. (RFC 8292 §4.2) */
function authorized(heard: Heard, key: string, origin: string): number | null {
  const [, token = '', shown = ''] = /^vapid t=([^,]+), ?k=(\S+)$/.exec(heard.headers.authorization ?? '') ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  if (shown === '') return 401
  if (shown !== key) return 403
  const point = Buffer.from(shown, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(b => b.toString('base64url'))
  const known = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' } })
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: known, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as {
    aud?: string
    exp?: number
    sub?: string
  }
  const meant = said.aud === origin && /^(mailto:|https:)/.test(said.sub ?? '')
  return signed && meant ? null : 403
}
