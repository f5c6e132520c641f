import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { advanceName, endTrialName } from './later.ts'
import { advance } from './rollout.ts'
import { endTrial } from './trial.ts'

/** How often a wave that is watched is looked at: failures must stop it soon. */
const lookMs = 15_000

const advanceJob: JobKind<{ rollout: string }> = {
  name: advanceName,
  run: async (base, { payload, scope }) => {
    const { next, now } = await base.transact(scope, async ctx => ({
      next: await advance(ctx, payload.rollout),
      now: ctx.now,
    }))
    return next === null ? undefined : { againInMs: Math.max(1000, Math.min(next - now, lookMs)) }
  },
}

const endTrialJob: JobKind<{ trial: string }> = {
  name: endTrialName,
  run: async (base, { payload, scope }) => {
    await base.transact(scope, ctx => endTrial(ctx, payload.trial, false))
    return undefined
  },
}

export const jobs: readonly AnyJobKind[] = [advanceJob, endTrialJob]
