import { type Dict, encode, type Plist } from '../plist/plist.ts'

/** Everything a management profile may do on a device; AccessRights is a sum of these (Apple: MDM payload). */
export const accessRights = {
  inspectProfiles: 1,
  installProfiles: 2,
  lockAndRemovePasscode: 4,
  erase: 8,
  queryDevice: 16,
  queryNetwork: 32,
  inspectProvisioning: 64,
  installProvisioning: 128,
  inspectApps: 256,
  queryRestrictions: 512,
  querySecurity: 1024,
  settings: 2048,
  manageApps: 4096,
} as const

/** All rights together. */
export const allAccessRights = 8191

/** Whether the sum is one a device accepts: not zero, and no right without the one it builds on. */
export function validAccessRights(rights: number): boolean {
  const has = (bit: number): boolean => (rights & bit) !== 0
  if (!Number.isInteger(rights) || rights < 1 || rights > allAccessRights) return false
  if (has(accessRights.installProfiles) && !has(accessRights.inspectProfiles)) return false
  return !has(accessRights.installProvisioning) || has(accessRights.inspectProvisioning)
}

/** What an enrollment profile promises the device. */
export interface EnrollmentProfile {
  /** Names the profile on the device; the same one replaces it in place, so it stays for as long as the enrollment does. */
  readonly identifier: string
  readonly displayName: string
  readonly organization: string
  readonly description: string
  /** Trust anchors in DER, for a server whose certificate no public CA signed. */
  readonly anchors: readonly { der: Uint8Array; name: string }[]
  readonly scep: {
    readonly url: string
    readonly name: string
    readonly subject: readonly (readonly [type: string, value: string])[]
    readonly challenge: string
    readonly keyBits: 2048 | 4096
    /** Fingerprint of the CA certificate, so that the device asks only the right one. */
    readonly caFingerprint?: Uint8Array
  }
  /** Instead of SCEP: an identity whose key never leaves the chip, which vouches for it. */
  readonly acme?: {
    readonly directoryUrl: string
    /** The one-time proof by which the server expects the device. */
    readonly clientIdentifier: string
    readonly name: string
    readonly subject: readonly (readonly [type: string, value: string])[]
  }
  readonly mdm: {
    readonly topic: string
    readonly url: string
    readonly accessRights: number
    /** Account-driven enrollment: in which mode, and the Managed Apple Account it is for. */
    readonly account?: { readonly mode: 'BYOD' | 'ADDE'; readonly id: string }
  }
}

/** Writes the enrollment profile as an unsigned property list; `uuid` gives a fresh UUID per payload, because its content is new. */
export function encodeEnrollmentProfile(profile: EnrollmentProfile, uuid: () => string): Uint8Array {
  const identityUuid = uuid().toUpperCase()
  const anchors = anchorPayloads(profile, uuid)
  return encode({
    ...payload('Configuration', profile.identifier, uuid(), profile.displayName),
    PayloadOrganization: profile.organization,
    PayloadDescription: profile.description,
    PayloadScope: 'System',
    PayloadContent: [...anchors, identityPayload(profile, identityUuid), mdmPayload(profile, identityUuid, uuid())],
  })
}

/** Writes a profile that brings a certificate alone (Apple: Profile Service, phase 2). */
export function encodeScepProfile(profile: Omit<EnrollmentProfile, 'mdm'>, uuid: () => string): Uint8Array {
  return encode({
    ...payload('Configuration', profile.identifier, uuid(), profile.displayName),
    PayloadOrganization: profile.organization,
    PayloadDescription: profile.description,
    PayloadContent: [...anchorPayloads(profile, uuid), scepPayload(profile, uuid().toUpperCase())],
  })
}

function anchorPayloads({ anchors, identifier }: Omit<EnrollmentProfile, 'mdm'>, uuid: () => string): Dict[] {
  return anchors.map(({ der, name }, place) => ({
    ...payload('com.apple.security.root', `${identifier}.root.${place}`, uuid(), name),
    PayloadContent: der,
  }))
}

function identityPayload(profile: EnrollmentProfile, uuid: string): Dict {
  return profile.acme ? acmePayload(profile.identifier, profile.acme, uuid) : scepPayload(profile, uuid)
}

/** Keys in the chip are elliptic, and only with Attest does the device say so (Apple: com.apple.security.acme). */
function acmePayload(identifier: string, acme: NonNullable<EnrollmentProfile['acme']>, uuid: string): Dict {
  return {
    ...payload('com.apple.security.acme', `${identifier}.acme`, uuid, acme.name),
    DirectoryURL: acme.directoryUrl,
    ClientIdentifier: acme.clientIdentifier,
    KeyType: 'ECSECPrimeRandom',
    KeySize: 384,
    HardwareBound: true,
    Attest: true,
    UsageFlags: 1,
    ExtendedKeyUsage: ['1.3.6.1.5.5.7.3.2'],
    Subject: acme.subject.map(([type, value]): Plist => [[type, value]]),
    KeyIsExtractable: false,
    AllowAllAppsAccess: false,
  }
}

function scepPayload({ identifier, scep }: Omit<EnrollmentProfile, 'mdm'>, uuid: string): Dict {
  const content: Dict = {
    URL: scep.url,
    Name: scep.name,
    Subject: scep.subject.map(([type, value]): Plist => [[type, value]]),
    Challenge: scep.challenge,
    Keysize: scep.keyBits,
    'Key Type': 'RSA',
    'Key Usage': 5,
    Retries: 3,
    RetryDelay: 10,
    KeyIsExtractable: false,
    AllowAllAppsAccess: false,
  }
  if (scep.caFingerprint) content.CAFingerprint = scep.caFingerprint
  return { ...payload('com.apple.security.scep', `${identifier}.scep`, uuid, scep.name), PayloadContent: content }
}

function mdmPayload({ identifier, displayName, mdm }: EnrollmentProfile, identityUuid: string, uuid: string): Dict {
  return {
    ...payload('com.apple.mdm', `${identifier}.mdm`, uuid, displayName),
    IdentityCertificateUUID: identityUuid,
    Topic: mdm.topic,
    ServerURL: mdm.url,
    CheckInURL: mdm.url,
    SignMessage: true,
    AccessRights: mdm.accessRights,
    CheckOutWhenRemoved: true,
    ...(mdm.account ? { EnrollmentMode: mdm.account.mode, AssignedManagedAppleID: mdm.account.id } : {}),
    // Can be asked for at enrollment only: without it there is never a user channel (Apple: ServerCapabilities).
    ServerCapabilities: ['com.apple.mdm.per-user-connections', 'com.apple.mdm.bootstraptoken', 'com.apple.mdm.token'],
  }
}

function payload(type: string, identifier: string, uuid: string, displayName: string): Dict {
  return {
    PayloadType: type,
    PayloadVersion: 1,
    PayloadIdentifier: identifier,
    PayloadUUID: uuid.toUpperCase(),
    PayloadDisplayName: displayName,
  }
}
