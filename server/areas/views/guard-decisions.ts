import type { Ctx } from '../../base/ctx.ts'
import { may } from '../../base/authority.ts'
import * as guard from '../guard/index.ts'
import { namesOf } from '../identity/index.ts'
import type { Decision } from './decisions.ts'
import { isTop } from './device-store.ts'

/** A decision for each of so many; the list behind their link shows the rest. */
const most = 5

/** What is stopped, and what waits for people to agree or to withdraw it. */
export async function aboutGuard(ctx: Ctx): Promise<Decision[]> {
  const held = (await guard.openIntents(ctx)).filter(i => may(ctx.authority, 'guard:read', i.unit_path))
  const waiting = held.filter(i => i.state === 'held').slice(0, most)
  const names = await namesOf(
    ctx,
    waiting.flatMap(i => i.by_id ?? []),
  )
  return [
    ...(isTop(ctx.authority.where('guard:read')) ? await aboutStops(ctx) : []),
    ...waiting.map(i => ({
      code: i.needs > 0 ? 'intent-held' : 'intent-proposed',
      tone: 'pending' as const,
      since: i.created_at,
      facts: { devices: Math.max(i.count, i.expected), name: names.get(i.by_id ?? '') ?? i.by_kind },
      link: `/activity/held/${i.id}`,
      due: i.needs > 0 ? i.expires_at : i.effective_at,
    })),
  ]
}

async function aboutStops(ctx: Ctx): Promise<Decision[]> {
  const state = await guard.standingOf(ctx)
  const stop = (code: string, since: number | null, facts: Decision['facts'] = {}): Decision[] =>
    since === null ? [] : [{ code, tone: 'danger', since, facts, link: '/settings/guard', due: null }]
  return [
    ...stop('guard-frozen', state.frozen_at),
    ...stop('guard-breaker', state.breaker_at, {
      acknowledged: state.breaker_count,
      minutes: state.breaker_minutes,
    }),
    ...stop('guard-restored', state.restored_at),
    ...stop('guard-time', state.doubted_at),
  ]
}
