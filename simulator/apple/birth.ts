import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { issueCertificate, parseCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import { toPem } from '@muster/wire/x509/pem.ts'

/** Whoever vouches for devices before they are managed, as Apple does: `pem` is what a server is told to trust. */
export interface BirthAuthority {
  pem: string
  certificate: Uint8Array
  key: KeyObject
}

/** The certificate a device has from its maker, with its key. */
export interface Birth {
  certificate: Uint8Array
  key: KeyObject
  chain: readonly Uint8Array[]
}

const yearMs = 365 * 86_400_000

/**
 * An authority for devices. Its own certificate expired long ago, as Apple's did: whoever minds the dates of it turns every device away.
 */
export function birthAuthority(name = 'Simulated Device CA'): BirthAuthority {
  const { privateKey: key, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const certificate = issueCertificate({
    subject: [
      ['CN', name],
      ['O', 'Muster simulator'],
    ],
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    notBefore: Date.now() - 12 * yearMs,
    notAfter: Date.now() - 5 * yearMs,
    issuer: { key },
    ca: {},
    keyUsage: ['keyCertSign', 'cRLSign'],
  })
  return { pem: toPem('CERTIFICATE', certificate), certificate, key }
}

/** The certificate that one device is made with. It names no serial: that is only said in what it signs. */
export function birthOf(authority: BirthAuthority, of: { key: KeyObject; udid: string }): Birth {
  const certificate = issueCertificate({
    subject: [['CN', of.udid.toUpperCase()]],
    spki: spkiOf(of.key),
    notBefore: Date.now() - 2 * yearMs,
    notAfter: Date.now() - yearMs,
    issuer: { certificate: parseCertificate(authority.certificate), key: authority.key },
    keyUsage: ['digitalSignature', 'keyEncipherment'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'],
  })
  return { certificate, key: of.key, chain: [authority.certificate] }
}
