import { type Dict, type Plist, str } from '@muster/wire/plist/plist.ts'
import { attribute, parseCertificate } from '@muster/wire/x509/certificate.ts'
import { fromPem } from '@muster/wire/x509/pem.ts'
import { passcodeCompliant } from '../declarations/status.ts'
import type { AppleDevice } from '../device.ts'
import type { Profile } from '../profile.ts'
import { restrictionsIn } from '../profile-rules.ts'
import { escrowedKey, isEncrypted, vaultOf } from '../vault.ts'
import type { Knowledge, Outcome, Place } from './order.ts'

/** The lists a device gives of itself. */
export const inventoryCommands: Record<string, Knowledge> = {
  InstalledApplicationList: { right: 256, accounts: true, carryOut: listApps },
  ProfileList: { right: 1, accounts: true, carryOut: listProfiles },
  ProvisioningProfileList: { right: 64, carryOut: () => ({ keys: { ProvisioningProfileList: [] } }) },
  CertificateList: { right: 1, accounts: true, needsUnlocked: true, carryOut: listCertificates },
  Restrictions: { right: 512, carryOut: tellRestrictions },
  SecurityInfo: { right: 1024, needsUnlocked: true, carryOut: tellSecurity },
}

function listApps({ device }: Place, command: Dict): Outcome {
  return { keys: { InstalledApplicationList: appsOf(device, command) } }
}

/** The apps of a device as a command asks for them; an empty one asks for all. */
export function appsOf(device: AppleDevice, command: Dict): Dict[] {
  const wanted = texts(command.Identifiers)
  const items = texts(command.Items)
  const managedOnly = command.ManagedAppsOnly === true
  return device.interior.apps
    .filter(
      app =>
        (!managedOnly || device.interior.managed.has(app.identifier)) &&
        (wanted.length === 0 || wanted.includes(app.identifier)),
    )
    .map(
      (app): Dict => ({
        Identifier: app.identifier,
        Name: app.name,
        Version: app.version,
        ShortVersion: app.shortVersion,
        BundleSize: app.bundleSize,
        ...(device.hardware.family === 'Mac' ? {} : { DynamicSize: app.dynamicSize }),
        Installing: false,
        AppStoreVendable: true,
        DeviceBasedVPP: false,
        BetaApp: false,
        AdHocCodeSigned: false,
        HasUpdateAvailable: false,
        IsValidated: true,
        ExternalVersionIdentifier: 870_000_000 + app.bundleSize,
      }),
    )
    .map(app => (items.length === 0 ? app : only(app, items)))
}

function listProfiles({ device, enrollment, account }: Place): Outcome {
  const installed =
    account === undefined ? [enrollment.profile, ...device.interior.profiles.values()] : [...account.profiles.values()]
  // Everything here came over MDM, so ManagedOnly changes nothing.
  return { keys: { ProfileList: installed.map(profile => describe(profile)) } }
}

function describe(profile: Profile): Dict {
  return {
    PayloadIdentifier: profile.identifier,
    PayloadUUID: profile.uuid,
    PayloadVersion: 1,
    PayloadDisplayName: profile.displayName,
    ...(profile.organization === undefined ? {} : { PayloadOrganization: profile.organization }),
    ...(profile.description === undefined ? {} : { PayloadDescription: profile.description }),
    PayloadRemovalDisallowed: profile.removalDisallowed,
    HasRemovalPasscode: false,
    IsEncrypted: profile.encrypted,
    IsManaged: true,
    ...(profile.signer === undefined ? {} : { SignerCertificates: [profile.signer] }),
    PayloadContent: profile.payloads.map((payload): Dict => {
      const name = str(payload, 'PayloadDisplayName')
      return {
        PayloadType: payload.PayloadType ?? '',
        PayloadIdentifier: payload.PayloadIdentifier ?? '',
        PayloadUUID: payload.PayloadUUID ?? '',
        PayloadVersion: 1,
        ...(name === undefined ? {} : { PayloadDisplayName: name }),
      }
    }),
  }
}

function listCertificates({ device, enrollment }: Place): Outcome {
  const roots = enrollment.profile.roots.flatMap(pem => fromPem(pem).map(({ der }) => describeCertificate(der, false)))
  const others = device.interior.certificates.map(one => describeCertificate(one.der, one.identity))
  return {
    keys: { CertificateList: [describeCertificate(enrollment.identity.certificate, true), ...roots, ...others] },
  }
}

function describeCertificate(der: Uint8Array, identity: boolean): Dict {
  const { subject } = parseCertificate(der)
  return { CommonName: attribute(subject, 'CN') ?? attribute(subject, 'O') ?? '', Data: der, IsIdentity: identity }
}

function tellRestrictions({ device: { interior } }: Place): Outcome {
  const together = restrictionsIn(interior.profiles.values(), interior.supervised)
  const restrictedBool: Dict = Object.fromEntries([...together].map(([key, value]) => [key, { value }]))
  return { keys: { GlobalRestrictions: { restrictedBool }, ProfileRestrictions: {} } }
}

function tellSecurity({ device, enrollment }: Place): Outcome {
  const { interior } = device
  const common: Dict = {
    PasscodePresent: interior.passcode,
    PasscodeCompliant: passcodeCompliant(device),
    PasscodeCompliantWithProfiles: passcodeCompliant(device),
    ManagementStatus: {
      EnrolledViaDEP: false,
      IsUserEnrollment: enrollment.enrollmentId !== undefined,
      UserApprovedEnrollment: true,
      IsActivationLockManageable: interior.supervised,
    },
  }
  const special = device.hardware.family === 'Mac' ? macSecurity(device) : handheldSecurity(interior.passcode)
  return { keys: { SecurityInfo: { ...common, ...special } } }
}

function handheldSecurity(passcode: boolean): Dict {
  return {
    // 1 block level, 2 file level, 3 both.
    HardwareEncryptionCaps: 3,
    PasscodeLockGracePeriod: passcode ? 0 : -1,
    PasscodeLockGracePeriodEnforced: passcode ? 0 : -1,
    AutoLockTime: 300,
  }
}

function macSecurity(device: AppleDevice): Dict {
  const weak = device.options.weakened === true
  const recoveryKey = escrowedKey(device)
  const encrypted = isEncrypted(device)
  return {
    FDE_Enabled: encrypted,
    FDE_HasPersonalRecoveryKey: encrypted,
    FDE_HasInstitutionalRecoveryKey: false,
    ...(recoveryKey === undefined ? {} : { FDE_PersonalRecoveryKeyCMS: recoveryKey }),
    SystemIntegrityProtectionEnabled: !weak,
    AuthenticatedRootVolumeEnabled: !weak,
    RemoteDesktopEnabled: false,
    IsRecoveryLockEnabled: vaultOf(device).recoveryLock !== '',
    BootstrapTokenAllowedForAuthentication: 'allowed',
    BootstrapTokenRequiredForSoftwareUpdate: true,
    BootstrapTokenRequiredForKernelExtensionApproval: true,
    FirewallSettings: {
      FirewallEnabled: true,
      BlockAllIncoming: false,
      StealthMode: false,
      Applications: [],
      LoggingEnabled: true,
      LoggingOption: 'throttled',
    },
    SecureBoot: {
      SecureBootLevel: weak ? 'off' : 'full',
      ExternalBootLevel: 'disallowed',
      ReducedSecurity: { AllowsAnyAppleSignedOS: false, AllowsMDM: false, AllowsUserKextApproval: false },
    },
  }
}

function texts(value: Plist | undefined): string[] {
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
}

function only(from: Dict, keys: readonly string[]): Dict {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)))
}
