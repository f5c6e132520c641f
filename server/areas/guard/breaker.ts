import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { aboutOrg } from './about.ts'
import { limitsOf, minuteOf } from './bucket.ts'
import { guardEvents } from './events.ts'
import { fleetOf } from './fleet.ts'
import { shareOf } from './limits.ts'
import { isUnguarded } from './off.ts'
import * as store from './store.ts'

const monthMinutes = 30 * 24 * 60

/**
 * A device has confirmed something final. More of that in a short time than this org ever sees opens the breaker: nothing final leaves until a person
 * closes it. What was approved and released is not counted, because people signed for it and its pace is kept already.
 */
export async function acknowledged(ctx: Ctx, { intent }: { intent: string | null }): Promise<void> {
  if (isUnguarded(ctx.secrets)) return
  const state = await store.getState(ctx)
  const minute = minuteOf(ctx, state)
  await store.spend(ctx, 'answered', intent === null ? ['org'] : ['approved'], minute)
  if (intent !== null || state.breaker_at !== null) return
  const limits = await limitsOf(ctx)
  const ten = await store.spentSince(ctx, 'answered', 'org', minute - 9)
  const one = await store.spentSince(ctx, 'answered', 'org', minute)
  const month = await store.spentSince(ctx, 'answered', 'org', minute - monthMinutes)
  // What happened in the last ten minutes is no baseline for itself.
  const usual = (10 * Math.max(0, month - ten)) / monthMinutes
  const tooMany = one > Math.max(limits.breakerMinute, usual)
  const tooManyInTen = ten > shareOf(limits.breakerTenMinutes, await fleetOf(ctx))
  if (!tooMany && !tooManyInTen) return
  const [count, minutes] = tooMany ? [one, 1] : [ten, 10]
  await store.changeState(ctx, { breaker_at: ctx.now, breaker_count: count, breaker_minutes: minutes })
  await record(ctx, guardEvents.breakerOpened, await aboutOrg(ctx), { acknowledged: count, minutes })
}
