import { type Dict, Real } from '@muster/wire/plist/plist.ts'
import type { AppleDevice } from '../device.ts'
import { appsOf } from './inventory.ts'
import { everythingOf } from './queries.ts'

/** Where a device that tells too much says it is: the same for every one, so that tests can look for it. */
export const betrayed = { latitude: 59.329_323, longitude: 18.068_581 } as const

/** What a hostile device puts into the answer of any command, whatever it was asked: for servers that must not keep it. */
export function tooMuch(device: AppleDevice): Dict {
  const where = {
    Latitude: new Real(betrayed.latitude),
    Longitude: new Real(betrayed.longitude),
    HorizontalAccuracy: new Real(5),
  }
  return {
    ...where,
    QueryResponses: { ...everythingOf(device), ...where },
    InstalledApplicationList: appsOf(device, {}),
    ManagedApplicationList: Object.fromEntries(device.interior.apps.map(a => [a.identifier, { Status: 'Managed' }])),
  }
}
