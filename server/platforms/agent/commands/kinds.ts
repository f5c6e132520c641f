import type { AnyCommandKind } from '../../../areas/commands/index.ts'
import { appUninstall } from './app-uninstall.ts'
import { clearPasscode } from './clear-passcode.ts'
import { enrollmentLeave } from './enrollment-leave.ts'
import { inventoryQuery } from './inventory-query.ts'
import { locationQuery } from './location-query.ts'
import { lock } from './lock.ts'
import { lostModeDisable, lostModeEnable, lostModeSound } from './lost-mode.ts'
import { message } from './message.ts'
import { restart } from './restart.ts'
import { wipe } from './wipe.ts'

/** Every order our own agent can be given. */
export const kinds: readonly AnyCommandKind[] = [
  lock,
  restart,
  clearPasscode,
  lostModeEnable,
  lostModeDisable,
  lostModeSound,
  locationQuery,
  inventoryQuery,
  appUninstall,
  message,
  wipe,
  enrollmentLeave,
]
