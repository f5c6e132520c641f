import { randomUUID } from 'node:crypto'
import {
  constants,
  createSecureServer,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import { mintServer, type MintedServer } from './certificates.ts'
import { type Provider, type Push, type Refusal, readPush, refuse } from './push.ts'
import { type Fault, Plan, type Script } from './script.ts'
import { type Registration, Tokens, type Wake } from './tokens.ts'
import { serveWakes } from './wakes.ts'

/** How to start the push service. */
export interface ApnsOptions {
  /** 0 or absent takes a free port. */
  port?: number
  host?: string
  /** PEM of the authority that signs push certificates; when present, other providers fail the TLS handshake. */
  clientCa?: string
  /** Certificate and authority to serve with, instead of fresh throw-away ones. */
  tls?: MintedServer
  /** Port of the door for devices in other processes; 0 or absent takes a free one. */
  wakesPort?: number
}

/** One request as the service saw and answered it. */
export interface LogLine {
  at: number
  path: string
  status: number
  reason: string | undefined
  apnsId: string
  push: Push | undefined
  fault: Fault['kind'] | undefined
  outcome: 'delivered' | 'kept' | 'dropped' | 'refused'
}

/** A running push service. */
export interface Apns {
  /** Base URL for providers. */
  url: string
  /** PEM of the authority of the service's own certificate. */
  ca: string
  /** Where devices in other processes subscribe; see `connectWakes`. */
  wakesUrl: string
  register(token: Uint8Array | string, wake: Wake, options?: { topic?: string }): Registration
  script: Script
  /** The last 10,000 requests, oldest first. */
  log: LogLine[]
  /** Open provider connections. */
  connections(): number
  close(): Promise<void>
}

const logLimit = 10_000
const bodyLimit = 65_536

interface State {
  tokens: Tokens
  plan: Plan
  log: LogLine[]
}

/** Starts a push service that speaks Apple's provider protocol over HTTP/2 and wakes virtual devices. */
export async function startApns(options: ApnsOptions = {}): Promise<Apns> {
  const host = options.host ?? '127.0.0.1'
  const tls = options.tls ?? mintServer(host)
  const state: State = { tokens: new Tokens(), plan: new Plan(), log: [] }
  const sockets = new Set<Socket>()
  const server = createSecureServer({
    key: tls.key,
    cert: tls.certificate,
    requestCert: true,
    rejectUnauthorized: options.clientCa !== undefined,
    ...(options.clientCa === undefined ? {} : { ca: options.clientCa }),
    // Apple's service allows about a thousand streams on a connection.
    settings: { maxConcurrentStreams: 1000 },
  })
  const refusing = watchSockets(server, sockets)
  server.on('sessionError', () => undefined)
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on('error', () => undefined)
    receive(stream, headers, state).catch(() => stream.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, resolve)
  })
  const wakes = await serveWakes(state.tokens, options.wakesPort ?? 0)
  return {
    url: `https://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    ca: tls.authority,
    wakesUrl: wakes.url,
    register: (token, wake, registration) => state.tokens.register(token, wake, registration),
    script: {
      plan: (fault, moment) => state.plan.plan(fault, moment),
      clear: () => state.plan.clear(),
      down: down => {
        refusing.now = down
        if (down) for (const socket of sockets) socket.destroy()
      },
    },
    log: state.log,
    connections: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await wakes.close()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

function watchSockets(server: Http2SecureServer, sockets: Set<Socket>): { now: boolean } {
  const refusing = { now: false }
  server.on('connection', (socket: Socket) => {
    if (refusing.now) {
      socket.destroy()
      return
    }
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  })
  return refusing
}

async function receive(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, state: State): Promise<void> {
  const socket = stream.session?.socket
  const path = String(headers[':path'] ?? '')
  const fault = state.plan.take(path.slice('/3/device/'.length).toLowerCase())
  if (fault?.kind === 'refuse') return stream.close(constants.NGHTTP2_REFUSED_STREAM)
  const body = await readAll(stream)
  const apnsId = String(headers['apns-id'] ?? randomUUID()).toUpperCase()
  const push = readPush(headers, body, providerOf(socket))
  const refusal = 'status' in push ? push : state.tokens.refuse(push)
  const line = { at: Date.now(), path, apnsId, push: 'status' in push ? undefined : push, fault: fault?.kind }
  const note = (status: number, reason: string | undefined, outcome: LogLine['outcome']): void => {
    state.log.push({ ...line, status, reason, outcome })
    if (state.log.length > logLimit) state.log.shift()
  }
  if (refusal !== undefined || 'status' in push) {
    const answer = refusal ?? refuse(500, 'InternalServerError')
    note(answer.status, answer.reason, 'refused')
    return respond(stream, apnsId, answer)
  }
  await act({ stream, apnsId, push, fault, state, note })
}

interface Accepted {
  stream: ServerHttp2Stream
  apnsId: string
  push: Push
  fault: Fault | undefined
  state: State
  note: (status: number, reason: string | undefined, outcome: LogLine['outcome']) => void
}

async function act({ stream, apnsId, push, fault, state, note }: Accepted): Promise<void> {
  const { tokens } = state
  switch (fault?.kind) {
    case 'answer': {
      note(fault.status, fault.reason, 'refused')
      return respond(stream, apnsId, fault)
    }
    case 'trickle':
      note(fault.status, fault.reason, 'refused')
      return trickle(stream, apnsId, fault)
    case 'reset':
      note(0, undefined, fault.deliver === true ? tokens.deliver(push) : 'dropped')
      return stream.close(constants.NGHTTP2_INTERNAL_ERROR)
    case 'cut':
      note(0, undefined, fault.deliver === true ? tokens.deliver(push) : 'dropped')
      return stream.session?.destroy()
    case 'stall':
      return note(0, undefined, 'dropped')
    case 'swallow':
      note(200, undefined, 'dropped')
      return respond(stream, apnsId)
    case 'goaway':
      note(200, undefined, tokens.deliver(push))
      respond(stream, apnsId)
      // GOAWAY now; the session ends by itself once its open streams are through.
      stream.session?.goaway(constants.NGHTTP2_NO_ERROR)
      return stream.session?.close()
    case 'delay':
      await sleep(fault.ms)
      break
    default:
      break
  }
  note(200, undefined, tokens.deliver(push, fault?.kind === 'duplicate' ? fault.wakes : 1))
  respond(stream, apnsId)
}

function respond(stream: ServerHttp2Stream, apnsId: string, refusal?: Refusal): void {
  if (stream.destroyed || stream.closed) return
  if (refusal === undefined) {
    stream.respond({ ':status': 200, 'apns-id': apnsId }, { endStream: true })
    return
  }
  stream.respond(headersOf(apnsId, refusal))
  stream.end(bodyOf(refusal))
}

async function trickle(
  stream: ServerHttp2Stream,
  apnsId: string,
  fault: Refusal & { msPerByte: number },
): Promise<void> {
  stream.respond(headersOf(apnsId, fault))
  for (const byte of Buffer.from(bodyOf(fault))) {
    if (stream.destroyed) return
    stream.write(Buffer.of(byte))
    await sleep(fault.msPerByte)
  }
  stream.end()
}

function headersOf(apnsId: string, refusal: Refusal): Record<string, string | number> {
  const { retryAfterSeconds } = refusal
  return {
    ':status': refusal.status,
    'apns-id': apnsId,
    'content-type': 'application/json',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  }
}

function bodyOf({ reason, timestamp }: Refusal): string {
  return JSON.stringify(timestamp === undefined ? { reason } : { reason, timestamp })
}

function providerOf(socket: unknown): Provider {
  // Behind node:http2's socket proxy, only property reads are safe.
  const tls = socket as TLSSocket | undefined
  const certificate = tls?.getPeerCertificate?.()
  const topic: unknown = certificate?.subject === undefined ? undefined : Reflect.get(certificate.subject, 'UID')
  return {
    topic: typeof topic === 'string' ? topic : undefined,
    expired: certificate?.valid_to !== undefined && Date.parse(certificate.valid_to) < Date.now(),
  }
}

async function readAll(stream: ServerHttp2Stream): Promise<Uint8Array> {
  const parts: Buffer[] = []
  let size = 0 // counted so that a flood cannot fill the memory
  for await (const part of stream) {
    size += (part as Buffer).length
    if (size > bodyLimit) break
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts)
}
