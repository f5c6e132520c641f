import type * as reconcile from '../../areas/reconcile/index.ts'
import { placeOf } from './compile.ts'

/** How things go to devices through Google: all to the device; what its interface has no words for is known before anything is sent. */
export const carrier: reconcile.Carrier = {
  platform: 'android',
  place: (item, { enrollmentKind }) => {
    const placed = placeOf(item.kind, item.value, enrollmentKind)
    return placed === true ? 'device' : { unsupported: { code: placed } }
  },
}
