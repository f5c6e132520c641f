import * as devices from '../areas/devices/index.ts'
import { newId } from '../base/id.ts'
import type { House } from './house.ts'

/** What may be said of a device that a test begins with; the rest is made up, different each time. */
export interface DeviceGiven extends Partial<Omit<devices.Sighting, 'identifiers'>> {
  serial?: string
  udid?: string
  imei?: string
  /** Default `active`. */
  state?: devices.DeviceState
  /** Facts it has said. */
  facts?: Record<string, devices.JsonValue>
  tags?: readonly string[]
}

export interface GivenDevices {
  /** A device on the top unit (or the one named), in use unless told otherwise. */
  device(of?: DeviceGiven): Promise<devices.Device>
}

/** Devices that tests begin with. */
export function givenDevices(house: House): GivenDevices {
  return {
    device: ({ serial, udid, imei, state, facts, tags, ...of } = {}) =>
      house.run(async ctx => {
        const mark = newId('device').slice(-12).toUpperCase()
        const identifiers = [
          { kind: 'serial', value: serial ?? `C${mark}` },
          { kind: 'udid', value: udid ?? `00008110-${mark}0000` },
          ...(imei === undefined ? [] : [{ kind: 'imei', value: imei }]),
        ]
        const { id } = await devices.sighted(ctx, {
          platform: 'ios',
          name: `iPhone ${mark}`,
          model: 'iPhone15,2',
          modelName: 'iPhone 14 Pro',
          osVersion: '18.1',
          unit: house.root.id,
          ownership: 'company',
          ...of,
          identifiers,
        })
        if (facts) await devices.learn(ctx, id, 'given', facts)
        if (tags) await devices.setTags(ctx, await devices.get(ctx, id), tags)
        if (state !== 'enrolling') await devices.setState(ctx, id, state ?? 'active')
        return devices.get(ctx, id)
      }),
  }
}
