import * as devices from '../areas/devices/index.ts'
import * as enrollment from '../areas/enrollment/index.ts'
import type { Id } from '../base/id.ts'
import type { DeviceGiven } from './given-devices.ts'
import type { House } from './house.ts'

/** A device that is enrolled and speaks, and what its enrollment is like. */
export interface EnrolledGiven extends DeviceGiven {
  accessRights?: number
  enrollmentKind?: string
}

/** An enrolled device with its enrollment. */
export interface Enrolled {
  device: devices.Device
  enrollment: Id<'enrollment'>
}

export interface GivenCommands {
  /** A device in use whose enrollment is active, with no push address. */
  enrolled(of?: EnrolledGiven): Promise<Enrolled>
}

/** Enrolled devices that tests send commands to. */
export function givenCommands(house: House, device: (of?: DeviceGiven) => Promise<devices.Device>): GivenCommands {
  return {
    enrolled: async ({ accessRights, enrollmentKind, ...of } = {}) => {
      const known = await device(of)
      return house.run(async ctx => {
        const { invitation } = await enrollment.invite(ctx, {
          platform: 'apple',
          name: null,
          unit: known.unit,
          user: null,
          ownership: known.ownership,
          accessRights: accessRights ?? 8191,
          uses: 1,
          expiresInHours: 1,
        })
        const arrival = await enrollment.arrive(ctx, invitation)
        const { enrollment: begun } = await enrollment.begin(ctx, {
          platform: 'apple',
          identityKey: known.udid ?? known.id,
          kind: enrollmentKind ?? 'device',
          arrival: arrival.id,
          device: {
            platform: known.platform,
            identifiers: [{ kind: 'udid', value: known.udid ?? '' }],
            ...(known.model ? { model: known.model } : {}),
            ...(known.osVersion ? { osVersion: known.osVersion } : {}),
            ...(known.modelName ? { modelName: known.modelName } : {}),
          },
        })
        await enrollment.activate(ctx, begun.id)
        return { device: await devices.get(ctx, known.id), enrollment: begun.id }
      })
    },
  }
}
