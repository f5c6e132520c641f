import * as commands from './areas/commands/index.ts'
import * as devices from './areas/devices/index.ts'
import * as guard from './areas/guard/index.ts'
import * as identity from './areas/identity/index.ts'
import * as location from './areas/location/index.ts'

/** Tells the guard what it counts by and who carries out what it held, and lets it decide when power is given. */
export function joinGuard(): void {
  identity.restrainGrants(guard.restraint)
  guard.countBy(devices.countManaged)
  guard.carryOutBy({
    command: commands.heldOrders,
    [devices.removeAction]: devices.heldRemovals,
    [location.openAction]: location.openDoor,
    [guard.loosenAction]: { whole: guard.carryOutLimits },
    [guard.approversAction]: { whole: guard.carryOutApprovers },
    [guard.powerAction]: { whole: (ctx, power) => identity.givePower(ctx, power as identity.Power) },
  })
  identity.occupy(guard.occupant)
  identity.occupy(commands.heldOccupant)
}
