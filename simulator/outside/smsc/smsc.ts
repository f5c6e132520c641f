import { createServer as createPlain, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createServer as createSecure } from 'node:tls'
import {
  answerTo,
  commands,
  decodeBind,
  decodeShort,
  encodeId,
  encodePdu,
  encodeShort,
  fromPort,
  type Pdu,
  pduReader,
  type ShortMessage,
  statuses,
} from '@muster/wire/smpp/pdu.ts'
import { mintServer } from '../apns/certificates.ts'

/** A short message as the center took it. */
export interface Taken {
  readonly from: string
  readonly to: string
  /** Of a text; null for bytes. */
  readonly text: string | null
  /** Of bytes to a port. */
  readonly data: { readonly port: number; readonly bytes: Uint8Array } | null
}

/** How the center misbehaves until it is told otherwise. */
export interface Trouble {
  /** Answers messages with this status. */
  refuse?: number
  /** Answers after so long. */
  delayMs?: number
  /** Cuts the line when a message comes. */
  cut?: boolean
}

/** A short message center that speaks SMPP 3.4. */
export interface Smsc {
  readonly port: number
  /** PEM of the authority to trust, where it speaks TLS. */
  readonly ca: string
  readonly systemId: string
  readonly password: string
  readonly taken: readonly Taken[]
  /** How often somebody asked whether the line still works. */
  asked(): number
  bound(): number
  trouble: Trouble
  /** What receipts say; none when null. */
  receipts: string | null
  /** Puts a telephone on the network. */
  phone(number: string, arrived: (message: Taken) => void): void
  close(): Promise<void>
}

interface Center extends Smsc {
  taken: Taken[]
  counts: { asked: number; bound: number; messages: number }
  phones: Map<string, (message: Taken) => void>
}

/** Starts it on loopback. */
export async function startSmsc({ tls = false, port = 0 } = {}): Promise<Smsc> {
  const { certificate, key, authority } = mintServer('127.0.0.1')
  const open = new Set<Socket>()
  const center: Center = {
    port: 0,
    ca: authority,
    systemId: 'muster',
    password: 'secret08',
    taken: [],
    counts: { asked: 0, bound: 0, messages: 0 },
    phones: new Map(),
    asked: () => center.counts.asked,
    bound: () => center.counts.bound,
    trouble: {},
    receipts: null,
    phone: (number, arrived) => void center.phones.set(number, arrived),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
  const serve = (socket: Socket): void => talk(center, socket)
  const server: Server = tls ? createSecure({ cert: certificate, key }, serve) : createPlain(serve)
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => open.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  return Object.assign(center, { port: typeof address === 'object' && address ? address.port : 0 })
}

function talk(center: Center, socket: Socket): void {
  const read = pduReader()
  const session = { bound: false }
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    if (session.bound) center.counts.bound -= 1
  })
  socket.on('data', (chunk: Buffer) => {
    for (const unit of read(chunk)) void answer(center, { socket, session }, unit)
  })
}

async function answer(
  center: Center,
  { socket, session }: { socket: Socket; session: { bound: boolean } },
  unit: Pdu,
): Promise<void> {
  const { command, sequence } = unit
  const say = (status: number, body: Uint8Array = new Uint8Array()): void =>
    void socket.write(encodePdu({ command: answerTo(command), status, sequence, body }))
  if (command === commands.bindTransceiver) {
    const { systemId, password } = decodeBind(unit.body)
    if (systemId !== center.systemId) return say(statuses.invalidSystemId)
    if (password !== center.password) return say(statuses.invalidPassword)
    session.bound = true
    center.counts.bound += 1
    return say(statuses.ok, encodeId('smsc'))
  }
  if (command === commands.enquireLink) {
    center.counts.asked += 1
    return say(statuses.ok)
  }
  if (command === commands.unbind) {
    say(statuses.ok)
    return void socket.end()
  }
  if (command !== commands.submitSm) return
  const { delayMs, cut, refuse } = center.trouble
  if (delayMs !== undefined) await sleep(delayMs)
  if (cut) return void socket.destroy()
  if (!session.bound) return say(4)
  if (refuse !== undefined) return say(refuse)
  const short = decodeShort(unit.body)
  center.counts.messages += 1
  const id = `M${center.counts.messages}`
  const taken = takenOf(short)
  center.taken.push(taken)
  say(statuses.ok, encodeId(id))
  center.phones.get(taken.to)?.(taken)
  if (short.registered === 1 && center.receipts !== null)
    receipt(
      socket,
      short,
      `id:${id} sub:001 dlvrd:001 submit date:2611200900 done date:2611200901 stat:${center.receipts} err:000 text:`,
    )
}

function takenOf({ source, destination, esmClass, message }: ShortMessage): Taken {
  const plus = destination.ton === 1 ? '+' : ''
  const data = (esmClass & 0x40) === 0 ? null : fromPort(message)
  const text = data === null ? Buffer.from(message).toString('latin1') : null
  return { from: source.address, to: `${plus}${destination.address}`, text, data }
}

function receipt(socket: Socket, { source, destination }: ShortMessage, text: string): void {
  const body = encodeShort({
    source: destination,
    destination: source,
    esmClass: 0x04,
    registered: 0,
    dataCoding: 0,
    message: Buffer.from(text, 'latin1'),
  })
  socket.write(encodePdu({ command: commands.deliverSm, status: 0, sequence: 1, body }))
}
