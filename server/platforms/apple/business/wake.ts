import type { Ctx } from '../../../base/ctx.ts'
import { enqueue, jobName } from '../../../base/jobs.ts'

/** The job that speaks for one program with the vendor's portal. */
export const portalJobName = jobName<{ program: string }>('portal.work')

/** Wakes the worker of a program. Asking again while it works makes it look once more. */
export async function wakeWorker(ctx: Ctx, program: { id: string }): Promise<void> {
  await enqueue(ctx, portalJobName, { program: program.id }, { dedupe: program.id })
}
