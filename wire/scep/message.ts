import { type KeyObject, randomBytes } from 'node:crypto'
import { asText, octets, read, seq, text } from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import { certificatesOf, degenerate } from '../cms/degenerate.ts'
import { type Cipher, envelop, opened } from '../cms/enveloped.ts'
import { type Signed, sign, verify } from '../cms/signed.ts'
import type { Digest } from '../x509/algorithm.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { type Csr, parseRequest } from '../x509/request.ts'

/** What a client may ask (RFC 8894 §3.2.1.2). */
export type MessageType = 'PKCSReq' | 'RenewalReq' | 'GetCert' | 'GetCRL' | 'CertPoll'
/** Why a request failed (RFC 8894 §3.2.1.4.5). */
export type FailInfo = 'badAlg' | 'badMessageCheck' | 'badRequest' | 'badTime' | 'badCertId'
/** How a request ended (RFC 8894 §3.2.1.3). */
export type Status = 'success' | 'failure' | 'pending'

/** A certificate with its private key. */
export interface Identity {
  certificate: Certificate | Uint8Array
  key: KeyObject
}

/** A request whose signature holds; whether the signer may ask is for the caller. */
export interface ScepRequest {
  messageType: MessageType
  transactionId: string
  senderNonce: Uint8Array
  signer: Certificate
  /** Present in PKCSReq and RenewalReq; its own signature has been checked. */
  csr?: Csr
  /** The decrypted content: the CSR, or what GetCert, GetCRL and CertPoll name. */
  content: Uint8Array
  cipher: Cipher
  digest: Digest
}

/** An answer to be written. */
export interface ResponseOptions {
  request: ScepRequest
  status: Status
  failInfo?: FailInfo
  certificates?: readonly Uint8Array[]
  responder: Identity
}

/** A request to be written; a CertPoll names the recipient as issuer and the signer's subject. */
export interface RequestOptions {
  messageType: 'PKCSReq' | 'RenewalReq' | 'CertPoll'
  csr?: Uint8Array
  transactionId: string
  recipient: Certificate
  signer: Identity
  senderNonce?: Uint8Array
  cipher?: Exclude<Cipher, 'des-cbc'>
  digest?: 'sha256' | 'sha512' | 'sha1'
}

/** An answer whose signature holds and comes from the authority. */
export interface ScepResponse {
  status: Status
  failInfo?: FailInfo
  transactionId: string
  recipientNonce: Uint8Array
  certificates: Uint8Array[]
}

/** Attribute types under VeriSign's arc (RFC 8894 §3.2.1). */
const ATTRIBUTE = {
  messageType: '2.16.840.1.113733.1.9.2',
  status: '2.16.840.1.113733.1.9.3',
  failInfo: '2.16.840.1.113733.1.9.4',
  senderNonce: '2.16.840.1.113733.1.9.5',
  recipientNonce: '2.16.840.1.113733.1.9.6',
  transactionId: '2.16.840.1.113733.1.9.7',
} as const
const TYPES: ReadonlyMap<string, MessageType> = new Map([
  ['17', 'RenewalReq'],
  ['19', 'PKCSReq'],
  ['20', 'CertPoll'],
  ['21', 'GetCert'],
  ['22', 'GetCRL'],
])
const REPLY = '3'
const STATUSES: ReadonlyMap<string, Status> = new Map([
  ['0', 'success'],
  ['2', 'failure'],
  ['3', 'pending'],
])
const FAILURES: readonly FailInfo[] = ['badAlg', 'badMessageCheck', 'badRequest', 'badTime', 'badCertId']
const MAX_BYTES = 64 * 1024

/** Reads a pkiMessage sent to the recipient; `legacy` also takes SHA-1 and single DES. */
export function readRequest(der: Uint8Array, recipient: Identity, options: { legacy?: boolean } = {}): ScepRequest {
  if (der.length > MAX_BYTES) throw new Malformed('scep.size')
  const { legacy = false } = options
  const signed = verify(der, { legacySha1: legacy })
  const messageType = TYPES.get(textOf(signed, ATTRIBUTE.messageType))
  if (!messageType) throw new Malformed('scep.messageType')
  const transactionId = textOf(signed, ATTRIBUTE.transactionId)
  if (transactionId === '' || transactionId.length > 256) throw new Malformed('scep.transactionId')
  const certificate = certificateOf(recipient)
  const { content, cipher } = opened(signed.content, { certificate, key: recipient.key, legacy })
  const csr = messageType === 'PKCSReq' || messageType === 'RenewalReq' ? parseRequest(content) : undefined
  if (csr && !csr.verified) throw new Malformed('scep.request', 'the request is not signed by its own key')
  const senderNonce = nonceOf(signed, ATTRIBUTE.senderNonce)
  const { signer, digest } = signed
  return { messageType, transactionId, senderNonce, signer, ...(csr && { csr }), content, cipher, digest }
}

/** Writes the CertRep for a request, in the request's digest and cipher; certificates travel only with success. */
export function writeResponse({
  request,
  status,
  failInfo,
  certificates = [],
  responder,
}: ResponseOptions): Uint8Array {
  const { cipher, digest } = request
  const attributes = [
    attribute(ATTRIBUTE.messageType, text(REPLY)),
    attribute(ATTRIBUTE.status, text(codeOf(STATUSES, status))),
    ...(status === 'failure'
      ? [attribute(ATTRIBUTE.failInfo, text(String(FAILURES.indexOf(failInfo ?? 'badRequest'))))]
      : []),
    attribute(ATTRIBUTE.transactionId, text(request.transactionId)),
    attribute(ATTRIBUTE.senderNonce, octets(randomBytes(16))),
    attribute(ATTRIBUTE.recipientNonce, octets(request.senderNonce)),
  ]
  // Single DES is never written: who speaks it speaks triple DES as well.
  const inKind = cipher === 'des-cbc' ? 'des-ede3-cbc' : cipher
  const success = status === 'success'
  const content = success
    ? envelop({ content: degenerate(certificates), recipient: request.signer, cipher: inKind })
    : new Uint8Array(0)
  // RFC 8894 §3.2.2: nothing is enveloped unless the request succeeded.
  return sign({ ...signerOf(responder), content, detached: !success, digest, attributes })
}

/** Writes a request for the recipient, signed by the client's own or earlier certificate. */
export function writeRequest(options: RequestOptions): Uint8Array {
  const { messageType, csr, recipient, signer, cipher, digest } = options
  const asked = messageType === 'CertPoll' ? seq(recipient.subjectDer, certificateOf(signer).subjectDer) : csr
  if (!asked) throw new TypeError(`a ${messageType} needs a request`)
  const attributes = [
    attribute(ATTRIBUTE.messageType, text(codeOf(TYPES, messageType))),
    attribute(ATTRIBUTE.transactionId, text(options.transactionId)),
    attribute(ATTRIBUTE.senderNonce, octets(options.senderNonce ?? randomBytes(16))),
  ]
  const content = envelop({ content: asked, recipient, ...(cipher && { cipher }) })
  return sign({ ...signerOf(signer), content, ...(digest && { digest }), attributes })
}

/** Who asked, whose answer is expected, and the registration authorities GetCACert named beside the CA. */
export interface ResponseReader extends Identity {
  ca: Certificate
  registrars?: readonly Certificate[]
  legacy?: boolean
}

/** Reads a CertRep; it must be signed by the authority or one of its registrars, not by just anyone it certified. */
export function readResponse(der: Uint8Array, options: ResponseReader): ScepResponse {
  const { ca, registrars = [], legacy = false } = options
  const trusted = [ca, ...registrars]
  const signed = verifyReply(der, trusted, legacy)
  if (textOf(signed, ATTRIBUTE.messageType) !== REPLY) throw new Malformed('scep.messageType')
  const { signer } = signed
  if (!trusted.some(one => Buffer.compare(one.der, signer.der) === 0)) throw new Malformed('scep.signer')
  const status = STATUSES.get(textOf(signed, ATTRIBUTE.status))
  if (!status) throw new Malformed('scep.status')
  const failInfo = status === 'failure' ? FAILURES[Number(textOf(signed, ATTRIBUTE.failInfo))] : undefined
  const identity = { certificate: certificateOf(options), key: options.key, legacy }
  return {
    status,
    ...(failInfo && { failInfo }),
    transactionId: textOf(signed, ATTRIBUTE.transactionId),
    recipientNonce: nonceOf(signed, ATTRIBUTE.recipientNonce),
    certificates: status === 'success' ? certificatesOf(opened(signed.content, identity).content) : [],
  }
}

function verifyReply(der: Uint8Array, trusted: readonly Certificate[], legacySha1: boolean): Signed {
  const options = { certificates: trusted.map(one => one.der), legacySha1 }
  try {
    return verify(der, options)
  } catch (error) {
    // Without success there is no content, and the digest is that of nothing.
    if (!(error instanceof Malformed) || error.code !== 'cms.detached') throw error
    return verify(der, { ...options, content: new Uint8Array(0) })
  }
}

function attribute(oid: string, value: Uint8Array): { oid: string; value: Uint8Array } {
  return { oid, value }
}

function single(signed: Signed, type: string): Uint8Array {
  const values = signed.attributes.get(type)
  const [value] = values ?? []
  if (!value || values?.length !== 1) throw new Malformed('scep.attribute', `${type} must stand once`)
  return value
}

function textOf(signed: Signed, type: string): string {
  return asText(read(single(signed, type)))
}

function nonceOf(signed: Signed, type: string): Uint8Array {
  const node = read(single(signed, type))
  // RFC 8894 §3.2.1.5 asks for 16 bytes; some clients send 8 or 20, and we only echo them.
  if (node.tag !== 4 || node.content.length === 0 || node.content.length > 64) throw new Malformed('scep.nonce')
  return new Uint8Array(node.content)
}

function codeOf<T>(codes: ReadonlyMap<string, T>, name: T): string {
  for (const [code, is] of codes) if (is === name) return code
  throw new TypeError(`no code for ${name}`)
}

function certificateOf({ certificate }: Identity): Certificate {
  return certificate instanceof Uint8Array ? parseCertificate(certificate) : certificate
}

function signerOf({ certificate, key }: Identity): { certificate: Uint8Array; key: KeyObject } {
  return { certificate: certificate instanceof Uint8Array ? certificate : certificate.der, key }
}
