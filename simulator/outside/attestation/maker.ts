import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { attestationOids } from '@muster/wire/acme/attestation.ts'
import { issueCertificate, parseCertificate, spkiOf } from '@muster/wire/x509/certificate.ts'
import { type Authority, mintAuthority } from '../apns/certificates.ts'

/** What the maker of a device attests. */
export interface Claim {
  key: KeyObject
  serial?: string
  udid?: string
  osVersion?: string
  /** Proves that it was made for this question: 32 bytes. */
  freshness?: Uint8Array
  notAfter?: number
}

/** A maker of devices that attests keys in its chips. */
export interface Maker {
  root: Authority
  /** The chain in DER, leaf first, without the root. */
  attest(claim: Claim): Uint8Array[]
}

const day = 86_400_000

/** Makes a maker with an authority of its own. */
export function mintMaker(name = 'Simulated Attestation Root'): Maker {
  const root = mintAuthority(name)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const now = Date.now()
  const middle = issueCertificate({
    subject: [['CN', `${name} 1`]],
    spki: spkiOf(privateKey),
    notBefore: now - 3650 * day,
    notAfter: now + 3650 * day,
    issuer: { certificate: parseCertificate(root.certificate), key: root.key },
    ca: { pathLength: 0 },
    keyUsage: ['keyCertSign'],
  })
  return {
    root,
    attest: ({ key, serial, udid, osVersion, freshness, notAfter }) => {
      const text = (oid: string, value: string | undefined) =>
        value === undefined ? [] : [{ oid, value: new TextEncoder().encode(value) }]
      const leaf = issueCertificate({
        subject: [['CN', 'attested']],
        spki: spkiOf(key),
        notBefore: now - 3650 * day,
        notAfter: notAfter ?? now + 3650 * day,
        issuer: { certificate: parseCertificate(middle), key: privateKey },
        keyUsage: ['digitalSignature'],
        extra: [
          ...text(attestationOids.serial, serial),
          ...text(attestationOids.udid, udid),
          ...text(attestationOids.osVersion, osVersion),
          ...(freshness === undefined ? [] : [{ oid: attestationOids.freshness, value: freshness }]),
        ],
      })
      return [leaf, middle]
    },
  }
}
