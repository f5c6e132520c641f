import { sign } from '@muster/wire/cms/signed.ts'
import { type Dict, encode } from '@muster/wire/plist/plist.ts'
import type { Identity } from '../../simulator/apple/scep.ts'
import type { Task } from './load.ts'

/** A device as the load generator knows it. */
export interface Virtual {
  udid: string
  identity: Identity
}

/** Where a server listens for devices. */
export interface Place {
  port: number
  path: string
}

/** What a message says, signed once so that the measured phase signs nothing. */
export interface Signed {
  body: Uint8Array
  signature: string
  checkin: boolean
}

/** Encodes and signs a message of the device (Apple: SignMessage). */
export function signed({ udid, identity }: Virtual, keys: Dict): Signed {
  const body = encode({ ...keys, UDID: udid })
  const { certificate, key } = identity
  const cms = sign({ content: body, certificate, key, detached: true, signingTime: Date.now() })
  return { body, signature: Buffer.from(cms).toString('base64'), checkin: keys.MessageType !== undefined }
}

/** The bytes of the HTTP request. */
export function put({ port, path }: Place, { body, signature, checkin }: Signed): Uint8Array {
  const type = checkin ? 'application/x-apple-aspen-mdm-checkin' : 'application/x-apple-aspen-mdm'
  return http(`PUT ${path}`, port, [`Content-Type: ${type}`, `Mdm-Signature: ${signature}`], body)
}

/** The bytes of any HTTP request. */
export function http(line: string, port: number, headers: readonly string[], body: Uint8Array | null): Uint8Array {
  const head = [
    `${line} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'User-Agent: MDM/1.0',
    ...headers,
    ...(body === null ? [] : [`Content-Length: ${body.length}`]),
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body ?? new Uint8Array()])
}

/** The messages of one connect cycle: nothing to say, and the answer to the command that comes. */
export interface Cycle {
  uuid: string
  idle: Signed
  answer: Signed
}

const profiles = [1, 2].map(n => ({
  PayloadIdentifier: `com.example.profile.${n}`,
  PayloadUUID: `00000000-0000-4000-8000-00000000000${n}`,
  PayloadDisplayName: `Profile ${n}`,
  PayloadVersion: 1,
  IsManaged: true,
  HasRemovalPasscode: false,
  IsEncrypted: false,
  PayloadContent: [],
}))

/** What a phone answers to ProfileList. */
export function profileList(virtual: Virtual, uuid: string): Signed {
  return signed(virtual, { Status: 'Acknowledged', CommandUUID: uuid, ProfileList: profiles })
}

/** Idle → command → Acknowledged → empty. */
export function cycleTask(place: Place, { uuid, idle, answer }: Cycle): Task {
  return { requests: [put(place, idle), put(place, answer)], expect: [uuid, ''] }
}

/** One cycle for each of the commands, which were queued for the devices in their order. */
export function cyclesOf(fleet: readonly Virtual[], ids: readonly string[]): Cycle[] {
  return fleet.flatMap((virtual, index) => {
    const uuid = ids[index]
    if (uuid === undefined) return []
    return [{ uuid, idle: signed(virtual, { Status: 'Idle' }), answer: profileList(virtual, uuid) }]
  })
}

/** Authenticate as a phone says it. */
export function authenticateOf(virtual: Virtual, topic: string, serial: string): Signed {
  return signed(virtual, {
    MessageType: 'Authenticate',
    Topic: topic,
    OSVersion: '26.1',
    BuildVersion: '23B85',
    ProductName: 'iPhone18,3',
    SerialNumber: serial,
  })
}

/** TokenUpdate as a phone says it. */
export function tokenUpdateOf(virtual: Virtual, topic: string, token: Uint8Array): Signed {
  return signed(virtual, {
    MessageType: 'TokenUpdate',
    Topic: topic,
    Token: token,
    PushMagic: '7B7B0C4E-5B0B-4C8C-9B58-0C8A3F0F7A11',
    UnlockToken: Buffer.alloc(1540, 7),
    AwaitingConfiguration: false,
  })
}
