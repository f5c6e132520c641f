import type * as privacy from '../../areas/privacy/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { enqueue, type JobKind, jobName } from '../../base/jobs.ts'
import * as store from './store.ts'

const dayMs = 24 * 3_600_000

/**
 * What agents have apart from the device itself says nothing of a person: keys, counts and hashes. But the hashes stand for lists that are gone through
 * here, so where the charter or the device has changed, each agent is asked to say again what may be known now, or it would never be told.
 */
export const purge: privacy.Purge = async (ctx, held, { again }) => {
  if (again) await store.forgetHashes(ctx, held.id)
  return []
}

/** Forgets challenges that are over. */
const tidyName = jobName<Record<string, never>>('agent.challenges')

/** Has challenges forgotten a day after they were made. */
export async function tidySoon(ctx: Ctx): Promise<void> {
  await enqueue(ctx, tidyName, {}, { dedupe: 'org', inMs: dayMs })
}

/** What this platform keeps tidy by itself. */
export const tidyJob: JobKind<Record<string, never>> = {
  name: tidyName,
  run: async (base, { scope }) => {
    const left = await base.transact(scope, async ctx => {
      await store.forgetChallenges(ctx, ctx.now)
      return store.anyChallenge(ctx)
    })
    return left ? { againInMs: dayMs } : undefined
  },
}
