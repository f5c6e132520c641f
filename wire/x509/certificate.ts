import { hash } from 'node:crypto'
import { type Asn1, asInt, asTime, read } from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import { algorithmOid, type SignatureAlgorithm, signatureAlgorithm, signatureBits } from './algorithm.ts'
import {
  EXTENSION,
  type Extension,
  parseAlternativeNames,
  parseAuthorityKeyId,
  parseBasicConstraints,
  parseExtendedKeyUsage,
  parseExtensions,
  parseKeyUsage,
} from './extensions.ts'
import { type Name, parseName } from './name.ts'

export { type ChainOptions, verifyChain, verifyIssued } from './chain.ts'
export { type IssueOptions, issueCertificate } from './issue.ts'
export { spkiOf } from './key.ts'
export { attribute, type Name } from './name.ts'

/** A certificate as it says of itself; nothing here has been verified. */
export interface Certificate {
  der: Uint8Array
  /** Lower-case hex of the magnitude, `-` before a negative one. */
  serial: string
  serialDer: Uint8Array
  subject: Name
  issuer: Name
  subjectDer: Uint8Array
  issuerDer: Uint8Array
  notBefore: number
  notAfter: number
  spki: Uint8Array
  /** The usual name where we know the algorithm, else dotted. */
  signatureAlgorithm: string
  /** How to verify the signature; absent when we do not know the algorithm. */
  signedBy?: SignatureAlgorithm
  tbsDer: Uint8Array
  signature: Uint8Array
  keyUsage: readonly string[]
  extendedKeyUsage: readonly string[]
  isCa: boolean
  pathLength?: number
  subjectKeyId?: string
  authorityKeyId?: string
  dnsNames: readonly string[]
  ipAddresses: readonly string[]
  emails: readonly string[]
  uris: readonly string[]
  extensions: ReadonlyMap<string, Extension>
}

const MAX_BYTES = 64 * 1024

/** Reads a certificate (RFC 5280 §4.1); throws only `Malformed`. */
export function parseCertificate(der: Uint8Array): Certificate {
  if (der.length > MAX_BYTES) throw new Malformed('x509.size')
  // Our own copy: a certificate may outlive the message it came in.
  const whole = read(new Uint8Array(der))
  const [tbs, algorithm, signature] = whole.children
  if (whole.tag !== 0x30 || whole.children.length !== 3 || !tbs || !algorithm || !signature) {
    throw new Malformed('x509.certificate')
  }
  return { ...outer(whole, tbs, algorithm, signature), ...fields(tbs, algorithm) }
}

function outer(whole: Asn1, tbs: Asn1, algorithm: Asn1, signature: Asn1) {
  const signedBy = signatureAlgorithm(algorithm)
  return {
    der: whole.raw,
    tbsDer: tbs.raw,
    signature: signatureBits(signature),
    signatureAlgorithm: signedBy?.name ?? algorithmOid(algorithm.raw),
    ...(signedBy && { signedBy }),
  }
}

function fields(tbs: Asn1, algorithm: Asn1) {
  const all = tbs.children
  const first = all[0]?.tag === 0xa0 ? 1 : 0
  const [serial, inner, issuer, validity, subject, spki] = all.slice(first)
  const [notBefore, notAfter] = validity?.children ?? []
  if (tbs.tag !== 0x30 || !serial || !inner || !issuer || !subject || spki?.tag !== 0x30 || !notBefore || !notAfter) {
    throw new Malformed('x509.certificate')
  }
  // RFC 5280 §4.1.1.2: the algorithm under the signature must be the one beside it.
  if (Buffer.compare(inner.raw, algorithm.raw) !== 0) throw new Malformed('x509.algorithm', 'two different ones')
  const extensions = parseExtensions(all.find(field => field.tag === 0xa3)?.children[0])
  return {
    serial: serialText(asInt(serial)),
    serialDer: serial.raw,
    subject: parseName(subject),
    issuer: parseName(issuer),
    subjectDer: subject.raw,
    issuerDer: issuer.raw,
    notBefore: asTime(notBefore),
    notAfter: asTime(notAfter),
    spki: spki.raw,
    ...meaning(extensions),
    extensions,
  }
}

function serialText(serial: bigint): string {
  const hex = (serial < 0n ? -serial : serial).toString(16)
  return `${serial < 0n ? '-' : ''}${hex.length % 2 === 0 ? hex : `0${hex}`}`
}

function meaning(extensions: ReadonlyMap<string, Extension>) {
  const value = (id: string) => extensions.get(id)?.value
  const usage = value(EXTENSION.keyUsage)
  const purposes = value(EXTENSION.extendedKeyUsage)
  const constraints = value(EXTENSION.basicConstraints)
  const subjectKey = value(EXTENSION.subjectKeyId)
  const authorityKey = value(EXTENSION.authorityKeyId)
  const authorityKeyId = authorityKey && parseAuthorityKeyId(authorityKey)
  return {
    keyUsage: usage ? parseKeyUsage(usage) : [],
    extendedKeyUsage: purposes ? parseExtendedKeyUsage(purposes) : [],
    ...(constraints ? parseBasicConstraints(constraints) : { isCa: false }),
    ...(subjectKey && { subjectKeyId: read(subjectKey).content.toHex() }),
    ...(authorityKeyId && { authorityKeyId }),
    ...parseAlternativeNames(value(EXTENSION.alternativeNames)),
  }
}

/** The SHA-256 of the bytes in hex: how we call a certificate. */
export function fingerprint(der: Uint8Array): string {
  return hash('sha256', der, 'hex')
}
