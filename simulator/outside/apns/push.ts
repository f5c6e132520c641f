import type { IncomingHttpHeaders } from 'node:http2'

/** A refusal in the words of Apple's table of APNs errors. */
export interface Refusal {
  status: number
  reason: string
  /** Milliseconds; only with 410: since when the token is dead. */
  timestamp?: number
  retryAfterSeconds?: number
}

/** A push that follows every rule of the protocol. */
export interface Push {
  token: string
  topic: string
  magic: string
  /** Unix seconds; 0 means deliver now or never. */
  expiration: number
  priority: number
}

/** Who the provider is, as its TLS certificate says. */
export interface Provider {
  topic: string | undefined
  expired: boolean
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const maximumPayload = 4096

/** Reads one request as a push, or says which rule it breaks; the order of the checks is Apple's order of severity. */
export function readPush(headers: IncomingHttpHeaders, body: Uint8Array, provider: Provider): Push | Refusal {
  const path = headers[':path'] ?? ''
  if (headers[':method'] !== 'POST') return refuse(405, 'MethodNotAllowed')
  if (!path.startsWith('/3/device')) return refuse(404, 'BadPath')
  const token = path.slice('/3/device/'.length).toLowerCase()
  if (token === '') return refuse(400, 'MissingDeviceToken')
  // Without a certificate APNs expects a bearer token, which MDM pushes never carry.
  if (provider.topic === undefined) return refuse(403, 'MissingProviderToken')
  if (provider.expired) return refuse(403, 'BadCertificate')
  return refuseHeaders(headers, provider.topic) ?? readBody(headers, body, { token, topic: provider.topic })
}

function refuseHeaders(headers: IncomingHttpHeaders, topic: string): Refusal | undefined {
  const asked = headers['apns-topic']
  if (asked !== undefined && asked !== topic) return refuse(400, 'BadTopic')
  if (!topic.startsWith('com.apple.mgmt.')) return refuse(400, 'TopicDisallowed')
  if (headers['apns-push-type'] !== 'mdm') return refuse(400, 'InvalidPushType')
  const id = headers['apns-id']
  if (id !== undefined && !uuid.test(String(id))) return refuse(400, 'BadMessageId')
  const expiration = headers['apns-expiration']
  if (expiration !== undefined && !/^\d{1,12}$/.test(String(expiration))) return refuse(400, 'BadExpirationDate')
  const priority = headers['apns-priority']
  if (priority !== undefined && !['1', '5', '10'].includes(String(priority))) return refuse(400, 'BadPriority')
  return undefined
}

function readBody(
  headers: IncomingHttpHeaders,
  body: Uint8Array,
  address: { token: string; topic: string },
): Push | Refusal {
  if (!/^([0-9a-f]{2}){8,100}$/.test(address.token)) return refuse(400, 'BadDeviceToken')
  if (body.length === 0) return refuse(400, 'PayloadEmpty')
  if (body.length > maximumPayload) return refuse(413, 'PayloadTooLarge')
  const magic = readMagic(body)
  // Not a word of Apple's: the real service would deliver and the device stay asleep. Here a wrong payload is loud.
  if (magic === undefined) return refuse(400, 'PayloadNotMdm')
  const expiration = Number(headers['apns-expiration'] ?? Number.NaN)
  return {
    ...address,
    magic,
    // Apple: without the header the notification is stored for up to 30 days.
    expiration: Number.isNaN(expiration) ? Math.floor(Date.now() / 1000) + 30 * 86_400 : expiration,
    priority: Number(headers['apns-priority'] ?? 10),
  }
}

function readMagic(body: Uint8Array): string | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    if (value === null || typeof value !== 'object' || Object.keys(value).join() !== 'mdm') return undefined
    const magic: unknown = Reflect.get(value, 'mdm')
    return typeof magic === 'string' && magic !== '' ? magic : undefined
  } catch {
    return undefined
  }
}

/** A refusal with this status and reason. */
export function refuse(status: number, reason: string): Refusal {
  return { status, reason }
}
