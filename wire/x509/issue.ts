import { hash, type KeyObject, randomBytes } from 'node:crypto'
import { asBits, bits, implicit, int, octets, oid, read, seq, tagged, time } from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import { signatureOver, signingAlgorithm } from './algorithm.ts'
import type { Certificate } from './certificate.ts'
import {
  alternativeNamesDer,
  basicConstraintsDer,
  EXTENSION,
  extensionsDer,
  keyUsageDer,
  type NewExtension,
} from './extensions.ts'
import { publicKey, spkiOf } from './key.ts'
import { type Name, nameDer } from './name.ts'

/** What a certificate shall say and who says it; without an issuing certificate it is self-signed. */
export interface IssueOptions {
  subject: Name
  spki: Uint8Array
  /** Hex; random 128 bits when absent. */
  serial?: string
  notBefore: number
  notAfter: number
  issuer: { certificate?: Certificate; key: KeyObject }
  ca?: { pathLength?: number }
  keyUsage?: readonly string[]
  extendedKeyUsage?: readonly string[]
  dnsNames?: readonly string[]
  ipAddresses?: readonly string[]
  emails?: readonly string[]
  uris?: readonly string[]
  /** Names of accounts, as Microsoft writes them. */
  principalNames?: readonly string[]
  extra?: readonly NewExtension[]
}

/** Issues an X.509 v3 certificate that `openssl verify -x509_strict` accepts (RFC 5280 §4). */
export function issueCertificate(options: IssueOptions): Uint8Array {
  const { issuer, subject, spki } = options
  const name = nameDer(subject)
  if (issuer.certificate && Buffer.compare(issuer.certificate.spki, spkiOf(issuer.key)) !== 0) {
    throw new TypeError('the key is not the one of the issuing certificate')
  }
  // Also refuses keys we would not accept back.
  publicKey(spki)
  if (!(options.notAfter >= options.notBefore)) throw new Malformed('x509.validity')
  const { algorithm } = signingAlgorithm(issuer.key)
  const tbs = seq(
    tagged(0, int(2)),
    int(serialOf(options.serial)),
    algorithm,
    issuer.certificate?.subjectDer ?? name,
    seq(time(options.notBefore), time(options.notAfter)),
    name,
    spki,
    tagged(3, extensionsDer(extensionsOf(options))),
  )
  return seq(tbs, algorithm, bits(signatureOver(tbs, issuer.key)))
}

function serialOf(hex: string | undefined): Uint8Array {
  if (hex !== undefined) {
    // RFC 5280 §4.1.2.2: positive, at most 20 octets.
    if (!/^[0-9a-fA-F]{2,40}$/.test(hex) || hex.length % 2 !== 0) throw new Malformed('x509.serial', hex)
    return Uint8Array.fromHex(hex)
  }
  const random = randomBytes(16)
  // Positive and always sixteen bytes long.
  random[0] = ((random[0] as number) & 0x7f) | 0x40
  return random
}

function extensionsOf(options: IssueOptions): NewExtension[] {
  const { ca, issuer, spki, extendedKeyUsage = [] } = options
  const own = keyId(spki)
  const authority = issuer.certificate
    ? (issuer.certificate.subjectKeyId ?? keyId(issuer.certificate.spki).toHex())
    : own.toHex()
  const names = alternativeNamesDer(options)
  return [
    { oid: EXTENSION.basicConstraints, critical: true, value: basicConstraintsDer(ca) },
    { oid: EXTENSION.keyUsage, critical: true, value: keyUsageDer(options.keyUsage ?? usualUsage(options)) },
    ...(extendedKeyUsage.length > 0
      ? [{ oid: EXTENSION.extendedKeyUsage, value: seq(...extendedKeyUsage.map(oid)) }]
      : []),
    { oid: EXTENSION.subjectKeyId, value: octets(own) },
    { oid: EXTENSION.authorityKeyId, value: seq(implicit(0, Uint8Array.fromHex(authority))) },
    // RFC 5280 §4.2.1.6: critical when the subject is empty.
    ...(names ? [{ oid: EXTENSION.alternativeNames, critical: options.subject.length === 0, value: names }] : []),
    ...(options.extra ?? []),
  ]
}

function usualUsage({ ca, spki }: IssueOptions): readonly string[] {
  if (ca) return ['keyCertSign', 'cRLSign']
  return publicKey(spki).asymmetricKeyType === 'rsa' ? ['digitalSignature', 'keyEncipherment'] : ['digitalSignature']
}

/** The SHA-1 of the public key bits (RFC 5280 §4.2.1.2, method 1): a name, not a protection. */
function keyId(spki: Uint8Array): Uint8Array {
  const key = read(spki).children[1]
  if (!key) throw new Malformed('x509.key')
  return new Uint8Array(hash('sha1', asBits(key), 'buffer'))
}
