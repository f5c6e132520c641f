import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { applyDue, applyIfReady } from './change.ts'
import { examine } from './check.ts'
import { dailyJob } from './daily.ts'
import { tellDrops } from './drop.ts'
import { beginPass, sweepJob, sweepOn } from './pass.ts'

const dayMs = 24 * 3_600_000

const sweep: JobKind<Record<string, never>> = {
  name: sweepJob,
  leaseMs: 300_000,
  run: async (base, { scope, signal }) => {
    while (!signal.aborted && (await base.transact(scope, sweepOn)));
    return signal.aborted ? { againInMs: 0 } : undefined
  },
}

const daily: JobKind<Record<string, never>> = {
  name: dailyJob,
  leaseMs: 300_000,
  run: async (base, { scope }) => {
    const { results } = await base.transact(scope, examine)
    const failed = results.filter(r => !r.holds)
    if (failed.length > 0) base.log.error({ org: scope.org, failed }, 'privacy invariants do not hold')
    await base.transact(scope, async ctx => {
      await tellDrops(ctx)
      await beginPass(ctx, 'age')
    })
    return { againInMs: dayMs }
  },
}

const apply: JobKind<{ change: string }> = {
  name: applyDue,
  run: async (base, { scope, payload }) => {
    await base.transact(scope, ctx => applyIfReady(ctx, payload.change))
    return undefined
  },
}

/** What this area does by itself: holds what is stored against the charter, examines the invariants, puts due changes into force. */
export const jobs: readonly AnyJobKind[] = [sweep, daily, apply]
