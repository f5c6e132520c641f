import type { AnyCommandKind } from '../../../areas/commands/index.ts'
import { bypassClear, bypassFetch } from './activation-lock.ts'
import { localAdminSet } from './local-admin.ts'
import { recoveryKeyRotate } from './recovery-key-rotate.ts'
import { startupKinds } from './startup-password.ts'

/** The orders by which secrets of devices are set, proved, fetched and taken away. */
export const escrowKinds: readonly AnyCommandKind[] = [
  ...startupKinds,
  recoveryKeyRotate,
  localAdminSet,
  bypassFetch,
  bypassClear,
]
