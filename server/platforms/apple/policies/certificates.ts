import { createHash } from 'node:crypto'
import type { Dict, Plist } from '@muster/wire/plist/plist.ts'
import { attribute, type Certificate } from '@muster/wire/x509/certificate.ts'
import { certificatesIn, type Json } from '../../../areas/policies/index.ts'
import { flagOf, given, isValues, type Pen, textOf, type Values, type Writer } from './pen.ts'

/** Adds the certificates of a value as payloads; answers their UUIDs. */
export function addAnchors(pen: Pen, values: readonly Json[], name: string): string[] {
  return values
    .flatMap(value => certificatesIn(value))
    .map(({ der, read }, at) => {
      // Only what signed itself goes among the roots; anything else is a link of a chain (Apple: CertificateRoot, CertificatePKCS1).
      const root = Buffer.from(read.subjectDer).equals(read.issuerDer)
      const type = root ? 'com.apple.security.root' : 'com.apple.security.pkcs1'
      return pen.add(type, `${name}.${at}`, { PayloadContent: der }, commonName(read) ?? 'Certificate')
    })
}

function commonName(read: Certificate): string | undefined {
  return attribute(read.subject, 'CN')
}

/** Adds the payload that lets the device fetch a certificate of its own; answers its UUID. */
export function addIdentity(pen: Pen, source: Values, name: string, displayName: string): string {
  const own = source['source'] !== 'scep'
  const from = own ? pen.identity() : null
  const content: Dict = given({
    URL: own ? from?.scepUrl : textOf(source['url']),
    Name: own ? from?.authorityName : textOf(source['authorityName']),
    Subject: subjectOf(source, from?.subject),
    SubjectAltName: namesOf(source),
    Challenge: own ? from?.challenge : pen.secret(source['challenge']),
    CAFingerprint: from?.caCertificate
      ? new Uint8Array(createHash('sha256').update(from.caCertificate).digest())
      : fingerprintIn(source['fingerprint']),
    Keysize: source['keyBits'] === '4096' ? 4096 : 2048,
    'Key Type': 'RSA',
    // Signing and encryption.
    'Key Usage': 5,
    Retries: 3,
    RetryDelay: 10,
    KeyIsExtractable: pen.on.platform === 'macos' ? (flagOf(source['extractable']) ?? false) : undefined,
    AllowAllAppsAccess: pen.on.platform === 'macos' ? (flagOf(source['allApps']) ?? false) : undefined,
  })
  return pen.add('com.apple.security.scep', name, { PayloadContent: content }, displayName)
}

function subjectOf(source: Values, fallback: string | undefined): Plist[] {
  const parts: [string, string | undefined][] = [
    ['O', textOf(source['organization'])],
    ['OU', textOf(source['organizationalUnit'])],
    ['CN', textOf(source['commonName']) ?? fallback],
  ]
  return parts.flatMap(([type, is]): Plist[] => (is === undefined ? [] : [[[type, is]]]))
}

function namesOf(source: Values): Dict | undefined {
  const names = given({
    rfc822Name: textOf(source['email']),
    dNSName: textOf(source['dnsName']),
    uniformResourceIdentifier: textOf(source['uri']),
    ntPrincipalName: textOf(source['principalName']),
  })
  return Object.keys(names).length > 0 ? names : undefined
}

function fingerprintIn(value: Json | undefined): Uint8Array | undefined {
  const hex = textOf(value)?.replaceAll(/[^0-9A-Fa-f]/g, '')
  return hex ? new Uint8Array(Buffer.from(hex, 'hex')) : undefined
}

/** A certificate of the device's own. */
export const identity: Writer = (value, pen, instance) => {
  const name = instance ?? textOf(value['name']) ?? 'Certificate'
  addIdentity(pen, value, 'identity', name)
  return { displayName: name }
}

/** Authorities to trust. */
export const certificates: Writer = (value, pen, instance) => {
  const list = value['certificates']
  addAnchors(pen, Array.isArray(list) ? list : [], 'certificate')
  return { displayName: instance ?? 'Certificates' }
}

/** The source of a device's own certificate inside another kind, if it has one. */
export function sourceIn(value: Json | undefined): Values | null {
  return isValues(value) ? value : null
}
