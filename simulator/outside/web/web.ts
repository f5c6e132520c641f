import type { IncomingHttpHeaders } from 'node:http'
import { createServer } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { setTimeout as sleep } from 'node:timers/promises'
import { mintServer } from '../apns/certificates.ts'

/** One request as a service of the outside world sees it. */
export interface Heard {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Uint8Array
  /** DER of the client certificate that was shown; null without one. */
  client: Uint8Array | null
}

/** What the service says; objects are sent as JSON. */
export interface Said {
  status?: number
  headers?: Record<string, string>
  body?: string | Uint8Array | object
}

/** How a service misbehaves until it is told otherwise. */
export interface Trouble {
  /** Only requests whose path matches; every request when absent. */
  path?: RegExp
  /** So many of them go well before. */
  after?: number
  /** So many requests; for ever when absent. */
  times?: number
  /** Waits before it answers. */
  delayMs?: number
  /** Does not answer before this is over. */
  holds?: Promise<unknown>
  /** Says this instead. */
  say?: Said
  /** Cuts the line without an answer; `after`: it does what was asked, and cuts it then. */
  cut?: 'before' | 'after'
}

/** A small HTTPS server that plays one service. */
export interface Web {
  url: string
  /** PEM of the authority to trust. */
  ca: string
  /** Every request so far, oldest first; the last 10,000. */
  readonly heard: readonly Heard[]
  /** The most requests that were under way at once, heard and not answered yet, since this was last asked. */
  busiest(): number
  /** Misbehaves like this from now on; answers how to end it. */
  trouble(trouble: Trouble): () => void
  close(): Promise<void>
}

/** Starts a service on loopback. `answer` is asked for every request; what it throws is a 500. */
export async function startWeb(answer: (heard: Heard) => Said | Promise<Said>): Promise<Web> {
  const { certificate, key, authority } = mintServer('127.0.0.1')
  const heard: Heard[] = []
  let [open, most] = [0, 0]
  const troubles = new Set<Trouble & { well: number; left: number }>()
  const server = createServer({ cert: certificate, key, requestCert: true, rejectUnauthorized: false })
  server.on('request', async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const url = new URL(request.url ?? '/', 'https://127.0.0.1')
    const shown = (request.socket as TLSSocket).getPeerCertificate(false)
    const one: Heard = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: new Uint8Array(Buffer.concat(parts)),
      client: shown.raw ? new Uint8Array(shown.raw) : null,
    }
    heard.push(one)
    open += 1
    most = Math.max(most, open)
    // Over with the answer, not with the word that it left: on a busy machine who was answered asks again before that word comes.
    let under = true
    const over = (): void => {
      if (under) open -= 1
      under = false
    }
    response.once('close', over)
    if (heard.length > 10_000) heard.shift()
    const trouble = [...troubles].find(t => {
      if (t.left === 0 || !(t.path?.test(one.path) ?? true)) return false
      t.well -= 1
      return t.well < 0
    })
    if (trouble) trouble.left -= 1
    if (trouble?.delayMs) await sleep(trouble.delayMs)
    await trouble?.holds
    if (trouble?.cut === 'before') return void request.socket.destroy()
    const said = trouble?.say ?? (await Promise.resolve(one).then(answer).catch(failed))
    if (trouble?.cut === 'after') return void request.socket.destroy()
    const { body } = said
    const json = body !== undefined && typeof body === 'object' && !(body instanceof Uint8Array)
    over()
    response.writeHead(said.status ?? 200, { ...(json ? { 'content-type': 'application/json' } : {}), ...said.headers })
    response.end(json ? JSON.stringify(body) : body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `https://127.0.0.1:${port}`,
    ca: authority,
    heard,
    busiest: () => {
      const was = most
      most = open
      return was
    },
    trouble: wish => {
      const one = { ...wish, well: wish.after ?? 0, left: wish.times ?? Number.POSITIVE_INFINITY }
      troubles.add(one)
      return () => troubles.delete(one)
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function failed(error: unknown): Said {
  return { status: 500, body: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
