import type { Follower } from '../../base/follow.ts'
import { enqueue } from '../../base/jobs.ts'
import { watchCustody } from './later.ts'

/** What makes it worth looking at once: something came into custody or was renewed, or somebody left. */
const telling = new Set([
  'certificate.kept',
  'push-credential.uploaded',
  'push-signer.changed',
  'program.added',
  'program.changed',
  'program.removed',
  'user.changed',
  'user.removed',
  'admin.disabled',
  'admin.enabled',
  'admin.removed',
  'org.created',
])

/** Wakes the watch of custody for what others do. */
export const custodyFollower: Follower = {
  name: 'custody',
  from: 'beginning',
  wants: type => telling.has(type),
  take: async (ctx, events) => {
    const some = events.some(e => telling.has(e.type))
    if (some) await enqueue(ctx, watchCustody, {}, { dedupe: 'org' })
  },
}
