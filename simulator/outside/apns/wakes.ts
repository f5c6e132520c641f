import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { Registration, Tokens, Wake, WakeSource } from './tokens.ts'

/**
 * The door of the push service for devices in another process: one TCP connection per fleet, one JSON object per line.
 * Up: `{"do":"register"|"offline"|"online"|"remove","token":"<hex>","topic"?}`. Down: `{"wake":"<hex>","magic":"…"}`.
 */
export async function serveWakes(tokens: Tokens, port: number): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    attend(socket, tokens, () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

function attend(socket: Socket, tokens: Tokens, gone: () => void): void {
  const own = new Map<string, Registration>()
  socket.on('error', () => undefined)
  socket.once('close', () => {
    gone()
    // The fleet's process went away: its devices are out of reach, not un-enrolled.
    for (const registration of own.values()) registration.offline()
  })
  readLines(socket, text => {
    const line = parse(text)
    const token = line?.token
    if (line === undefined || typeof token !== 'string') return
    const topic = line.topic
    const options = typeof topic === 'string' ? { topic } : {}
    if (line.do === 'register') {
      const wake: Wake = magic => socket.write(`${JSON.stringify({ wake: token, magic })}\n`)
      own.set(token, tokens.register(token, wake, options))
    } else if (line.do === 'offline') own.get(token)?.offline()
    else if (line.do === 'online') own.get(token)?.online()
    else if (line.do === 'remove') own.get(token)?.remove()
  })
}

/** A connection to the push service's door; comes back by itself and re-registers when the service was restarted. */
export interface WakeConnection extends WakeSource {
  close(): void
}

interface Known {
  wake: Wake
  topic: string | undefined
  online: boolean
}

/** Connects virtual devices of this process to a push service elsewhere, by its `wakesUrl`. */
export async function connectWakes(url: string): Promise<WakeConnection> {
  const { hostname, port } = new URL(url)
  const known = new Map<string, Known>()
  const live = { socket: undefined as Socket | undefined, closed: false }
  const say = (line: Record<string, unknown>): void => {
    if (live.socket?.writable === true) live.socket.write(`${JSON.stringify(line)}\n`)
  }
  const dial = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname)
      socket.once('error', reject)
      socket.once('connect', () => {
        live.socket = socket
        socket.on('error', () => undefined)
        listen(socket, known)
        for (const [token, entry] of known) greet(say, token, entry)
        resolve()
      })
      socket.once('close', () => {
        if (live.closed || live.socket !== socket) return
        live.socket = undefined
        redial(dial, live)
      })
    })
  await dial()
  return {
    register: (token, wake, options = {}) => {
      const hex = typeof token === 'string' ? token.toLowerCase() : Buffer.from(token).toString('hex')
      const entry: Known = { wake, topic: options.topic, online: true }
      known.set(hex, entry)
      greet(say, hex, entry)
      return remote(hex, entry, { known, say })
    },
    close: () => {
      live.closed = true
      live.socket?.destroy()
    },
  }
}

function redial(dial: () => Promise<void>, live: { closed: boolean }): void {
  const timer = setTimeout(() => {
    if (!live.closed) dial().catch(() => redial(dial, live))
  }, 500)
  timer.unref()
}

function greet(say: (line: Record<string, unknown>) => void, token: string, entry: Known): void {
  say({ do: 'register', token, topic: entry.topic })
  if (!entry.online) say({ do: 'offline', token })
}

function remote(
  token: string,
  entry: Known,
  { known, say }: { known: Map<string, Known>; say: (line: Record<string, unknown>) => void },
): Registration {
  return {
    offline: () => {
      entry.online = false
      say({ do: 'offline', token })
    },
    online: () => {
      entry.online = true
      say({ do: 'online', token })
    },
    remove: () => {
      known.delete(token)
      say({ do: 'remove', token })
    },
  }
}

function listen(socket: Socket, known: Map<string, Known>): void {
  readLines(socket, text => {
    const line = parse(text)
    const token = line?.wake
    const magic = line?.magic
    if (typeof token === 'string' && typeof magic === 'string') known.get(token)?.wake(magic)
  })
}

/** A dead connection is news for its close listener; readline would make an uncaught error of it. */
function readLines(socket: Socket, read: (text: string) => void): void {
  const lines = createInterface({ input: socket })
  lines.on('error', () => undefined)
  lines.on('line', read)
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
