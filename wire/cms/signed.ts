import { hash as digestOver, type KeyObject } from 'node:crypto'
import {
  type Asn1,
  asOid,
  asTime,
  implicit,
  int,
  nul,
  octets,
  oid,
  read,
  seq,
  set,
  tagged,
  time,
  tlv,
} from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import {
  type Digest,
  digestOf,
  digestOid,
  type SignatureAlgorithm,
  signatureAlgorithm,
  signatureHolds,
  signatureOver,
  signingAlgorithm,
} from '../x509/algorithm.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { CONTENT, contentInfo, contentOf } from './content.ts'

/** What to sign and by whom. */
export interface SignOptions {
  content: Uint8Array
  certificate: Uint8Array
  key: KeyObject
  /** Further certificates for the bag, after the signer's own. */
  chain?: readonly Uint8Array[]
  detached?: boolean
  digest?: 'sha256' | 'sha384' | 'sha512' | 'sha1'
  /** Unix milliseconds; no signing time is written without it. */
  signingTime?: number
  attributes?: readonly { oid: string; value: Uint8Array }[]
  contentType?: string
}

/** What a verifier brings along. */
export interface VerifyOptions {
  /** The content of a detached signature. */
  content?: Uint8Array
  /** Signers to try besides those in the message. */
  certificates?: readonly Uint8Array[]
  legacySha1?: boolean
}

/** A message whose signature holds; whether its signer is anyone we trust is for `verifyChain`. */
export interface Signed {
  content: Uint8Array
  contentType: string
  /** The certificates of the message itself. */
  certificates: Certificate[]
  signer: Certificate
  digest: Digest
  signingTime?: number
  /** Signed attributes by dotted type: the DER of each value. */
  attributes: ReadonlyMap<string, readonly Uint8Array[]>
}

const TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_TIME = '1.2.840.113549.1.9.5'
const RSA = '1.2.840.113549.1.1.1'
const EC = '1.2.840.10045.2.1'
const MAX_CERTIFICATES = 32

/** Signs with signed attributes (RFC 5652 §5); without `detached` the content travels inside. */
export function sign(options: SignOptions): Uint8Array {
  const { content, key, chain = [], contentType = CONTENT.data } = options
  const { issuerDer, serialDer, der } = parseCertificate(options.certificate)
  // RFC 8419 §3.1: Ed25519 signs attributes digested with SHA-512.
  const digest = options.digest ?? (key.asymmetricKeyType === 'ed25519' ? 'sha512' : 'sha256')
  const digestAlgorithm = seq(oid(digestOid(digest)))
  const attribute = (type: string, value: Uint8Array) => seq(oid(type), set(value))
  const attributes = set(
    attribute(TYPE, oid(contentType)),
    attribute(MESSAGE_DIGEST, octets(hash(digest, content))),
    ...(options.signingTime === undefined ? [] : [attribute(SIGNING_TIME, time(options.signingTime))]),
    ...(options.attributes ?? []).map(({ oid: type, value }) => attribute(type, value)),
  )
  // RFC 3370 §3.2: RSA is named without its digest, which old verifiers expect.
  const algorithm = key.asymmetricKeyType === 'rsa' ? seq(oid(RSA), nul()) : signingAlgorithm(key, digest).algorithm
  const signer = seq(
    int(1),
    seq(issuerDer, serialDer),
    digestAlgorithm,
    implicit(0, read(attributes).content, true),
    algorithm,
    octets(signatureOver(attributes, key, digest)),
  )
  const encapsulated = seq(oid(contentType), ...(options.detached ? [] : [tagged(0, octets(content))]))
  const bag = implicit(0, Buffer.concat([der, ...chain]), true)
  const version = int(contentType === CONTENT.data ? 1 : 3)
  return contentInfo(CONTENT.signed, seq(version, set(digestAlgorithm), encapsulated, bag, set(signer)))
}

/** Checks the one signature of a SignedData over the bytes as they came; throws `cms.signature` when it is wrong. */
export function verify(der: Uint8Array, options: VerifyOptions = {}): Signed {
  const { encapsulated, bag, signer: info } = partsOf(contentOf(der, CONTENT.signed))
  const contentType = asOid(encapsulated.type)
  const content = chosenContent(encapsulated.content, options.content)
  const certificates = bag.map(item => parseCertificate(item.raw))
  const signer = find(info.who, [...certificates, ...(options.certificates ?? []).map(parseCertificate)])
  const digest = digestOf(info.digestAlgorithm)
  if (digest === undefined) throw new Malformed('cms.digest', 'unknown')
  if (digest === 'sha1' && !options.legacySha1) throw new Malformed('cms.digest', 'SHA-1')
  const attributes = info.attributes ? attributesOf(info.attributes) : new Map<string, readonly Uint8Array[]>()
  const covered = info.attributes ? attributeBytes(info.attributes) : bareContent(content, contentType)
  if (info.attributes) checkAttributes(attributes, { contentType, digest, content })
  const by = algorithmOf(info.algorithm, digest)
  if (!by || !signatureHolds(by, signer.spki, covered, info.signature)) throw new Malformed('cms.signature')
  const signingTime = timeOf(attributes.get(SIGNING_TIME))
  return {
    content,
    contentType,
    certificates,
    signer,
    digest,
    ...(signingTime !== undefined && { signingTime }),
    attributes,
  }
}

interface Parts {
  encapsulated: { type: Asn1; content: Uint8Array | undefined }
  bag: readonly Asn1[]
  signer: SignerInfo
}

interface SignerInfo {
  who: Asn1
  digestAlgorithm: Asn1
  attributes: Asn1 | undefined
  algorithm: Asn1
  signature: Uint8Array
}

function partsOf(signedData: Asn1): Parts {
  const [, digests, encapsulated, ...rest] = signedData.children
  const [type, wrapped] = encapsulated?.children ?? []
  const signers = rest.at(-1)
  if (digests?.tag !== 0x31 || encapsulated?.tag !== 0x30 || !type || signers?.tag !== 0x31)
    throw new Malformed('cms.signed')
  const inner = wrapped?.children[0]
  if (wrapped && (wrapped.tag !== 0xa0 || inner?.tag !== 4)) throw new Malformed('cms.content', 'no octet string')
  const bag = (rest.find(field => field.tag === 0xa0)?.children ?? []).filter(item => item.tag === 0x30)
  if (bag.length > MAX_CERTIFICATES) throw new Malformed('cms.certificates', 'too many')
  const [one] = signers.children
  // Two signers would leave open whose word counts.
  if (!one || signers.children.length !== 1) throw new Malformed('cms.signers', `${signers.children.length}`)
  return { encapsulated: { type, content: inner?.content }, bag, signer: signerInfo(one) }
}

function signerInfo(node: Asn1): SignerInfo {
  const [version, who, digestAlgorithm, ...rest] = node.children
  const attributes = rest[0]?.tag === 0xa0 ? rest[0] : undefined
  const [algorithm, signature] = attributes ? rest.slice(1) : rest
  if (version?.tag !== 2 || !who || digestAlgorithm?.tag !== 0x30 || algorithm?.tag !== 0x30 || signature?.tag !== 4) {
    throw new Malformed('cms.signer')
  }
  return { who, digestAlgorithm, attributes, algorithm, signature: signature.content }
}

function chosenContent(inside: Uint8Array | undefined, given: Uint8Array | undefined): Uint8Array {
  const content = inside ?? given
  if (!content) throw new Malformed('cms.detached', 'the content is elsewhere')
  if (inside && given && Buffer.compare(inside, given) !== 0) throw new Malformed('cms.content', 'two different ones')
  return content
}

function find(who: Asn1, candidates: readonly Certificate[]): Certificate {
  const [issuer, serial] = who.children
  const same = (a: Uint8Array | undefined, b: Uint8Array) => a !== undefined && Buffer.compare(a, b) === 0
  const signer = candidates.find(candidate =>
    who.tag === 0x80
      ? candidate.subjectKeyId === who.content.toHex()
      : same(serial?.raw, candidate.serialDer) && same(issuer?.raw, candidate.issuerDer),
  )
  if (!signer) throw new Malformed('cms.signerMissing', 'no certificate of the signer')
  return signer
}

function attributesOf(node: Asn1): Map<string, readonly Uint8Array[]> {
  const out = new Map<string, readonly Uint8Array[]>()
  for (const attribute of node.children) {
    const [type, values] = attribute.children
    if (!type || values?.tag !== 0x31) throw new Malformed('cms.attribute')
    const dotted = asOid(type)
    if (out.has(dotted)) throw new Malformed('cms.attribute', `${dotted} twice`)
    out.set(
      dotted,
      values.children.map(value => value.raw),
    )
  }
  return out
}

/** The attributes as they were signed: their own bytes under the tag of a SET (RFC 5652 §5.4). */
function attributeBytes(node: Asn1): Uint8Array {
  return tlv(0x31, node.content)
}

/**
 * Content signed without attributes (RFC 5652 §5.4). Content that itself reads as attributes is refused: a signature
 * over attributes could be replayed as one over such content.
 */
function bareContent(content: Uint8Array, contentType: string): Uint8Array {
  if (contentType !== CONTENT.data) throw new Malformed('cms.attribute', 'missing')
  if (content[0] === 0x31 && readsAsSet(content)) throw new Malformed('cms.attribute', 'content posing as attributes')
  return content
}

function readsAsSet(content: Uint8Array): boolean {
  try {
    return read(content, { ber: true }).tag === 0x31
  } catch {
    return false
  }
}

function checkAttributes(
  attributes: ReadonlyMap<string, readonly Uint8Array[]>,
  is: { contentType: string; digest: Digest; content: Uint8Array },
): void {
  const type = only(attributes, TYPE)
  if (asOid(read(type)) !== is.contentType) throw new Malformed('cms.attribute', 'content type')
  const digest = read(only(attributes, MESSAGE_DIGEST))
  if (digest.tag !== 4) throw new Malformed('cms.attribute', 'message digest')
  if (Buffer.compare(digest.content, hash(is.digest, is.content)) !== 0) throw new Malformed('cms.signature', 'digest')
}

function only(attributes: ReadonlyMap<string, readonly Uint8Array[]>, type: string): Uint8Array {
  const values = attributes.get(type)
  const [value] = values ?? []
  if (!value || values?.length !== 1) throw new Malformed('cms.attribute', `${type} must stand once`)
  return value
}

/** The signature's algorithm; named without a digest it takes the signer's, named with one it must be the same. */
function algorithmOf(node: Asn1, digest: Digest): SignatureAlgorithm | undefined {
  const id = node.children[0] && asOid(node.children[0])
  if (id === RSA) return { name: `${digest}WithRSA`, key: 'rsa', digest }
  if (id === EC) return { name: `ecdsa-with-${digest}`, key: 'ec', digest }
  const named = signatureAlgorithm(node)
  return named?.digest === undefined || named.digest === digest ? named : undefined
}

function timeOf(values: readonly Uint8Array[] | undefined): number | undefined {
  return values?.[0] && asTime(read(values[0], { ber: true }))
}

function hash(digest: Digest, content: Uint8Array): Uint8Array {
  return digestOver(digest, content, 'buffer')
}
