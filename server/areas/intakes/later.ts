import type { Ctx } from '../../base/ctx.ts'
import { enqueue, jobName } from '../../base/jobs.ts'

/** Brings the roster in step with one intake, then looks whether everything is ready for its day. */
export const prepareName = jobName<{ intake: string }>('intake.prepare')

/** Looks at the lines of every intake that are due. */
export const lookName = jobName<Record<string, never>>('intake.look')

/** Looks once a day, and when its day comes near more often, whether everything is ready. */
export const watchName = jobName<Record<string, never>>('intake.watch')

/** Has an intake prepared and checked at once. */
export async function prepareSoon(ctx: Ctx, intake: string): Promise<void> {
  await enqueue(ctx, prepareName, { intake }, { dedupe: intake })
  await enqueue(ctx, watchName, {}, { dedupe: 'org', inMs: 3_600_000 })
}

/** Has the lines looked at that are due. */
export async function lookSoon(ctx: Ctx): Promise<void> {
  await enqueue(ctx, lookName, {}, { dedupe: 'org' })
}
