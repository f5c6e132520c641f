import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { Malformed } from '../malformed.ts'
import { decode, dict, encode, str } from '../plist/plist.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { fromPem, toPem } from '../x509/pem.ts'

/** A request for a push certificate as a vendor of device management has signed it. */
export interface SignedPushRequest {
  /** PKCS #10, DER. */
  request: Uint8Array
  /** The vendor's certificate first, then what is above it. */
  chain: readonly Certificate[]
  signature: Uint8Array
}

/** Signs a request with a vendor's key: RSA PKCS #1 v1.5 with SHA-256 over its DER (Apple: Setting Up Push Notifications for Your MDM Customers). */
export function signPushRequest(request: Uint8Array, chain: readonly Certificate[], key: KeyObject): SignedPushRequest {
  if (key.asymmetricKeyType !== 'rsa') throw new Malformed('push-request.key', 'not an RSA key')
  return { request, chain, signature: new Uint8Array(sign('sha256', request, key)) }
}

/** What is uploaded to the Apple Push Certificates Portal: the base64 of a property list of three texts. */
export function encodePushRequest({ request, chain, signature }: SignedPushRequest): string {
  const plist = encode({
    PushCertRequestCSR: Buffer.from(request).toString('base64'),
    PushCertCertificateChain: chain.map(c => toPem('CERTIFICATE', c.der)).join(''),
    PushCertSignature: Buffer.from(signature).toString('base64'),
  })
  return Buffer.from(plist).toString('base64')
}

/** Reads what a vendor gave back, in base64 or as the property list itself; throws `Malformed` also when its signature does not hold. */
export function readPushRequest(text: string): SignedPushRequest {
  const trimmed = text.trim()
  const bytes = trimmed.startsWith('<')
    ? Buffer.from(trimmed, 'utf8')
    : Buffer.from(trimmed.replaceAll(/\s/g, ''), 'base64')
  const from = dict(decode(new Uint8Array(bytes)))
  const [csr, pem, made] = ['PushCertRequestCSR', 'PushCertCertificateChain', 'PushCertSignature'].map(key =>
    str(from, key),
  )
  if (csr === undefined || pem === undefined || made === undefined) throw new Malformed('push-request.fields')
  const request = derOf(csr)
  const chain = fromPem(pem)
    .filter(block => block.label === 'CERTIFICATE')
    .map(block => parseCertificate(block.der))
  const [vendor] = chain
  if (!vendor) throw new Malformed('push-request.chain')
  const signature = new Uint8Array(Buffer.from(made, 'base64'))
  if (!holds(vendor, request, signature)) throw new Malformed('push-request.signature')
  return { request, chain, signature }
}

/** The text is base64 of DER, or PEM as some signers write it. */
function derOf(text: string): Uint8Array {
  if (!text.includes('-----BEGIN')) return new Uint8Array(Buffer.from(text, 'base64'))
  const [block] = fromPem(text)
  if (!block) throw new Malformed('push-request.csr')
  return block.der
}

/** SHA-1 is what vendors signed with in former years, and the portal takes it still. */
function holds(vendor: Certificate, request: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(vendor.spki), format: 'der', type: 'spki' })
  return ['sha256', 'sha1'].some(digest => verify(digest, request, key, signature))
}
