import { takesDeclarations, versionOf } from '../declarations/known.ts'
import { synchronize } from '../declarations/sync.ts'
import { CommandRefused, type Knowledge } from './order.ts'

/** DeclarativeManagement: acknowledged at once; then the device fetches what it is told, puts it in force and reports. */
export const declarativeCommands: Record<string, Knowledge> = {
  DeclarativeManagement: {
    accounts: true,
    carryOut: (place, command) => {
      const { device, enrollment } = place
      const version = versionOf(device.interior.system.version)
      if (!takesDeclarations(device.hardware.family, version, enrollment.enrollmentId !== undefined))
        throw new CommandRefused(12_021, '“DeclarativeManagement” is not a valid request type.')
      return { afterwards: () => synchronize(place, command) }
    },
  },
}
