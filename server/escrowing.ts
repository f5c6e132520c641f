import * as commands from './areas/commands/index.ts'
import * as escrow from './areas/escrow/index.ts'
import * as guard from './areas/guard/index.ts'
import * as identity from './areas/identity/index.ts'
import * as privacy from './areas/privacy/index.ts'
import * as roster from './areas/roster/index.ts'
import { heldReleases, releaseAction } from './platforms/apple/business/act.ts'
import { wakeWorker } from './platforms/apple/business/wake.ts'
import { custodians as appleCustodians } from './platforms/apple/escrow/custodians.ts'

/** Tells who keeps the secrets that commands carry, which kinds of secrets devices have, and who acts in the vendor's portal. */
export function joinEscrow(): void {
  commands.keepBy({
    put: async (ctx, of) => void (await escrow.keep(ctx, { ...of, state: 'pending' })),
    confirm: escrow.confirm,
    refuse: escrow.refuse,
  })
  escrow.offer(appleCustodians)
  identity.occupy(escrow.occupant)
  privacy.purgeBy(escrow.purge)
  roster.speakBy('portal', wakeWorker)
  guard.carryOutBy({ [releaseAction]: heldReleases })
}
