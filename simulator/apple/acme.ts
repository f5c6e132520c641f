import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeCbor } from '@muster/wire/acme/cbor.ts'
import { fromPem } from '@muster/wire/x509/pem.ts'
import type { Name } from '@muster/wire/x509/certificate.ts'
import { buildRequest } from '@muster/wire/x509/request.ts'
import type { Reply } from './http.ts'
import type { Identity } from './scep.ts'

/** What an ACME payload asks for. */
export interface AcmePayload {
  directoryUrl: string
  clientIdentifier: string
  subject: Name
}

/** Sends one request; the device puts its own line and trust behind it. */
export type AcmeLine = (request: {
  url: string
  method: 'GET' | 'POST'
  body?: Uint8Array
  headers?: Record<string, string>
}) => Promise<Reply>

/** The certificate server refused; `type` is its own word for it. */
export class AcmeRefused extends Error {
  override readonly name = 'AcmeRefused'
  readonly type: string

  constructor(type: string, detail: string) {
    super(`${type}: ${detail}`)
    this.type = type
  }
}

/** What a device needs for an identity that its chip vouches for. */
export interface AcmeWish {
  payload: AcmePayload
  /** The key to be certified. */
  key: KeyObject
  /** The chain that the maker attests it with, for the SHA-256 of the token. */
  attest(freshness: Uint8Array): Uint8Array[]
  line: AcmeLine
}

/** Obtains a certificate as Apple's client does: account, order for the identifier, attestation, request. */
export async function obtainAttested({ payload, key, attest, line }: AcmeWish): Promise<Identity> {
  const client = await openClient(payload.directoryUrl, line)
  await client.account({})
  const identifiers = [{ type: 'permanent-identifier', value: payload.clientIdentifier }]
  const order = await client.post('newOrder', { identifiers })
  const proof = await client.post(order.body.authorizations[0], null)
  const challenge = proof.body.challenges.find((one: { type: string }) => one.type === 'device-attest-01')
  const freshness = createHash('sha256').update(challenge.token).digest()
  const attObj = Buffer.from(attestationObject(attest(new Uint8Array(freshness)))).toString('base64url')
  const answer = await client.post(challenge.url, { attObj })
  if (answer.body.status !== 'valid')
    throw new AcmeRefused(answer.body.error?.type ?? 'pending', answer.body.error?.detail ?? '')
  const csr = Buffer.from(buildRequest({ subject: payload.subject, key })).toString('base64url')
  const done = await client.post(order.body.finalize, { csr })
  const chain = await client.post(done.body.certificate, null)
  const [leaf] = fromPem(Buffer.from(chain.bytes).toString())
  if (!leaf) throw new AcmeRefused('empty', 'no certificate came')
  return { key, certificate: leaf.der }
}

/** An attestation object around a chain. */
export function attestationObject(chain: readonly Uint8Array[], format = 'apple'): Uint8Array {
  return writeCbor(
    new Map<string, string | Uint8Array | ReadonlyMap<string, readonly Uint8Array[]>>([
      ['fmt', format],
      ['attStmt', new Map([['x5c', [...chain]]])],
      ['authData', new Uint8Array(0)],
    ]),
  )
}

/** What a certificate server answered. */
export interface AcmeAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: documents of any form
  body: any
  bytes: Uint8Array
  headers: Reply['headers']
}

/** A client of a certificate server, with a key of its own. */
export interface AcmeClient {
  account(payload: Record<string, unknown>): Promise<string>
  /** Asks a resource by the directory's name or by URL; null is POST-as-GET. Throws `AcmeRefused`. */
  post(to: string, payload: Record<string, unknown> | null): Promise<AcmeAnswer>
  /** The request as it would be sent, for those who send it twice or change it. */
  signed(url: string, payload: Record<string, unknown> | null): Promise<Uint8Array>
  directory: Record<string, string>
}

/** Reads the directory and makes a fresh account key. */
export async function openClient(directoryUrl: string, line: AcmeLine): Promise<AcmeClient> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' })
  const directory = JSON.parse(Buffer.from((await line({ url: directoryUrl, method: 'GET' })).body).toString())
  let kid: string | null = null
  let nonce: string | null = null
  const signed = async (url: string, payload: Record<string, unknown> | null): Promise<Uint8Array> => {
    nonce ??= String((await line({ url: directory.newNonce, method: 'GET' })).headers['replay-nonce'])
    const head = { alg: 'ES256', url, nonce, ...(kid === null ? { jwk } : { kid }) }
    nonce = null
    const parts = [head, payload].map(part =>
      part === null ? '' : Buffer.from(JSON.stringify(part)).toString('base64url'),
    )
    const signature = sign('sha256', Buffer.from(parts.join('.')), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    return Buffer.from(
      JSON.stringify({ protected: parts[0], payload: parts[1], signature: signature.toString('base64url') }),
    )
  }
  const post: AcmeClient['post'] = async (to, payload) => {
    const url = directory[to] ?? to
    for (let attempt = 0; ; attempt += 1) {
      const headers = { 'content-type': 'application/jose+json' }
      const reply = await line({ url, method: 'POST', body: await signed(url, payload), headers })
      nonce = reply.headers['replay-nonce'] === undefined ? null : String(reply.headers['replay-nonce'])
      const text = Buffer.from(reply.body).toString()
      const body = text.startsWith('{') ? JSON.parse(text) : null
      if (reply.status < 400) return { body, bytes: reply.body, headers: reply.headers }
      const type = String(body?.type ?? reply.status).replace('urn:ietf:params:acme:error:', '')
      // RFC 8555 §6.5: once more with the nonce that came along.
      if (type !== 'badNonce' || attempt > 2) throw new AcmeRefused(type, body?.detail ?? text)
      await sleep(10)
    }
  }
  return {
    directory,
    signed,
    post,
    account: async payload => {
      const { headers } = await post('newAccount', payload)
      kid = String(headers.location)
      return kid
    },
  }
}
