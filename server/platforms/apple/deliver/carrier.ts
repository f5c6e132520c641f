import type { EffectiveItem } from '../../../areas/blueprints/index.ts'
import type * as reconcile from '../../../areas/reconcile/index.ts'
import type { EnrollmentKind } from '../pinned.ts'
import { isRefused } from '../policies/artifact.ts'
import { compile } from '../policies/compile.ts'
import type { AppleTarget } from '../policies/target.ts'

type Place = ReturnType<reconcile.Carrier['place']>

/** Answers by item object and target: devices of one class share their items, so that each is looked at once for all of them. */
const known = new WeakMap<EffectiveItem, Map<string, Place>>()

/** How items go to devices of this maker: which channel each belongs to, and which devices it cannot be said to at all. */
export const carrier: reconcile.Carrier = {
  platform: 'apple',
  place: (item, to) => {
    const on = targetOf(to)
    const key = JSON.stringify(on)
    const answers = known.get(item) ?? new Map<string, Place>()
    known.set(item, answers)
    const answer = answers.get(key) ?? placeOf(item, on)
    answers.set(key, answer)
    return answer
  },
}

function placeOf(item: EffectiveItem, on: AppleTarget): Place {
  const { kind, instance, value } = item
  const artifact = compile({ item: item.item, kind, instance, value }, on)
  // What nobody has written for these devices yet is refused when it would be delivered.
  if (isRefused(artifact) && artifact.refused === 'platform-not-built') return 'device'
  if (isRefused(artifact)) return { unsupported: { code: honorCode(artifact.refused) } }
  return artifact.channel === 'user' ? 'account' : 'device'
}

/** The code under which a reason of the platform's is explained. */
export function honorCode(reason: string): string {
  return reason.startsWith('honor.') || reason.startsWith('ddm.') ? reason : `honor.${reason}`
}

/** What is known before a channel is: where accounts have channels of their own, one may still come. */
function targetOf({ target, enrollmentKind }: reconcile.Recipient): AppleTarget {
  const platform = target.platform as AppleTarget['platform']
  return {
    platform,
    osVersion: target.osVersion,
    supervised: target.supervised,
    enrollment: enrollmentKind as EnrollmentKind,
    channels: { user: platform === 'macos' || enrollmentKind === 'shared-ipad' },
    capabilities: null,
  }
}
