import type { Json } from '@muster/wire/apple/result.ts'
import { bool, bytes, type Dict, list, num, str } from '@muster/wire/plist/plist.ts'
import { isDict } from '@muster/wire/plist/value.ts'
import { attribute, fingerprint, parseCertificate } from '@muster/wire/x509/certificate.ts'
import { Malformed } from '@muster/wire/malformed.ts'

/** The apps of an InstalledApplicationList answer. Whether the org manages an app is said by another command. */
export function appsIn(answer: Dict): Json[] {
  return rows(answer, 'InstalledApplicationList').map(app => ({
    name: str(app, 'Name') ?? null,
    identifier: str(app, 'Identifier') ?? null,
    version: str(app, 'Version') ?? null,
    shortVersion: str(app, 'ShortVersion') ?? null,
    bundleSize: num(app, 'BundleSize') ?? null,
    dataSize: num(app, 'DynamicSize') ?? null,
    managed: null,
    installing: bool(app, 'Installing') ?? null,
    updateAvailable: bool(app, 'HasUpdateAvailable') ?? null,
    beta: bool(app, 'BetaApp') ?? null,
    source: str(app, 'Source') ?? null,
  }))
}

/** The profiles of a ProfileList answer. */
export function profilesIn(answer: Dict): Json[] {
  return rows(answer, 'ProfileList').map(profile => ({
    identifier: str(profile, 'PayloadIdentifier') ?? null,
    uuid: str(profile, 'PayloadUUID') ?? null,
    name: str(profile, 'PayloadDisplayName') ?? null,
    organization: str(profile, 'PayloadOrganization') ?? null,
    description: str(profile, 'PayloadDescription') ?? null,
    version: num(profile, 'PayloadVersion') ?? null,
    managed: bool(profile, 'IsManaged') ?? null,
    encrypted: bool(profile, 'IsEncrypted') ?? null,
    removable: opposite(bool(profile, 'PayloadRemovalDisallowed')),
    source: str(profile, 'Source') ?? null,
    payloads: rows(profile, 'PayloadContent').map(payload => ({
      type: str(payload, 'PayloadType') ?? null,
      identifier: str(payload, 'PayloadIdentifier') ?? null,
      uuid: str(payload, 'PayloadUUID') ?? null,
      name: str(payload, 'PayloadDisplayName') ?? null,
    })),
  }))
}

/** The certificates of a CertificateList answer, opened as far as they can be. */
export function certificatesIn(answer: Dict): Json[] {
  return rows(answer, 'CertificateList').map(entry => {
    const der = bytes(entry, 'Data')
    return {
      commonName: str(entry, 'CommonName') ?? null,
      identity: bool(entry, 'IsIdentity') ?? null,
      fingerprint: der ? fingerprint(der) : null,
      ...opened(der),
    }
  })
}

function opened(der: Uint8Array | undefined): Record<string, Json> {
  const unknown = { subject: null, issuer: null, serial: null, notBefore: null, notAfter: null }
  if (!der) return unknown
  try {
    const certificate = parseCertificate(der)
    return {
      subject: attribute(certificate.subject, 'CN') ?? null,
      issuer: attribute(certificate.issuer, 'CN') ?? null,
      serial: certificate.serial,
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
    }
  } catch (error) {
    // A device may hold any certificate; one that we cannot read is listed by its name alone.
    if (error instanceof Malformed) return unknown
    throw error
  }
}

function rows(from: Dict, key: string): Dict[] {
  return (list(from, key) ?? []).filter(isDict)
}

function opposite(value: boolean | undefined): boolean | null {
  return value === undefined ? null : !value
}
