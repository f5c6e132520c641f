import type { Custodian } from '../../../areas/escrow/index.ts'
import { bypassCustodian } from './activation-lock.ts'
import { localAdminCustodian } from './local-admin.ts'
import { recoveryKeyCustodian } from './recovery-key-rotate.ts'
import { startupCustodians } from './startup-password.ts'

/** The PIN a Mac asks for after it was locked or erased by an order: set with the order, and never replaced. */
const pinOf = (kind: string): Custodian => ({
  kind,
  platforms: ['macos'],
  shown: true,
  demandable: false,
  erased: kind === 'lock-pin',
  suits: () => false,
})

/** A token the device entrusts to the server, which people can do nothing with. */
const tokenOf = (kind: string, platforms: Custodian['platforms']): Custodian => ({
  kind,
  platforms,
  shown: false,
  demandable: false,
  erased: true,
  suits: () => false,
})

/** Every kind of secret an Apple device has, in the order in which they are listed. */
export const custodians: readonly Custodian[] = [
  recoveryKeyCustodian,
  ...startupCustodians,
  localAdminCustodian,
  bypassCustodian,
  pinOf('lock-pin'),
  pinOf('wipe-pin'),
  tokenOf('bootstrap', ['macos', 'ios', 'ipados']),
  tokenOf('unlock', ['ios', 'ipados']),
]
