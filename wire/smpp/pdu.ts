import { Malformed } from '../malformed.ts'

/*
 * The Short Message Peer-to-Peer protocol, version 3.4, as far as a sender of short messages needs it. Numbers in comments are sections of
 * its specification.
 */

/** What is asked (5.1.2.1); an answer has the highest bit. */
export const commands = {
  genericNack: 0x80000000,
  submitSm: 0x00000004,
  deliverSm: 0x00000005,
  unbind: 0x00000006,
  bindTransceiver: 0x00000009,
  enquireLink: 0x00000015,
} as const

/** Turns what is asked into its answer. */
export const answerTo = (command: number): number => (command | 0x80000000) >>> 0

/** Outcomes that mean something to a sender (5.1.3). */
export const statuses = {
  ok: 0,
  systemError: 0x08,
  invalidDestination: 0x0b,
  bindFailed: 0x0d,
  invalidPassword: 0x0e,
  invalidSystemId: 0x0f,
  queueFull: 0x14,
  throttled: 0x58,
} as const

/** One unit of the protocol, its body unread. */
export interface Pdu {
  readonly command: number
  readonly status: number
  readonly sequence: number
  readonly body: Uint8Array
}

const headBytes = 16
const mostBytes = 64 * 1024

/** Writes a unit. */
export function encodePdu({ command, status, sequence, body }: Pdu): Uint8Array {
  const out = Buffer.alloc(headBytes + body.length)
  out.writeUInt32BE(out.length, 0)
  out.writeUInt32BE(command, 4)
  out.writeUInt32BE(status, 8)
  out.writeUInt32BE(sequence, 12)
  out.set(body, headBytes)
  return out
}

/** Splits a stream into units; what is not whole yet waits for more. */
export function pduReader(): (chunk: Uint8Array) => Pdu[] {
  let held = Buffer.alloc(0)
  return chunk => {
    held = Buffer.concat([held, chunk])
    const units: Pdu[] = []
    while (held.length >= headBytes) {
      const length = held.readUInt32BE(0)
      if (length < headBytes || length > mostBytes) throw new Malformed('smpp.unit', `a unit of ${length} bytes`)
      if (held.length < length) break
      const unit = held.subarray(0, length)
      held = held.subarray(length)
      units.push({
        command: unit.readUInt32BE(4),
        status: unit.readUInt32BE(8),
        sequence: unit.readUInt32BE(12),
        body: new Uint8Array(unit.subarray(headBytes)),
      })
    }
    return units
  }
}

/** Who binds (4.1.5). */
export interface Bind {
  readonly systemId: string
  readonly password: string
  readonly systemType: string
}

const version = 0x34

/** Writes the body of a bind. */
export function encodeBind({ systemId, password, systemType }: Bind): Uint8Array {
  return Buffer.concat([text(systemId), text(password), text(systemType), Buffer.from([version, 0, 0]), text('')])
}

/** Reads it. */
export function decodeBind(body: Uint8Array): Bind {
  const from = cursor(body)
  return { systemId: from.text(16), password: from.text(9), systemType: from.text(13) }
}

/** An address with the type of its number and its numbering plan (5.2.5, 5.2.6). */
export interface Address {
  readonly ton: number
  readonly npi: number
  readonly address: string
}

/** A short message, as it is handed in or delivered (4.4.1, 4.6.1). */
export interface ShortMessage {
  readonly source: Address
  readonly destination: Address
  /** 0x40: the message begins with a header; 0x04: it is a receipt (5.2.12). */
  readonly esmClass: number
  /** 1: a receipt is wanted (5.2.17). */
  readonly registered: number
  /** 0: the center’s own alphabet, 3: Latin-1, 4: bytes (5.2.19). Not 1: what some take for ASCII is the alphabet of GSM to others, where _ is §. */
  readonly dataCoding: number
  readonly message: Uint8Array
}

const messagePayload = 0x0424

/** Writes the body of a message. */
export function encodeShort(short: ShortMessage): Uint8Array {
  if (short.message.length > 254) throw new Malformed('smpp.unit', 'a message of more than 254 bytes')
  const to = ({ ton, npi, address }: Address): Buffer => Buffer.concat([Buffer.from([ton, npi]), text(address)])
  return Buffer.concat([
    text(''),
    to(short.source),
    to(short.destination),
    Buffer.from([short.esmClass, 0, 0]),
    text(''),
    text(''),
    Buffer.from([short.registered, 0, short.dataCoding, 0, short.message.length]),
    short.message,
  ])
}

/** Reads it; a message that is too long for its place comes as an optional parameter (5.3.2.32). */
export function decodeShort(body: Uint8Array): ShortMessage {
  const from = cursor(body)
  from.text(6)
  const address = (): Address => ({ ton: from.byte(), npi: from.byte(), address: from.text(21) })
  const [source, destination] = [address(), address()]
  const esmClass = from.byte()
  from.bytes(2)
  from.text(17)
  from.text(17)
  const registered = from.byte()
  from.byte()
  const dataCoding = from.byte()
  from.byte()
  const short = from.bytes(from.byte())
  const long = from.options().get(messagePayload)
  return { source, destination, esmClass, registered, dataCoding, message: long ?? short }
}

/** Writes the body that names a message the center took. */
export const encodeId = (id: string): Uint8Array => text(id)

/** Reads it; some centers answer a refusal without one. */
export function decodeId(body: Uint8Array): string {
  return body.length === 0 ? '' : cursor(body).text(65)
}

/** What a receipt says became of a message (Appendix B). */
export interface Receipt {
  readonly id: string
  /** DELIVRD, EXPIRED, DELETED, UNDELIV, ACCEPTD, UNKNOWN, REJECTD. */
  readonly state: string
}

/** Reads a receipt from the text of a delivered message; null where it is none. */
export function decodeReceipt(short: ShortMessage): Receipt | null {
  if ((short.esmClass & 0x3c) !== 0x04) return null
  const [, id, state] = /\bid:(\S+).*?\bstat:([A-Z]+)/is.exec(Buffer.from(short.message).toString('latin1')) ?? []
  return id === undefined || state === undefined ? null : { id, state: state.toUpperCase() }
}

/** A header that names ports, before the bytes for them (3GPP TS 23.040 §9.2.3.24.4). */
export function toPort(port: number, from: number, bytes: Uint8Array): Uint8Array {
  const head = Buffer.from([6, 5, 4, 0, 0, 0, 0])
  head.writeUInt16BE(port, 3)
  head.writeUInt16BE(from, 5)
  return Buffer.concat([head, bytes])
}

/** The port and the bytes of such a message; null where it has no such header. */
export function fromPort(message: Uint8Array): { port: number; bytes: Uint8Array } | null {
  const all = Buffer.from(message)
  if (all.length < 7 || all[0] !== 6 || all[1] !== 5 || all[2] !== 4) return null
  return { port: all.readUInt16BE(3), bytes: new Uint8Array(all.subarray(7)) }
}

function text(value: string): Buffer {
  if (value.includes('\0')) throw new Malformed('smpp.unit', 'a text with a zero')
  return Buffer.from(`${value}\0`, 'latin1')
}

interface Cursor {
  byte(): number
  bytes(count: number): Uint8Array
  text(most: number): string
  /** The optional parameters that are left (5.3.1). */
  options(): Map<number, Uint8Array>
}

function cursor(bytes: Uint8Array): Cursor {
  const all = Buffer.from(bytes)
  let at = 0
  const take = (count: number): Buffer => {
    if (at + count > all.length) throw new Malformed('smpp.unit', 'a unit that is too short')
    at += count
    return all.subarray(at - count, at)
  }
  return {
    byte: () => take(1).readUInt8(0),
    bytes: count => new Uint8Array(take(count)),
    text: most => {
      const end = all.indexOf(0, at)
      // Some centers are generous with the lengths of the specification.
      if (end < 0 || end - at > Math.max(most, 64)) throw new Malformed('smpp.unit', 'a text without an end')
      return take(end - at + 1)
        .subarray(0, -1)
        .toString('latin1')
    },
    options: () => {
      const found = new Map<number, Uint8Array>()
      while (all.length - at >= 4) {
        const tag = take(2).readUInt16BE(0)
        found.set(tag, new Uint8Array(take(take(2).readUInt16BE(0))))
      }
      return found
    },
  }
}
