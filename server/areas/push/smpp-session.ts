import { readFileSync } from 'node:fs'
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectSecure, rootCertificates } from 'node:tls'
import {
  answerTo,
  type Bind,
  commands,
  decodeId,
  decodeReceipt,
  decodeShort,
  encodeBind,
  encodeId,
  encodePdu,
  encodeShort,
  type Pdu,
  pduReader,
  type Receipt,
  type ShortMessage,
  statuses,
} from '@muster/wire/smpp/pdu.ts'

/** Where a short message center is, and as whom it knows us. */
export interface Center extends Bind {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** File of a further authority to trust. */
  readonly ca: string | null
  readonly timeoutMs: number
}

/** A line to a short message center on which we are bound. */
export interface SmppSession {
  alive(): boolean
  /** Hands a message in; answers the status of the center and the id it gave. Throws when the line breaks before it answered. */
  submit(message: ShortMessage): Promise<{ status: number; id: string }>
  close(): void
}

/** The center does not let us in; `status` is what it said. */
export class Unbound extends Error {
  readonly status: number

  constructor(status: number) {
    super(`bind: 0x${status.toString(16)}`)
    this.status = status
  }
}

const askEveryMs = 30_000
const highestSequence = 0x7fffffff

/** Units that go out and come back on one line. */
interface Exchange {
  open(): boolean
  /** Sends a unit and waits for its answer. */
  ask(command: number, body: Uint8Array): Promise<Pdu>
  say(unit: Pdu): void
  /** Gives an answer to whoever waits for it. */
  answered(unit: Pdu): void
  end(error: Error): void
}

/** Puts questions on a line; when one is not answered in time, the line is as good as cut. */
function exchangeOn(socket: Socket, timeoutMs: number): Exchange {
  const waiting = new Map<number, { give(unit: Pdu): void; fail(error: Error): void; late: NodeJS.Timeout }>()
  let [sequence, open] = [0, true]
  const take = (of: number) => {
    const one = waiting.get(of)
    clearTimeout(one?.late)
    waiting.delete(of)
    return one
  }
  const end = (error: Error): void => {
    open = false
    for (const of of [...waiting.keys()]) take(of)?.fail(error)
    socket.destroy()
  }
  const say = (unit: Pdu): void => void socket.write(encodePdu(unit))
  return {
    open: () => open,
    say,
    end,
    answered: unit => take(unit.sequence)?.give(unit),
    ask: (command, body) =>
      new Promise((give, fail) => {
        if (!open) return void fail(new Error('the line is cut'))
        sequence = sequence >= highestSequence ? 1 : sequence + 1
        const late = setTimeout(() => end(new Error('the center does not answer')), timeoutMs)
        waiting.set(sequence, { give, fail, late })
        say({ command, status: 0, sequence, body })
      }),
  }
}

const none = new Uint8Array()

/** Opens a line and binds. A line that does not answer whether it still works is cut. */
export async function openSmpp(center: Center, received: (receipt: Receipt) => void): Promise<SmppSession> {
  const socket = await dial(center)
  const line = exchangeOn(socket, center.timeoutMs)
  const read = pduReader()
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const unit of read(chunk)) take(line, unit, received)
    } catch (error) {
      line.end(error instanceof Error ? error : new Error(String(error)))
    }
  })
  const timer = setInterval(() => void line.ask(commands.enquireLink, none).catch(() => undefined), askEveryMs)
  timer.unref()
  socket.on('error', line.end)
  socket.on('close', () => {
    clearInterval(timer)
    line.end(new Error('the line was cut'))
  })
  const bound = await line.ask(commands.bindTransceiver, encodeBind(center))
  if (bound.status !== statuses.ok) {
    line.end(new Error('not bound'))
    throw new Unbound(bound.status)
  }
  return {
    alive: line.open,
    submit: async message => {
      const unit = await line.ask(commands.submitSm, encodeShort(message))
      return { status: unit.status, id: unit.status === statuses.ok ? decodeId(unit.body) : '' }
    },
    close: () => {
      if (line.open()) line.say({ command: commands.unbind, status: 0, sequence: highestSequence, body: none })
      // What was written still leaves.
      socket.end()
      line.end(new Error('closed'))
    },
  }
}

function take(line: Exchange, unit: Pdu, received: (receipt: Receipt) => void): void {
  const { command, sequence } = unit
  if (command >= commands.genericNack) {
    line.answered(unit)
    return
  }
  const known = command === commands.deliverSm || command === commands.enquireLink || command === commands.unbind
  const body = command === commands.deliverSm ? encodeId('') : none
  // 0x03: we know no such command.
  line.say({ command: answerTo(command), status: known ? 0 : 3, sequence, body })
  if (command === commands.unbind) line.end(new Error('the center ended the line'))
  const receipt = command === commands.deliverSm ? decodeReceipt(decodeShort(unit.body)) : null
  if (receipt) received(receipt)
}

function dial({ host, port, tls, ca, timeoutMs }: Center): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const own = ca === null ? [] : [readFileSync(ca, 'utf8')]
    const socket = tls
      ? connectSecure({ host, port, servername: /^[\d.:]+$/.test(host) ? '' : host, ca: [...rootCertificates, ...own] })
      : connectPlain({ host, port })
    const late = setTimeout(() => socket.destroy(new Error('the center does not answer')), timeoutMs)
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      clearTimeout(late)
      socket.removeListener('error', reject)
      socket.setNoDelay(true)
      socket.unref()
      resolve(socket)
    })
    socket.once('error', error => {
      clearTimeout(late)
      reject(error)
    })
  })
}
