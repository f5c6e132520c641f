import http, { type IncomingHttpHeaders } from 'node:http'
import https from 'node:https'

/** The connections a fleet shares; TLS sessions and sockets are reused as a real device reuses its own. */
export interface Agents {
  http: http.Agent
  https: https.Agent
  close(): void
}

/** One HTTP request as a device makes it. */
export interface Request {
  url: string
  method: 'GET' | 'PUT' | 'POST'
  headers?: Record<string, string>
  body?: Uint8Array
  agents?: Agents
  /** PEM of what the device trusts; the system's authorities when empty. */
  trust: readonly string[]
  /** Takes whatever certificate the server shows, like a person who taps past the warning. */
  careless?: boolean
  client?: { certificate: string; key: string }
  timeoutMs?: number
}

/** What came back. */
export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  body: Uint8Array
}

/** No reply reached the device: it was offline, the line was cut, or the server was away. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

const replyLimit = 64 * 1024 * 1024

/** Keep-alive agents with this many sockets per server. */
export function agents(maxSockets = 128): Agents {
  const options = { keepAlive: true, maxSockets, scheduling: 'lifo' } as const
  const pair = { http: new http.Agent(options), https: new https.Agent({ ...options, maxCachedSessions: 1000 }) }
  return {
    ...pair,
    close: () => {
      pair.http.destroy()
      pair.https.destroy()
    },
  }
}

/** Sends the request and waits for the whole reply; throws `Unreachable` when there is none. */
export async function send(request: Request): Promise<Reply> {
  try {
    return await attempt(request)
  } catch (error) {
    // A kept-alive socket that the server closed a moment ago is no news about the server: once more on a fresh one.
    if (error instanceof StaleSocket) return await attempt(request)
    // A device trusts the profile's roots beside the system's; those are dear to load, so they are tried second.
    if (error instanceof Untrusted && request.trust.length > 0) return await attempt({ ...request, trust: [] })
    throw error
  }
}

class StaleSocket extends Unreachable {}
class Untrusted extends Unreachable {}

const distrust = [
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]

/** What a failed request means: a stale socket, a stranger, or simply no answer. */
function failure(request: Request, error: Error, reused: boolean): Unreachable {
  const code = String(Reflect.get(error, 'code'))
  const text = `${request.method} ${request.url}: ${error.message}`
  if (reused && (code === 'ECONNRESET' || code === 'EPIPE')) return new StaleSocket(text, { cause: error })
  return new (distrust.includes(code) ? Untrusted : Unreachable)(text, { cause: error })
}

function attempt(request: Request): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const secure = request.url.startsWith('https:')
    const { trust, client, agents: shared, body } = request
    const options = {
      method: request.method,
      headers: { 'user-agent': 'MDM/1.0', ...request.headers, ...(body ? { 'content-length': body.length } : {}) },
      ...(shared === undefined ? {} : { agent: secure ? shared.https : shared.http }),
    }
    const tls = {
      ...(trust.length > 0 ? { ca: [...trust] } : {}),
      ...(client === undefined ? {} : { cert: client.certificate, key: client.key }),
      ...(request.careless === true ? { rejectUnauthorized: false } : {}),
    }
    const out = secure ? https.request(request.url, { ...options, ...tls }) : http.request(request.url, options)
    out.setTimeout(request.timeoutMs ?? 60_000, () => out.destroy(new Error('timeout')))
    out.on('response', incoming => {
      collect(incoming).then(resolve, reject)
    })
    out.on('error', error => reject(failure(request, error, out.reusedSocket)))
    out.end(body)
  })
}

async function collect(incoming: http.IncomingMessage): Promise<Reply> {
  const parts: Buffer[] = []
  let size = 0 // a reply that never ends must not fill the memory
  try {
    for await (const part of incoming) {
      parts.push(part as Buffer)
      size += (part as Buffer).length
      if (size > replyLimit) throw new Unreachable('the reply is too long')
    }
  } catch (error) {
    throw error instanceof Unreachable ? error : new Unreachable('the reply broke off', { cause: error })
  }
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(parts) }
}
