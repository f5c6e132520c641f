import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Signed, sign, verify } from '@muster/wire/cms/signed.ts'
import { type Dict, decode, dict, encode, type Plist, str } from '@muster/wire/plist/plist.ts'
import { readRequest, writeResponse } from '@muster/wire/scep/message.ts'
import { issueCertificate, parseCertificate } from '@muster/wire/x509/certificate.ts'

const day = 86_400_000

/** One device message as the little server received it. */
export interface Received {
  keys: Dict
  checkIn: boolean
  /** Serial of the certificate that signed it; undefined for an unsigned message. */
  signer: string | undefined
  signingTime: number | undefined
}

/** What the little server answers to one message instead of its normal reply. */
export interface Reply {
  status: number
  body?: string | Uint8Array
}

/** A server just big enough to enroll a virtual device and give it commands; it judges nothing. */
export interface LittleServer {
  url: string
  topic: string
  received: Received[]
  /** Commands waiting, oldest first; handed out until answered with something other than NotNow. */
  queue: { uuid: string; command: Dict }[]
  answers: Map<string, Dict[]>
  /** Serials of the identities issued, oldest first. */
  issued: string[]
  /** Decides about a message before the normal course; undefined lets it pass. */
  intercept: ((received: Received) => Reply | undefined) | undefined
  /** Files that are served at /files/NAME. */
  files: Map<string, Uint8Array>
  scep: { challenge: string; status: 'success' | 'failure' | 'pending' }
  /** Puts a command in the queue and returns its UUID. */
  order(command: Dict): string
  /** The enrollment profile, signed, with these changes to the MDM payload. */
  profile(changes?: Dict, root?: Dict): Uint8Array
  wake: { token: string; magic: string } | undefined
  close(): Promise<void>
}

interface Authority {
  certificate: Uint8Array
  key: KeyObject
}

/** Starts the little server on a free port. */
export async function startLittleServer(): Promise<LittleServer> {
  const authority = mintAuthority()
  const http = createServer((request, response) => {
    serve(server, authority, { request, response }).catch(error => {
      response.statusCode = 500
      response.end(String(error))
    })
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const topic = `com.apple.mgmt.External.${randomUUID()}`
  const server: LittleServer = {
    url,
    topic,
    received: [],
    queue: [],
    answers: new Map(),
    issued: [],
    intercept: undefined,
    files: new Map(),
    scep: { challenge: 'open sesame', status: 'success' },
    order: command => {
      const uuid = randomUUID()
      server.queue.push({ uuid, command })
      return uuid
    },
    profile: (changes, root) => signedProfile(server, authority, { changes, root }),
    wake: undefined,
    close: async () => {
      http.closeAllConnections()
      await new Promise<void>(resolve => http.close(() => resolve()))
    },
  }
  return server
}

async function serve(
  server: LittleServer,
  authority: Authority,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const body = await readAll(request)
  const { pathname, searchParams } = new URL(request.url ?? '/', server.url)
  if (pathname === '/profile') {
    response.setHeader('content-type', 'application/x-apple-aspen-config')
    response.end(server.profile())
  } else if (pathname === '/scep') {
    serveScep(server, authority, { operation: searchParams.get('operation') ?? '', body, response })
  } else if (server.files.has(pathname.slice('/files/'.length))) {
    response.end(server.files.get(pathname.slice('/files/'.length)))
  } else if (pathname === '/mdm') {
    const reply = converse(server, read(request, body))
    response.statusCode = reply.status
    response.end(reply.body)
  } else {
    response.statusCode = 404
    response.end()
  }
}

function serveScep(
  server: LittleServer,
  authority: Authority,
  { operation, body, response }: { operation: string; body: Uint8Array; response: ServerResponse },
): void {
  const { certificate, key } = authority
  if (operation === 'GetCACaps') {
    response.end('SHA-256\nAES\nPOSTPKIOperation\nSCEPStandard\n')
  } else if (operation === 'GetCACert') {
    response.setHeader('content-type', 'application/x-x509-ca-cert')
    response.end(certificate)
  } else {
    const request = readRequest(body, { certificate: parseCertificate(certificate), key })
    const responder = { certificate: parseCertificate(certificate), key }
    const honest = request.csr === undefined || request.csr.challenge === server.scep.challenge
    const status = honest ? server.scep.status : 'failure'
    const certificates =
      status === 'success' && request.csr !== undefined ? [issue(server, authority, request.csr)] : []
    response.setHeader('content-type', 'application/x-pki-message')
    response.end(writeResponse({ request, status, certificates, responder }))
  }
}

function issue(
  server: LittleServer,
  authority: Authority,
  csr: { subject: Parameters<typeof issueCertificate>[0]['subject']; spki: Uint8Array },
): Uint8Array {
  const der = issueCertificate({
    subject: csr.subject,
    spki: csr.spki,
    notBefore: Date.now() - day,
    notAfter: Date.now() + 365 * day,
    issuer: { certificate: parseCertificate(authority.certificate), key: authority.key },
    keyUsage: ['digitalSignature', 'keyEncipherment'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'],
  })
  server.issued.push(parseCertificate(der).serial)
  return der
}

function read(request: IncomingMessage, body: Uint8Array): Received {
  const header = request.headers['mdm-signature']
  const signed: Signed | undefined =
    typeof header === 'string' ? verify(Buffer.from(header, 'base64'), { content: body }) : undefined
  return {
    keys: dict(decode(body)),
    checkIn: request.headers['content-type'] === 'application/x-apple-aspen-mdm-checkin',
    signer: signed?.signer.serial,
    signingTime: signed?.signingTime,
  }
}

function converse(server: LittleServer, received: Received): Reply {
  server.received.push(received)
  const decided = server.intercept?.(received)
  if (decided !== undefined) return decided
  const { keys } = received
  if (received.checkIn) return checkIn(server, keys)
  const uuid = str(keys, 'CommandUUID')
  const status = str(keys, 'Status')
  if (uuid !== undefined) {
    server.answers.set(uuid, [...(server.answers.get(uuid) ?? []), keys])
    if (status !== 'NotNow') server.queue = server.queue.filter(one => one.uuid !== uuid)
  }
  const next = status === 'NotNow' ? undefined : server.queue[0]
  if (next === undefined) return { status: 200 }
  return { status: 200, body: encode({ CommandUUID: next.uuid, Command: next.command }) }
}

function checkIn(server: LittleServer, keys: Dict): Reply {
  if (keys.MessageType === 'TokenUpdate' && keys.UserID === undefined && keys.Token instanceof Uint8Array)
    server.wake = { token: Buffer.from(keys.Token).toString('hex'), magic: str(keys, 'PushMagic') ?? '' }
  if (keys.MessageType === 'GetBootstrapToken')
    return { status: 200, body: encode({ BootstrapToken: bootstrapTokenOf(server) ?? new Uint8Array() }) }
  return { status: 200 }
}

function bootstrapTokenOf(server: LittleServer): Plist | undefined {
  return server.received.findLast(({ keys }) => keys.MessageType === 'SetBootstrapToken')?.keys.BootstrapToken
}

function signedProfile(
  server: LittleServer,
  { certificate, key }: Authority,
  { changes = {}, root = {} }: { changes: Dict | undefined; root: Dict | undefined },
): Uint8Array {
  const payload = (type: string, uuid: string, keys: Dict): Dict => ({
    PayloadType: type,
    PayloadIdentifier: `org.example.enroll.${type}`,
    PayloadUUID: uuid,
    PayloadVersion: 1,
    ...keys,
  })
  const scepUuid = 'D6E1C0C4-6C5E-4E43-8D4E-9B6A50D0A6F1'
  const content = encode(
    payload('Configuration', 'B4B7C0F4-2C55-4B59-A1D5-0E8C9E8D4C11', {
      PayloadIdentifier: 'org.example.enroll',
      PayloadDisplayName: 'Example enrollment',
      PayloadContent: [
        payload('com.apple.security.root', 'A0E1C0C4-6C5E-4E43-8D4E-9B6A50D0A6F1', { PayloadContent: certificate }),
        payload('com.apple.security.scep', scepUuid, {
          PayloadContent: {
            URL: `${server.url}/scep`,
            Name: 'Example CA',
            Subject: [[['O', 'Example']], [['CN', 'a device']]],
            Challenge: server.scep.challenge,
            Keysize: 2048,
            Retries: 1,
            RetryDelay: 0,
          },
        }),
        payload('com.apple.mdm', 'E0E1C0C4-6C5E-4E43-8D4E-9B6A50D0A6F1', {
          ServerURL: `${server.url}/mdm`,
          Topic: server.topic,
          IdentityCertificateUUID: scepUuid,
          SignMessage: true,
          AccessRights: 8191,
          CheckOutWhenRemoved: true,
          ServerCapabilities: ['com.apple.mdm.per-user-connections', 'com.apple.mdm.bootstraptoken'],
          ...changes,
        }),
      ],
      ...root,
    }),
  )
  return sign({ content, certificate, key })
}

function mintAuthority(): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const certificate = issueCertificate({
    subject: [['CN', 'Example CA']],
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    notBefore: Date.now() - day,
    notAfter: Date.now() + 3650 * day,
    issuer: { key: privateKey },
    ca: {},
    keyUsage: ['keyCertSign', 'digitalSignature', 'keyEncipherment'],
  })
  return { certificate, key: privateKey }
}

async function readAll(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
