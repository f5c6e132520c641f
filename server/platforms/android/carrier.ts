import * as previews from '../../areas/previews/index.ts'
import type * as reconcile from '../../areas/reconcile/index.ts'
import { placeOf } from './compile.ts'

/** How things go to devices through Google: all to the device; what its interface has no words for is known before anything is sent. */
export const carrier: reconcile.Carrier = {
  platform: 'android',
  place: (item, { target, enrollmentKind }) => {
    const [gap] = previews.gapsIn(item, { ...target, road: 'android', mode: enrollmentKind })
    if (gap?.key === '' && gap.how === 'no') return { unsupported: { code: previews.codeOf(gap.reason) } }
    const placed = placeOf(item.kind, item.value, enrollmentKind)
    return placed === true ? 'device' : { unsupported: { code: placed } }
  },
}
