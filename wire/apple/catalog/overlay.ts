import type { Artifact, Exclusive, Field, Shape } from './catalog.ts'

/*
 * What the published files say in prose alone, or do not say: which keys shut each other out, which are secret, what is dangerous,
 * what the server's own answers look like, and which widget a person wants.
 */

/** Keys of which one is needed; where nobody says that two of them are wrong, they may stand together. */
const needsOne = (at: string, ...of: string[]): readonly Exclusive[] => [{ of, at, required: true, together: true }]

/** By family and identifier: keys of which at most one, exactly one or at least one may be there. */
export const exclusives: Readonly<Record<string, readonly Exclusive[]>> = {
  'declaration com.apple.configuration.app.managed': [
    { of: ['AppStoreID', 'BundleID', 'ManifestURL', 'AppComposedIdentifier'], at: '', required: true },
  ],
  'declaration com.apple.configuration.legacy': [
    { of: ['ProfileURL', 'ProfileAssetReference'], at: '', required: true },
  ],
  'declaration com.apple.configuration.legacy.interactive': [
    { of: ['ProfileURL', 'ProfileAssetReference'], at: '', required: true },
  ],
  'command InstallApplication': needsOne('', 'iTunesStoreID', 'Identifier', 'ManifestURL'),
  'command InstallEnterpriseApplication': needsOne('', 'Manifest', 'ManifestURL'),
  'command InstallMedia': needsOne('', 'iTunesStoreID', 'MediaURL'),
  'command RemoveMedia': needsOne('', 'iTunesStoreID', 'PersistentID'),
  'command RequestMirroring': needsOne('', 'DestinationName', 'DestinationDeviceID'),
  'command DeleteUser': needsOne('', 'UserName', 'DeleteAllUsers'),
  'command ScheduleOSUpdate': needsOne('/Updates/*', 'ProductKey', 'ProductVersion'),
}

/** Commands whose effect cannot be taken back, or that may lock out the device's user. */
export const dangerous: ReadonlySet<string> = new Set(
  [
    'ClearPasscode',
    'ClearRestrictionsPassword',
    'DeleteUser',
    'DeviceLock',
    'EnableLostMode',
    'EraseDevice',
    'RemoveProfile',
    'RequestUnlockToken',
    'RotateFileVaultKey',
    'SetAutoAdminPassword',
    'SetFirmwarePassword',
    'SetRecoveryLock',
    'ShutDownDevice',
  ].map(id => `command ${id}`),
)

/** Exact names of keys that hold something nobody may read back, where their value is a text or bytes. */
const secretNames = new Set([
  'BootstrapToken',
  'Challenge',
  'CurrentPassword',
  'NewPassword',
  'PIN',
  'PrivateKeyExport',
  'RegistrationToken',
  'RemovalPassword',
  'SharedSecret',
  'UnlockToken',
  'passwordHash',
  'sharedSecret',
])
const notSecret = /Regex|Encryption|URL|Type$|PasswordUUID/

/** Whether a key holds a secret: by its name, which Apple uses alike everywhere. */
export function isSecret(artifact: Artifact, field: Field): boolean {
  if (field.type !== 'string' && field.type !== 'data') return false
  if (secretNames.has(field.name)) return true
  if (artifact.family === 'declaration' && field.name === 'Token') return true
  return /[Pp]assword$/.test(field.name) && !notSecret.test(field.name)
}

const longText = new Set([
  'AutoFilterKeywords',
  'Banner Text',
  'CodeRequirement',
  'ConsentText',
  'Footnote',
  'LoginwindowText',
  'Message',
  'PayloadCertificateFileContent',
  'ProxyPACURL',
])

/** The widget a person wants where the type does not tell. */
export function widgetOf(_artifact: Artifact, field: Field): string | undefined {
  if (field.type === 'string' && longText.has(field.name)) return 'long'
  if (field.type === 'string' && /(^Predicate$|Script$)/.test(field.name)) return 'code'
  return undefined
}

const text = (name: string, more: Partial<Field> = {}): Field => ({ name, type: 'string', ...more })

/** Shapes whose published form stops short. */
export const replaced: Readonly<Record<string, Shape>> = {
  'document tokensresponse': {
    fields: [
      {
        name: 'SyncTokens',
        type: 'dictionary',
        required: true,
        fields: [
          text('Timestamp', { required: true, form: 'timestamp' }),
          text('DeclarationsToken', { required: true }),
        ],
      },
    ],
  },
}
