import type { AnyCommandKind } from '../../../areas/commands/index.ts'
import { appOrder } from './app-order.ts'
import { appRemove } from './app-remove.ts'
import { appsQuery } from './apps-query.ts'
import { attestationQuery } from './attestation-query.ts'
import { certificatesQuery } from './certificates-query.ts'
import { clearPasscode } from './clear-passcode.ts'
import { declarationsSync } from './declarations-sync.ts'
import { deviceQuery } from './device-query.ts'
import { enrollmentLeave } from './enrollment-leave.ts'
import { enrollmentRenew } from './enrollment-renew.ts'
import { itemInstall } from './item-install.ts'
import { itemRemove } from './item-remove.ts'
import { locationQuery } from './location-query.ts'
import { lock } from './lock.ts'
import { lostModeDisable } from './lost-mode-disable.ts'
import { lostModeEnable } from './lost-mode-enable.ts'
import { lostModeSound } from './lost-mode-sound.ts'
import { managedAppsQuery } from './managed-apps-query.ts'
import { managedBooksQuery } from './managed-books-query.ts'
import { profileInstall } from './profile-install.ts'
import { profileRemove } from './profile-remove.ts'
import { profilesQuery } from './profiles-query.ts'
import { raw } from './raw.ts'
import { restart } from './restart.ts'
import { securityQuery } from './security-query.ts'
import { settings } from './settings.ts'
import { setupAccount } from './setup-account.ts'
import { setupRelease } from './setup-release.ts'
import { setupShared } from './setup-shared.ts'
import { shutdown } from './shutdown.ts'
import { updateInstall, updateQuery, updateStatus } from './updates.ts'
import { escrowKinds } from '../escrow/kinds.ts'
import { wipe } from './wipe.ts'

/** Every command an Apple device can be given, in the order in which a person is offered them. */
export const kinds: readonly AnyCommandKind[] = [
  lock,
  lostModeEnable,
  lostModeSound,
  locationQuery,
  lostModeDisable,
  clearPasscode,
  restart,
  shutdown,
  deviceQuery,
  securityQuery,
  attestationQuery,
  appsQuery,
  managedAppsQuery,
  managedBooksQuery,
  profilesQuery,
  certificatesQuery,
  profileInstall,
  profileRemove,
  settings,
  updateQuery,
  updateInstall,
  updateStatus,
  raw,
  wipe,
  setupAccount,
  setupShared,
  setupRelease,
  enrollmentRenew,
  enrollmentLeave,
  declarationsSync,
  itemInstall,
  itemRemove,
  ...escrowKinds,
  appOrder,
  appRemove,
]
