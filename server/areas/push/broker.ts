import { createServer as createPlain, type Server, type Socket } from 'node:net'
import { createServer as createSecure } from 'node:tls'
import { createServer as createHttp } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { Aedes, type Client } from 'aedes'
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
    connectTimeout: 10_000,
    maxClientsIdLength: 64,
    authenticate: (client, username, password, done) => {
      admit(base, username, password).then(
        who => {
          if (who) known.set(client, who)
          done(null, who !== null)
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
  if (at.scheme === 'mqtt') return { server: createPlain(socket => aedes.handle(socket)), secure: none }
  if (at.scheme === 'mqtts') {
    const server = createSecure(secret, socket => {
      socket.on('error', () => socket.destroy())
      aedes.handle(socket)
    })
    server.on('tlsClientError', none)
    return { server, secure: fresh => server.setSecureContext(fresh) }
  }
  const secured = at.scheme === 'wss' ? createHttps(secret) : null
  const web = secured ?? createHttp()
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
    aedes.handle(stream, request)
  })
  return { server: web, secure: fresh => secured?.setSecureContext(fresh) }
}
