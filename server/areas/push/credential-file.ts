import * as crypto from 'node:crypto'
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { Malformed } from '@muster/wire/malformed.ts'
import { attribute, type Certificate, parseCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import { fromPem, toPem } from '@muster/wire/x509/pem.ts'
import { Problem } from '../../base/problem.ts'

/** What an admin uploads: PEM, or PKCS #12 in base64. The key may stand in the same text, encrypted or not. */
export interface Upload {
  certificate: string
  key?: string | undefined
  passphrase?: string | undefined
}

/** A push certificate with its key, found fit for use. */
export interface PushCertificate {
  certificate: Certificate
  chain: Uint8Array[]
  key: KeyObject
  topic: string
  /** The certificate and its chain in PEM, leaf first. */
  pem: string
}

const privateKey = /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----[\s\S]+?-----END ([A-Z]+ )*PRIVATE KEY-----/
/** The prefix of every topic the vendor gives for managing devices; the subject's UID is the topic. */
const topicPrefix = 'com.apple.mgmt.'

/** Reads an upload and checks all that can be checked without the vendor; throws a Problem that says what is wrong. */
export function readUpload(upload: Upload, now: number): PushCertificate {
  const { certificates, key } = openParts(upload)
  const leaf = certificates.find(c => Buffer.compare(c.spki, spkiOf(key)) === 0)
  if (!leaf) throw new Problem('push.key-mismatch')
  const topic = attribute(leaf.subject, 'UID')
  if (!topic?.startsWith(topicPrefix))
    throw new Problem('push.not-push-certificate', { subject: attribute(leaf.subject, 'CN') ?? '' })
  if (leaf.notAfter <= now) throw new Problem('push.expired', { notAfter: leaf.notAfter })
  if (leaf.notBefore > now + 86_400_000) throw new Problem('push.not-yet-valid', { notBefore: leaf.notBefore })
  const chain = certificates.filter(c => c !== leaf).map(c => c.der)
  return { certificate: leaf, chain, key, topic, pem: [leaf.der, ...chain].map(d => toPem('CERTIFICATE', d)).join('') }
}

/** The certificates and the key of an upload, whatever they are for; throws a Problem that says what cannot be read. */
export function openParts(upload: Upload): { certificates: Certificate[]; key: KeyObject } {
  if (!upload.certificate.includes('-----BEGIN')) return fromPkcs12(upload)
  const text = `${upload.certificate}\n${upload.key ?? ''}`
  const pem = privateKey.exec(upload.key ?? '')?.[0] ?? privateKey.exec(upload.certificate)?.[0]
  if (pem === undefined) throw new Problem('push.key-missing')
  try {
    const certificates = fromPem(text)
      .filter(block => block.label === 'CERTIFICATE')
      .map(block => parseCertificate(block.der))
    if (certificates.length === 0) throw malformed('certificate', 'holds no certificate')
    return { certificates, key: openKey(pem, upload.passphrase) }
  } catch (error) {
    if (error instanceof Malformed) throw malformed('certificate', `cannot be read (${error.code})`, error)
    throw error
  }
}

function openKey(pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) })
  } catch (cause) {
    const encrypted = pem.includes('ENCRYPTED')
    throw new Problem('push.key-unreadable', { encrypted }, { cause })
  }
}

function fromPkcs12({ certificate, passphrase }: Upload): { certificates: Certificate[]; key: KeyObject } {
  const bytes = Buffer.from(certificate.replaceAll(/\s/g, ''), 'base64')
  if (bytes[0] !== 0x30) throw malformed('certificate', 'is neither PEM nor PKCS #12 in base64')
  const { privateKey: key, certificate: leaf, additionalCertificates: others = [] } = openPkcs12(bytes, passphrase)
  if (!key) throw new Problem('push.key-missing')
  const all = [...(leaf ? [leaf] : []), ...others]
  return { certificates: all.map(c => parseCertificate(new Uint8Array(c.raw))), key }
}

interface Pkcs12 {
  privateKey?: KeyObject | null
  certificate?: X509Certificate | null
  additionalCertificates?: X509Certificate[]
}

/** Newer than the type declarations of Node we use. */
const parse = Reflect.get(crypto, 'parsePKCS12') as
  | ((bytes: Buffer, options: { passphrase: string }) => Pkcs12)
  | undefined

function openPkcs12(bytes: Buffer, passphrase: string | undefined): Pkcs12 {
  if (!parse) throw malformed('certificate', 'is PKCS #12, which this server cannot read: convert it to PEM')
  try {
    return parse(bytes, { passphrase: passphrase ?? '' })
  } catch (cause) {
    throw new Problem('push.key-unreadable', { encrypted: true }, { cause })
  }
}

function malformed(field: string, message: string, cause?: unknown): Problem {
  return new Problem('request.malformed', {}, { cause, fields: [{ path: `body.${field}`, message }] })
}
