import type { Ctx } from '../../base/ctx.ts'
import type { Event } from '../../base/events.ts'
import type { Follower } from '../../base/follow.ts'
import { lookSoon } from './later.ts'
import * as lines from './line-store.ts'

const told = [
  'enrollment.started',
  'enrollment.activated',
  'enrollment.ended',
  'desired.changed',
  'desired.reached',
  'item.failed',
  'setup.began',
  'setup.progressed',
  'setup.ended',
]

/** Has the lines of devices looked at with which something happened. */
export const follower: Follower = {
  name: 'intakes',
  from: 'end',
  wants: type => told.includes(type) || type.startsWith('app.'),
  take: async (ctx: Ctx, events: readonly Event[]) => {
    const ids = events.flatMap(e => (e.about?.kind === 'device' && follower.wants(e.type) ? [e.about.id] : []))
    const rows = await lines.liveOf(ctx, [...new Set(ids)])
    await lines.due(ctx, rows)
    if (rows.length > 0) await lookSoon(ctx)
  },
}
