import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { checkIntake } from './check.ts'
import { lookName, watchName } from './later.ts'
import * as lines from './line-store.ts'
import { lookAtDue } from './look.ts'
import { prepareJob } from './prepare.ts'
import * as store from './store.ts'

const restMs = 60_000
const hourMs = 3_600_000

const look: JobKind<Record<string, never>> = {
  name: lookName,
  attempts: 1_000_000,
  maxWaitMs: restMs,
  farthestMs: restMs,
  run: async (base, { scope, signal }) => {
    while (!signal.aborted && (await base.transact(scope, lookAtDue)));
    const next = await base.read(scope, async ctx => ({ at: await lines.nextDue(ctx), now: ctx.now }))
    return next.at === null ? undefined : { againInMs: Math.max(1000, Math.min(restMs, next.at - next.now)) }
  },
}

/** Whether everything is ready for the days to come, again every hour: licenses go, tokens end, people leave. */
const watch: JobKind<Record<string, never>> = {
  name: watchName,
  attempts: 1_000_000,
  maxWaitMs: hourMs,
  farthestMs: hourMs,
  leaseMs: 300_000,
  run: async (base, { scope, signal }) => {
    let after = ''
    let live = 0
    while (!signal.aborted) {
      const rows = await base.read(scope, ctx => store.listLive(ctx, after, 50))
      for (const { id } of rows) if (!signal.aborted) await base.transact(scope, ctx => checkIntake(ctx, id))
      live += rows.length
      after = rows.at(-1)?.id ?? ''
      if (rows.length < 50) break
    }
    return live === 0 ? undefined : { againInMs: hourMs }
  },
}

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [prepareJob, look, watch]
