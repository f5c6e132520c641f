import { createHash } from 'node:crypto'
import { sign as signMessage } from '@muster/wire/cms/signed.ts'
import { encode } from '@muster/wire/plist/plist.ts'
import { toPem } from '@muster/wire/x509/pem.ts'
import { fingerprint, parseCertificate } from '@muster/wire/x509/certificate.ts'
import type { Config } from '../../base/config.ts'
import type { Id } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import { type IssuerPurpose, issuerOf } from './issuer.ts'
import { serverOrg } from './store.ts'

/** DER of one of our authorities, made on first need. */
export async function caCertificate(
  base: Base,
  org: Id<'org'>,
  purpose: Extract<IssuerPurpose, `ca-${string}`> = 'ca-scep',
): Promise<Uint8Array> {
  return (await issuerOf(base, org, purpose)).certificate.der
}

/** SHA-256 of the SCEP authority's certificate, in hex: what a client checks GetCACert's answer against. */
export async function scepCaFingerprint(base: Base, org: Id<'org'>): Promise<string> {
  return fingerprint(await caCertificate(base, org, 'ca-scep'))
}

/** Where the org's SCEP server is. */
export function scepUrl(base: { config: { url: string } }, org: Id<'org'>): string {
  return `${base.config.url}/scep/${org}`
}

/** The bytes in a CMS signed message (RFC 5652 §5), by the signing certificate that our TLS authority vouches for. */
export async function sign(base: Base, org: Id<'org'>, bytes: Uint8Array): Promise<Uint8Array> {
  const signer = await issuerOf(base, org, 'profile-signing')
  const ca = await issuerOf(base, org, 'ca-tls')
  return signMessage({
    content: bytes,
    certificate: signer.certificate.der,
    key: signer.key,
    chain: [ca.certificate.der],
    signingTime: base.clock.now(),
  })
}

/** The authority that our server certificate hangs on, in PEM. */
export async function trustPem(base: Base): Promise<string> {
  return toPem('CERTIFICATE', await caCertificate(base, serverOrg, 'ca-tls'))
}

/** Whether devices meet a server certificate that only our own authority vouches for, so that they must be told to trust it. */
export function ownAuthority(config: Pick<Config, 'listen' | 'deviceListen' | 'tlsCert'>): boolean {
  return (config.listen.tls || config.deviceListen !== null) && config.tlsCert === null
}

/** SHA-256 of the public key of that authority, in base64url: what a device is told that cannot be given a certificate. */
export async function trustPin(base: Base): Promise<string> {
  const { spki } = parseCertificate(await caCertificate(base, serverOrg, 'ca-tls'))
  return createHash('sha256').update(spki).digest('base64url')
}

/** A signed file that makes an Apple device trust our server certificate once a person installs it. The same authority gives the same identifiers. */
export async function trustFile(base: Base): Promise<Uint8Array> {
  const der = await caCertificate(base, serverOrg, 'ca-tls')
  const host = new URL(base.config.url).hostname
  const plist = encode({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: `muster.trust.${host}`,
    PayloadUUID: uuidOf(der, 'file'),
    PayloadDisplayName: `Muster: trust ${host}`,
    PayloadDescription: `Lets this device recognize the server ${host}.`,
    PayloadContent: [
      {
        PayloadType: 'com.apple.security.root',
        PayloadVersion: 1,
        PayloadIdentifier: `muster.trust.${host}.authority`,
        PayloadUUID: uuidOf(der, 'authority'),
        PayloadDisplayName: 'Muster Server CA',
        PayloadCertificateFileName: 'muster-server-ca.cer',
        PayloadContent: der,
      },
    ],
  })
  return sign(base, serverOrg, plist)
}

/** A UUID that is the same for the same certificate (RFC 9562 §5.8, version 8). */
function uuidOf(der: Uint8Array, what: string): string {
  const hash = createHash('sha256').update(what).update(der).digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)]
  return parts.join('-').toUpperCase()
}
