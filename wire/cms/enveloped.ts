import { constants, type KeyObject, privateDecrypt, publicEncrypt, randomBytes } from 'node:crypto'
import { type Asn1, asOid, implicit, int, nul, octets, oid, seq, set } from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import { type Digest, digestOf } from '../x509/algorithm.ts'
import type { Certificate } from '../x509/certificate.ts'
import { publicKey } from '../x509/key.ts'
import { type Cipher, type CipherShape, decrypt, encrypt, shapeOf } from './cipher.ts'
import { CONTENT, contentInfo, contentOf } from './content.ts'

export type { Cipher } from './cipher.ts'

/** What to encrypt and for whom; the recipient's key is RSA. */
export interface EnvelopOptions {
  content: Uint8Array
  recipient: Certificate
  cipher?: Exclude<Cipher, 'des-cbc'>
}

/** Whose envelope it is; `legacy` also opens single DES. */
export interface OpenOptions {
  certificate: Certificate
  key: KeyObject
  legacy?: boolean
}

const PKCS1 = '1.2.840.113549.1.1.1'
const OAEP = '1.2.840.113549.1.1.7'

/** Encrypts for one RSA recipient by PKCS#1 v1.5, as every client of SCEP expects (RFC 5652 §6, RFC 3370 §4.2.1). */
export function envelop({ content, recipient, cipher = 'aes-256-cbc' }: EnvelopOptions): Uint8Array {
  const receiver = publicKey(recipient.spki)
  if (receiver.asymmetricKeyType !== 'rsa') throw new Malformed('cms.recipient', 'not an RSA key')
  const shape = shapeOf(cipher)
  const { key, iv, encrypted } = encrypt(shape, content)
  const encryptedKey = publicEncrypt({ key: receiver, padding: constants.RSA_PKCS1_PADDING }, key)
  const who = seq(recipient.issuerDer, recipient.serialDer)
  const info = seq(int(0), who, seq(oid(PKCS1), nul()), octets(encryptedKey))
  const body = seq(oid(CONTENT.data), seq(oid(shape.oid), octets(iv)), implicit(0, encrypted))
  return contentInfo(CONTENT.enveloped, seq(int(0), set(info), body))
}

/** Opens an envelope addressed to the certificate; throws `cms.decrypt` for every failure behind the key. */
export function open(der: Uint8Array, options: OpenOptions): Uint8Array {
  return opened(der, options).content
}

/** Opens an envelope and tells its cipher, to answer in kind. */
export function opened(der: Uint8Array, options: OpenOptions): { content: Uint8Array; cipher: Cipher } {
  const { recipients, body } = partsOf(contentOf(der, CONTENT.enveloped))
  const [, algorithm, encrypted] = body.children
  const [id, iv] = algorithm?.children ?? []
  if (!id || !iv || !encrypted) throw new Malformed('cms.enveloped', 'no encrypted content')
  const shape = shapeOf(asOid(id))
  if (shape.cipher === 'des-cbc' && !options.legacy) throw new Malformed('cms.cipher', 'single DES')
  if (iv.tag !== 4 || iv.content.length !== shape.blockBytes) throw new Malformed('cms.cipher', 'vector')
  const key = contentKey(recipients, shape, options)
  return { content: decrypt(shape, key, iv.content, cipherText(encrypted)), cipher: shape.cipher }
}

function partsOf(enveloped: Asn1): { recipients: readonly Asn1[]; body: Asn1 } {
  const at = enveloped.children.findIndex(field => field.tag === 0x31)
  const recipients = enveloped.children[at]
  const body = enveloped.children[at + 1]
  if (!recipients || body?.tag !== 0x30) throw new Malformed('cms.enveloped')
  return { recipients: recipients.children, body }
}

/** The content under its implicit tag: whole, or in pieces where the sender streamed it. */
function cipherText(node: Asn1): Uint8Array {
  if (node.tag === 0x80) return node.content
  if (node.tag !== 0xa0 || node.children.some(piece => piece.tag !== 4)) throw new Malformed('cms.enveloped', 'content')
  return Buffer.concat(node.children.map(piece => piece.content))
}

function contentKey(recipients: readonly Asn1[], shape: CipherShape, options: OpenOptions): Uint8Array {
  const ours = recipients.find(info => info.tag === 0x30 && addresses(info, options.certificate))
  const [, , algorithm, encrypted] = ours?.children ?? []
  const id = algorithm?.children[0]
  if (!id || encrypted?.tag !== 4) throw new Malformed('cms.recipient', 'not for this certificate')
  switch (asOid(id)) {
    case PKCS1:
      return pkcs1(options.key, encrypted.content, shape.keyBytes)
    case OAEP:
      return oaep(options.key, encrypted.content, algorithm.children[1])
    default:
      throw new Malformed('cms.algorithm', 'key transport')
  }
}

function addresses(info: Asn1, certificate: Certificate): boolean {
  const who = info.children[1]
  if (who?.tag === 0x80) return certificate.subjectKeyId === who.content.toHex()
  const [issuer, serial] = who?.children ?? []
  if (!issuer || !serial) return false
  return (
    Buffer.compare(serial.raw, certificate.serialDer) === 0 && Buffer.compare(issuer.raw, certificate.issuerDer) === 0
  )
}

/**
 * RSA PKCS#1 v1.5 with implicit rejection (RFC 3218 §2.3): a wrong padding yields some key instead of an error, so the
 * only failure a sender ever sees is that of the content. OpenSSL does its part in constant time; what it returns in
 * the wrong length is replaced here, both keys being made in either case.
 */
function pkcs1(key: KeyObject, encrypted: Uint8Array, length: number): Uint8Array {
  const random = randomBytes(length)
  let found: Uint8Array = random
  try {
    found = privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, encrypted)
  } catch {
    // Only what is no RSA number of this key at all gets here: its length or range is public.
    found = random
  }
  const fits = found.length === length ? 0xff : 0
  const out = new Uint8Array(length)
  for (let i = 0; i < length; i++) out[i] = ((found[i] ?? 0) & fits) | ((random[i] as number) & ~fits)
  return out
}

/** RSAES-OAEP (RFC 4055 §4.1); both digests default to SHA-1 and must be the same. */
function oaep(key: KeyObject, encrypted: Uint8Array, parameters: Asn1 | undefined): Uint8Array {
  let digest: Digest | undefined = 'sha1'
  let mask: Digest | undefined = 'sha1'
  for (const field of parameters?.children ?? []) {
    const inner = field.children[0]
    if (!inner || field.tag === 0xa2) throw new Malformed('cms.algorithm', 'OAEP label')
    if (field.tag === 0xa0) digest = digestOf(inner)
    else if (field.tag === 0xa1) mask = inner.children[1] && digestOf(inner.children[1])
  }
  if (!digest || digest !== mask) throw new Malformed('cms.algorithm', 'OAEP digests')
  try {
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: digest }, encrypted)
  } catch {
    throw new Malformed('cms.decrypt')
  }
}
