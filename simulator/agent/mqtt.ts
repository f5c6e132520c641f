import { connect, type Socket } from 'node:net'
import { connect as connectSecure } from 'node:tls'

/*
 * MQTT 3.1.1 for very many listeners in one process: a socket each and nothing else. One clock of the whole crowd keeps the lines alive, so that a
 * listener costs no timer, no parser of its own and no queue.
 */

/** Where a listener listens, and as whom. */
export interface ListenerAt {
  readonly url: string
  readonly topic: string
  readonly clientId: string
  readonly username?: string
  readonly password?: string
  /** Address of this machine that it calls from; the system's choice when absent. */
  readonly from?: string
}

/** One line to a broker. */
export interface Listener {
  /** Says that it is still there. */
  ping(): void
  close(): void
}

const longestMs = 60_000
const kinds = { connack: 2, publish: 3, suback: 9, pingresp: 13 } as const

/** Opens a line and listens to one topic; settles once the broker has agreed. `heard` is told every message, `gone` when the line is cut by the other side. */
export function openListener(
  at: ListenerAt,
  heard: (payload: Buffer) => void,
  gone: (error: Error) => void = () => undefined,
): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const socket = socketTo(at)
    let settled = false
    const fail = (error: Error): void => {
      socket.destroy()
      if (settled) gone(error)
      else reject(error)
      settled = true
    }
    socket.setTimeout(longestMs, () => settled || fail(new Error('the broker is silent')))
    socket.on('error', fail)
    socket.on('close', () => fail(new Error('the broker hung up')))
    socket.on('connect', () => socket.write(connectPacket(at)))
    readPackets(socket, fail, (kind, flags, body) => {
      if (kind === kinds.connack) {
        if (body[1] === 0) socket.write(subscribePacket(at.topic))
        else fail(new Error(`the broker refused: ${body[1]}`))
      } else if (kind === kinds.suback) {
        if (body[2] === 0x80) return fail(new Error('the broker lets it not listen there'))
        settled = true
        socket.setTimeout(0)
        resolve(lineOn(socket))
      } else if (kind === kinds.publish) heard(taken(socket, flags, body))
    })
  })
}

function socketTo({ url, from }: ListenerAt): Socket {
  const { protocol, hostname, port } = new URL(url)
  const to = {
    host: hostname,
    port: Number(port),
    noDelay: true,
    ...(from === undefined ? {} : { localAddress: from }),
  }
  // Its certificate is its own: this is for servers on this machine.
  return protocol === 'mqtts:' ? connectSecure({ ...to, rejectUnauthorized: false }) : connect(to)
}

function lineOn(socket: Socket): Listener {
  return {
    ping: () => void socket.write(pingPacket),
    close: () => {
      socket.removeAllListeners('close')
      socket.on('error', () => undefined)
      socket.end(disconnectPacket)
      socket.destroySoon()
    },
  }
}

/** Takes a message and acknowledges it where the broker wants that (MQTT 3.1.1 §3.3, QoS 0 and 1). */
function taken(socket: Socket, flags: number, body: Buffer): Buffer {
  const afterTopic = 2 + body.readUInt16BE(0)
  if ((flags & 0b0110) === 0) return body.subarray(afterTopic)
  socket.write(Buffer.from([0x40, 2, body[afterTopic] ?? 0, body[afterTopic + 1] ?? 0]))
  return body.subarray(afterTopic + 2)
}

/** Cuts the stream into packets (§2.2); what is broken ends the line. */
function readPackets(
  socket: Socket,
  fail: (error: Error) => void,
  take: (kind: number, flags: number, body: Buffer) => void,
): void {
  let rest: Buffer | null = null
  socket.on('data', (chunk: Buffer) => {
    let bytes = rest === null ? chunk : Buffer.concat([rest, chunk])
    for (;;) {
      const size = sizeOf(bytes)
      if (size === null || bytes.length < size.end) break
      if (size.end < 0) return fail(new Error('the broker speaks no MQTT'))
      const first = bytes[0] ?? 0
      take(first >> 4, first & 0x0f, bytes.subarray(size.start, size.end))
      bytes = bytes.subarray(size.end)
    }
    rest = bytes.length === 0 ? null : bytes
  })
}

/** Where the body of the first packet begins and ends; null while that is not known yet, an end below zero when it never will be. */
function sizeOf(bytes: Buffer): { start: number; end: number } | null {
  let length = 0
  for (let at = 1; at <= 4; at += 1) {
    const byte = bytes[at]
    if (byte === undefined) return null
    length += (byte & 0x7f) * 128 ** (at - 1)
    if (byte < 0x80) return { start: at + 1, end: at + 1 + length }
  }
  return { start: 0, end: -1 }
}

const keepAliveS = 300
const pingPacket = Buffer.from([0xc0, 0])
const disconnectPacket = Buffer.from([0xe0, 0])

function connectPacket({ clientId, username, password }: ListenerAt): Buffer {
  const flags = 0x02 | (username === undefined ? 0 : 0x80) | (password === undefined ? 0 : 0x40)
  const words = [clientId, username, password].flatMap(word => (word === undefined ? [] : [said(word)]))
  return packet(0x10, [said('MQTT'), Buffer.from([4, flags, keepAliveS >> 8, keepAliveS & 0xff]), ...words])
}

function subscribePacket(topic: string): Buffer {
  return packet(0x82, [Buffer.from([0, 1]), said(topic), Buffer.from([1])])
}

function said(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
}

function packet(first: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const size: number[] = []
  for (let left = body.length; size.length === 0 || left > 0; left = Math.floor(left / 128))
    size.push((left % 128) + (left >= 128 ? 0x80 : 0))
  return Buffer.concat([Buffer.from([first, ...size]), body])
}
