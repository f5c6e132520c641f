import { sign } from '@muster/wire/cms/signed.ts'
import { type Dict, encode } from '@muster/wire/plist/plist.ts'
import { type Birth, type BirthAuthority, birthOf } from './birth.ts'
import { type AppleDevice, clockOf } from './device.ts'
import { spacedImei } from './hardware.ts'

/** What a device says of itself before it enrolls, in its own words. */
export interface MachineInfo {
  readonly udid?: string
  readonly serial?: string
  readonly product?: string
  readonly build?: string
  readonly osVersion?: string
  readonly supplementalExtra?: string
  readonly imei?: string
  readonly meid?: string
  readonly language?: string
  readonly canUpdate?: boolean
  readonly updateDevice?: string
  readonly challenge?: string
}

const keys = {
  udid: 'UDID',
  serial: 'SERIAL',
  product: 'PRODUCT',
  build: 'VERSION',
  osVersion: 'OS_VERSION',
  supplementalExtra: 'SUPPLEMENTAL_OS_VERSION_EXTRA',
  imei: 'IMEI',
  meid: 'MEID',
  language: 'LANGUAGE',
  canUpdate: 'MDM_CAN_REQUEST_SOFTWARE_UPDATE',
  updateDevice: 'SOFTWARE_UPDATE_DEVICE_ID',
  challenge: 'CHALLENGE',
} as const satisfies Record<keyof MachineInfo, string>

/** That as a property list. */
export function encodeMachineInfo(info: MachineInfo): Uint8Array {
  const said: Dict = {}
  for (const [name, key] of Object.entries(keys)) {
    const value = info[name as keyof MachineInfo]
    if (value !== undefined && value !== false) said[key] = value
  }
  return encode(said)
}

/** What differs from what the device would say of itself. */
export type MachineWish = Partial<MachineInfo>

const births = new WeakMap<AppleDevice, Map<BirthAuthority, Birth>>()

/** The certificate the device has from its maker; the same each time. */
export async function birthFor(device: AppleDevice, authority: BirthAuthority): Promise<Birth> {
  const mine = births.get(device) ?? new Map<BirthAuthority, Birth>()
  births.set(device, mine)
  const known = mine.get(authority)
  if (known) return known
  const birth = birthOf(authority, { key: await device.keys.take(2048), udid: device.hardware.udid })
  mine.set(authority, birth)
  return birth
}

/** What the device says of itself before it enrolls. A personal one keeps its numbers to itself. */
export function machineInfo(device: AppleDevice, wish: MachineWish = {}, personal = false): MachineInfo {
  const { hardware, interior } = device
  const numbers = personal
    ? {}
    : {
        udid: hardware.udid,
        serial: hardware.serial,
        ...(hardware.imei === undefined ? {} : { imei: spacedImei(hardware.imei) }),
        ...(hardware.meid === undefined ? {} : { meid: hardware.meid }),
      }
  return {
    ...numbers,
    product: hardware.productName,
    build: interior.system.build,
    osVersion: interior.system.version,
    ...(interior.system.extra === undefined ? {} : { supplementalExtra: interior.system.extra }),
    language: 'en',
    canUpdate: hardware.family !== 'AppleTV',
    updateDevice: hardware.model,
    ...wish,
  }
}

/** That, signed with the certificate it has from its maker. */
export async function signedMachine(
  device: AppleDevice,
  of: { authority: BirthAuthority; wish?: MachineWish; personal?: boolean },
): Promise<Uint8Array> {
  const { certificate, key, chain } = await birthFor(device, of.authority)
  const content = encodeMachineInfo(machineInfo(device, of.wish, of.personal))
  return sign({ content, certificate, key, chain, signingTime: clockOf(device) })
}
