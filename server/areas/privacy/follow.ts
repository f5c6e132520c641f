import type { Follower } from '../../base/follow.ts'
import { beginDaily } from './daily.ts'
import { beginPass, sweepAgain } from './pass.ts'

// After these a device may stand elsewhere in the charter than before.
const ofDevices = new Set([
  'device.changed',
  'device.moved',
  'device.merged',
  'enrollment.started',
  'enrollment.joined',
])

/** Holds what is stored against the charter again when devices change hands, ways of being managed or units. */
export const privacyFollower: Follower = {
  name: 'privacy',
  from: 'end',
  wants: type => ofDevices.has(type) || type === 'unit.moved' || type === 'org.created',
  take: async (ctx, events) => {
    const changed = events.filter(e => ofDevices.has(e.type) && e.about?.kind === 'device')
    const relevant = changed.filter(e => e.type !== 'device.changed' || e.data.field === 'ownership')
    await sweepAgain(ctx, [...new Set(relevant.flatMap(e => (e.about ? [e.about.id] : [])))], 'device')
    if (events.some(e => e.type === 'org.created')) await beginDaily(ctx)
    if (events.some(e => e.type === 'unit.moved')) await beginPass(ctx, 'charter')
  },
}
