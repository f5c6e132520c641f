import { Malformed } from '../malformed.ts'
import { bool, bytes, type Dict, decode, dict, encode, type Limits, str } from '../plist/plist.ts'

/** What a device says of itself before it enrolls (Apple: MachineInfo; in the profile service the attributes that were asked for). */
export interface MachineInfo {
  readonly udid?: string
  readonly serial?: string
  /** Product type, such as `iPad14,3`. */
  readonly product?: string
  /** Build of the system. */
  readonly build?: string
  readonly osVersion?: string
  readonly supplementalBuild?: string
  readonly supplementalExtra?: string
  readonly imei?: string
  readonly meid?: string
  readonly language?: string
  /** It can be told to update before it enrolls. */
  readonly canUpdate: boolean
  /** Names the model in the vendor's list of updates. */
  readonly updateDevice?: string
  readonly pairingToken?: Uint8Array
  /** In the profile service: what its first answer held. */
  readonly challenge?: string
}

const bounds: Limits = { maxBytes: 64 * 1024, maxDepth: 8, maxNodes: 256, nul: false }

/** Reads MachineInfo, or the attributes of the profile service; throws only `Malformed`. */
export function decodeMachineInfo(body: Uint8Array): MachineInfo {
  const said = dict(decode(body, bounds))
  const text = (key: string): string | undefined => {
    const value = str(said, key)?.trim()
    if (value !== undefined && value.length > 300) throw new Malformed('machine.field', key)
    return value === '' ? undefined : value
  }
  const digits = (key: string): string | undefined => text(key)?.replaceAll(/[\s-]/g, '').toUpperCase()
  const pairing = bytes(said, 'PAIRING_TOKEN')
  return {
    ...some('udid', text('UDID')),
    ...some('serial', text('SERIAL')?.toUpperCase()),
    ...some('product', text('PRODUCT')),
    ...some('build', text('VERSION')),
    ...some('osVersion', text('OS_VERSION')),
    ...some('supplementalBuild', text('SUPPLEMENTAL_BUILD_VERSION')),
    ...some('supplementalExtra', text('SUPPLEMENTAL_OS_VERSION_EXTRA')),
    ...some('imei', digits('IMEI')),
    ...some('meid', digits('MEID')),
    ...some('language', text('LANGUAGE')),
    canUpdate: bool(said, 'MDM_CAN_REQUEST_SOFTWARE_UPDATE') ?? false,
    ...some('updateDevice', text('SOFTWARE_UPDATE_DEVICE_ID')),
    ...some('pairingToken', pairing),
    ...some('challenge', text('CHALLENGE')),
  }
}

/** The profile that makes a device say who it is (Apple: Profile Service, phase 1). */
export function encodeProfileService(
  of: {
    identifier: string
    displayName: string
    organization: string
    description: string
    url: string
    attributes: readonly string[]
    challenge: string
  },
  uuid: () => string,
): Uint8Array {
  return encode({
    PayloadType: 'Profile Service',
    PayloadVersion: 1,
    PayloadIdentifier: of.identifier,
    PayloadUUID: uuid().toUpperCase(),
    PayloadDisplayName: of.displayName,
    PayloadOrganization: of.organization,
    PayloadDescription: of.description,
    PayloadContent: { URL: of.url, DeviceAttributes: [...of.attributes], Challenge: of.challenge },
  })
}

function some<K extends string, V>(key: K, value: V | undefined): Record<K, V> | Record<never, never> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>)
}
