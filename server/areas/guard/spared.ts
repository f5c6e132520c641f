import type { Ctx } from '../../base/ctx.ts'
import type { Event } from '../../base/events.ts'
import { type Following, following } from '../../base/follow.ts'
import { fold } from '../../base/text.ts'
import { neverWipe } from './admit.ts'
import { putSpared } from './store.ts'

/** How long a device is spared after the tag was taken off it. */
export const sparedMs = 24 * 3_600_000

async function take(ctx: Ctx, events: readonly Event[]): Promise<void> {
  for (const e of events) {
    if (e.type !== 'device.tagged' || e.about?.kind !== 'device') continue
    const bears = (names: unknown): boolean =>
      Array.isArray(names) && names.some(n => typeof n === 'string' && fold(n) === neverWipe)
    if (bears(e.data.added)) await putSpared(ctx, e.about.id, null)
    else if (bears(e.data.removed)) await putSpared(ctx, e.about.id, Math.max(e.at, ctx.now) + sparedMs)
  }
}

/** Remembers which devices bear the tag that spares them, so that taking it off gives nobody a free hand at once. */
export const sparing: Following = following({
  name: 'guard.spare',
  from: 'beginning',
  wants: type => type === 'device.tagged',
  take,
})
