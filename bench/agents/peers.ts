// What the figures stand beside, each as a process of its own.
// The floor is the least that Node can do: a socket kept open, and a contact checked and answered without a database. The others are bare listeners,
// for the floor and for another broker.
import { createServer as createHttp } from 'node:http'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { generateKeyPairSync } from 'node:crypto'
import { hash64, isSignedBy } from '@muster/wire/agent/compact.ts'
import { readProof } from '@muster/wire/agent/proof.ts'
import { obey } from './remote.ts'
import { type Listener, openListener } from '../../simulator/agent/mqtt.ts'

obey({ floor, sockets, listeners, close })

/** Opens both doors of the floor: one that keeps sockets, and one that answers contacts with the text given. */
async function floor(answer: string): Promise<{ line: number; http: number }> {
  const kept = new Set<Socket>()
  const line = createServer(socket => {
    kept.add(socket)
    socket.on('data', () => undefined)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => kept.delete(socket))
  })
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const http = createHttp((request, reply) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const bytes = Buffer.concat(parts)
      JSON.parse(bytes.toString('utf8'))
      const proof = readProof(String(request.headers['muster-proof']))
      // Whose key it was is no matter for what it costs.
      const right = proof.bodyHash === hash64(bytes) && !isSignedBy(proof.compact, publicKey)
      reply.writeHead(right ? 200 : 400, { 'content-type': 'application/json' }).end(answer)
    })
  })
  const port = async (server: typeof line | typeof http): Promise<number> => {
    await new Promise<void>(resolve => server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, resolve))
    return (server.address() as AddressInfo).port
  }
  return { line: await port(line), http: await port(http) }
}

let open: Pick<Listener, 'ping' | 'close'>[] = []
const addressOf = (index: number): string => `127.0.0.${2 + (index % 8)}`

/** Keeps so many bare sockets open. */
async function sockets(port: number, many: number): Promise<void> {
  for (let at = 0; at < many; at += 100) {
    const some = Array.from({ length: Math.min(100, many - at) }, (_, i) => bare(port, addressOf(at + i)))
    open.push(...(await Promise.all(some)))
  }
}

function bare(port: number, from: string): Promise<Pick<Listener, 'ping' | 'close'>> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, localAddress: from })
    socket.on('error', reject)
    socket.on('connect', () => resolve({ ping: () => void socket.write('.'), close: () => void socket.destroy() }))
  })
}

/** Lets so many listen at a broker, as agents do. */
async function listeners(url: string, many: number): Promise<void> {
  const one = (index: number): Promise<Listener> => {
    const clientId = `enr_${String(index).padStart(26, '0')}`
    const at = { url, topic: `muster/${clientId}/abcdefghijklmnopqrstuv`, clientId, from: addressOf(index) }
    return openListener(at, () => undefined)
  }
  for (let at = 0; at < many; at += 100)
    open.push(...(await Promise.all(Array.from({ length: Math.min(100, many - at) }, (_, i) => one(at + i)))))
}

function close(): void {
  for (const one of open) one.close()
  open = []
}

let tick = 0
setInterval(() => {
  tick += 1
  for (let i = tick % 240; i < open.length; i += 240) open[i]?.ping()
}, 1000).unref()
