import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { envelop } from '@muster/wire/cms/enveloped.ts'
import { parseCertificate } from '@muster/wire/x509/certificate.ts'
import { fromPem, toPem } from '@muster/wire/x509/pem.ts'

const yearMs = 365 * 86_400_000

/** A device that an org bought. */
export interface Bought {
  serial: string
  model: string
  family: string
  color: string
  assetTag: string
  /** The server it is assigned to; null: none. */
  server: string | null
  status: 'empty' | 'assigned' | 'pushed' | 'removed'
  profile: string | null
  assignedAt: number | null
  deadline: number | null
}

/** A management server as an admin of the org registered it. */
export interface Registered {
  uuid: string
  name: string
  consumerKey: string
  consumerSecret: string
  accessToken: string
  accessSecret: string
  expiresAt: number
  /** DER of the certificate that tokens are encrypted to. */
  certificate: Uint8Array
}

/** One thing that happened to a device, as the server it concerns is told of it. */
export interface Change {
  at: number
  server: string
  serial: string
  op: 'added' | 'modified' | 'deleted'
}

/** A profile that a server defined. */
export interface Defined {
  uuid: string
  server: string
  body: Record<string, unknown>
}

/** Everything the vendor knows. */
export interface Vendor {
  now(): number
  devices: Map<string, Bought>
  servers: Map<string, Registered>
  profiles: Map<string, Defined>
  changes: Change[]
}

/** A vendor that knows nothing yet. */
export function newVendor(now: () => number): Vendor {
  return { now, devices: new Map(), servers: new Map(), profiles: new Map(), changes: [] }
}

/** Registers a server with the certificate that it made, in PEM. */
export function register(vendor: Vendor, wish: { name: string; certificate: string }): Registered {
  const server: Registered = {
    uuid: randomUUID().replaceAll('-', '').toUpperCase(),
    name: wish.name,
    consumerKey: `CK_${randomBytes(20).toString('hex')}`,
    consumerSecret: `CS_${randomBytes(20).toString('hex')}`,
    accessToken: '',
    accessSecret: '',
    expiresAt: 0,
    certificate: derOf(wish.certificate),
  }
  vendor.servers.set(server.uuid, server)
  return server
}

/** The forms in which token files are met. */
export type TokenForm = 'crlf' | 'lf' | 'der' | 'base64' | 'pem'

/** A fresh token of the server, encrypted to its certificate: what an admin downloads. The one before is rejected from now on. */
export function downloadToken(vendor: Vendor, server: Registered, form: TokenForm = 'crlf'): string {
  server.accessToken = `AT_${randomBytes(20).toString('hex')}`
  server.accessSecret = `AS_${randomBytes(20).toString('hex')}`
  server.expiresAt = vendor.now() + yearMs
  const json = JSON.stringify({
    consumer_key: server.consumerKey,
    consumer_secret: server.consumerSecret,
    access_token: server.accessToken,
    access_secret: server.accessSecret,
    access_token_expiry: new Date(server.expiresAt).toISOString(),
  })
  const part = `Content-Type: text/plain;charset=UTF-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n-----BEGIN MESSAGE-----\r\n${json}\r\n-----END MESSAGE-----\r\n`
  const recipient = parseCertificate(server.certificate)
  const der = envelop({ content: new TextEncoder().encode(part), recipient, cipher: 'des-ede3-cbc' })
  return written(der, form)
}

function written(der: Uint8Array, form: TokenForm): string {
  const body = Buffer.from(der).toString('base64')
  if (form === 'der' || form === 'base64') return body
  if (form === 'pem') return toPem('PKCS7', der)
  const end = form === 'crlf' ? '\r\n' : '\n'
  const lines = body.match(/.{1,76}/g) ?? []
  return [
    'Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=enveloped-data',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="smime.p7m"',
    '',
    ...lines,
    '',
  ].join(end)
}

/** The org buys devices; they are assigned to nobody. */
export function buy(vendor: Vendor, devices: readonly (Partial<Bought> & { serial: string })[]): void {
  for (const wish of devices)
    vendor.devices.set(wish.serial, {
      model: 'iPad (A16)',
      family: 'iPad',
      color: 'SILVER',
      assetTag: '',
      server: null,
      status: 'empty',
      profile: null,
      assignedAt: null,
      deadline: null,
      ...wish,
    })
}

/** An admin assigns devices to a server, or to none. Servers are told on both sides. */
export function assignTo(vendor: Vendor, serials: readonly string[], server: Registered | null): void {
  for (const serial of serials) {
    const device = vendor.devices.get(serial)
    if (!device || device.server === (server?.uuid ?? null)) continue
    if (device.server !== null) noteChange(vendor, device.server, serial, 'deleted')
    Object.assign(device, { server: server?.uuid ?? null, status: 'empty', profile: null, assignedAt: null })
    if (server) noteChange(vendor, server.uuid, serial, 'added')
  }
}

/** Writes down that something happened. */
export function noteChange(vendor: Vendor, server: string, serial: string, op: Change['op']): void {
  vendor.changes.push({ at: vendor.now(), server, serial, op })
}

/** What a device is offered when it is switched on: its profile, in the words that were defined. It counts as fetched. */
export function profileFor(vendor: Vendor, serial: string): { uuid: string; profile: Record<string, unknown> } | null {
  const device = vendor.devices.get(serial)
  const defined = device?.profile ? vendor.profiles.get(device.profile) : undefined
  if (!device || !defined || device.server === null) return null
  if (device.status !== 'pushed') {
    device.status = 'pushed'
    noteChange(vendor, device.server, serial, 'modified')
  }
  return { uuid: defined.uuid, profile: structuredClone(defined.body) }
}

/** A device as answers hold it. */
export function said(device: Bought, op?: Change): Record<string, unknown> {
  return {
    serial_number: device.serial,
    model: device.model,
    description: `${device.family} ${device.model}`.toUpperCase(),
    color: device.color,
    asset_tag: device.assetTag,
    device_family: device.family,
    os: device.family === 'Mac' ? 'OSX' : 'iOS',
    profile_status: device.status,
    ...(device.profile === null ? {} : { profile_uuid: device.profile }),
    ...(device.assignedAt === null ? {} : { profile_assign_time: new Date(device.assignedAt).toISOString() }),
    device_assigned_date: new Date(0).toISOString(),
    device_assigned_by: 'admin@example.org',
    ...(device.deadline === null ? {} : { mdm_migration_deadline: new Date(device.deadline).toISOString() }),
    ...(op ? { op_type: op.op, op_date: new Date(op.at).toISOString() } : {}),
  }
}

/** An id that the same words always have. */
export function uuidOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32).toUpperCase()
}

function derOf(pem: string): Uint8Array {
  const [block] = fromPem(pem)
  if (!block) throw new Error('no certificate in the text')
  return block.der
}
