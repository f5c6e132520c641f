import type { Ctx } from '../../base/ctx.ts'
import { enqueue, jobName } from '../../base/jobs.ts'

/** Makes due reports and forgets old files; one job for each org. */
export const watchName = jobName<Record<string, never>>('reports.watch')

/** Has the watch look now, or in a while. */
export async function beginWatch(ctx: Ctx, inMs = 60_000): Promise<void> {
  await enqueue(ctx, watchName, {}, { dedupe: 'org', inMs })
}
