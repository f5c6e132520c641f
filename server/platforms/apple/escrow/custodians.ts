import type { Custodian } from '../../../areas/escrow/index.ts'

/** The PIN a Mac asks for after it was locked or erased by an order: set with the order, and never replaced. */
const pinOf = (kind: string): Custodian => ({
  kind,
  platforms: ['macos'],
  shown: true,
  demandable: false,
  erased: kind === 'lock-pin',
  suits: () => false,
})

/** Every kind of secret an Apple device has, in the order in which they are listed. */
export const custodians: readonly Custodian[] = [pinOf('lock-pin'), pinOf('wipe-pin')]
