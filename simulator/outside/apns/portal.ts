import { randomUUID } from 'node:crypto'
import { decode, dict, str } from '@muster/wire/plist/plist.ts'
import { issueCertificate, parseCertificate } from '@muster/wire/x509/certificate.ts'
import { toPem } from '@muster/wire/x509/pem.ts'
import { parseRequest } from '@muster/wire/x509/request.ts'
import { type Authority, mintAuthority } from './certificates.ts'

const day = 86_400_000

/** What is asked of the portal. */
export interface PortalWish {
  /** The topic of the row on which “Renew” was pressed; “Create” makes another one. */
  renew?: string
  notBefore?: number
  notAfter?: number
  authority?: Authority
}

/** Makes a push certificate from a request that a vendor signed, as the Apple Push Certificates Portal does; PEM. The key stays with whoever asked. */
export function portalIssue(signed: string, wish: PortalWish = {}): { certificate: string; topic: string } {
  const fields = dict(decode(new Uint8Array(Buffer.from(signed, 'base64'))))
  const request = parseRequest(new Uint8Array(Buffer.from(str(fields, 'PushCertRequestCSR') ?? '', 'base64')))
  if (!request.verified) throw new Error('the request is not signed by its own key')
  const topic = wish.renew ?? `com.apple.mgmt.External.${randomUUID()}`
  const authority = wish.authority ?? mintAuthority('Simulated Apple Application Integration 2')
  const der = issueCertificate({
    subject: [
      ['UID', topic],
      ['CN', `APSP:${topic.slice(topic.lastIndexOf('.') + 1)}`],
      ['C', 'US'],
    ],
    spki: request.spki,
    notBefore: wish.notBefore ?? Date.now() - day,
    notAfter: wish.notAfter ?? Date.now() + 365 * day,
    issuer: { certificate: parseCertificate(authority.certificate), key: authority.key },
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'],
  })
  return { certificate: toPem('CERTIFICATE', der), topic }
}
