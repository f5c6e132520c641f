import { createHash, createPublicKey, type KeyObject, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { certificatesOf } from '@muster/wire/cms/degenerate.ts'
import { readResponse, writeRequest } from '@muster/wire/scep/message.ts'
import { type Certificate, issueCertificate, type Name, parseCertificate } from '@muster/wire/x509/certificate.ts'
import { buildRequest } from '@muster/wire/x509/request.ts'
import type { Reply } from './http.ts'
import type { ScepPayload } from './profile.ts'

/** What proves who the device is: a private key and its certificate in DER. */
export interface Identity {
  key: KeyObject
  certificate: Uint8Array
}

/** Sends one SCEP message; the device puts its own line, trust and misbehavior behind it. */
export type ScepLine = (
  operation: 'GetCACaps' | 'GetCACert' | 'PKIOperation',
  request: { url: string; method: 'GET' | 'POST'; body?: Uint8Array },
) => Promise<Reply>

/** The issuer did not give a certificate. */
export class ScepRefused extends Error {
  override readonly name = 'ScepRefused'
}

/** What a SCEP exchange needs beside the payload. */
export interface ScepWish {
  payload: ScepPayload
  key: KeyObject
  /** The device's clock. */
  now: number
  line: ScepLine
}

const day = 86_400_000

/** Obtains a certificate the way Apple's client does (RFC 8894): capabilities, CA, request, patient polling. */
export async function obtainIdentity({ payload, key, now, line }: ScepWish): Promise<Identity> {
  const capabilities = await getCapabilities(payload, line)
  const authorities = await getAuthorities(payload, line)
  const recipient = chooseRecipient(authorities)
  const subject: Name = payload.subject.length > 0 ? payload.subject : [['CN', 'Apple device']]
  const own = selfSign(subject, key, now)
  const transactionId = transactionIdOf(key)
  const csr = buildRequest({
    subject,
    key,
    ...(payload.challenge === undefined ? {} : { challenge: payload.challenge }),
    ...(payload.dnsNames.length > 0 ? { dnsNames: payload.dnsNames } : {}),
  })
  const ask = (messageType: 'PKCSReq' | 'CertPoll', senderNonce: Uint8Array): Uint8Array =>
    writeRequest({
      messageType,
      csr,
      transactionId,
      senderNonce,
      recipient,
      signer: { certificate: own, key },
      cipher: capabilities.has('AES') || capabilities.has('SCEPSTANDARD') ? 'aes-128-cbc' : 'des-ede3-cbc',
      digest: capabilities.has('SHA-256') || capabilities.has('SCEPSTANDARD') ? 'sha256' : 'sha1',
    })
  const post = capabilities.has('POSTPKIOPERATION') || capabilities.has('SCEPSTANDARD')
  for (let attempt = 0; attempt <= payload.retries; attempt += 1) {
    if (attempt > 0) await sleep(payload.retryDelayMs)
    const senderNonce = randomBytes(16)
    // RFC 8894 §3.3.2: a pending request is asked after, not made again.
    const request = ask(attempt === 0 ? 'PKCSReq' : 'CertPoll', senderNonce)
    const reply = await line('PKIOperation', operationRequest(payload, request, post))
    if (reply.status !== 200) throw new ScepRefused(`PKIOperation was answered with ${reply.status}`)
    const response = readAnyResponse(reply.body, { key, own, authorities })
    if (response.transactionId !== transactionId || !senderNonceMatches(response.recipientNonce, senderNonce))
      throw new ScepRefused('the response belongs to another request')
    if (response.status === 'success') return { key, certificate: ownCertificate(response.certificates, key) }
    if (response.status === 'failure') throw new ScepRefused(`the issuer refused: ${response.failInfo ?? 'no reason'}`)
  }
  throw new ScepRefused('the issuer left the request pending')
}

function senderNonceMatches(echoed: Uint8Array, sent: Uint8Array): boolean {
  return Buffer.from(echoed).equals(sent)
}

function operationRequest(
  payload: ScepPayload,
  body: Uint8Array,
  post: boolean,
): { url: string; method: 'GET' | 'POST'; body?: Uint8Array } {
  const url = `${payload.url}?operation=PKIOperation`
  if (post) return { url, method: 'POST', body }
  return { url: `${url}&message=${encodeURIComponent(Buffer.from(body).toString('base64'))}`, method: 'GET' }
}

async function getCapabilities(payload: ScepPayload, line: ScepLine): Promise<ReadonlySet<string>> {
  const reply = await line('GetCACaps', { url: `${payload.url}?operation=GetCACaps`, method: 'GET' })
  // RFC 8894 §3.5.2: a server without GetCACaps gets the oldest algorithms.
  if (reply.status !== 200) return new Set()
  const words = Buffer.from(reply.body).toString('latin1').split(/\s+/)
  return new Set(words.filter(Boolean).map(word => word.toUpperCase()))
}

async function getAuthorities(payload: ScepPayload, line: ScepLine): Promise<readonly Certificate[]> {
  const message = payload.name === undefined ? '' : `&message=${encodeURIComponent(payload.name)}`
  const reply = await line('GetCACert', { url: `${payload.url}?operation=GetCACert${message}`, method: 'GET' })
  if (reply.status !== 200) throw new ScepRefused(`GetCACert was answered with ${reply.status}`)
  const kind = String(reply.headers['content-type'] ?? '').split(';')[0]
  const ders = kind === 'application/x-x509-ca-ra-cert' ? certificatesOf(reply.body) : [reply.body]
  const authorities = ders.map(der => parseCertificate(der))
  if (payload.fingerprint !== undefined && !authorities.some(one => hasFingerprint(one, payload.fingerprint)))
    throw new ScepRefused('no certificate of the issuer has the fingerprint of the profile')
  return authorities
}

function hasFingerprint(certificate: Certificate, fingerprint: Uint8Array | undefined): boolean {
  const algorithm = { 16: 'md5', 20: 'sha1', 32: 'sha256', 64: 'sha512' }[fingerprint?.length ?? 0]
  if (algorithm === undefined || fingerprint === undefined) return false
  return createHash(algorithm).update(certificate.der).digest().equals(fingerprint)
}

/** An RA certificate may encrypt only or sign only; requests are sealed to the one that may encrypt. */
function chooseRecipient(authorities: readonly Certificate[]): Certificate {
  const able = (one: Certificate): boolean => one.keyUsage.length === 0 || one.keyUsage.includes('keyEncipherment')
  const rsa = authorities.filter(one => keyTypeOf(one) === 'rsa')
  const chosen = rsa.find(one => !one.isCa && able(one)) ?? rsa.find(able) ?? rsa[0]
  if (chosen === undefined) throw new ScepRefused('the issuer has no RSA certificate to seal requests to')
  return chosen
}

function keyTypeOf(certificate: Certificate): string | undefined {
  return createPublicKey({ key: Buffer.from(certificate.spki), type: 'spki', format: 'der' }).asymmetricKeyType
}

/** The response may be signed by any certificate of GetCACert; the first that verifies is right. */
function readAnyResponse(
  body: Uint8Array,
  { key, own, authorities }: { key: KeyObject; own: Uint8Array; authorities: readonly Certificate[] },
): ReturnType<typeof readResponse> {
  const certificate = parseCertificate(own)
  let failure: unknown // the last reason, told when none fits
  for (const ca of authorities) {
    try {
      return readResponse(body, { key, certificate, ca })
    } catch (error) {
      failure = error
    }
  }
  throw new ScepRefused('the response is not from the issuer', { cause: failure })
}

function ownCertificate(certificates: readonly Uint8Array[], key: KeyObject): Uint8Array {
  const spki = spkiOf(key)
  const own = certificates.find(der => Buffer.from(parseCertificate(der).spki).equals(spki))
  if (own === undefined) throw new ScepRefused('the response holds no certificate for our key')
  return own
}

function spkiOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' })
}

/** RFC 8894 §3.2.1.1: the same key keeps the same transaction, so that a retry finds its first answer. */
function transactionIdOf(key: KeyObject): string {
  return createHash('sha256').update(spkiOf(key)).digest('hex').toUpperCase()
}

function selfSign(subject: Name, key: KeyObject, now: number): Uint8Array {
  return issueCertificate({
    subject,
    spki: spkiOf(key),
    notBefore: now - day,
    notAfter: now + 7 * day,
    issuer: { key },
    keyUsage: ['digitalSignature', 'keyEncipherment'],
  })
}
