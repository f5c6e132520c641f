import type { AppState } from '../../../areas/apps/index.ts'

/** What a word of the device about an app means: how far it is, and why where that needs a reason. `final`: trying again by itself cannot help. */
export interface Meaning {
  readonly state: AppState
  readonly code?: string
  readonly final?: boolean
}

const plain = (state: AppState, code?: string): Meaning => (code === undefined ? { state } : { state, code })

/** States of ManagedApplicationList and ManagedMediaList (Apple: ManagedApplicationListResponse, ManagedMediaListResponse). */
const listed: Readonly<Record<string, Meaning>> = {
  Queued: plain('sent'),
  NeedsRedemption: plain('license', 'app.no-license'),
  Redeeming: plain('sent'),
  Prompting: plain('asking', 'app.asking'),
  PromptingForLogin: plain('asking', 'app.sign-in'),
  PromptingForUpdate: plain('asking', 'app.asking'),
  PromptingForUpdateLogin: plain('asking', 'app.sign-in'),
  PromptingForManagement: plain('asking', 'app.asking'),
  ValidatingPurchase: plain('sent'),
  ValidatingUpdate: plain('updating'),
  Installing: plain('installing'),
  Updating: plain('updating'),
  Managed: plain('installed'),
  Installed: plain('installed'),
  ManagedButUninstalled: plain('removed'),
  Uninstalled: plain('removed'),
  UserInstalledApp: { state: 'failed', code: 'app.there-unmanaged', final: true },
  UserRejected: { state: 'rejected', code: 'app.rejected', final: true },
  UpdateRejected: { state: 'rejected', code: 'app.rejected', final: true },
  ManagementRejected: { state: 'rejected', code: 'app.rejected', final: true },
  Failed: plain('failed', 'app.install-failed'),
  Unknown: plain('sent'),
}

/** States of `app.managed.list` (Apple: StatusAppManagedList). */
const declared: Readonly<Record<string, Meaning>> = {
  optional: plain('asking', 'app.asking'),
  queued: plain('sent'),
  'prompting-for-consent': plain('asking', 'app.asking'),
  'prompting-for-login': plain('asking', 'app.sign-in'),
  'prompting-for-management': plain('asking', 'app.asking'),
  downloading: plain('downloading'),
  installing: plain('installing'),
  managed: plain('installed'),
  'managed-but-uninstalled': plain('removed'),
  failed: plain('failed', 'app.install-failed'),
}

/** Reasons that come with such a state. */
const reasons: Readonly<Record<string, Meaning>> = {
  'Error.UnmanagedAppAlreadyInstalled': { state: 'failed', code: 'app.there-unmanaged', final: true },
  'Error.DuplicateConfiguredApp': plain('failed', 'app.declared-already'),
  'Error.UserRejected': { state: 'rejected', code: 'app.rejected', final: true },
  'Error.AppStoreDisabled': plain('failed', 'app.store-off'),
  'Error.LicenseNotFound': plain('failed', 'app.no-license'),
  'Error.InvalidAppID': { state: 'failed', code: 'app.unknown-in-store', final: true },
  'Error.NotAnApp': { state: 'failed', code: 'app.not-supported', final: true },
  'Error.NotSupported': { state: 'failed', code: 'app.not-supported', final: true },
  'Error.DownloadFailed': plain('failed', 'app.download-failed'),
  'Error.InstallFailed': plain('failed', 'app.install-failed'),
  'Error.UpdateFailed': plain('failed', 'app.install-failed'),
}

/** Why a command to install was refused (Apple: InstallApplicationResponse, InstallMediaResponse, RejectionReason). */
const rejections: Readonly<Record<string, Meaning>> = {
  AppAlreadyInstalled: { state: 'failed', code: 'app.there-unmanaged', final: true },
  AppAlreadyQueued: plain('sent'),
  AppStoreDisabled: plain('failed', 'app.store-off'),
  CouldNotVerifyAppID: plain('failed', 'app.unknown-in-store'),
  CouldNotVerifyITunesStoreID: plain('failed', 'app.unknown-in-store'),
  LicenseNotFound: plain('failed', 'app.no-license'),
  PurchaseNotFound: plain('failed', 'app.no-license'),
  WrongMediaType: { state: 'failed', code: 'app.not-supported', final: true },
  NotAnApp: { state: 'failed', code: 'app.not-supported', final: true },
  NotSupported: { state: 'failed', code: 'app.not-supported', final: true },
  PurchaseMethodNotSupported: { state: 'failed', code: 'app.no-license', final: true },
  DeviceVPPNotSupported: { state: 'failed', code: 'app.no-license', final: true },
  UserRejected: { state: 'rejected', code: 'app.rejected', final: true },
  InternalError: plain('failed', 'app.failed'),
}

const of = (table: Readonly<Record<string, Meaning>>, word: string): Meaning | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined

/** What a state of the managed list means; one that nobody has heard of is on its way. */
export function meaningOfListed(state: string): Meaning {
  return of(listed, state) ?? plain('sent')
}

/** What a declared app's state and its first telling reason mean. */
export function meaningOfDeclared(state: string, codes: readonly string[]): Meaning {
  const reason = codes.map(code => of(reasons, code)).find(r => r !== undefined)
  if (reason) return reason
  return of(declared, state) ?? plain('sent')
}

/** What a refusal of the command means. */
export function meaningOfRejection(reason: string): Meaning {
  return of(rejections, reason) ?? plain('failed', 'app.failed')
}
