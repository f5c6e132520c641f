import type { Ctx } from '../../base/ctx.ts'
import type { Event } from '../../base/events.ts'
import type { Follower } from '../../base/follow.ts'
import { lookSoon } from './later.ts'
import { keyOf } from './line.ts'
import * as lines from './line-store.ts'

const told = [
  'enrollment.started',
  'enrollment.refused',
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
    for (const event of events) if (event.type === 'enrollment.refused') await refused(ctx, event)
    const ids = events.flatMap(e => (e.about?.kind === 'device' && follower.wants(e.type) ? [e.about.id] : []))
    const rows = await lines.liveOf(ctx, [...new Set(ids)])
    await lines.due(ctx, rows)
    if (rows.length > 0) await lookSoon(ctx)
  },
}

/** A device that says the serial number of a line was not let in. Of one that is here already that tells nothing. */
async function refused(ctx: Ctx, { at, data }: Event): Promise<void> {
  const { claimed, code } = data
  if (typeof claimed !== 'string' || typeof code !== 'string') return
  const [line] = await lines.liveWith(ctx, [keyOf(claimed)])
  if (!line || line.device !== null || (line.unboxed_at ?? 0) > at) return
  await lines.change(ctx, line, { refused: code, unboxed_at: line.unboxed_at ?? at, look_at: ctx.now })
  await lookSoon(ctx)
}
