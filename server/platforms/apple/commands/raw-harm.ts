import type { Impact } from '../../../areas/guard/index.ts'

// What erases, deletes someone's data, or can end the management of the device, as the removal of a profile can whose content nobody looks at.
const irreversible: ReadonlySet<string> = new Set(['EraseDevice', 'DeleteUser', 'RemoveProfile'])

// Ours to undo: what is installed, told, or set as a setting.
const reversible: ReadonlySet<string> = new Set([
  'DeclarativeManagement',
  'DisableLostMode',
  'DisableRemoteDesktop',
  'EnableRemoteDesktop',
  'InstallApplication',
  'InstallEnterpriseApplication',
  'InstallMedia',
  'InstallProfile',
  'InstallProvisioningProfile',
  'InviteToProgram',
  'PlayLostModeSound',
  'RequestMirroring',
  'Settings',
  'StopMirroring',
  'ValidateApplications',
])

// Questions only.
const reading: ReadonlySet<string> = new Set([
  'ActiveNSExtensions',
  'AvailableOSUpdates',
  'CertificateList',
  'DeviceInformation',
  'DeviceLocation',
  'InstalledApplicationList',
  'ManagedApplicationAttributes',
  'ManagedApplicationConfiguration',
  'ManagedApplicationFeedback',
  'ManagedApplicationList',
  'ManagedMediaList',
  'NSExtensionMappings',
  'OSUpdateStatus',
  'ProfileList',
  'ProvisioningProfileList',
  'Restrictions',
  'SecurityInfo',
  'UserConfigured',
  'UserList',
])

/** How much harm a command of this request type can do. What is not known here counts as interrupting somebody. */
export function harmOf(requestType: string): Impact {
  if (irreversible.has(requestType)) return 'irreversible'
  if (reversible.has(requestType)) return 'reversible'
  return reading.has(requestType) ? 'read' : 'disruptive'
}
