import type { Ctx } from '../../base/ctx.ts'
import { enqueue, jobName } from '../../base/jobs.ts'

/** Looks after one setup run until it has ended. */
export const tendRun = jobName<{ enrollment: string }>('setup.tend')

/** Has a run looked after in so long. */
export function tendSoon(ctx: Ctx, enrollment: string, inMs: number): Promise<void> {
  return enqueue(ctx, tendRun, { enrollment }, { dedupe: enrollment, inMs })
}
