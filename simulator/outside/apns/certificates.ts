import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { isIP } from 'node:net'
import { issueCertificate, type Name, parseCertificate } from '@muster/wire/x509/certificate.ts'
import { toPem } from '@muster/wire/x509/pem.ts'

const day = 86_400_000

/** The push service's own certificate, its key and the authority to trust, all PEM. */
export interface MintedServer {
  certificate: string
  key: string
  authority: string
}

/** A push certificate as the Apple Push Certificates Portal would hand out, with its key; all PEM. */
export interface MintedPushCertificate {
  certificate: string
  key: string
  topic: string
  /** PEM of the authority that signed it: give it to `startApns` as `clientCa`. */
  authority: string
}

/** An authority of the simulator's own, for one purpose. */
export interface Authority {
  pem: string
  certificate: Uint8Array
  key: KeyObject
}

/** Makes a throw-away authority. */
export function mintAuthority(name: string): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const now = Date.now()
  const certificate = issueCertificate({
    subject: [
      ['CN', name],
      ['O', 'Muster simulator'],
    ],
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    notBefore: now - 10 * 365 * day,
    notAfter: now + 10 * 365 * day,
    issuer: { key: privateKey },
    ca: {},
    keyUsage: ['keyCertSign', 'cRLSign'],
  })
  return { pem: toPem('CERTIFICATE', certificate), certificate, key: privateKey }
}

/** Makes a certificate for the push service at this host. */
export function mintServer(host: string): MintedServer {
  const authority = mintAuthority('Simulated APNs Root')
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificate = issueCertificate({
    subject: [['CN', host]],
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    notBefore: Date.now() - day,
    notAfter: Date.now() + 365 * day,
    issuer: { certificate: parseCertificate(authority.certificate), key: authority.key },
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
    ...(isIP(host) ? { ipAddresses: [host], dnsNames: ['localhost'] } : { dnsNames: [host, 'localhost'] }),
  })
  return {
    certificate: toPem('CERTIFICATE', certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    authority: authority.pem,
  }
}

/** How a push certificate shall be; everything has a plausible default. */
export interface PushCertificateWish {
  /** `com.apple.mgmt.External.<uuid>` when absent. */
  topic?: string
  notBefore?: number
  notAfter?: number
  /** Signs with this authority instead of a fresh one, as for a renewal. */
  authority?: Authority
}

/** Makes a fake MDM push certificate: RSA-2048, CN `APSP:<uuid>`, UID = the topic, client authentication. */
export function mintPushCertificate(wish: PushCertificateWish = {}): MintedPushCertificate {
  const topic = wish.topic ?? `com.apple.mgmt.External.${randomUUID()}`
  const authority = wish.authority ?? mintAuthority('Simulated Apple Application Integration 2')
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const subject: Name = [
    ['UID', topic],
    ['CN', `APSP:${topic.slice(topic.lastIndexOf('.') + 1)}`],
    ['C', 'US'],
  ]
  const certificate = issueCertificate({
    subject,
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    notBefore: wish.notBefore ?? Date.now() - day,
    notAfter: wish.notAfter ?? Date.now() + 365 * day,
    issuer: { certificate: parseCertificate(authority.certificate), key: authority.key },
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'],
  })
  return {
    certificate: toPem('CERTIFICATE', certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    topic,
    authority: authority.pem,
  }
}
