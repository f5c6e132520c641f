import { X509Certificate } from 'node:crypto'
import { verify } from '@muster/wire/cms/signed.ts'
import { bool, bytes, type Dict, decode, dict, list, num, type Plist, str } from '@muster/wire/plist/plist.ts'
import type { Name } from '@muster/wire/x509/certificate.ts'
import { toPem } from '@muster/wire/x509/pem.ts'
import type { AcmePayload } from './acme.ts'

/** A profile could not be read or may not be installed; the code is one of MCInstallationErrorDomain. */
export class ProfileRefused extends Error {
  override readonly name = 'ProfileRefused'
  readonly code: number

  constructor(code: number, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** Any configuration profile, as far as a device looks into it. */
export interface Profile {
  identifier: string
  uuid: string
  displayName: string
  organization: string | undefined
  description: string | undefined
  removalDisallowed: boolean
  encrypted: boolean
  payloads: Dict[]
  /** DER of who signed it; undefined for an unsigned profile. */
  signer: Uint8Array | undefined
  /** By which way it came to the device; absent before it is installed. */
  way?: 'commands' | 'declarations'
}

/** What a SCEP payload asks for. */
export interface ScepPayload {
  uuid: string
  url: string
  name: string | undefined
  subject: Name
  challenge: string | undefined
  bits: number
  fingerprint: Uint8Array | undefined
  dnsNames: readonly string[]
  retries: number
  retryDelayMs: number
}

/** What an MDM payload says. */
export interface MdmPayload {
  serverUrl: string
  checkInUrl: string
  topic: string
  identityUuid: string
  signMessage: boolean
  accessRights: number
  capabilities: readonly string[]
  checkOutWhenRemoved: boolean
  /** `BYOD` enrollments show an EnrollmentID instead of the UDID. */
  mode: string | undefined
}

/** A profile that enrolls: identity, MDM and, often, the server's root. */
export interface EnrollmentProfile extends Profile {
  /** One of the two says where the identity comes from. */
  scep?: ScepPayload
  acme?: AcmePayload & { uuid: string }
  mdm: MdmPayload
  /** PEM of each root payload. */
  roots: readonly string[]
}

/** Reads a .mobileconfig: verifies the CMS signature when there is one, then the property list inside. */
export function readProfile(file: Uint8Array): Profile {
  const signed = file[0] === 0x30
  const { content, signer } = signed ? unwrap(file) : { content: file, signer: undefined }
  const root = parse(content)
  if (str(root, 'PayloadType') !== 'Configuration') throw new ProfileRefused(4000, 'the file is not a profile')
  const identifier = str(root, 'PayloadIdentifier')
  const uuid = str(root, 'PayloadUUID')
  if (identifier === undefined || uuid === undefined)
    throw new ProfileRefused(4000, 'PayloadIdentifier or PayloadUUID is missing')
  const payloads = (list(root, 'PayloadContent') ?? []).map(one => dict(one))
  for (const payload of payloads)
    for (const key of ['PayloadType', 'PayloadIdentifier', 'PayloadUUID'])
      if (str(payload, key) === undefined) throw new ProfileRefused(4000, `a payload has no ${key}`)
  return {
    identifier,
    uuid,
    displayName: str(root, 'PayloadDisplayName') ?? identifier,
    organization: str(root, 'PayloadOrganization'),
    description: str(root, 'PayloadDescription'),
    removalDisallowed: bool(root, 'PayloadRemovalDisallowed') ?? false,
    encrypted: bool(root, 'IsEncrypted') ?? false,
    payloads,
    signer,
  }
}

/** Whether the profile carries an MDM payload. */
export function enrolls(profile: Profile): boolean {
  return profile.payloads.some(payload => payload.PayloadType === 'com.apple.mdm')
}

/** Reads the parts of a profile that enroll; throws `ProfileRefused` naming what is missing. */
export function readEnrollmentProfile(profile: Profile): EnrollmentProfile {
  const mdm = readMdm(only(profile, 'com.apple.mdm'))
  const scep = profile.payloads
    .filter(payload => payload.PayloadType === 'com.apple.security.scep')
    .map(readScep)
    .find(({ uuid }) => uuid.toLowerCase() === mdm.identityUuid.toLowerCase())
  const acme = profile.payloads
    .filter(payload => payload.PayloadType === 'com.apple.security.acme')
    .map(readAcme)
    .find(({ uuid }) => uuid.toLowerCase() === mdm.identityUuid.toLowerCase())
  if (scep === undefined && acme === undefined)
    throw new ProfileRefused(4001, `no identity payload ${mdm.identityUuid}`)
  const from = scep === undefined ? {} : { scep }
  return { ...profile, mdm, ...from, ...(acme ? { acme } : {}), roots: readRoots(profile).map(({ pem }) => pem) }
}

/** A key in the chip is elliptic, and one that is attested is in the chip; anything else the device refuses. */
function readAcme(payload: Dict): AcmePayload & { uuid: string } {
  const directoryUrl = str(payload, 'DirectoryURL')
  const clientIdentifier = str(payload, 'ClientIdentifier')
  if (directoryUrl === undefined || clientIdentifier === undefined)
    throw new ProfileRefused(4001, 'DirectoryURL or ClientIdentifier is missing')
  if (bool(payload, 'Attest') && !bool(payload, 'HardwareBound'))
    throw new ProfileRefused(4001, 'only a key in the chip is attested')
  if (bool(payload, 'HardwareBound') && str(payload, 'KeyType') !== 'ECSECPrimeRandom')
    throw new ProfileRefused(4001, 'the chip makes elliptic keys')
  return { uuid: str(payload, 'PayloadUUID') ?? '', directoryUrl, clientIdentifier, subject: [] }
}

/** Reads a profile that brings an identity alone, as in the profile service. */
export function readServiceProfile(profile: Profile): { scep: ScepPayload; roots: readonly string[] } {
  const [scep, ...others] = readScepPayloads(profile)
  if (scep === undefined || others.length > 0) throw new ProfileRefused(4001, 'one identity payload is needed')
  return { scep, roots: readRoots(profile).map(({ pem }) => pem) }
}

/** The certificates a profile brings. */
export function readRoots(profile: Profile): { pem: string; der: Uint8Array; name: string }[] {
  return profile.payloads
    .filter(({ PayloadType: type }) => type === 'com.apple.security.root' || type === 'com.apple.security.pem')
    .map(payload => {
      const pem = readRoot(payload)
      return { pem, der: new X509Certificate(pem).raw, name: str(payload, 'PayloadDisplayName') ?? '' }
    })
}

/** The identities a profile asks for. */
export function readScepPayloads(profile: Profile): ScepPayload[] {
  return profile.payloads.filter(payload => payload.PayloadType === 'com.apple.security.scep').map(readScep)
}

function unwrap(file: Uint8Array): { content: Uint8Array; signer: Uint8Array } {
  try {
    const { content, signer } = verify(file)
    return { content, signer: signer.der }
  } catch (error) {
    throw new ProfileRefused(4000, 'the signature of the profile is not valid', error)
  }
}

function parse(content: Uint8Array): Dict {
  try {
    return dict(decode(content))
  } catch (error) {
    throw new ProfileRefused(4000, 'the profile is not a property list', error)
  }
}

function only(profile: Profile, type: string): Dict {
  const found = profile.payloads.filter(payload => payload.PayloadType === type)
  if (found.length !== 1 || found[0] === undefined)
    throw new ProfileRefused(4001, `${found.length} payloads of type ${type} where one is needed`)
  return found[0]
}

function readMdm(payload: Dict): MdmPayload {
  const serverUrl = need(payload, 'ServerURL')
  const accessRights = num(payload, 'AccessRights') ?? 0
  const topic = need(payload, 'Topic')
  const mode = str(payload, 'EnrollmentMode')
  if (mode !== 'BYOD' && (accessRights < 1 || accessRights > 8191))
    throw new ProfileRefused(4001, 'AccessRights is not valid')
  if (!topic.startsWith('com.apple.mgmt.')) throw new ProfileRefused(4001, 'Topic does not begin with com.apple.mgmt.')
  return {
    serverUrl,
    checkInUrl: str(payload, 'CheckInURL') ?? serverUrl,
    topic,
    identityUuid: need(payload, 'IdentityCertificateUUID'),
    signMessage: bool(payload, 'SignMessage') ?? false,
    accessRights: mode === 'BYOD' ? 8191 : accessRights,
    capabilities: (list(payload, 'ServerCapabilities') ?? []).filter(one => typeof one === 'string'),
    checkOutWhenRemoved: bool(payload, 'CheckOutWhenRemoved') ?? false,
    mode,
  }
}

function readScep(payload: Dict): ScepPayload {
  const content = dict(payload.PayloadContent)
  const url = need(content, 'URL')
  // The operating system appends `?operation=…` blindly.
  if (url.includes('?')) throw new ProfileRefused(4001, 'the SCEP URL carries a query')
  const alternative = content.SubjectAltName === undefined ? {} : dict(content.SubjectAltName)
  const names = alternative.dNSName
  return {
    uuid: need(payload, 'PayloadUUID'),
    url,
    name: str(content, 'Name'),
    subject: readSubject(list(content, 'Subject') ?? []),
    challenge: str(content, 'Challenge'),
    bits: num(content, 'Keysize') ?? 1024,
    fingerprint: bytes(content, 'CAFingerprint'),
    dnsNames: (Array.isArray(names) ? names : [names]).filter(one => typeof one === 'string'),
    retries: num(content, 'Retries') ?? 3,
    retryDelayMs: (num(content, 'RetryDelay') ?? 10) * 1000,
  }
}

/** The payload's Subject is an array of RDNs, each an array of [type, value] pairs. */
function readSubject(subject: readonly Plist[]): Name {
  const pairs = subject.flatMap(rdn => (Array.isArray(rdn) ? rdn : []))
  return pairs.map(pair => {
    const [type, value] = Array.isArray(pair) ? pair : []
    if (typeof type !== 'string' || typeof value !== 'string')
      throw new ProfileRefused(4001, 'Subject is not well formed')
    return [type, value] as const
  })
}

function readRoot(payload: Dict): string {
  const content = bytes(payload, 'PayloadContent')
  if (content === undefined) throw new ProfileRefused(4001, 'a root payload without a certificate')
  try {
    return toPem('CERTIFICATE', new X509Certificate(content).raw)
  } catch (error) {
    throw new ProfileRefused(4001, 'a root payload is not a certificate', error)
  }
}

function need(payload: Dict, key: string): string {
  const value = str(payload, key)
  if (value === undefined || value === '') throw new ProfileRefused(4001, `${key} is missing`)
  return value
}
