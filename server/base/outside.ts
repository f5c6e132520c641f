import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { rootCertificates } from 'node:tls'
import type { Config } from './config.ts'
import { Unavailable } from './problem.ts'

/** One request to a service of the outside world. */
export interface Asking {
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
  /** Our certificate and key, PEM, where the service asks for them. */
  client?: { cert: string; key: string }
  /** More than this is refused; 16 MiB when absent. */
  limitBytes?: number
  /** For the whole exchange; 30 s when absent. */
  timeoutMs?: number
  signal?: AbortSignal
}

/** What the service said. Redirects are not followed. */
export interface Answered {
  status: number
  headers: Readonly<Record<string, string | string[] | undefined>>
  bytes: Uint8Array
  /** The body as text. */
  text(): string
  /** Seconds the service asks us to wait, from Retry-After; null when it does not say. */
  retryAfterSeconds: number | null
}

const agents = new WeakMap<Config, Agent>()

/** Asks a service over HTTPS; throws Unavailable(who) when it cannot be reached, does not answer in time or answers without end. Every status is an answer. */
export function ask(config: Config, who: string, asking: Asking): Promise<Answered> {
  const { limitBytes = 16 * 1024 * 1024, timeoutMs = 30_000 } = asking
  const late = AbortSignal.timeout(timeoutMs)
  const signal = asking.signal ? AbortSignal.any([asking.signal, late]) : late
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => reject(new Unavailable(who, cause))
    const sent = request(
      asking.url,
      {
        method: asking.method ?? 'GET',
        headers: {
          'user-agent': 'Muster',
          ...(asking.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(asking.body)) }),
          ...asking.headers,
        },
        agent: agentOf(config),
        signal,
        ...(asking.client ?? {}),
      },
      answer => {
        const parts: Buffer[] = []
        let size = 0
        answer.on('data', (part: Buffer) => {
          size += part.length
          if (size > limitBytes) answer.destroy(new Error(`more than ${limitBytes} bytes`))
          else parts.push(part)
        })
        answer.on('error', fail)
        answer.on('end', () => {
          const bytes = new Uint8Array(Buffer.concat(parts))
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            bytes,
            text: () => new TextDecoder().decode(bytes),
            retryAfterSeconds: waitOf(answer.headers['retry-after']),
          })
        })
      },
    )
    sent.on('error', fail)
    sent.end(asking.body)
  })
}

function agentOf(config: Config): Agent {
  const known = agents.get(config)
  if (known) return known
  const own = config.outsideCa === null ? [] : [readFileSync(config.outsideCa, 'utf8')]
  const agent = new Agent({ keepAlive: true, maxSockets: 16, timeout: 60_000, ca: [...rootCertificates, ...own] })
  agents.set(config, agent)
  return agent
}

/** Seconds only: none of the services we know sends a date. (RFC 9110 §10.2.3) */
function waitOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : null
}
