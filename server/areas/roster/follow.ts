import { following } from '../../base/follow.ts'
import * as enrollment from '../enrollment/index.ts'
import { noteLeft } from './entry-store.ts'

/** A device that is managed no longer is only promised again, and enrolls anew when it is set up the next time. */
export const rosterFollowing = following({
  name: 'roster',
  from: 'end',
  wants: type => type === 'enrollment.ended' || type === 'device.removed',
  take: async (ctx, events) => {
    const left = new Set<string>()
    for (const { type, about } of events)
      if (about?.kind === 'device' && ['enrollment.ended', 'device.removed'].includes(type)) left.add(about.id)
    if (left.size === 0) return
    // It may have come back by now.
    const here = await enrollment.activeOf(ctx, [...left])
    await noteLeft(
      ctx,
      [...left].filter(device => !here.has(device)),
    )
  },
})
