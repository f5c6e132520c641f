import type { KeyObject } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sign } from '@muster/wire/cms/signed.ts'
import { type Dict, encode, type Plist } from '@muster/wire/plist/plist.ts'
import { toPem } from '@muster/wire/x509/pem.ts'
import { take } from './behavior.ts'
import { type Account, type AppleDevice, clockOf, type Enrollment, type Packet } from './device.ts'
import { type Reply, type Request, send, Unreachable } from './http.ts'
import { noteTrouble } from './ledger.ts'
import type { Identity } from './scep.ts'

/** Which message this is, beside its keys. */
export interface Label {
  /** MessageType or Status. */
  message: string
  /** RequestType of the command that is answered. */
  requestType?: string | undefined
  commandUuid?: string | undefined
  account?: Account | undefined
}

/** The keys that say who speaks: UDID or EnrollmentID, and the account on the user channel. */
export function speaker(device: AppleDevice, enrollment: Enrollment, account: Account | undefined): Dict {
  const self: Dict =
    enrollment.enrollmentId === undefined ? { UDID: device.hardware.udid } : { EnrollmentID: enrollment.enrollmentId }
  if (account === undefined) return self
  return {
    ...self,
    ...(enrollment.enrollmentId === undefined ? { UserID: account.userId } : { EnrollmentUserID: account.userId }),
    UserShortName: account.shortName,
    UserLongName: account.longName,
    ...(account.authToken === undefined ? {} : { AuthToken: account.authToken }),
  }
}

/** Writes and signs a message with the device's present identity. */
export function pack(device: AppleDevice, enrollment: Enrollment, keys: Dict, label: Label): Packet {
  const checkIn = keys.MessageType !== undefined
  const body = encode({ ...keys, ...speaker(device, enrollment, label.account), ...device.disguise })
  const { mdm } = enrollment.profile
  return {
    url: checkIn ? mdm.checkInUrl : mdm.serverUrl,
    contentType: checkIn ? 'application/x-apple-aspen-mdm-checkin' : 'application/x-apple-aspen-mdm',
    body,
    signature:
      (device.options.signMessage ?? mdm.signMessage)
        ? signature(body, enrollment.identity, clockOf(device))
        : undefined,
    message: label.message,
    requestType: label.requestType,
    commandUuid: label.commandUuid,
    account: label.account?.shortName,
  }
}

/** The value of an Mdm-Signature header for this body: CMS, detached, over the exact bytes. */
export function signature(body: Uint8Array, identity: { certificate: Uint8Array; key: KeyObject }, at: number): string {
  const { certificate, key } = identity
  return Buffer.from(sign({ content: body, certificate, key, detached: true, signingTime: at })).toString('base64')
}

/** Sends a packet with whatever deviations are planned, and notes in the ledger what became of it. */
export async function transmit(device: AppleDevice, packet: Packet): Promise<Reply> {
  const words = [packet.message, packet.requestType]
  const slow = take(device.behavior, ['delay'], words)
  if (slow !== undefined) await sleep(slow.ms)
  const garbled = take(device.behavior, ['garble'], words)
  const actual = garbled === undefined ? packet : resign(device, { ...packet, body: garbled.body })
  if (!device.online) return unreachable(device, actual, 'offline')
  const rule = take(device.behavior, ['drop', 'hold', 'lose', 'duplicate'], words)
  switch (rule?.does) {
    case 'drop':
      return unreachable(device, actual, 'dropped')
    case 'hold':
      device.held.push(actual)
      return unreachable(device, actual, 'held')
    case 'lose':
      await deliver(device, actual, 'lost')
      throw new Unreachable('the reply was lost')
    case 'duplicate':
      return duplicate(device, actual, rule)
    default:
      return deliver(device, actual)
  }
}

/** Sends the requests that were held back, in this order (newest first when `reversed`), and returns the replies. */
export async function releaseHeld(device: AppleDevice, reversed = false): Promise<Reply[]> {
  const packets = device.held.splice(0)
  if (reversed) packets.reverse()
  const replies: Reply[] = []
  for (const packet of packets) replies.push(await deliver(device, packet))
  return replies
}

/** Sends any bytes to any place with the device's trust and, when given, its signature: for hostile tests. */
export async function sendRaw(
  device: AppleDevice,
  raw: { url: string; body: Uint8Array; contentType?: string; signature?: string; method?: 'PUT' | 'POST' },
): Promise<Reply> {
  return await deliver(device, {
    url: raw.url,
    body: raw.body,
    contentType: raw.contentType ?? 'application/x-apple-aspen-mdm',
    signature: raw.signature,
    message: 'raw',
    requestType: undefined,
    commandUuid: undefined,
    account: undefined,
  })
}

/** The part of a request that depends on the device: trust, agents, client certificate, patience. */
export function means(device: AppleDevice, identity?: Identity): Omit<Request, 'url' | 'method'> {
  const { options, enrollment } = device
  const trust = [...(options.trust ?? []), ...(enrollment?.profile.roots ?? [])]
  const show = options.clientCertificate === true && identity !== undefined
  return {
    trust,
    ...(options.agents === undefined ? {} : { agents: options.agents }),
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    ...(show
      ? {
          client: {
            certificate: toPem('CERTIFICATE', identity.certificate),
            key: identity.key.export({ type: 'pkcs8', format: 'pem' }).toString(),
          },
        }
      : {}),
  }
}

/** Sends a request outside the MDM channel and notes it in the ledger. */
export async function fetchNoted(device: AppleDevice, message: string, request: Request): Promise<Reply> {
  const label = { message, account: undefined, commandUuid: undefined }
  if (!device.online) {
    note(device, label, 0, 'offline')
    throw new Unreachable('the device is offline')
  }
  const rule = take(device.behavior, ['drop', 'lose', 'duplicate'], [message])
  if (rule?.does === 'drop') {
    note(device, label, 0, 'dropped')
    throw new Unreachable('the request was dropped')
  }
  const copies = rule?.does === 'duplicate' ? rule.copies - 1 : 0
  for (let copy = 0; copy < copies; copy += 1) note(device, label, (await send(request)).status, undefined)
  const reply = await send(request).catch(error => {
    note(device, label, 0, String(error))
    throw error
  })
  if (rule?.does === 'lose') {
    note(device, label, 0, 'lost')
    throw new Unreachable('the reply was lost')
  }
  note(device, label, reply.status, undefined)
  return reply
}

/** Gets a file as the enrolled device: with its client certificate, and signed when its profile asks for that. */
export async function fetchAsDevice(device: AppleDevice, enrollment: Enrollment, url: string): Promise<Reply> {
  const nothing = new Uint8Array()
  const signs = device.options.signMessage ?? enrollment.profile.mdm.signMessage
  return fetchNoted(device, 'file', {
    ...means(device, enrollment.identity),
    url,
    method: 'GET',
    headers: signs ? { 'mdm-signature': signature(nothing, enrollment.identity, clockOf(device)) } : {},
  })
}

/** Reads a text out of any value of a property list, for the ledger. */
export function text(value: Plist | undefined): string {
  return typeof value === 'string' ? value : ''
}

async function deliver(device: AppleDevice, packet: Packet, trouble?: string): Promise<Reply> {
  try {
    const reply = await send({
      ...means(device, device.enrollment?.identity),
      url: packet.url,
      method: 'PUT',
      headers: {
        'content-type': packet.contentType,
        ...(packet.signature === undefined ? {} : { 'mdm-signature': packet.signature }),
      },
      body: packet.body,
    })
    note(device, packet, trouble === undefined ? reply.status : 0, trouble)
    return reply
  } catch (error) {
    note(device, packet, 0, String(error))
    throw error
  }
}

async function duplicate(
  device: AppleDevice,
  packet: Packet,
  { copies, together }: { copies: number; together?: boolean },
): Promise<Reply> {
  const once = (): Promise<Reply> => deliver(device, packet)
  if (together === true) {
    const replies = await Promise.all(Array.from({ length: copies }, once))
    return replies[0] ?? once()
  }
  for (let copy = 1; copy < copies; copy += 1) await once()
  return once()
}

function resign(device: AppleDevice, packet: Packet): Packet {
  const { enrollment } = device
  if (packet.signature === undefined || enrollment === undefined) return packet
  return { ...packet, signature: signature(packet.body, enrollment.identity, clockOf(device)) }
}

function unreachable(device: AppleDevice, packet: Packet, why: string): never {
  note(device, packet, 0, why)
  throw new Unreachable(`the device is ${why}`)
}

function note(
  device: AppleDevice,
  { message, account, commandUuid }: Pick<Packet, 'message' | 'account' | 'commandUuid'>,
  status: number,
  trouble: string | undefined,
): void {
  device.ledger.sent.push({ at: Date.now(), message, account, commandUuid, status, trouble })
  if (status >= 400) noteTrouble(device.ledger, `${message} was answered with ${status}`)
}
