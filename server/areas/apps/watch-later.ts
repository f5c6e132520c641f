import type { Ctx } from '../../base/ctx.ts'
import { enqueue, jobName } from '../../base/jobs.ts'

/** What fails is tried again after 1, 5 and 30 minutes: what still fails when that is over does not mend itself. */
const patienceMs = 40 * 60_000

/** Looks how a required app that failed goes on; one per app. */
export const watchName = jobName<{ app: string }>('apps.watch')

/** Has somebody look, in a while, whether a required app that failed on a device fails for good. */
export function watchLater(ctx: Ctx, app: string): Promise<void> {
  return enqueue(ctx, watchName, { app }, { dedupe: app, inMs: patienceMs })
}
