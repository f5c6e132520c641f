import { createServer as createPlain, type Server, type Socket } from 'node:net'
import { createServer as createSecure } from 'node:tls'
import { createServer as createHttp } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { Aedes, type Client } from 'aedes'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { everything } from '../../base/authority.ts'
import type { MqttListen } from '../../base/config-mqtt.ts'
import type { Scope } from '../../base/ctx.ts'
import { isId } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import { publishBy, pendingNonce } from './hub.ts'
import { isPassword, mqttKey, topicOf } from './mqtt-key.ts'
import * as store from './reach-store.ts'

/** The certificate of the listeners, PEM. */
export interface BrokerTls {
  cert: string
  key: string
}

/** A broker that listens. */
export interface Broker {
  /** Where it listens, in the order of the setting. */
  readonly ports: readonly number[]
  connected(): number
  /** Takes a renewed certificate. */
  secure(tls: BrokerTls): void
  close(): Promise<void>
}

/** Who an agent proved to be when it opened its line. */
interface Known {
  scope: Scope
  enrollment: string
  topic: string
}

/** An agent says nothing but that it listens. */
const mostBytes = 16 * 1024
/** How long a stranger may take to shake hands, and to say who it is. */
const patienceMs = 10_000

/**
 * Starts the line that agents keep open. An agent opens it with the password it was given in a contact, may listen to its own topic and
 * nothing else, and may publish nothing. What it was called for before is told as soon as it listens, so nothing is kept for those who
 * are away.
 */
export async function startBroker(base: Base, listen: readonly MqttListen[], tls: BrokerTls | null): Promise<Broker> {
  const known = new WeakMap<Client, Known>()
  const clients = new Map<string, Client>()
  const aedes = await Aedes.createBroker({
    heartbeatInterval: 60_000,
    connectTimeout: patienceMs,
    maxClientsIdLength: 64,
    // Nothing an agent says is kept here: no last will, and no session that waits for it.
    preConnect: (_client, packet, done) => {
      packet.clean = true
      delete packet.will
      done(null, true)
    },
    authenticate: (client, username, password, done) => {
      admit(base, username, password).then(
        who => {
          // By the id of another it would take that one's line away.
          const own = who !== null && client.id === who.enrollment
          if (own) known.set(client, who)
          done(null, own)
        },
        // The database is away: the agent comes again.
        () => done(Object.assign(new Error('unavailable'), { returnCode: 3 }), null),
      )
    },
    authorizePublish: (client, _packet, done) => done(client === null ? null : new Error('agents only listen')),
    authorizeSubscribe: (client, subscription, done) => {
      const own = known.get(client)?.topic === subscription.topic
      done(null, own ? subscription : null)
    },
  })
  const tell = (to: string, topic: string, nonce: string): void => {
    const client = clients.get(to)
    // QoS 1: the line repeats it until the agent has it.
    const payload = JSON.stringify({ w: 1, n: nonce })
    client?.publish({ cmd: 'publish', topic, payload, qos: 1, dup: false, retain: false }, () => undefined)
  }
  aedes.on('clientDisconnect', client => {
    const who = known.get(client)
    if (who && clients.get(who.enrollment) === client) clients.delete(who.enrollment)
  })
  aedes.on('clientError', client => client.close())
  aedes.on('subscribe', (_subscriptions, client) => {
    const who = known.get(client)
    if (!who) return
    clients.set(who.enrollment, client)
    pendingNonce(base, { org: who.scope.org, enrollment: who.enrollment }).then(
      nonce => {
        if (nonce !== null) tell(who.enrollment, who.topic, nonce)
      },
      () => client.close(),
    )
  })
  const unpublish = publishBy(base, ({ enrollment }, nonce) => {
    const client = clients.get(enrollment)
    const who = client && known.get(client)
    if (who) tell(enrollment, who.topic, nonce)
  })
  const doors = await Promise.all(listen.map(at => openDoor(aedes, at, tls)))
  return {
    ports: doors.map(d => d.port),
    connected: () => clients.size,
    secure: fresh => {
      for (const door of doors) door.secure(fresh)
    },
    close: async () => {
      unpublish()
      await new Promise<void>(resolve => aedes.close(resolve))
      await Promise.all(doors.map(d => d.close()))
    },
  }
}

async function admit(base: Base, username: string | undefined, password: Buffer | undefined): Promise<Known | null> {
  const [org = '', enrollment = ''] = username?.split('/') ?? []
  if (!password || !isId('org', org) || !isId('enrollment', enrollment)) return null
  const scope: Scope = { org, actor: { kind: 'system', id: null, what: 'wake' }, authority: everything }
  return base.read(scope, async ctx => {
    const key = await mqttKey(ctx)
    if (key === null || !isPassword(key, enrollment, password)) return null
    // An agent that left or was replaced is reached no more.
    const reach = await store.findReach(ctx, enrollment, 'poll')
    return reach ? { scope, enrollment, topic: topicOf(key, enrollment) } : null
  })
}

interface Door {
  port: number
  secure(tls: BrokerTls): void
  close(): Promise<void>
}

async function openDoor(aedes: Aedes, at: MqttListen, tls: BrokerTls | null): Promise<Door> {
  const open = new Set<Socket>()
  const { server, secure } = serverFor(aedes, at, tls)
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: at.host, port: at.port, backlog: 4096 }, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : at.port,
    secure,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

function serverFor(
  aedes: Aedes,
  at: MqttListen,
  tls: BrokerTls | null,
): { server: Server; secure(fresh: BrokerTls): void } {
  const none = (): void => undefined
  const secret = { ...tls, minVersion: 'TLSv1.2' } as const
  if (at.scheme === 'mqtt') return { server: createPlain(socket => aedes.handle(brief(socket))), secure: none }
  if (at.scheme === 'mqtts') {
    const server = createSecure({ ...secret, handshakeTimeout: patienceMs }, socket => {
      socket.on('error', () => socket.destroy())
      aedes.handle(brief(socket))
    })
    server.on('tlsClientError', none)
    return { server, secure: fresh => server.setSecureContext(fresh) }
  }
  const limits = { headersTimeout: patienceMs, requestTimeout: patienceMs }
  const secured = at.scheme === 'wss' ? createHttps({ ...secret, ...limits, handshakeTimeout: patienceMs }) : null
  const web = secured ?? createHttp(limits)
  web.on('request', (_request, response) => response.writeHead(426, { connection: 'close' }).end())
  const sockets = new WebSocketServer({
    server: web,
    path: '/mqtt',
    maxPayload: mostBytes,
    // [MQTT-6.0.0-3], [MQTT-6.0.0-4]
    handleProtocols: offered => (offered.has('mqtt') ? 'mqtt' : false),
  })
  sockets.on('connection', (socket, request) => {
    const stream = createWebSocketStream(socket)
    stream.on('error', () => stream.destroy())
    aedes.handle(brief(stream), request)
  })
  return { server: web, secure: fresh => secured?.setSecureContext(fresh) }
}

/**
 * Ends a line on which a packet is announced that is longer than anything an agent has to say: the broker would keep up to 256 MiB of it for whoever
 * opens a line, before it knows who that is. (MQTT 3.1.1 §2.2.3)
 */
function brief<S extends Duplex>(stream: S): S {
  let left = 0 // of the packet, after its length
  let length: number[] | null = null // its bytes so far; null before the first byte of a packet
  const fits = (bytes: Uint8Array): boolean => {
    for (let at = 0; at < bytes.length; ) {
      if (left > 0) {
        const taken = Math.min(left, bytes.length - at)
        left -= taken
        at += taken
        continue
      }
      const byte = bytes[at] ?? 0
      at += 1
      if (length === null) {
        length = []
        continue
      }
      length.push(byte & 0x7f)
      if (byte >= 0x80) {
        if (length.length === 4) return false
        continue
      }
      left = length.reduceRight((sum, digit) => sum * 128 + digit, 0)
      length = null
      if (left > mostBytes) return false
    }
    return true
  }
  const read = stream.read.bind(stream)
  stream.read = size => {
    const bytes: unknown = read(size)
    if (!(bytes instanceof Uint8Array) || fits(bytes)) return bytes
    stream.destroy()
    return null
  }
  return stream
}
